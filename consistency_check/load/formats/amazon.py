"""Calls and chats analysed by Amazon Connect Contact Lens, and calls by Transcribe Call Analytics.

One JSON document each, nearly alike: `Participants` gives roles to ids, and `Transcript` has turns with the
role (Transcribe), or with the id or the role's own name (Contact Lens). A call has milliseconds since its
start alone, a chat has times. No document tells when a call was or who the customer is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from consistency_check.load.files import ExportFile
from consistency_check.load.format import Fit, Format, Item
from consistency_check.load.objects import (
    Document,
    Fields,
    find_number,
    find_object,
    find_objects,
    find_text,
    read_file,
)
from consistency_check.load.options import LoadOptions
from consistency_check.load.people import Person, Role
from consistency_check.load.speech import find_stamp, join_pieces, name_speaker
from consistency_check.load.times import parse_naive_time
from consistency_check.load.turns import Conversation, Turn
from consistency_check.model import Problem, Source

_ROLES = {
    "AGENT": Role.AGENT,
    "SUPERVISOR": Role.AGENT,
    "CUSTOMER": Role.CUSTOMER,
    "CUSTOM_BOT": Role.BOT,
    "SYSTEM": Role.BOT,
}
_MARKS = (b'"Transcript"', b'"Participants"', b'"ParticipantRole"', b'"ConversationCharacteristics"')
_LONGEST = 366 * 24 * 3600 * 1000
"""Milliseconds, of a year: no contact lasts longer."""
_OWN_MARKS = (b'"BeginOffsetMillis"', b'"AccountId"', b'"LanguageCode"', b'"CustomerMetadata"')


def _recognise(head: bytes, name: str) -> Fit:
    """By names that both systems write; the transcript itself may lie behind the first bytes."""
    if head.lstrip()[:1] not in (b"{", b"["):
        return Fit.NONE
    shared, own = sum(mark in head for mark in _MARKS), sum(mark in head for mark in _OWN_MARKS)
    return Fit.EXACT if shared >= 2 and shared + own >= 3 else Fit.NONE


def _read(files: Sequence[ExportFile], options: LoadOptions) -> Iterator[Item]:
    (file,) = files
    for document in read_file(file):
        yield from [document] if isinstance(document, Problem) else _read_contact(document)


def _read_contact(document: Document) -> Iterator[Item]:
    segments = find_objects(document.fields, "Transcript")
    if not segments:
        message = "the contact has no `Transcript` with turns; left out; export it when it is analysed"
        yield Problem(document.source, message)
        return
    roles = _find_roles(document.fields)
    turns = []
    for number, segment in enumerate(segments, 1):
        turn = _make_turn(segment, roles, document.place(number))
        if isinstance(turn, Problem):
            yield turn
        else:
            turns.append(turn)
    contact = find_text(find_object(document.fields, "CustomerMetadata"), "ContactId")
    is_chat = find_text(document.fields, "Channel") == "CHAT"
    yield Conversation(
        contact or find_text(document.fields, "JobName") or _find_contact(document),
        tuple(turns) if is_chat else join_pieces(turns),
        document.source,
        channel="chat" if is_chat else "",
        started_at=find_stamp(document.file.stem),
    )


def _find_contact(document: Document) -> str:
    """The contact's id in the name that Contact Lens gave the file, or else the name itself."""
    id_, mark, _ = document.file.stem.partition("_analysis_")
    return id_ if mark else document.name


def _find_roles(document: Fields) -> dict[str, Role]:
    """Every participant's role by id; a role's own name stands for itself, as one document mixes both."""
    roles = dict(_ROLES)
    for each in find_objects(document, "Participants"):
        role = _ROLES.get(find_text(each, "ParticipantRole"), Role.UNKNOWN)
        roles.setdefault(find_text(each, "ParticipantId"), role)
    return roles


def _make_turn(segment: Fields, roles: Mapping[str, Role], source: Source) -> Turn | Problem:
    written = find_text(segment, "ParticipantRole") or find_text(segment, "ParticipantId")
    text = find_text(segment, "Content")
    # Beside words, a chat has comings and goings, files, and forms that are JSON.
    is_json = find_text(segment, "ContentType").startswith("application/")
    is_event = is_json or find_text(segment, "Type") not in ("", "MESSAGE")
    if not text and not is_event:
        return Problem(source, "the turn has no words in `Content`; left out; export the contact again")
    offset, time = find_number(segment, "BeginOffsetMillis"), find_text(segment, "AbsoluteTime")
    try:
        sent_at = parse_naive_time(time) if time else None
    except ValueError as error:
        return Problem(source, str(error))
    if offset is not None and abs(offset) > _LONGEST:
        message = f"`BeginOffsetMillis` is {offset:g}, longer than a year; left out; export the contact again"
        return Problem(source, message)
    role = roles.get(written, Role.UNKNOWN)
    return Turn(
        "",
        Role.EVENT if is_event else role,
        text,
        source,
        id=find_text(segment, "Id"),
        sent_at=sent_at,
        offset=None if offset is None else offset / 1000,
        speaker=_find_speaker(segment, written, role),
    )


def _find_speaker(segment: Fields, written: str, role: Role) -> Person:
    """By the name shown in a chat; the id of a participant is the contact's, and tells no customer again."""
    named = name_speaker(find_text(segment, "DisplayName"))
    is_id = bool(written) and written not in _ROLES and role is not Role.CUSTOMER
    return replace(named, handle=f"amazon:{written}" if is_id else "")


FORMAT = Format("Amazon Contact Lens or Transcribe", _recognise, _read, key="amazon", channel="phone")
