"""What is known of customers: whom a run looks at again, and their replies with what was read of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from consistency_check.ledger.belongings import HOMES
from consistency_check.ledger.store import Ledger


class Row(NamedTuple):
    """One reply as it is stored (see `packing`), with its number and the node of its identity."""

    customer: str
    seq: int
    head: str
    place: str
    text: str
    question: str
    claims: str
    asking: str
    node: int
    channel: str


def list_customers(ledger: Ledger) -> list[str]:
    """The keys of all customers, sorted."""
    return [key for (key,) in ledger.fetch("SELECT key FROM link_customers ORDER BY key")]


def list_stirred(ledger: Ledger, policies: Sequence[str]) -> list[str]:
    """The keys of those of whom this run has loaded or read anything other than before, or who asked or heard
    about these policies.

    Also those who wait for an answer: by now it may be late; and those of whom replies were erased or are
    now somebody else's.
    """
    rows = ledger.fetch(
        f"""
        SELECT DISTINCT customer FROM replies JOIN {HOMES} USING (node)
        WHERE seq IN (SELECT seq FROM due) OR seq IN (SELECT seq FROM settled)
            OR seq IN (SELECT seq FROM arrivals WHERE state <> 'same')
            OR seq IN (SELECT seq FROM readings WHERE list_has_any(policies, ?))
            OR node IN (SELECT node FROM loosened) OR text = ''
            OR customer IN (SELECT customer FROM unsettled)
        """,
        [list(policies)],
    )
    return [key for (key,) in rows]


def walk_customers(ledger: Ledger, keys: Sequence[str]) -> Iterator[tuple[str, list[Row]]]:
    """The replies of each of these customers in the order of their numbers, customers by key."""
    rows = ledger.fetch(
        f"""
        SELECT customer, seq, head, place, text, question, claims, asking, node, channel
        FROM {HOMES} JOIN (SELECT unnest(?) AS customer) AS wanted USING (customer)
            JOIN replies USING (node) JOIN readings USING (seq)
        ORDER BY customer, seq
        """,
        [list(keys)],
    )
    for key, group in groupby(rows, key=lambda row: row[0]):
        yield key, [Row(*row) for row in group]
