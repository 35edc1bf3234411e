"""What keeps a ledger from being used."""

from __future__ import annotations


class LedgerError(Exception):
    """A ledger that cannot be opened or used; the message says why, and what to do instead."""


class NoLedgerError(LedgerError):
    """There is none yet, or nothing in its file, which a first run left that failed."""
