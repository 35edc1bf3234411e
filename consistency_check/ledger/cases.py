"""What is known of customers: whom a run looks at again, and their replies with what was read of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any, NamedTuple

from consistency_check.ledger.store import Ledger

if TYPE_CHECKING:
    from numpy.typing import NDArray

AT_ONCE = 512
"""Customers that are looked at at once."""
REPLIES = 2048
"""Replies that are gathered at once."""
NUMBERS = 50_000
"""Numbers that are handed to the database at once."""


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


def touch_all(ledger: Ledger) -> int:
    """Lay out all customers in `touched`; how many they are."""
    return _lay_touched(ledger, "SELECT customer FROM link_customers")


def touch_stirred(ledger: Ledger, linked: NDArray[Any], policies: Sequence[str]) -> int:
    """Lay out in `touched` the customers of some numbers, and those of whom anything else has changed.

    They are those of whom this run has loaded or read anything other than before, or who asked or heard about
    these policies. Also those who wait for an answer: by now it may be late; and those of whom replies were
    erased or are now somebody else's. Returns how many they are.
    """
    ledger.run("CREATE OR REPLACE TEMP TABLE linked (customer BIGINT)")
    for at in range(0, len(linked), NUMBERS):
        ledger.insert("linked", {"customer": linked[at : at + NUMBERS].tolist()})
    return _lay_touched(
        ledger,
        """
        SELECT customer FROM linked
        UNION ALL SELECT customer FROM replies JOIN link_homes USING (node)
        WHERE seq IN (SELECT seq FROM due) OR seq IN (SELECT seq FROM settled)
            OR seq IN (SELECT seq FROM arrivals WHERE state <> 'same')
            OR seq IN (SELECT seq FROM readings WHERE list_has_any(policies, ?))
            OR node IN (SELECT node FROM loosened) OR text = ''
            OR customer IN (SELECT customer FROM link_customers WHERE key IN (SELECT customer FROM unsettled))
        """,
        [list(policies)],
    )


def _lay_touched(ledger: Ledger, which: str, parameters: Sequence[Any] = ()) -> int:
    """Lay out the customers whose numbers a query selects, by their keys."""
    ledger.run(
        f"""
        CREATE OR REPLACE TEMP TABLE touched AS
        SELECT row_number() OVER (ORDER BY key) AS place, key AS customer, customer AS number
        FROM link_customers WHERE customer IN ({which})
        """,
        parameters,
    )
    return int(ledger.fetch_one("SELECT count(*) FROM touched"))


def walk_touched(ledger: Ledger) -> Iterator[dict[str, list[Row]]]:
    """The customers in `touched`, some at once in the order of their keys, each with their replies by number.

    Of a reply that claims nothing the text is left out but for whether there is one.
    """
    ledger.run(
        """
        CREATE OR REPLACE TEMP TABLE wanted AS
        SELECT row_number() OVER (ORDER BY touched.place, seq) AS place, number, seq
        FROM touched JOIN link_homes ON link_homes.customer = number JOIN replies USING (node)
        """
    )
    query = """
        SELECT wanted.place, customer, seq, head, replies.place AS stands,
            CASE WHEN text <> '' AND claims = '' THEN ' ' ELSE text END AS text,
            question, claims, asking, node, channel
        FROM (SELECT * FROM wanted WHERE place > ? AND place <= ?) AS wanted
            JOIN touched USING (number) JOIN replies USING (seq) JOIN readings USING (seq)
    """
    count = ledger.fetch_one("SELECT count(*) FROM wanted")
    rows = (Row(*row) for page in ledger.walk(query, count, REPLIES) for row in page)
    customers = ((key, list(group)) for key, group in groupby(rows, key=lambda row: row.customer))
    while page := dict(islice(customers, AT_ONCE)):
        yield page
    ledger.run("DROP TABLE wanted")
