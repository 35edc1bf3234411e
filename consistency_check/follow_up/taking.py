"""From exports into the ledger: what is new or changed, and what was asked before it in its conversation."""

from __future__ import annotations

from consistency_check.intake import AuditSettings, Gathered, Progress, select_replies
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
    ledger: Ledger, settings: AuditSettings, gathered: Gathered, run: int, progress: Progress | None
) -> Arrivals:
    """Load the sources into the ledger; `gathered` takes problems and what was left out."""
    gathered.left_out.update(stage_replies(ledger, select_replies(settings, gathered, progress)))
    arrivals = settle_arrivals(ledger, run)
    recall_threads(ledger)
    return arrivals


def recall_threads(ledger: Ledger) -> None:
    """What was asked before each reply of the conversations that changed, as an audit of all has it."""
    turns = []
    for thread in walk_stirred(ledger):
        said = (Reply(str(seq), "", "", question=asked, conversation_id="-") for seq, asked, _ in thread)
        turns += [
            (int(reply.id), turn, reply.asked_before) for turn, reply in enumerate(recall_questions(said))
        ]
    write_turns(ledger, turns)
