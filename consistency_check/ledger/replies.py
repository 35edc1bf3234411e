"""The replies a ledger knows: which of those that a run loads are new, changed, moved or as they were."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from consistency_check.ledger.belongings import HOMES
from consistency_check.ledger.forgotten import open_forgotten
from consistency_check.ledger.packing import dump, hash_text, pack_head, pack_place, unpack_reply
from consistency_check.ledger.store import Ledger
from consistency_check.model import Finding, Reply

AT_ONCE = 2048
"""Replies that are written or read at once."""
ADDED = 16_384
"""New replies that are added at once, for these are nearly in the order of their numbers."""
_STAGED = (
    "position",
    "key",
    "content",
    "place",
    "head",
    "text",
    "question",
    "thread",
    "channel",
    "day",
    "moment",
)
_WRITTEN = _STAGED[2:]
_NUMBERED = "numbered"
"""The fact how many replies ever had a number: none is used again, for what was erased had some."""


@dataclass(frozen=True, slots=True)
class Known:
    """A reply with its number in the ledger, and the node of its identity (None where it has none yet)."""

    seq: int
    reply: Reply
    node: int | None = None


@dataclass(frozen=True, slots=True)
class Arrivals:
    """How many of the replies loaded are new, have changed, only stand elsewhere, or are as they were."""

    new: int
    changed: int
    moved: int
    same: int


def stage_replies(ledger: Ledger, replies: Iterable[Reply]) -> Counter[str]:
    """Lay what a run loads beside what is known; nothing that is known changes yet.

    Returns how many were left out, as they were erased before, with the reason.
    """
    explain = open_forgotten(ledger)
    left_out: Counter[str] = Counter()
    ledger.run("DROP TABLE IF EXISTS staged")
    texts = ", ".join(f"{name} VARCHAR" for name in _STAGED[1:])
    ledger.run(f"CREATE TEMP TABLE staged (position BIGINT, {texts})")
    nameless: Counter[str] = Counter()
    find_file = cache(_find_file)
    rows = (_lay_row(number, reply, nameless, find_file) for number, reply in enumerate(replies))
    while page := list(islice(rows, AT_ONCE)):
        reasons = [explain(row[1], row[-2]) for row in page]
        left_out.update(reason for reason in reasons if reason)
        kept = [row for row, reason in zip(page, reasons, strict=True) if not reason]
        if kept:
            ledger.insert("staged", dict(zip(_STAGED, map(list, zip(*kept, strict=True)), strict=True)))
    return left_out


def _lay_row(
    position: int, reply: Reply, nameless: Counter[str], find_file: Callable[[str], str]
) -> tuple[Any, ...]:
    head = pack_head(reply)
    content = hash_text(dump([head, reply.text, reply.question]))
    key = reply.id
    if reply.has_made_id:
        # Its place is all that its id says: the same words in the same file are the same reply.
        said = hash_text(dump([find_file(reply.source.path.partition("#")[0]), content]))
        nameless[said] += 1
        key = f"\t{said} {nameless[said]}"
    thread = f"{reply.channel}\t{reply.conversation_id}" if reply.conversation_id else ""
    said_at = reply.sent_at or reply.asked_at
    day = said_at.date().isoformat() if said_at else ""
    moment = max((_tell_moment(each) for each in (reply.sent_at, reply.asked_at) if each), default="")
    words = (reply.text, reply.question, thread, reply.channel, day, moment)
    return position, key, content, pack_place(reply), head, *words


def _find_file(path: str) -> str:
    """The one name of an export, wherever a run stands and however its folder is spelt.

    A link by which a file is named goes for a name of its own: each night it may lead to another file.
    """
    file = Path(path)
    return path if path == "-" else str(file.parent.resolve() / file.name)


def _tell_moment(time: datetime) -> str:
    """A time in UTC as ISO 8601; what no calendar has in UTC stays as it is."""
    try:
        return time.astimezone(UTC).isoformat()
    except OverflowError:
        return time.replace(tzinfo=UTC).isoformat()


def settle_arrivals(ledger: Ledger, run: int) -> Arrivals:
    """Take in what was staged: `arrivals` has each reply with its state, `due` those that are to be read.

    They are the new ones, and those whose words, question or day are others: reading looks at nothing else.
    `stirred` are the threads that are no longer what they were, `loosened` the nodes of changed replies.
    """
    for name in ("arrivals", "due", "stirred", "loosened"):
        ledger.run(f"DROP TABLE IF EXISTS {name}")
    numbered = int(ledger.read_fact(_NUMBERED) or 0)
    ledger.run(
        """
        CREATE OR REPLACE TEMP TABLE numbers AS
        SELECT position, ? + row_number() OVER (ORDER BY position) AS number
        FROM staged ANTI JOIN replies USING (key)
        """,
        [numbered],
    )
    ledger.run(
        """
        CREATE TEMP TABLE arrivals AS
        SELECT position, staged.key, staged.thread, replies.thread AS old_thread, turn, node,
            coalesce(replies.seq, number) AS seq,
            CASE WHEN replies.seq IS NULL THEN 'new' WHEN replies.content <> staged.content THEN 'changed'
                WHEN replies.place <> staged.place THEN 'moved' ELSE 'same' END AS state
        FROM staged LEFT JOIN replies USING (key) LEFT JOIN numbers USING (position)
        """
    )
    ledger.run("DROP TABLE numbers")
    ledger.run(_FIND_STIRRED)
    ledger.run(
        "CREATE TEMP TABLE loosened AS SELECT node FROM arrivals WHERE state = 'changed' "
        "UNION SELECT node FROM unsettled WHERE node IS NOT NULL"
    )
    ledger.run(_FIND_DUE)
    named = ", ".join(_WRITTEN)
    insert = f"""
        INSERT INTO replies (seq, key, turn, asked_before, first_run, {named})
        SELECT seq, key, NULL, '', ?, {", ".join(f"staged.{name}" for name in _WRITTEN)}
        FROM (SELECT * FROM arrivals WHERE state = 'new' AND position >= ? AND position < ?) AS arrivals
            JOIN (SELECT * FROM staged WHERE position >= ? AND position < ?) AS staged USING (position, key)
    """
    for at in range(0, ledger.fetch_one("SELECT coalesce(max(position) + 1, 0) FROM staged"), ADDED):
        ledger.run(insert, [run, *([at, at + ADDED] * 2)])
    changed = ", ".join(f"{name} = staged.{name}" for name in _WRITTEN)
    ledger.run(
        f"""
        UPDATE replies SET {changed}, node = NULL,
            turn = CASE WHEN replies.thread = staged.thread THEN replies.turn END
        FROM arrivals JOIN staged USING (position, key)
        WHERE arrivals.seq = replies.seq AND state = 'changed'
        """
    )
    ledger.run(
        """
        UPDATE replies SET place = staged.place FROM arrivals JOIN staged USING (position, key)
        WHERE arrivals.seq = replies.seq AND state = 'moved'
        """
    )
    states = dict(ledger.fetch("SELECT state, count(*) FROM arrivals GROUP BY state"))
    ledger.write_fact(_NUMBERED, str(numbered + states.get("new", 0)))
    ledger.run("DROP TABLE staged")
    return Arrivals(*(states.get(name, 0) for name in ("new", "changed", "moved", "same")))


_FIND_DUE = """
CREATE TEMP TABLE due AS
SELECT seq FROM arrivals WHERE state = 'new'
UNION ALL
SELECT seq FROM arrivals JOIN staged USING (position, key) JOIN replies USING (seq)
WHERE state = 'changed' AND (
    replies.text <> staged.text OR replies.question <> staged.question
    OR json_extract_string(replies.head, '$.sent_at')[:10]
        IS DISTINCT FROM json_extract_string(staged.head, '$.sent_at')[:10]
)
"""
_FIND_STIRRED = """
CREATE TEMP TABLE stirred AS
SELECT DISTINCT thread FROM (
    SELECT thread FROM arrivals WHERE state IN ('new', 'changed')
    UNION ALL SELECT old_thread FROM arrivals WHERE state = 'changed'
    UNION ALL SELECT thread FROM unsettled WHERE thread IS NOT NULL
    UNION ALL SELECT thread FROM (
        SELECT thread, turn < lag(turn) OVER (PARTITION BY thread ORDER BY position) AS has_moved
        FROM arrivals WHERE thread <> '' AND turn IS NOT NULL
    ) WHERE has_moved
) WHERE thread <> ''
"""


def walk_stirred(ledger: Ledger) -> Iterator[tuple[str, int, str]]:
    """The replies of each thread that is no longer what it was, in order: thread, number, question.

    Where the run loads all of a thread again, its order is that of the export; else what is new comes last.
    """
    ledger.run(
        """
        CREATE OR REPLACE TEMP TABLE ordered AS
        SELECT seq, row_number() OVER (
            ORDER BY thread, NOT is_whole AND turn IS NULL, CASE WHEN is_whole THEN position ELSE turn END,
                position, seq
        ) AS place
        FROM (
            SELECT replies.thread, seq, replies.turn, position,
                bool_and(position IS NOT NULL) OVER (PARTITION BY replies.thread) AS is_whole
            FROM replies JOIN stirred USING (thread) LEFT JOIN arrivals USING (seq)
        )
        """
    )
    query = """
        SELECT ordered.place, thread, seq, question
        FROM (SELECT * FROM ordered WHERE place > ? AND place <= ?) AS ordered JOIN replies USING (seq)
    """
    for page in ledger.walk(query, ledger.fetch_one("SELECT count(*) FROM ordered"), AT_ONCE):
        yield from page
    ledger.run("DROP TABLE ordered")


def write_turns(ledger: Ledger, turns: Iterable[tuple[int, int, str]]) -> None:
    """Replies' places in their threads and what was asked before them; what is asked otherwise is `due`."""
    ledger.run("CREATE OR REPLACE TEMP TABLE turned (seq BIGINT, turn BIGINT, asked_before VARCHAR)")
    rest = iter(turns)
    while page := list(islice(rest, AT_ONCE)):
        columns = map(list, zip(*page, strict=True))
        ledger.insert("turned", dict(zip(("seq", "turn", "asked_before"), columns, strict=True)))
    ledger.run(
        """
        INSERT INTO due SELECT seq FROM turned JOIN replies USING (seq)
        WHERE turned.asked_before IS DISTINCT FROM replies.asked_before AND seq NOT IN (SELECT seq FROM due)
        """
    )
    ledger.run(
        """
        UPDATE replies SET turn = turned.turn, asked_before = turned.asked_before
        FROM turned WHERE turned.seq = replies.seq
        """
    )
    ledger.run("DROP TABLE turned")


def walk_replies(ledger: Ledger, which: str, parameters: Sequence[Any] = ()) -> Iterator[list[Known]]:
    """The replies whose number a query selects, in pages; other statements may come between them.

    They are in the order of their numbers.
    """
    numbers = ledger.fetch_numbers(f"SELECT seq FROM ({which}) GROUP BY seq ORDER BY seq", parameters)
    for at in range(0, len(numbers), AT_ONCE):
        rows = ledger.fetch(
            """
            SELECT seq, head, place, text, question, coalesce(asked_before, ''), node
            FROM replies JOIN (SELECT unnest(?) AS seq) USING (seq) ORDER BY seq
            """,
            [numbers[at : at + AT_ONCE].tolist()],
        )
        yield [Known(seq, unpack_reply(*parts), node) for seq, *parts, node in rows]


def load_contacts(ledger: Ledger, finding: Finding) -> list[Reply]:
    """All replies to the customer of a finding; of one about everybody, those that it shows."""
    which = f"SELECT seq FROM replies JOIN {HOMES} USING (node) WHERE customer = ?"
    parameters: list[Any] = [finding.customer]
    if not finding.customer:
        which = "SELECT seq FROM replies WHERE list_contains(?, json_extract_string(place, '$[0]'))"
        parameters = [[answer.reply_id for answer in finding.answers]]
    return [known.reply for page in walk_replies(ledger, which, parameters) for known in page]


def find_last_moment(ledger: Ledger) -> datetime | None:
    """The last time that any reply tells of."""
    moment = ledger.fetch_one("SELECT max(moment) FROM replies")
    return datetime.fromisoformat(moment) if moment else None
