"""From exports into the ledger: what is new or changed, and what was asked before it in its conversation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from consistency_check.intake import AuditSettings, Omitted, Progress, select_replies
from consistency_check.ledger import Ledger
from consistency_check.ledger.replies import (
    Arrivals,
    settle_arrivals,
    stage_replies,
    walk_stirred,
    write_turns,
)
from consistency_check.load import recall_questions
from consistency_check.model import Reply


def take_replies(
    ledger: Ledger, settings: AuditSettings, omitted: Omitted, run: int, progress: Progress | None
) -> Arrivals:
    """Load the sources into the ledger; `omitted` takes problems and what was left out."""
    omitted.left_out.update(stage_replies(ledger, select_replies(settings, omitted, progress)))
    arrivals = settle_arrivals(ledger, run)
    recall_threads(ledger)
    return arrivals


def recall_threads(ledger: Ledger) -> None:
    """What was asked before each reply of the conversations that changed, as an audit of all has it."""
    write_turns(ledger, _recall_each(walk_stirred(ledger)))


def _recall_each(walked: Iterable[tuple[str, int, str]]) -> Iterator[tuple[int, int, str]]:
    for _, thread in groupby(walked, key=lambda row: row[0]):
        said = (Reply(str(seq), "", "", question=asked, conversation_id="-") for _, seq, asked in thread)
        for turn, reply in enumerate(recall_questions(said)):
            yield int(reply.id), turn, reply.asked_before
