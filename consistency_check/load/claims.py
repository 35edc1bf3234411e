"""Claims that were read before: the JSON lines that `consistency-check claims` prints."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from consistency_check.load.lines import decode_line
from consistency_check.load.sources import InputError, explain_missing, show_path
from consistency_check.load.streams import (
    DamagedExportError,
    OnBytes,
    explain_os_error,
    open_stream,
    read_lines,
)
from consistency_check.load.times import parse_naive_time
from consistency_check.model import Case, Claim, Customer, Problem, Reply, Source, Value
from consistency_check.values import ValueReadError, parse_value

AGAIN = "write the lines that `consistency-check claims` prints"
TEXTS = ("reply_id", "channel", "customer", "policy", "type", "value", "quote", "sent_at", "agent", "team")
MAPPINGS = ("case", "own_case", "attributes")
LoadedClaim = tuple[Reply, Customer, Claim]


class _FieldError(ValueError):
    """A field that is missing, or holds what it cannot."""


def load_claims(path: Path, on_bytes: OnBytes | None = None) -> Iterator[LoadedClaim | Problem]:
    """Each claim with the head of its reply and its customer, or what is wrong with its line.

    Raises InputError where the file does not exist or cannot be opened.
    """
    if not path.is_file():
        raise InputError(explain_missing(str(path)) if not path.exists() else f"{path}: is no file; {AGAIN}")
    shown = show_path(str(path))
    try:
        with open_stream(str(path), on_bytes) as stream:
            for number, data in read_lines(stream):
                line = decode_line(data, shown, number)
                if isinstance(line, Problem):
                    yield line
                elif line.strip():
                    yield _read_line(line, Source(shown, number))
    except DamagedExportError as error:
        yield Problem(Source(shown, error.line), error.message)
    except OSError as error:
        raise InputError(f"{path}: cannot be opened ({explain_os_error(error)}); allow reading it") from error


def _read_line(line: str, source: Source) -> LoadedClaim | Problem:
    try:
        document = json.loads(line)
    except (ValueError, RecursionError):
        return Problem(source, f"the line is no JSON; {AGAIN}")
    if not isinstance(document, dict):
        return Problem(source, f"the line holds no object; {AGAIN}")
    try:
        return _build_claim(document, source)
    except (_FieldError, ValueReadError) as error:
        return Problem(source, str(error))


def _build_claim(document: Mapping[str, Any], source: Source) -> LoadedClaim:
    texts = {name: _take_text(document, name) for name in TEXTS}
    cases = {name: _take_mapping(document, name) for name in MAPPINGS}
    reply = Reply(
        texts["reply_id"],
        texts["channel"],
        "",
        sent_at=_parse_time(texts["sent_at"]) if texts["sent_at"] else None,
        agent=texts["agent"],
        team=texts["team"],
        attributes=cases["attributes"],
        source=source,
    )
    claim = Claim(
        texts["reply_id"],
        texts["policy"],
        _parse_value(texts["type"], texts["value"]),
        texts["quote"],
        _take_number(document, "start"),
        _take_number(document, "end"),
        float(_take_number(document, "confidence", (int, float))),
        case=_order_case(cases["case"]),
        own_case=_order_case(cases["own_case"]),
    )
    return reply, Customer(texts["customer"], ()), claim


def _take_text(document: Mapping[str, Any], name: str) -> str:
    found = document.get(name)
    if isinstance(found, str):
        return found
    raise _FieldError(f"`{name}` is {'missing' if found is None else 'no text'}; {AGAIN}")


def _take_mapping(document: Mapping[str, Any], name: str) -> dict[str, str]:
    found = document.get(name)
    if isinstance(found, dict) and all(isinstance(word, str) for word in found.values()):
        return found
    raise _FieldError(f"`{name}` is {'missing' if found is None else 'no object of texts'}; {AGAIN}")


def _take_number(document: Mapping[str, Any], name: str, kinds: tuple[type, ...] = (int,)) -> int:
    found = document.get(name)
    if isinstance(found, kinds) and not isinstance(found, bool):
        return found  # type: ignore[return-value]
    raise _FieldError(f"`{name}` is {'missing' if found is None else 'no number'}; {AGAIN}")


def _order_case(case: Mapping[str, str]) -> Case:
    return tuple(sorted(case.items()))


@lru_cache(maxsize=10_000)
def _parse_value(type_name: str, text: str) -> Value:
    return parse_value(type_name, text)


def _parse_time(text: str) -> datetime:
    try:
        return parse_naive_time(text)
    except ValueError as error:
        raise _FieldError(f"{str(error).partition(';')[0]}; {AGAIN}") from None
