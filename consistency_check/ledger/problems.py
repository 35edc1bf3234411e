"""What keeps a ledger from being used."""

from __future__ import annotations


class LedgerError(Exception):
    """A ledger that cannot be opened or used; the message says why, and what to do instead."""
