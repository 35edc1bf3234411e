"""The replies that are of no identity yet, in the order in which they are linked best.

Nothing but time hangs on the order: whoever is linked in one go need not be linked again with each portion.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from consistency_check.ledger.packing import unpack_reply
from consistency_check.ledger.replies import AT_ONCE, Known
from consistency_check.ledger.store import Ledger
from consistency_check.model import CrmRecord

FEW = 10_000
"""So many are linked in one go, in whatever order."""
ROUNDS = 3
"""Steps from key to key: from an e-mail by the CRM's record to a phone, and back."""
KEYS = ("customer_id", "email", "phone", "handle")
TAIL = 7
"""Digits of a phone that are the same however it is written."""


def find_unlinked(ledger: Ledger, crm: Sequence[CrmRecord] = ()) -> None:
    """Lay out the replies that are of no identity yet, for `walk_unlinked`.

    Those of one sender stand together; where they are many, those of one person too, by and large.
    """
    ledger.run(
        """
        CREATE OR REPLACE TEMP TABLE unlinked AS
        SELECT seq, thread, json_extract_string(head, ?) AS said FROM replies WHERE node IS NULL
        """,
        [[f"$.{name}" for name in KEYS]],
    )
    ledger.run("CREATE OR REPLACE TEMP TABLE people (node BIGINT, label BIGINT)")
    if ledger.fetch_one("SELECT count(*) FROM unlinked") > FEW:
        _tie_people(ledger, crm)
    ledger.run(
        """
        CREATE OR REPLACE TEMP TABLE unlinked AS
        SELECT seq, row_number() OVER (ORDER BY label, hash(said), hash(thread), seq) AS place
        FROM unlinked LEFT JOIN people ON node = seq
        """
    )
    ledger.run("DROP TABLE people")


def walk_unlinked(ledger: Ledger) -> Iterator[list[Known]]:
    """What was laid out, in pages; `number_nodes` takes the nodes of each."""
    ledger.run("CREATE OR REPLACE TEMP TABLE numbered (seq BIGINT, node BIGINT)")
    query = """
        SELECT unlinked.place, seq, head, replies.place AS stands, text, question
        FROM (SELECT * FROM unlinked WHERE place > ? AND place <= ?) AS unlinked JOIN replies USING (seq)
    """
    for rows in ledger.walk(query, ledger.fetch_one("SELECT count(*) FROM unlinked"), AT_ONCE):
        yield [Known(seq, unpack_reply(*parts)) for seq, *parts in rows]
    ledger.run("UPDATE replies SET node = numbered.node FROM numbered WHERE numbered.seq = replies.seq")
    for table in ("unlinked", "numbered"):
        ledger.run(f"DROP TABLE {table}")


def number_nodes(ledger: Ledger, page: Sequence[Known], nodes: Sequence[int]) -> None:
    """The nodes of a page of `walk_unlinked`, which are known when that has ended."""
    ledger.insert("numbered", {"seq": [known.seq for known in page], "node": nodes})


def _tie_people(ledger: Ledger, crm: Sequence[CrmRecord]) -> None:
    """Fill `people`: whoever has a key in common has one label, in the order of the CRM's customer ids.

    Records are nodes below 0.
    """
    ledger.run("CREATE OR REPLACE TEMP TABLE ties (node BIGINT, key UBIGINT)")
    names = ", ".join(f"said[{KEYS.index(name) + 1}]" for name in KEYS if name != "phone")
    phone = f"said[{KEYS.index('phone') + 1}]"
    ledger.run(
        f"""
        INSERT INTO ties SELECT seq, hash(lower(trim(said))) FROM (
            SELECT seq, unnest([{names}, right(regexp_replace({phone}, '[^0-9]', '', 'g'), {TAIL})]) AS said
            FROM unlinked
        ) WHERE said <> ''
        """
    )
    records = sorted(crm, key=lambda record: record.customer_id)
    for at in range(0, len(records), AT_ONCE):
        page = [
            (at + place - len(records), said)
            for place, record in enumerate(records[at : at + AT_ONCE])
            for said in _list_said(record)
        ]
        ledger.run(
            "INSERT INTO ties SELECT node, hash(said) FROM (SELECT unnest(?) AS node, unnest(?) AS said)",
            [[node for node, _ in page], [said for _, said in page]],
        )
    ledger.run("INSERT INTO people SELECT DISTINCT node, node FROM ties")
    for _ in range(ROUNDS):
        ledger.run(
            """
            CREATE OR REPLACE TEMP TABLE people AS
            WITH keyed AS (SELECT key, min(label) AS label FROM ties JOIN people USING (node) GROUP BY key)
            SELECT node, min(label) AS label FROM ties JOIN keyed USING (key) GROUP BY node
            """
        )
    ledger.run("DROP TABLE ties")


def _list_said(record: CrmRecord) -> list[str]:
    """The keys of a record, written as those of replies are."""
    names = [record.customer_id, *record.emails, *record.handles]
    tails = [re.sub("[^0-9]", "", phone)[-TAIL:] for phone in record.phones]
    return [said for each in (*names, *tails) if (said := each.strip().lower())]
