"""Conversations as Google's Contact Center AI Insights takes and keeps them: one JSON document each.

`entries` have a role, the number of a participant and microseconds. The numbers should be a person's own in
all conversations, but are often 1 and 2 in each: a customer is not known by them. Where the microseconds
count from the start of the call instead of from 1970, as in the documentation's own example, when the call
was is not told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from consistency_check.load.counts import parse_count
from consistency_check.load.files import ExportFile
from consistency_check.load.format import Fit, Format, Item
from consistency_check.load.objects import Document, Fields, find_objects, find_text, read_file
from consistency_check.load.options import LoadOptions
from consistency_check.load.people import Person, Role
from consistency_check.load.speech import find_stamp, join_pieces
from consistency_check.load.turns import Conversation, Turn
from consistency_check.model import Problem, Source

_MARKS = (b'"entries"', b'"start_timestamp_usec"', b'"user_id"', b'"role"')
_ROLES = {
    "AGENT": Role.AGENT,
    "HUMAN_AGENT": Role.AGENT,
    "AUTOMATED_AGENT": Role.BOT,
    "CUSTOMER": Role.CUSTOMER,
    "END_USER": Role.CUSTOMER,
}
_FIRST_YEAR = datetime(2000, 1, 1, tzinfo=UTC)
"""Before it nobody recorded calls in microseconds: the count is from the call's start."""


def _recognise(head: bytes, name: str) -> Fit:
    if head.lstrip()[:1] not in (b"{", b"["):
        return Fit.NONE
    return Fit.EXACT if _MARKS[0] in head and sum(mark in head for mark in _MARKS) >= 3 else Fit.NONE


def _read(files: Sequence[ExportFile], options: LoadOptions) -> Iterator[Item]:
    (file,) = files
    for document in read_file(file):
        yield from [document] if isinstance(document, Problem) else _read_conversation(document)


def _read_conversation(document: Document) -> Iterator[Item]:
    entries = find_objects(document.fields, "entries")
    if not entries:
        message = "the conversation has no `entries` with turns; left out; export it again"
        yield Problem(document.source, message)
        return
    turns = []
    for number, entry in enumerate(entries, 1):
        turn = _make_turn(entry, document.place(number))
        if isinstance(turn, Problem):
            yield turn
        else:
            turns.append(turn)
    stamp = find_stamp(document.file.stem)
    yield Conversation(document.name, join_pieces(turns), document.source, started_at=stamp)


def _make_turn(entry: Fields, source: Source) -> Turn | Problem:
    text = find_text(entry, "text")
    if not text:
        return Problem(source, "the entry has no `text`; left out; export the conversation again")
    try:
        time = parse_count(find_text(entry, "start_timestamp_usec"), 1_000_000)
    except ValueError as error:
        return Problem(source, str(error))
    dated = time >= _FIRST_YEAR
    role = _ROLES.get(find_text(entry, "role").upper(), Role.UNKNOWN)
    number = "" if role is Role.CUSTOMER else find_text(entry, "user_id")
    return Turn(
        "",
        role,
        text,
        source,
        sent_at=time if dated else None,
        offset=None if dated else time.timestamp(),
        speaker=Person(handle=f"google:{number}" if number else ""),
    )


FORMAT = Format("Google CCAI Insights", _recognise, _read, key="google", channel="phone")
