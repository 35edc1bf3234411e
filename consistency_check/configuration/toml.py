"""`[tool.consistency-check]` of a pyproject.toml, with the places that TOML's reader does not tell."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any

from consistency_check.configuration.response_times import ResponseTime, read_toml_times
from consistency_check.configuration.settings import LOAD, RESERVED, SETTINGS
from consistency_check.configuration.written import (
    Texts,
    Written,
    check_kind,
    explain_kind,
    is_known,
)
from consistency_check.model import Problem, Source
from consistency_check.policies.shape import Problems

TABLE = "consistency-check"
_HEAD = r"""\s*\[\s*tool\s*\.\s*["']?consistency-check["']?\s*"""
_HEADING = re.compile(rf"{_HEAD}\]")
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


def read_toml_settings(
    text: str, path: str, problems: Problems
) -> tuple[list[Written], list[ResponseTime]] | None:
    """The settings and response times of the table; None where the file has none.

    A file that is no TOML is complained about only where it speaks of this program.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        if TABLE not in text:
            return None
        found = _PLACE.search(str(error))
        place = Source(path, int(found[1]), int(found[2])) if found else Source(path)
        words = _PLACE.sub("", str(error)).strip()
        problems.append(Problem(place, f"this is no TOML ({words}); mend this line"))
        return [], []
    tools = document.get("tool")
    table = tools.get(TABLE) if isinstance(tools, Mapping) else None
    if table is None:
        return None
    if not isinstance(table, Mapping):
        problems.append(Problem(Source(path), f"`tool.{TABLE}` is a table; write [tool.{TABLE}]"))
        return [], []
    lines = text.splitlines()
    return _read_table(table, lines, path, problems), read_toml_times(table, lines, path, problems)


def _read_table(table: Mapping[str, Any], lines: list[str], path: str, problems: Problems) -> list[Written]:
    found: list[Written] = []
    for name, value in table.items():
        place = find_key(lines, name, path)
        if name == LOAD:
            message = f"`{LOAD}` stands in .consistency-check.yaml alone; move all settings there"
            problems.append(Problem(place, message))
        if name in RESERVED or not is_known(name, place, problems):
            continue
        texts = _show_value(value, SETTINGS[name].kind.is_list)
        if texts is None:
            problems.append(explain_kind(SETTINGS[name], place))
        else:
            found += check_kind(Written(SETTINGS[name], texts, place), problems)
    return found


def find_key(lines: list[str], name: str, path: str) -> Source:
    """Where a key of the table is written, the table's heading where it cannot be told."""
    key = re.compile(rf"""(\s*)["']?{re.escape(name)}["']?\s*[.=]""")
    inner = re.compile(rf"""{_HEAD}\.\s*["']?{re.escape(name)}["']?\s*[.\]]""")
    heading, is_within = 0, False
    for number, line in enumerate(lines, 1):
        if inner.match(line):
            return Source(path, number)
        if _HEADING.match(line):
            heading, is_within = number, True
        elif line.lstrip().startswith("["):
            is_within = False
        elif is_within and (found := key.match(line)):
            return Source(path, number, found.end(1) + 1)
    return Source(path, heading)


def _show_value(value: object, is_list: bool) -> Texts | None:
    """A value as texts; None where it is of a kind that no setting is."""
    items = value if isinstance(value, list) and is_list else [value]
    shown = [_show_item(item) for item in items]
    texts = tuple(text for text in shown if text)
    return texts if len(texts) == len(shown) else None


def _show_item(item: object) -> str:
    if isinstance(item, bool):
        return "yes" if item else "no"
    if isinstance(item, date):
        return item.isoformat()
    return str(item) if isinstance(item, str | int | float) else ""
