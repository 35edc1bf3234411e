"""Reads what is due, and settles what a change of answers can touch; everything else stays as it was read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from consistency_check.explanation import open_reader
from consistency_check.follow_up.shim import KeptReader
from consistency_check.intake import BATCH, AuditSettings
from consistency_check.ledger import Ledger
from consistency_check.ledger.facts import Fingerprints
from consistency_check.ledger.readings import StoredReading, write_readings
from consistency_check.ledger.replies import Known, walk_replies
from consistency_check.model import Asking, KnowledgeBase


def read_due(
    ledger: Ledger, knowledge: KnowledgeBase, settings: AuditSettings, old: Fingerprints, new: Fingerprints
) -> int:
    """Read the replies that are due, all of them after a change of wording; how many were read.

    After a change of answers `due` has those too in whose reading the changed policies had a part.
    """
    changed = sorted(name for name, words in new.answers.items() if old.answers.get(name) != words)
    if old.reading != new.reading:
        ledger.run("INSERT INTO due SELECT seq FROM replies WHERE seq NOT IN (SELECT seq FROM due)")
    elif changed:
        ledger.run(
            "INSERT INTO due SELECT seq FROM readings WHERE list_has_any(met, ?) "
            "AND seq NOT IN (SELECT seq FROM due)",
            [changed],
        )
    count = int(ledger.fetch_one("SELECT count(*) FROM due") or 0)
    if count:
        reader = KeptReader(open_reader(knowledge, settings.min_confidence, near_misses=False))
        for page in walk_replies(ledger, "SELECT seq FROM due"):
            write_readings(ledger, list(_read_page(reader, page)))
    return count


def _read_page(reader: KeptReader, page: Sequence[Known]) -> Iterator[StoredReading]:
    for at in range(0, len(page), BATCH):
        batch = page[at : at + BATCH]
        read = reader.read_kept([known.reply for known in batch])
        for known, (reading, kept, met) in zip(batch, read, strict=True):
            yield StoredReading(known.seq, reading.claims, Asking(), kept, met)
