"""Freshdesk: tickets with their conversations, as its API (v2) and its account export (v1) give them.

A ticket's first message is its description. Conversations may be in a file of their own: they are joined to
the tickets of the same export by the ticket's id.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from consistency_check.load.files import ExportFile
from consistency_check.load.format import Fit, Format, Item, Scope, read_each
from consistency_check.load.objects import (
    Document,
    Fields,
    find_attributes,
    find_object,
    find_objects,
    find_text,
    is_true,
    read_file,
)
from consistency_check.load.options import LoadOptions
from consistency_check.load.people import Person, Role
from consistency_check.load.times import parse_naive_time
from consistency_check.load.turns import Conversation, Turn
from consistency_check.load.wordings import choose_words
from consistency_check.model import LeftOut, Problem, Source

_MARKS = (
    b'"helpdesk_ticket"',
    b'"description_text"',
    b'"body_text"',
    b'"fr_escalated"',
    b'"support_email"',
    b'"responder_id"',
    b'"requester_id"',
    b'"incoming"',
    b'"private"',
)
# The codes that the API's documentation gives for the source of a ticket, and the words of the v1 export.
_TICKET_CHANNELS = {
    "1": "email",
    "2": "portal",
    "3": "phone",
    "4": "forum",
    "5": "twitter",
    "6": "facebook",
    "7": "chat",
    "9": "web",
    "10": "email",
    "feedback widget": "web",
    "outbound email": "email",
}
_PHONE, _OUTBOUND = {"3", "phone"}, {"10", "outbound email"}
# … and for that of a conversation: 0 is an answer, which goes by mail unless the ticket is a chat.
_NOTE_CHANNELS = {"5": "twitter", "7": "facebook", "9": "phone"}
_FORWARDED = "8"


def _recognise(head: bytes, name: str) -> Fit:
    """Zendesk has some of these names too, but neither of the first four."""
    if head.lstrip()[:1] not in (b"{", b"["):
        return Fit.NONE
    own, shared = (sum(mark in head for mark in marks) for marks in (_MARKS[:4], _MARKS[4:]))
    return Fit.EXACT if own and own + shared >= 3 else Fit.NONE


def _read(files: Sequence[ExportFile], options: LoadOptions) -> Iterator[Item]:
    yield from read_each(files, _read_export)


def _read_export(file: ExportFile) -> Iterator[Item]:
    for document in read_file(file):
        if isinstance(document, Problem):
            yield document
        elif "ticket_id" in document.fields and "incoming" in document.fields:
            yield _make_turn(document.fields, find_text(document.fields, "ticket_id"), "", document.source)
        else:
            yield from _read_ticket(document)


def _read_ticket(document: Document) -> Iterator[Item]:
    ticket = find_object(document.fields, "helpdesk_ticket") or document.fields
    id_ = find_text(ticket, "display_id") or find_text(ticket, "id")
    if not id_ or not (ticket.keys() & {"description", "description_text", "conversations", "notes"}):
        message = "the record is neither a ticket nor a conversation; left out; export tickets with them"
        yield Problem(document.source, message)
        return
    if is_true(ticket, "spam") or is_true(ticket, "deleted"):
        yield LeftOut(document.source, "deleted")
        return
    code = find_text(ticket, "source").casefold() or find_text(ticket, "source_name").casefold()
    channel = _TICKET_CHANNELS.get(code, "" if code.isdecimal() else code)
    customer = _find_customer(ticket)
    turns = []
    for turn in _read_turns(ticket, id_, code, channel, document):
        if isinstance(turn, Problem):
            yield turn
        else:
            turns.append(turn)
    attributes = {**find_attributes(ticket, "custom_fields"), **find_attributes(ticket, "custom_field")}
    if "conversations" in ticket or "notes" in ticket:
        yield Conversation(
            id_, tuple(turns), document.source, channel=channel, customer=customer, attributes=attributes
        )
    else:
        yield from turns


def _read_turns(
    ticket: Fields, id_: str, code: str, channel: str, document: Document
) -> Iterator[Turn | Problem]:
    yield _make_first(ticket, id_, code, channel, document.place(0))
    notes = find_objects(ticket, "conversations")
    notes += [find_object(each, "note") or each for each in find_objects(ticket, "notes")]
    for number, note in enumerate(notes, 1):
        yield _make_turn(note, id_, channel, document.place(number))


def _make_first(ticket: Fields, id_: str, code: str, channel: str, source: Source) -> Turn | Problem:
    """The description: the customer's words, but for calls, which an agent noted down, and outgoing mail."""
    role = Role.INTERNAL if code in _PHONE else Role.AGENT if code in _OUTBOUND else Role.CUSTOMER
    agent = Person(name=find_text(ticket, "responder_name"), handle=_find_handle(ticket, "responder_id"))
    speaker = agent if role is Role.AGENT else _find_customer(ticket)
    return _date_turn(
        ticket,
        Turn(id_, role, _read_words(ticket, "description", channel), source, f"{id_}.0", speaker=speaker),
    )


def _make_turn(note: Fields, ticket: str, channel: str, source: Source) -> Turn | Problem:
    code, id_ = find_text(note, "source"), find_text(note, "id")
    incoming, internal = is_true(note, "incoming"), is_true(note, "private") or code == _FORWARDED
    if code == "0":
        via = channel if channel in {"chat", "twitter", "facebook", "whatsapp"} else "email"
    else:
        via = _NOTE_CHANNELS.get(code, "")
    role = Role.INTERNAL if internal else Role.CUSTOMER if incoming else Role.AGENT
    if is_true(note, "deleted"):
        role = Role.EVENT
    text = _read_words(note, "body", via or channel)
    speaker = Person(handle=_find_handle(note, "user_id"))
    turn = Turn(ticket, role, text, source, id_ and f"{ticket}.{id_}", channel=via, speaker=speaker)
    if "incoming" not in note:
        return Problem(source, "the note does not tell whether it is `incoming`; left out; export it again")
    return _date_turn(note, turn)


def _date_turn(fields: Fields, turn: Turn) -> Turn | Problem:
    try:
        written = find_text(fields, "created_at")
        return replace(turn, sent_at=parse_naive_time(written) if written else None)
    except ValueError as error:
        return Problem(turn.source, str(error))


def _read_words(fields: Fields, name: str, channel: str) -> str:
    """The HTML is in `body_html` of the first version of the API, and in `body` of the second."""
    text = find_text(fields, f"{name}_text")
    html = find_text(fields, name) if text else find_text(fields, f"{name}_html")
    return choose_words(html, text or find_text(fields, name), mail=channel in {"", "email", "portal", "web"})


def _find_customer(ticket: Fields) -> Person:
    requester = find_object(ticket, "requester")
    return Person(
        id=find_text(requester, "unique_external_id"),
        name=find_text(requester, "name") or find_text(ticket, "requester_name"),
        email=find_text(requester, "email") or find_text(ticket, "email"),
        phone=find_text(requester, "mobile") or find_text(requester, "phone") or find_text(ticket, "phone"),
        handle=_find_handle(ticket, "requester_id"),
    )


def _find_handle(fields: Fields, name: str) -> str:
    id_ = find_text(fields, name)
    return f"freshdesk:{id_}" if id_ else ""


FORMAT = Format("Freshdesk", _recognise, _read, key="freshdesk", scope=Scope.TREE, channel="email")
