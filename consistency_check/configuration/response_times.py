"""`response-times`: how long each channel may take to answer, as the configuration says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from consistency_check.model import Problem, Source, Value
from consistency_check.policies.node import Node
from consistency_check.policies.problems import shorten_text
from consistency_check.policies.shape import Problems, read_entries, read_text
from consistency_check.values import ValueReadError, parse_value

KEY = "response-times"
NONE = "none"
SHORT = {"h": "hours", "min": "minutes", "m": "minutes", "d": "days", "w": "weeks"}
"""Units as people write them who set a time: an answer's own "24 h" says no more than a number."""
_SHORT = re.compile(r"(\d)\s*(h|min|m|d|w)\.?$", re.IGNORECASE)
_EXAMPLE = "write for example `email: 24 hours`, or `none` for a channel without one"
LONGEST = {
    "second": 31_622_400,
    "minute": 527_040,
    "hour": 8_784,
    "day": 366,
    "week": 52,
    "month": 12,
    "year": 1,
    "business hour": 6_288,
    "business day": 262,
    "business week": 52,
}
"""A year in each unit: no response time is longer. The weekdays of a year are 262 at most, of 24 hours."""


@dataclass(frozen=True, slots=True)
class ResponseTime:
    """One channel, in small letters, and its duration; None for a channel that has none."""

    channel: str
    time: Value | None
    source: Source


def read_yaml_times(root: Node | None, problems: Problems) -> list[ResponseTime]:
    """The response times of a YAML file, in its order."""
    sections = [node for name, _, node in read_entries(root, "the configuration", []) if name == KEY]
    written = [
        (name, text, node.source)
        for section in sections
        for name, _, node in read_entries(section, f"`{KEY}`", problems)
        if (text := read_text(node, f"the response time of `{shorten_text(name)}`", problems)) is not None
    ]
    return list(_read_times(written, problems))


def read_toml_times(
    table: Mapping[str, Any], lines: list[str], path: str, problems: Problems
) -> list[ResponseTime]:
    """The response times of the table of a TOML file, in its order."""
    section = table.get(KEY, {})
    if not isinstance(section, Mapping):
        message = f"`{KEY}` is a table; {_EXAMPLE} below [tool.consistency-check.{KEY}]"
        problems.append(Problem(_find_line(lines, KEY, path), message))
        return []
    written = [
        (name, value if isinstance(value, str) else str(value), _find_line(lines, name, path))
        for name, value in section.items()
    ]
    return list(_read_times(written, problems))


def _read_times(written: list[tuple[str, str, Source]], problems: Problems) -> Iterator[ResponseTime]:
    seen: set[str] = set()
    for name, text, place in written:
        channel = name.strip().casefold()
        if channel in seen:
            message = f"the response time of `{shorten_text(channel)}` is written twice; keep one of them"
            problems.append(Problem(place, message))
        elif text.strip().casefold() == NONE:
            yield ResponseTime(channel, None, place)
        elif time := _read_time(text, place, problems):
            yield ResponseTime(channel, time, place)
        seen.add(channel)


def _read_time(text: str, place: Source, problems: Problems) -> Value | None:
    try:
        time = parse_value(
            "duration", _SHORT.sub(lambda found: f"{found[1]} {SHORT[found[2].lower()]}", text)
        )
    except ValueReadError:
        problems.append(Problem(place, f"{shorten_text(text)!r} is no response time; {_EXAMPLE}"))
        return None
    ends = [end for end in (time.low, time.high) if end is not None]
    if max(ends) > LONGEST[time.unit]:
        message = f"{shorten_text(text)!r} is longer than a year; write a shorter time, or `none`"
    elif max(ends) <= 0 or min(ends) < 0:
        message = f"{shorten_text(text)!r} leaves no time to answer; {_EXAMPLE}"
    else:
        return time
    problems.append(Problem(place, message))
    return None


def _find_line(lines: list[str], name: str, path: str) -> Source:
    """Where a key of the section is written; where the section is, if that cannot be told."""
    key = re.compile(rf"""(\s*)["']?{re.escape(name)}["']?\s*=""")
    section = re.compile(rf"""\s*(?:\[.*["']?{KEY}["']?\s*\]|["']?{KEY}["']?\s*[.=])""")
    first = next((number for number, line in enumerate(lines, 1) if section.match(line)), 0)
    for number, line in enumerate(lines[first:], first + 1):
        if line.lstrip().startswith("["):
            break
        if found := key.match(line):
            return Source(path, number, found.end(1) + 1)
    return Source(path, first)
