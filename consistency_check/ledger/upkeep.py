"""Erasing all replies that were sent before a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from consistency_check.ledger.packing import unpack_finding
from consistency_check.ledger.replies import drop_replies, walk_replies
from consistency_check.ledger.store import Ledger

_BEFORE = "SELECT seq FROM replies WHERE day <> '' AND day < ?"


@dataclass(frozen=True, slots=True)
class Erased:
    """How much was erased."""

    replies: int = 0
    findings: int = 0


def retire(ledger: Ledger, before: date) -> Erased:
    """Erase replies sent before a day, and what was found in them, which is not told as fixed."""
    day = before.isoformat()
    ids = {known.reply.id for page in walk_replies(ledger, _BEFORE, [day]) for known in page}
    bodies = ledger.fetch("SELECT id, body FROM findings ORDER BY id") if ids else []
    about = [id_ for id_, body in bodies if ids & {each.reply_id for each in unpack_finding(body).answers}]
    ledger.run("DELETE FROM findings WHERE list_contains(?, id)", [about])
    return Erased(drop_replies(ledger, _BEFORE, [day]), len(about))
