"""Tables beside transcripts: which call or chat each was, with whom and when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import PurePath

from consistency_check.load.files import ExportFile
from consistency_check.load.people import Person, merge_people
from consistency_check.load.proposals import read_known_names
from consistency_check.load.records import Record
from consistency_check.load.streams import DamagedExportError, explain_os_error
from consistency_check.load.tables import HeaderError, read_table, split_header
from consistency_check.load.times import parse_naive_time
from consistency_check.load.turns import Conversation
from consistency_check.model import Problem, Source

# By which a row names its transcript: an id that the transcript holds, or its file's name.
_KEYS = ("file", "filename", "file_name", "transcript", "recording", "recording_id")
_IDS = ("call_id", "contact_id", "conversation_id", "chat_id", "session_id", "meeting_id")
_TIMES = ("sent_at", "started_at", "start_time", "call_time", "time", "date", "created_at")
_PERSON = {
    "id": ("customer_id",),
    "name": ("name", "customer_name", "customer", "caller"),
    "email": ("email", "customer_email"),
    "phone": ("phone", "customer_phone", "phone_number", "caller_number"),
    "handle": ("handle",),
}
# Columns of what was said, in `columns.yaml`: a table of it stands for itself.
_WORDS = ("text", "html", "answer", "question")
_AGENT = ("agent", "agent_name")
_TAKEN = {
    *_KEYS,
    *_TIMES,
    *_AGENT,
    "team",
    "channel",
    *(name for names in _PERSON.values() for name in names),
}


@dataclass(slots=True)
class Sidecar:
    """The rows by what they name, in small letters, and what was wrong with the others."""

    rows: dict[str, Record] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def is_sidecar(head: bytes) -> bool:
    """Whether a table names calls or files and says something of each, but not what was said."""
    names = set(split_header(head)[1])
    told = names & {*_TIMES, *_AGENT, *(name for each in _PERSON.values() for name in each)}
    known = read_known_names()
    words = {"text", *(name for key in _WORDS for name in known[key])}
    return bool(names & {*_KEYS, *_IDS}) and bool(told) and not names & words


def read_sidecars(files: Sequence[ExportFile]) -> Sidecar:
    """All rows of the tables; of two that name the same transcript the first is taken."""
    sidecar = Sidecar()
    for file in files:
        for row in _read_rows(file):
            if isinstance(row, Problem):
                sidecar.problems.append(row)
            elif not (names := list(_name_transcripts(row.fields))):
                message = "the row names no transcript; write the file's name or the call's id"
                sidecar.problems.append(Problem(row.source, message))
            elif time_problem := _check_time(row):
                sidecar.problems.append(time_problem)
            else:
                for name in names:
                    sidecar.rows.setdefault(name, row)
    return sidecar


def tell_conversation(conversation: Conversation, rows: Mapping[str, Record]) -> Conversation:
    """The conversation with what its row says and it does not say itself."""
    row = rows.get(conversation.id.casefold()) or rows.get(_name_file(conversation.source.path))
    if row is None:
        return conversation
    get = row.fields.get
    person = Person(**{name: _first(row, names) for name, names in _PERSON.items()})
    time = _first(row, _TIMES)
    others = {name: text for name, text in row.fields.items() if name not in _TAKEN and name not in _IDS}
    return replace(
        conversation,
        customer=merge_people(conversation.customer, person),
        agent=conversation.agent or Person(name=_first(row, _AGENT)),
        team=conversation.team or get("team", ""),
        channel=conversation.channel or get("channel", ""),
        started_at=conversation.started_at or (parse_naive_time(time) if time else None),
        attributes={**others, **conversation.attributes},
    )


def _read_rows(file: ExportFile) -> Iterator[Record | Problem]:
    try:
        with file.open() as stream:
            yield from read_table(stream, file.path)
    except HeaderError as error:
        yield error.problem
    except DamagedExportError as error:
        yield Problem(Source(file.path, error.line), error.message)
    except OSError as error:
        message = f"cannot be opened ({explain_os_error(error)}); left out; allow reading it"
        yield Problem(Source(file.path), message)


def _name_transcripts(fields: Mapping[str, str]) -> Iterator[str]:
    for name in _KEYS:
        if given := fields.get(name):
            yield _name_file(given)
    for name in _IDS:
        if given := fields.get(name):
            yield given.casefold()


def _name_file(path: str) -> str:
    """`Call-7` names `calls/call-7.vtt` and `call-7.vtt.gz`."""
    name = PurePath(path.partition("#")[0].replace("\\", "/")).name
    return PurePath(name.removesuffix(".gz")).stem.casefold()


def _check_time(row: Record) -> Problem | None:
    try:
        _parse_or_none(_first(row, _TIMES))
    except ValueError as error:
        return Problem(row.source, str(error))
    return None


def _parse_or_none(text: str) -> datetime | None:
    return parse_naive_time(text) if text else None


def _first(row: Record, names: Sequence[str]) -> str:
    return next((text for name in names if (text := row.fields.get(name))), "")
