"""What a person says of a finding, read: from a prompt, the command line, or a file of decisions."""

from __future__ import annotations

import csv
import getpass
import io
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import typer

from consistency_check.model import DecisionKind, Finding, Problem, Source

KINDS: Mapping[str, DecisionKind | None] = {
    "accepted": DecisionKind.ACCEPTED,
    "false": DecisionKind.FALSE,
    "fixed": DecisionKind.FIXED,
    "open": None,
}
"""What is written for a decision; `open` takes one back."""
LARGEST_FILE = 64 * 1024 * 1024
"""Bytes of a file of decisions: some hundred thousand."""
FEWEST_DIGITS = 4
"""Of an id, which name a finding where no other one begins so."""
_SPAN = re.compile(r"(\d{1,5})\s*([dw])", re.IGNORECASE)
_DAYS = {"d": 1, "w": 7}
_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Wish:
    """One decision as it was asked for, with where it stands; `kind` None takes back what was decided."""

    source: Source
    finding: str
    kind: DecisionKind | None
    reason: str = ""
    expires: date | None = None
    author: str = ""


def read_expiry(text: str, today: date) -> date | None:
    """The last day of an acceptance: a day, `90d`, `12w`; None for nothing. Raises ValueError with advice."""
    text = text.strip()
    if not text:
        return None
    if span := _SPAN.fullmatch(text):
        try:
            return today + timedelta(int(span[1]) * _DAYS[span[2].lower()])
        except OverflowError:
            raise ValueError(f"{text!r} is too long; leave it empty for ever") from None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is no day; write 2026-12-31, or 90d for ninety days") from None
    if day < today:
        raise ValueError(f"{text} is over; write a later day")
    return day


def find_author(given: str | None) -> str:
    """Who decides: as given, as git knows them, or as the system does."""
    return given or _ask_git() or _ask_system()


def _ask_git() -> str:
    git = shutil.which("git")
    if git is None:
        return ""
    try:
        asked = subprocess.run(  # noqa: S603
            [git, "config", "user.name"], capture_output=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return asked.stdout.decode("utf-8", "replace").strip()


def _ask_system() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no name in the environment, and none for the number
        return os.environ.get("HOSTNAME", "unknown")


def read_wish(written: str, reason: str, expires: str, today: date) -> Wish:
    """`ID=KIND` of the command line, where `expires` is of those that accept; raises typer.BadParameter."""
    name, equals, word = written.partition("=")
    try:
        if not equals or not name.strip():
            raise ValueError(f"{written!r} is no decision; write an id and a word, as in 54ca2cf5=false")
        read_expiry(expires, today)
        until = expires if KINDS.get(word.strip().casefold()) is DecisionKind.ACCEPTED else ""
        fields = {"finding": name, "decision": word, "reason": reason, "expires": until}
        return _make_wish(Source("--decide"), fields, today)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--decide") from None


def read_wishes(path: Path, today: date) -> tuple[list[Wish], list[Problem]]:
    """A file of decisions, CSV or JSON Lines by its name; lines without a decision are passed over.

    Raises typer.BadParameter where the file cannot be read at all.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
        if len(data) > LARGEST_FILE:
            raise ValueError(f"is larger than {LARGEST_FILE // 1024 // 1024} MiB; split it")
        lines = data.decode("utf-8-sig")
    except OSError as error:
        raise typer.BadParameter(f"{path}: cannot be read ({error.strerror})", param_hint="--from") from None
    except UnicodeDecodeError:
        raise typer.BadParameter(f"{path}: is not UTF-8; save it as UTF-8", param_hint="--from") from None
    except ValueError as error:
        raise typer.BadParameter(f"{path}: {error}", param_hint="--from") from None
    walk = _walk_json if path.suffix.lower() in (".jsonl", ".json", ".ndjson") else _walk_csv
    wishes: list[Wish] = []
    problems: list[Problem] = []
    for place, fields in walk(lines, str(path)):
        try:
            if isinstance(fields, str):
                raise ValueError(fields)
            if not fields.get("decision"):
                continue
            wishes.append(_make_wish(place, fields, today))
        except ValueError as error:
            problems.append(Problem(place, str(error)))
    return wishes, problems


def _walk_csv(text: str, path: str) -> Iterator[tuple[Source, dict[str, str] | str]]:
    """The rows by the names of their columns; what is wrong with one, in words."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    names: list[str] = []
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            yield Source(path, line), f"is no row of CSV ({error}); put quotes around cells that hold quotes"
            continue
        if row is None:
            return
        if not names:
            names = [name.strip().casefold() for name in row]
            if missing := [name for name in ("finding", "decision") if name not in names]:
                yield Source(path, line), f"there is no column {' and no '.join(missing)}; name it here"
                return
        elif any(row):
            yield Source(path, line), dict(zip(names, row, strict=False))


def _walk_json(text: str, path: str) -> Iterator[tuple[Source, dict[str, str] | str]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            record = None
        if isinstance(record, dict):
            yield Source(path, number), {name: _show_cell(value) for name, value in record.items()}
        else:
            yield Source(path, number), 'is no JSON object; write {"finding": "…", "decision": "false"}'


def _show_cell(value: object) -> str:
    """A value of JSON as CSV would hold it: `false` is a decision."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _make_wish(source: Source, fields: Mapping[str, str], today: date) -> Wish:
    """Raises ValueError with what to write instead."""
    finding, word, reason, expires, author = (
        (fields.get(name) or "").strip() for name in ("finding", "decision", "reason", "expires", "author")
    )
    if not finding:
        raise ValueError("names no finding; write the 16 digits of its `id`")
    if word.casefold() not in KINDS:
        raise ValueError(f"{word[:40]!r} is no decision; write one of {', '.join(KINDS)}")
    kind = KINDS[word.casefold()]
    if kind is DecisionKind.ACCEPTED and not reason:
        raise ValueError("accepts without a reason; write `reason`")
    until = read_expiry(expires, today)
    if until and kind is not DecisionKind.ACCEPTED:
        raise ValueError(f"only what is accepted ends on a day; leave {expires!r} out")
    return Wish(source, finding, kind, reason, until, author)


def match_finding(name: str, findings: Mapping[str, Finding]) -> Finding:
    """The finding that an id, or the first digits of one, names. Raises ValueError with advice."""
    wanted = name.casefold()
    if wanted in findings:
        return findings[wanted]
    fitting = [id_ for id_ in findings if id_.startswith(wanted)] if len(wanted) >= FEWEST_DIGITS else []
    if len(fitting) == 1:
        return findings[fitting[0]]
    what = "begins several ids; write more of it" if fitting else "is no finding of this ledger"
    raise ValueError(f"{name[:40]!r} {what}")


def match_wishes(
    wishes: Sequence[Wish], findings: Mapping[str, Finding]
) -> tuple[list[tuple[Finding, Wish]], list[Problem]]:
    """Each finding once with what is wished of it; and what names none, or wishes otherwise than before."""
    matched: dict[str, tuple[Finding, Wish]] = {}
    problems: list[Problem] = []
    for wish in wishes:
        try:
            finding = match_finding(wish.finding, findings)
            _, other = matched.setdefault(finding.id, (finding, wish))
            if replace(other, source=wish.source, finding=wish.finding) != wish:
                raise ValueError(f"{other.source} decides otherwise on {wish.finding!r}; keep one")
        except ValueError as error:
            problems.append(Problem(wish.source, str(error)))
    return list(matched.values()), problems
