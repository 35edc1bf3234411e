"""Transcripts of Genesys Cloud's speech and text analytics: one JSON document a communication.

A phrase tells its side alone, `internal` or `external`. Internal is an agent or the flow that answers
before: `participants` tells who of them was there at the time of the phrase.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from consistency_check.load.counts import parse_count
from consistency_check.load.files import ExportFile
from consistency_check.load.format import Fit, Format, Item
from consistency_check.load.objects import Document, Fields, find_number, find_objects, find_text, read_file
from consistency_check.load.options import LoadOptions
from consistency_check.load.people import Person, Role
from consistency_check.load.speech import join_pieces
from consistency_check.load.turns import Conversation, Turn
from consistency_check.model import Problem, Source

_MARKS = (b'"participantPurpose"', b'"phrases"', b'"communicationId"', b'"transcripts"', b'"conversationId"')
_CHANNELS = {"call": "phone", "callback": "phone", "message": "chat"}
_PHRASES = "phrases"
_SPOKEN = frozenset({"call", "callback"})
_MACHINES = frozenset({"ivr", "acd", "bot", "botflow", "voicemail", "workflow", "secure"})
_PEOPLE = frozenset({"agent", "user"})
_PHONE = re.compile(r"\+?[\d\s().-]{5,30}")
# What networks write for a caller who hides the number: these are not all one person.
_NAMELESS = frozenset({"anonymous", "restricted", "unavailable", "unknown", "private"})
_EXTERNAL = frozenset({"external", "customer"})


@dataclass(frozen=True, slots=True)
class _Presence:
    """Who was in the conversation, from when to when, in milliseconds since 1970."""

    purpose: str
    start: float
    end: float
    person: Person


def _recognise(head: bytes, name: str) -> Fit:
    if head.lstrip()[:1] not in (b"{", b"["):
        return Fit.NONE
    return Fit.EXACT if sum(mark in head for mark in _MARKS) >= 3 else Fit.NONE


def _read(files: Sequence[ExportFile], options: LoadOptions) -> Iterator[Item]:
    (file,) = files
    for document in read_file(file):
        yield from [document] if isinstance(document, Problem) else _read_communication(document)


def _read_communication(document: Document) -> Iterator[Item]:
    present = [_read_presence(each) for each in find_objects(document.fields, "participants")]
    transcripts = find_objects(document.fields, "transcripts")
    phrases = [
        phrase for each in transcripts for phrase in find_objects({"phrases": None, **each}, "phrases")
    ]
    if not phrases:
        message = "the record has no `transcripts` with `phrases`; left out; download the transcript again"
        yield Problem(document.source, message)
        return
    # Several transcripts of one call lie one after the other in the file, whatever their times.
    places = sorted(range(len(phrases)), key=lambda at: find_number(phrases[at], "startTimeMs") or 0)
    turns = []
    for at in places:
        turn = _make_turn(phrases[at], present, document.place(at + 1))
        if isinstance(turn, Problem):
            yield turn
        else:
            turns.append(turn)
    yield _make_conversation(document, turns, present)


def _make_conversation(document: Document, turns: list[Turn], present: list[_Presence]) -> Conversation:
    medium = find_text(document.fields, "mediaType").casefold()
    customers = {each.person for each in present if each.purpose in _EXTERNAL}
    agents = {each.person for each in present if each.purpose in _PEOPLE}
    return Conversation(
        find_text(document.fields, "conversationId") or document.name,
        join_pieces(turns) if medium in _SPOKEN else tuple(turns),
        document.source,
        channel=_CHANNELS.get(medium, medium),
        customer=customers.pop() if len(customers) == 1 else Person(),
        agent=agents.pop() if len(agents) == 1 else Person(),
    )


def _read_presence(participant: Fields) -> _Presence:
    """A customer is known by the number that called, or that was called by the company."""
    purpose = find_text(participant, "participantPurpose").casefold()
    outbound = find_text(participant, "initialDirection").casefold() == "outbound"
    address = find_text(participant, "dnis" if outbound else "ani") or find_text(
        participant, "to" if outbound else "from"
    )
    user = find_text(participant, "userId")
    return _Presence(
        purpose,
        find_number(participant, "startTimeMs") or 0,
        find_number(participant, "endTimeMs") or math.inf,
        _read_address(address) if purpose in _EXTERNAL else Person(handle=f"genesys:{user}" if user else ""),
    )


def _read_address(address: str) -> Person:
    """The number of `tel:+442079460018` and `sip:+44…@…`, or the address; nobody for "anonymous"."""
    scheme, _, rest = address.rpartition(":")
    user, _, host = rest.partition(";")[0].partition("@")
    if _PHONE.fullmatch(user):
        return Person(phone=user)
    if not host or user.casefold() in _NAMELESS:
        return Person()
    return Person(handle=f"{user}@{host}") if scheme.casefold() in {"sip", "sips"} else Person(email=rest)


def _make_turn(phrase: Fields, present: list[_Presence], source: Source) -> Turn | Problem:
    # `decoratedText` has the numbers and capitals that people write.
    text = find_text(phrase, "decoratedText") or find_text(phrase, "text")
    if not text:
        return Problem(source, "the phrase has no `text`; left out; download the transcript again")
    moment = find_text(phrase, "startTimeMs")
    try:
        sent_at = parse_count(moment, 1_000) if moment else None
    except ValueError as error:
        return Problem(source, str(error))
    role, speaker = _find_speaker(phrase, present)
    return Turn("", role, text, source, sent_at=sent_at, speaker=speaker)


def _find_speaker(phrase: Fields, present: list[_Presence]) -> tuple[Role, Person]:
    side = find_text(phrase, "participantPurpose").casefold()
    if side in _EXTERNAL:
        return Role.CUSTOMER, Person()
    if side in _MACHINES:
        return Role.BOT, Person()
    if side not in _PEOPLE | {"internal"}:
        return Role.UNKNOWN, Person()
    at = find_number(phrase, "startTimeMs") or 0
    there = [each for each in present if each.start <= at < each.end and each.purpose in _PEOPLE | _MACHINES]
    agents = {each.person for each in there if each.purpose in _PEOPLE}
    if there and not agents and side == "internal":
        return Role.BOT, Person()
    return Role.AGENT, agents.pop() if len(agents) == 1 else Person()


FORMAT = Format("Genesys Cloud", _recognise, _read, key="genesys", channel="phone")
