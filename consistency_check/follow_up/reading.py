"""Reads what is due, and settles what new answers can touch; everything else stays as it was read."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from itertools import islice

from consistency_check.explanation import find_least
from consistency_check.intake import AuditSettings, Omitted
from consistency_check.ledger import Ledger
from consistency_check.ledger.facts import Fingerprints
from consistency_check.ledger.readings import (
    StoredReading,
    drop_readings,
    list_resettled,
    walk_kept,
    write_readings,
    write_settled,
)
from consistency_check.ledger.replies import AT_ONCE, walk_replies
from consistency_check.model import KnowledgeBase, Problem, Reply
from consistency_check.reading import UNREAD, ReadingTask, ReadReply, read_replies
from consistency_check.stopwatch import make_in


def read_due(
    ledger: Ledger,
    knowledge: KnowledgeBase,
    settings: AuditSettings,
    omitted: Omitted,
    old: Fingerprints,
    new: Fingerprints,
) -> int:
    """Read the replies that are due, all of them after a change of wording; how many were read.

    What could not be read is a problem of `omitted`, and due until it is read.

    After a change of answers, those in whose reading the changed policies had a part are settled anew, which
    reads none of them; `settled` then names those that claim something else by it.
    """
    ledger.run("CREATE OR REPLACE TEMP TABLE settled (seq BIGINT)")
    changed = sorted(name for name, words in new.answers.items() if old.answers.get(name) != words)
    if old.reading != new.reading:
        ledger.run("INSERT INTO due SELECT seq FROM replies WHERE seq NOT IN (SELECT seq FROM due)")
    elif changed:
        _settle_changed(ledger, knowledge, settings, changed)
    ledger.run(
        """
        INSERT INTO due SELECT seq FROM replies
        WHERE seq NOT IN (SELECT seq FROM readings) AND seq NOT IN (SELECT seq FROM due)
        """
    )
    if not ledger.fetch_one("SELECT count(*) FROM due"):
        return 0
    task = ReadingTask(knowledge, settings.min_confidence, asks=True, keeps=True)
    outcomes = _read_each(ledger, task, settings.jobs)
    count = 0
    while page := list(islice(outcomes, AT_ONCE)):
        drop_readings(ledger, [seq for seq, _ in page])
        readings = [_store(seq, read) for seq, read in page if isinstance(read, ReadReply)]
        write_readings(ledger, readings)
        count += len(readings)
        for _, read in page:
            if isinstance(read, Problem):
                omitted.note(read, UNREAD)
    return count


def _read_each(ledger: Ledger, task: ReadingTask, jobs: int) -> Iterator[tuple[int, ReadReply | Problem]]:
    """The replies that are due, by their numbers, as they were read."""
    numbers: deque[int] = deque()

    def walk() -> Iterator[Reply]:
        for page in walk_replies(ledger, "SELECT seq FROM due"):
            for known in page:
                numbers.append(known.seq)
                yield known.reply

    for _, read in make_in("read", read_replies(make_in("ledger", walk()), task, jobs)):
        yield numbers.popleft(), read


def _store(seq: int, read: ReadReply) -> StoredReading:
    return StoredReading(seq, read.claims, read.asking, read.kept, read.met)


def _settle_changed(
    ledger: Ledger, knowledge: KnowledgeBase, settings: AuditSettings, changed: Sequence[str]
) -> None:
    """What is kept of a reading and cannot be settled, for it is damaged, makes its reply due."""
    from consistency_check.read import Settler

    settler = Settler(knowledge, find_least(settings.min_confidence))
    for page in walk_kept(ledger, changed):
        readings = settler.settle([(known.reply, known.kept) for known in page])
        damaged = [known.seq for known, reading in zip(page, readings, strict=True) if reading is None]
        ledger.insert("due", {"seq": damaged})
        pairs = zip(page, readings, strict=True)
        write_settled(ledger, list_resettled((known, reading.claims) for known, reading in pairs if reading))
