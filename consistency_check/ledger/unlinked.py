"""The replies that are of no identity yet, in the order in which they are linked best."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from consistency_check.ledger.packing import unpack_reply
from consistency_check.ledger.replies import AT_ONCE, Known
from consistency_check.ledger.store import Ledger


def walk_unlinked(ledger: Ledger) -> Iterator[list[Known]]:
    """The replies that are of no identity yet, in pages; `number_nodes` takes those of each.

    Those of one sender stand together, so that each identity is linked once, and people with theirs.
    """
    ledger.run("CREATE OR REPLACE TEMP TABLE numbered (seq BIGINT, node BIGINT)")
    ledger.run(
        """
        CREATE OR REPLACE TEMP TABLE unlinked AS
        SELECT row_number() OVER (ORDER BY said[1], said[2], said[3], said[4], thread, seq) AS rank, seq
        FROM (SELECT seq, thread, json_extract_string(head, ?) AS said FROM replies WHERE node IS NULL)
        """,
        [[f"$.{name}" for name in ("customer_id", "email", "phone", "handle")]],
    )
    ledger.run(
        """
        CREATE OR REPLACE TEMP TABLE unlinked AS
        SELECT rank, seq, head, place, text, question FROM unlinked JOIN replies USING (seq) ORDER BY rank
        """
    )
    for at in range(0, ledger.fetch_one("SELECT count(*) FROM unlinked"), AT_ONCE):
        rows = ledger.fetch(
            """
            SELECT seq, head, place, text, question FROM unlinked
            WHERE rank > ? AND rank <= ? ORDER BY rank
            """,
            [at, at + AT_ONCE],
        )
        yield [Known(seq, unpack_reply(*parts)) for seq, *parts in rows]
    ledger.run("UPDATE replies SET node = numbered.node FROM numbered WHERE numbered.seq = replies.seq")
    for table in ("unlinked", "numbered"):
        ledger.run(f"DROP TABLE {table}")


def number_nodes(ledger: Ledger, page: Sequence[Known], nodes: Sequence[int]) -> None:
    """The nodes of a page of `walk_unlinked`, which are known when that has ended."""
    ledger.insert("numbered", {"seq": [known.seq for known in page], "node": nodes})
