"""The audit's memory on disk: what was read, who was told what, what was found, and what people decided."""

from consistency_check.ledger.problems import LedgerError, NoLedgerError
from consistency_check.ledger.store import DEFAULT, Ledger, open_ledger, read_ledger

__all__ = ["DEFAULT", "Ledger", "LedgerError", "NoLedgerError", "open_ledger", "read_ledger"]
