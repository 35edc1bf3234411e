"""The comments of tickets, wherever they stand: in the ticket, alone, among the events of audits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from consistency_check.load.bodies import clean_html, clean_text
from consistency_check.load.format import Item
from consistency_check.load.people import NOBODY, Role
from consistency_check.load.turns import Turn
from consistency_check.load.zendesk.known import Known, find_channel, read_text, read_time
from consistency_check.model import LeftOut, Problem, Source


def read_ticket(known: Known, ticket: dict[str, Any], source: Source) -> Iterator[Item]:
    """The comments in a ticket; one without any is remembered."""
    id_ = read_text(ticket, "id")
    comments = ticket.get("comments")
    if not isinstance(comments, list) or not comments:
        known.bare = known.bare or source
        return
    for number, comment in enumerate(comments, 1):
        if isinstance(comment, dict):
            yield _make_turn(known, comment, id_, Source(f"{source}#{number}"))
        else:
            yield Problem(source, f"comment {number} of the ticket is no object; export it again")


def read_comment(known: Known, comment: dict[str, Any], source: Source) -> Iterator[Item]:
    """One comment that stands alone."""
    yield _make_turn(known, comment, read_text(comment, "ticket_id"), source)


def read_audit(known: Known, audit: dict[str, Any], source: Source) -> Iterator[Item]:
    """The comments among an audit's events; what an event does not say stands in its audit."""
    around = {name: audit[name] for name in ("author_id", "created_at", "via") if audit.get(name)}
    events = audit.get("events") or audit.get("child_events") or []
    others = 0
    for number, event in enumerate(events, 1):
        kind = read_text(event, "type", "event_type")
        if kind not in ("Comment", "VoiceComment", "FacebookComment"):
            others += 1
            continue
        data = event.get("data") if isinstance(event.get("data"), dict) else {}
        spoken = {"body": text} if (text := read_text(data, "transcription_text")) else {}
        comment = {**around, **{name: value for name, value in event.items() if value is not None}, **spoken}
        turn = _make_turn(known, comment, read_text(audit, "ticket_id"), Source(f"{source}.{number}"))
        if kind == "VoiceComment":
            # Without a transcript it says that there was a call, and no more.
            turn = replace(turn, channel="phone", role=turn.role if spoken else Role.EVENT)
        yield turn
    if others:
        yield LeftOut(source, "events", others)


def _make_turn(known: Known, comment: dict[str, Any], ticket_id: str, source: Source) -> Turn:
    known.has_comments = True
    ticket = known.tickets.get(ticket_id)
    requester = ticket.get("requester", "")
    author = read_text(comment, "author_id", "user_id")
    is_public = read_text(comment, "public") not in ("false", "0")
    html = read_text(comment, "html_body")
    return Turn(
        conversation_id=ticket_id,
        role=known.find_role(author, requester) if is_public else Role.INTERNAL,
        text=clean_html(html) if html else clean_text(read_text(comment, "plain_body", "body")),
        source=source,
        id=read_text(comment, "id"),
        sent_at=read_time(read_text(comment, "created_at", "created")),
        channel=ticket.get("channel") or find_channel(comment),
        speaker=known.find_person(author),
        addressee=known.find_person(requester) if author != requester else NOBODY,
        attributes={"subject": ticket["subject"]} if ticket.get("subject") else {},
    )
