"""JSON with the canonical field names: one object a line (JSON Lines), or a list of objects.

Every value is read as text: numbers keep their digits as written. A list of plain values is joined by
"; ", an object's fields become `name.field`, a list of objects is kept as JSON. null and "" are absent.
"""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from consistency_check.load.documents import DECODER, Placed, read_documents
from consistency_check.load.files import ExportFile
from consistency_check.load.format import Fit, Format, Item
from consistency_check.load.lines import decode_line
from consistency_check.load.mapped import read_row
from consistency_check.load.mapping import ExportMap
from consistency_check.load.options import LoadOptions
from consistency_check.load.proposals import propose_mapping
from consistency_check.load.records import FIELDS, Record, keep_given, normalise_name
from consistency_check.load.streams import peek_head, read_lines
from consistency_check.model import Problem, Source

_SUFFIXES = (".jsonl", ".ndjson", ".json")
_ONE_A_LINE = 'write one JSON object per line, such as {"id": "1", "text": "…"}'


def _recognise(head: bytes, name: str) -> Fit:
    if head.lstrip()[:1] in (b"{", b"["):
        return Fit.CONTENT
    return Fit.NAME if name.lower().endswith(_SUFFIXES) else Fit.NONE


def _read(files: Sequence[ExportFile], options: LoadOptions) -> Iterator[Item]:
    (file,) = files
    with file.open() as stream:
        head = peek_head(stream)
        read = _read_list if is_one_document(head) else _read_lines
        mapping = _propose(head)
        for place in read(stream, file.path):
            if isinstance(place, Problem):
                yield place
            elif mapping and isinstance(place[0], dict):
                yield from read_row(mapping, ({}, place[0]), place[1], options.day_order)
            else:
                yield make_record(*place)


def is_one_document(head: bytes) -> bool:
    """Whether a JSON file is a list, or an object that goes on after its first line."""
    first = head.lstrip().partition(b"\n")[0].strip()
    return first.startswith(b"[") or first == b"{"


def _propose(head: bytes) -> ExportMap | None:
    """What other names than ours most likely mean, where that leaves nothing open."""
    try:
        first, _ = DECODER.raw_decode(head.decode("utf-8", "replace").lstrip("[ \t\r\n"))
    except (json.JSONDecodeError, RecursionError):
        return None
    if not isinstance(first, dict) or "text" in map(normalise_name, first):
        return None
    proposal = propose_mapping(tuple(first))
    return None if proposal.questions else proposal.build("JSON")


def _read_list(stream: io.BufferedReader, path: str) -> Iterator[Placed | Problem]:
    return read_documents(stream, path)


def _read_lines(stream: io.BufferedReader, path: str) -> Iterator[Placed | Problem]:
    for number, data in read_lines(stream):
        line = decode_line(data, path, number)
        source = Source(path, number)
        if isinstance(line, Problem):
            yield line
        elif line.strip():
            document = parse_line(line.rstrip(), source)
            yield document if isinstance(document, Problem) else (document, source)


def parse_line(line: str, source: Source) -> Any | Problem:
    """The value that one line holds, numbers as text."""
    try:
        return DECODER.decode(line)
    except json.JSONDecodeError as error:
        said = error.msg[:1].lower() + error.msg[1:]
        return Problem(
            Source(source.path, source.line, error.pos + 1), f"the JSON is broken: {said}; {_ONE_A_LINE}"
        )
    except RecursionError:
        return Problem(source, f"the JSON is nested too deeply to be read; {_ONE_A_LINE}")


def make_record(document: Any, source: Source) -> Record | Problem:
    """The record of one object, its fields as text."""
    if not isinstance(document, dict):
        return Problem(source, f"the line holds {_name_type(document)}, not an object; {_ONE_A_LINE}")
    pairs = [(normalise_name(name), value) for name, value in document.items()]
    if len(dict(pairs)) < len(pairs):
        twice = min(name for name, count in Counter(name for name, _ in pairs).items() if count > 1)
        return Problem(
            source, f"the field {twice!r} stands twice in the record; rename or remove one of them"
        )
    # Most records are texts alone: they need no second look.
    if set(map(type, document.values())) != {str}:
        for name, value in pairs:
            if name in FIELDS and _is_nested(value):
                return Problem(source, f"the field {name!r} holds {_name_type(value)}; write it as one text")
        pairs = list(_flatten(pairs))
    return Record(keep_given(pairs), source)


def _is_nested(value: Any) -> bool:
    if isinstance(value, list):
        return any(isinstance(item, dict | list) for item in value)
    return isinstance(value, dict)


def _flatten(pairs: list[tuple[str, Any]]) -> Iterator[tuple[str, str]]:
    """Each field as text; objects are opened with a stack, for they may be nested as deep as JSON goes."""
    waiting = pairs[::-1]
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, str):
            yield name, value
        elif isinstance(value, dict):
            waiting += [(f"{name}.{normalise_name(key)}", inner) for key, inner in reversed(value.items())]
        elif isinstance(value, list) and not _is_nested(value):
            yield name, "; ".join(filter(None, map(_show_scalar, value)))
        else:
            yield name, _show_scalar(value)


def _show_scalar(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _name_type(value: Any) -> str:
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list of objects" if _is_nested(value) else "a list"
    return "a single value"


FORMAT = Format("JSON Lines", _recognise, _read, key="json", is_table=True)
