"""Whom a name means, of all customers that a ledger knows."""

from __future__ import annotations

from consistency_check.identify import list_spellings
from consistency_check.ledger import Ledger
from consistency_check.ledger.links import LinkTables
from consistency_check.ledger.upkeep import find_customers


def look_up_customers(ledger: Ledger, name: str) -> list[str]:
    """The keys of the customers that a key, or a customer id, address, number or handle of theirs names.

    However it is written: a number in the region of the last run, an address or a handle in any letters.
    """
    return find_customers(ledger, name, list_spellings(LinkTables(ledger.connection), name))
