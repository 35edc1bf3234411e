"""Paths into a record: `customer.email`, `threads[].events[]`, `senders[0].name`, `users[type=agent].id`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from consistency_check.model import name_field

Scopes = Sequence[Any]
"""What is known of the file, the record, and within it the objects that lead to the item at hand, it last."""

_STEP = re.compile(r"(?P<key>[^.\[\]]*)(?P<picks>(?:\[[^\[\]]*\])*)")
_PICK = re.compile(r"\[([^\[\]]*)\]")


class PathError(ValueError):
    """A path that is not written as paths are; the message says how it should be."""


@dataclass(frozen=True, slots=True)
class Path:
    """Where something stands in a record, compiled from its text.

    `a.b` is the field b of a, `a[]` every item of the list a, `a[0]` its first, `a[x=y]` those whose
    field x is y. In front, `^` goes up to the object around the item, `$` to the whole record; what begins
    with `@` is of the file.
    """

    text: str
    up: int = 0
    from_root: bool = False
    from_file: bool = False
    steps: tuple[str | int | tuple[str, str] | None, ...] = ()

    def find(self, scopes: Scopes) -> Iterator[Any]:
        """Everything that stands there."""
        start = self._find_start(scopes)
        # A column may be called "Case.Number".
        if isinstance(start, dict) and self.text in start:
            yield start[self.text]
            return
        found = [start]
        for step in self.steps:
            found = [inner for each in found for inner in _take(each, step)]
        yield from found

    def walk(self, record: Any) -> Iterator[tuple[Any, ...]]:
        """Each item there together with the list items around it, outermost first: its scopes."""
        found: list[tuple[tuple[Any, ...], Any]] = [((record,), record)]
        for step in self.steps:
            found = [
                ((*scopes, inner) if step is None else scopes, inner)
                for scopes, each in found
                for inner in _take(each, step)
            ]
        for scopes, item in found:
            yield scopes if scopes[-1] is item else (*scopes, item)

    def _find_start(self, scopes: Scopes) -> Any:
        if self.from_file:
            return scopes[0]
        if self.from_root:
            return scopes[1]
        return scopes[-1 - self.up] if self.up < len(scopes) - 1 else None


def parse_path(text: str) -> Path:
    """The path that a text describes. Raises PathError."""
    plain = text.lstrip("^")
    up, from_root = len(text) - len(plain), plain.startswith("$")
    plain = plain.removeprefix("$").removeprefix(".")
    steps: list[str | int | tuple[str, str] | None] = []
    for part in re.split(r"\.(?![^\[]*\])", plain) if plain else []:
        found = _STEP.fullmatch(part)
        if found is None or not part:
            raise PathError(f"{text!r} is no path; write it as customer.email or as messages[].text")
        if found["key"]:
            steps.append(found["key"])
        steps += [_parse_pick(pick) for pick in _PICK.findall(found["picks"])]
    return Path(plain, up, from_root, plain.startswith("@"), tuple(steps))


def fold_path(path: Path) -> Path:
    """The path in a table, whose columns have their one name: `Ticket ID` is `ticket_id` there."""
    steps = tuple(name_field(step) if isinstance(step, str) else step for step in path.steps)
    return replace(path, text=name_field(path.text), steps=steps)


def _parse_pick(pick: str) -> int | tuple[str, str] | None:
    if not pick:
        return None
    if pick.isdecimal():
        return int(pick)
    key, equals, value = pick.partition("=")
    if not equals:
        raise PathError(
            f"[{pick}] picks nothing; write [], a number as in [0], or a field as in [type=agent]"
        )
    return key, value


def _take(value: Any, step: str | int | tuple[str, str] | None) -> Sequence[Any]:
    if isinstance(step, str):
        return [value[step]] if isinstance(value, dict) and step in value else []
    # Many systems write a list of one as the item alone.
    items: list[Any] = value if isinstance(value, list) else [value]
    if step is None:
        return [each for each in items if each is not None]
    if isinstance(step, int):
        return items[step : step + 1]
    key, wanted = step
    return [each for each in items if isinstance(each, dict) and show_scalar(each.get(key)) == wanted]


def show_scalar(value: Any) -> str:
    """A value as text; "" for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Lookup:
    """Where an id is explained: among these records, in that with it under `key`; the first of `values`."""

    among: Path
    key: Path
    values: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """Where a text stands: the first of the paths that holds any, or all `joined` by a slash.

    `lookup` explains what was found; `words` say what it means, in small letters, `otherwise` what
    everything else means. `always` is the same for every record.
    """

    paths: tuple[Path, ...] = ()
    lookup: Lookup | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    otherwise: str | None = None
    always: str = ""
    joined: bool = False

    def read(self, scopes: Scopes) -> str:
        """The text, "" where there is none or where it means nothing."""
        if self.always:
            return self.always
        texts = [text for path in self.paths if (text := self._read_path(path, scopes))]
        text = "/".join(texts) if self.joined else next(iter(texts), "")
        if not self.words:
            return text
        return self.words.get(text.strip().casefold(), text if self.otherwise is None else self.otherwise)

    def _read_path(self, path: Path, scopes: Scopes) -> str:
        texts = (show_scalar(value) for value in path.find(scopes) if not isinstance(value, dict | list))
        text = next((text for text in texts if text.strip()), "")
        if text and self.lookup:
            return _look_up(text, self.lookup, scopes)
        return text


def _look_up(text: str, lookup: Lookup, scopes: Scopes) -> str:
    for each in lookup.among.find(scopes):
        # Those of another file are kept by their ids.
        found = each.get(text) if isinstance(each, dict) and lookup.among.from_file else each
        if found is each and not any(show_scalar(key) == text for key in lookup.key.find((None, each))):
            continue
        for path in lookup.values:
            for value in path.find((None, found)):
                if not isinstance(value, dict | list) and (shown := show_scalar(value)):
                    return shown
    return ""
