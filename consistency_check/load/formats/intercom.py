"""Intercom: conversations as its API and its exports give them, as JSON or JSON Lines.

The first message is in `source`, the others in `conversation_parts`; a list of conversations has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from consistency_check.load.counts import parse_count
from consistency_check.load.files import ExportFile
from consistency_check.load.format import Fit, Format, Item
from consistency_check.load.objects import (
    Document,
    Fields,
    find_attributes,
    find_number,
    find_object,
    find_objects,
    find_text,
    is_true,
    read_file,
)
from consistency_check.load.options import LoadOptions
from consistency_check.load.people import Person, Role
from consistency_check.load.turns import Conversation, Turn
from consistency_check.load.wordings import choose_words
from consistency_check.model import Problem, Source

_MARKS = (
    b'"conversation_parts"',
    b'"conversation.list"',
    b'"part_type"',
    b'"delivered_as"',
    b'"admin_assignee_id"',
    b'"waiting_since"',
    b'"snoozed_until"',
    b'"first_contact_reply"',
)
_ROLES = {
    "admin": Role.AGENT,
    "team": Role.AGENT,
    "bot": Role.BOT,
    "user": Role.CUSTOMER,
    "lead": Role.CUSTOMER,
    "contact": Role.CUSTOMER,
}
_CHANNELS = {"conversation": "chat", "phone_call": "phone", "admin_initiated": "chat", "push": "chat"}


def _recognise(head: bytes, name: str) -> Fit:
    if head.lstrip()[:1] not in (b"{", b"["):
        return Fit.NONE
    return Fit.EXACT if sum(mark in head for mark in _MARKS) >= 2 else Fit.NONE


def _read(files: Sequence[ExportFile], options: LoadOptions) -> Iterator[Item]:
    (file,) = files
    for document in read_file(file, within=("conversations",)):
        yield from [document] if isinstance(document, Problem) else _read_conversation(document)


def _read_conversation(document: Document) -> Iterator[Item]:
    fields = document.fields
    id_ = find_text(fields, "id")
    if not id_ or not ("source" in fields or "conversation_parts" in fields):
        yield Problem(document.source, "the record is no conversation; left out; export the conversations")
        return
    parts = find_object(fields, "conversation_parts")
    messages = find_objects(parts, "conversation_parts")
    yield from _check_whole(parts, len(messages), document.source)
    first = {**find_object(fields, "source"), "created_at": fields.get("created_at")}
    channel = find_text(first, "type").casefold()
    turns = []
    for number, message in enumerate([first, *messages]):
        turn = _make_turn(message, id_, channel, document.place(number))
        if isinstance(turn, Problem):
            yield turn
        else:
            turns.append(turn)
    yield Conversation(
        id_,
        tuple(turns),
        document.source,
        channel=_CHANNELS.get(channel, channel),
        customer=_find_customer(fields),
        attributes=find_attributes(fields, "custom_attributes"),
    )


def _check_whole(parts: Fields, found: int, source: Source) -> Iterator[Problem]:
    """Whether the answers are in the export at all: a list has none, one conversation at most 500."""
    if not parts:
        message = "the conversation has no `conversation_parts`, as in a list: its answers are missing"
        yield Problem(source, f"{message}; export each conversation by its id")
    elif (total := find_number(parts, "total_count") or 0) > found:
        message = f"the conversation has {found} of {total:.0f} parts: answers are missing"
        yield Problem(source, f"{message}; export it again, all pages of it")


def _make_turn(message: Fields, conversation: str, channel: str, source: Source) -> Turn | Problem:
    author = find_object(message, "author")
    try:
        sent_at = _find_time(message)
    except ValueError as error:
        return Problem(source, str(error))
    text = choose_words(find_text(message, "body"), mail=channel == "email")
    id_ = find_text(message, "id")
    return Turn(
        conversation,
        _find_role(message, author, text),
        text,
        source,
        # Messages that went to many have one id in all of their conversations.
        id=f"{conversation}.{id_}" if id_ else "",
        sent_at=sent_at,
        speaker=_read_person(author),
    )


def _find_role(message: Fields, author: Fields, text: str) -> Role:
    """A part without words, such as an assignment, or whose words were removed, says nothing."""
    if find_text(message, "part_type").startswith("note"):
        return Role.INTERNAL
    if not text or is_true(message, "redacted"):
        return Role.EVENT
    if is_true(author, "from_ai_agent") or find_text(message, "delivered_as") == "automated":
        return Role.BOT
    return _ROLES.get(find_text(author, "type").casefold(), Role.UNKNOWN)


def _find_time(message: Fields) -> datetime | None:
    written = find_text(message, "created_at")
    return parse_count(written, 1) if written else None


def _find_customer(fields: Fields) -> Person:
    """The contact, where there is but one: a group's conversation does not tell to whom an answer was."""
    contacts = find_objects(find_object(fields, "contacts"), "contacts")
    contacts = contacts or [each for each in [find_object(fields, "user")] if each]
    return _read_person(contacts[0]) if len(contacts) == 1 else Person()


def _read_person(person: Fields) -> Person:
    id_ = find_text(person, "id")
    return Person(
        id=find_text(person, "external_id") or find_text(person, "user_id"),
        name=find_text(person, "name"),
        email=find_text(person, "email"),
        phone=find_text(person, "phone"),
        handle=f"intercom:{id_}" if id_ else "",
    )


FORMAT = Format("Intercom", _recognise, _read, key="intercom", channel="chat")
