"""A format made from a mapping: nested JSON, read a record at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from functools import partial
from typing import Any

from consistency_check.load.bodies import clean_text
from consistency_check.load.documents import read_documents
from consistency_check.load.files import ExportFile
from consistency_check.load.format import Fit, Format, Item, Scope, read_each
from consistency_check.load.mapping import ExportMap, read_turn
from consistency_check.load.options import LoadOptions
from consistency_check.load.paths import Scopes, show_scalar
from consistency_check.load.turns import Conversation, Role, Turn
from consistency_check.model import Problem, Source

_NO_RECORD = "the record is no object; export it again, or leave the file out"


def make_format(mapping: ExportMap) -> Format:
    """The format that reads JSON files as the mapping says.

    Where the turns of a conversation are records of their own, the files of one source are read together.
    """
    return Format(
        mapping.name,
        partial(_recognise, mapping),
        partial(_read, mapping),
        key=mapping.key,
        scope=Scope.FILE if mapping.turns else Scope.TREE,
    )


def _recognise(mapping: ExportMap, head: bytes, name: str) -> Fit:
    if head.lstrip()[:1] not in (b"{", b"["):
        return Fit.NONE
    if is_for(mapping, name):
        return Fit.CHOSEN
    return (
        Fit.EXACT if any(all(_holds_key(head, key) for key in keys) for keys in mapping.marks) else Fit.NONE
    )


def is_for(mapping: ExportMap, name: str) -> bool:
    """Whether the configuration gives the mapping to files of this name."""
    return any(fnmatchcase(name.casefold(), pattern.casefold()) for pattern in mapping.files)


def _holds_key(head: bytes, key: str) -> bool:
    return re.search(rb'"%s"\s*:' % re.escape(key.encode()), head) is not None


def _read(mapping: ExportMap, files: Sequence[ExportFile], options: LoadOptions) -> Iterator[Item]:
    people: dict[str, Any] = {}
    listing, key = mapping.directory
    if listing:
        yield from read_each(
            [file for file in files if file.name == listing], partial(_read_people, people, key)
        )
    others = [file for file in files if not listing or file.name != listing]
    yield from read_each(others, partial(_read_file, mapping, options, people))


def _read_people(people: dict[str, Any], key: str, file: ExportFile) -> Iterator[Problem]:
    with file.open() as stream:
        for place in read_documents(stream, file.path):
            if isinstance(place, Problem):
                yield place
            elif isinstance(place[0], dict):
                people.setdefault(show_scalar(place[0].get(key)), place[0])


def _read_file(
    mapping: ExportMap, options: LoadOptions, people: dict[str, Any], file: ExportFile
) -> Iterator[Item]:
    about = {"@file": file.name, "@stem": file.stem, "@folder": file.folder, "@people": people}
    with file.open() as stream:
        for place in read_documents(stream, file.path, mapping.records):
            if isinstance(place, Problem):
                yield place
            elif not isinstance(place[0], dict):
                yield Problem(place[1], _NO_RECORD)
            else:
                yield from read_record(mapping, (about, place[0]), place[1], options)


def read_record(mapping: ExportMap, scopes: Scopes, source: Source, options: LoadOptions) -> Iterator[Item]:
    """The turn that a record is, or the conversation of the turns in it."""
    items = list(mapping.turns.walk(scopes[-1])) if mapping.turns else []
    if not items:
        # Where turns are looked for in a record that has none, it may be one itself.
        yield from read_row(mapping, scopes, source, options.day_order)
        return
    turns: list[Turn] = []
    for number, inner in enumerate(items, 1):
        if not isinstance(inner[-1], dict):
            yield Problem(_count(source, number), _NO_RECORD)
            continue
        turn = read_turn(mapping, (*scopes[:-1], *inner), _count(source, number), options.day_order)
        if isinstance(turn, Problem):
            yield turn
        else:
            turns.append(turn)
    if turns:
        yield Conversation(turns[0].conversation_id, tuple(turns), source)


def read_row(
    mapping: ExportMap, scopes: Scopes, source: Source, order: str
) -> Iterator[Turn | Conversation | Problem]:
    """The turn that a record is, with the question that stands beside it, where one does.

    A question beside an empty answer stands alone: nobody has answered it.
    """
    turn = read_turn(mapping, scopes, source, order)
    question = mapping.question.read(scopes)
    if isinstance(turn, Problem) or not question.strip():
        yield turn
        return
    asked = Turn(turn.conversation_id, Role.CUSTOMER, clean_text(question), source, speaker=turn.addressee)
    if turn.text.strip():
        yield Conversation(turn.conversation_id, (asked, turn), source)
    else:
        alone = replace(asked, id=turn.id, sent_at=turn.sent_at, channel=turn.channel, team=turn.team)
        yield Conversation(turn.conversation_id, (alone,), source, attributes=turn.attributes)


def _count(source: Source, number: int) -> Source:
    """The place of a turn in its record: `chats.json#12.3`, or `chats.jsonl:12#3`."""
    return Source(f"{source}.{number}" if "#" in source.path else f"{source}#{number}")
