"""Reads what is due, and settles what new answers can touch; everything else stays as it was read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from consistency_check.explanation import find_least, open_question_reader, open_reader
from consistency_check.intake import BATCH, AuditSettings
from consistency_check.ledger import Ledger
from consistency_check.ledger.facts import Fingerprints
from consistency_check.ledger.readings import (
    StoredReading,
    list_resettled,
    walk_kept,
    write_readings,
    write_settled,
)
from consistency_check.ledger.replies import Known, walk_replies
from consistency_check.model import KnowledgeBase

if TYPE_CHECKING:
    from consistency_check.read import Reader, Settler
    from consistency_check.read.questions import QuestionReader


def read_due(
    ledger: Ledger, knowledge: KnowledgeBase, settings: AuditSettings, old: Fingerprints, new: Fingerprints
) -> int:
    """Read the replies that are due, all of them after a change of wording; how many were read.

    After a change of answers, those in whose reading the changed policies had a part are settled anew, which
    reads none of them; `settled` then names those that claim something else by it.
    """
    ledger.run("CREATE OR REPLACE TEMP TABLE settled (seq BIGINT)")
    changed = sorted(name for name, words in new.answers.items() if old.answers.get(name) != words)
    if old.reading != new.reading:
        ledger.run("INSERT INTO due SELECT seq FROM replies WHERE seq NOT IN (SELECT seq FROM due)")
    elif changed:
        _settle_changed(ledger, knowledge, settings, changed)
    count = int(ledger.fetch_one("SELECT count(*) FROM due") or 0)
    if count:
        from consistency_check.read import Settler  # its libraries take a second to import

        reader = open_reader(knowledge, settings.min_confidence, near_misses=False)
        asker = open_question_reader(knowledge)
        settler = Settler(knowledge, find_least(settings.min_confidence))
        for page in walk_replies(ledger, "SELECT seq FROM due"):
            write_readings(ledger, _read_page(reader, asker, settler, page))
    return count


def _read_page(
    reader: Reader, asker: QuestionReader, settler: Settler, page: Sequence[Known]
) -> list[StoredReading]:
    replies = [known.reply for known in page]
    read = [each for at in range(0, len(page), BATCH) for each in reader.read_kept(replies[at : at + BATCH])]
    met = settler.list_met([kept for _, kept in read])
    return [
        StoredReading(known.seq, reading.claims, asking, kept, policies or ())
        for known, (reading, kept), policies, asking in zip(
            page, read, met, asker.read_batch(replies), strict=True
        )
    ]


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
