"""What each export brought, told once all are loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from consistency_check.events import Event, tell
from consistency_check.model import LeftOut, Problem, Reply

MOST_TOLD = 100
"""Exports that are told of each by itself: a mail folder has a file for every mail."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A file is about to be read, by this format."""

    path: str
    format: str


@dataclass(slots=True)
class _Counts:
    """Of one export; `line` is that of its first unusable record."""

    format: str = ""
    replies: int = 0
    problems: int = 0
    left_out: int = 0
    line: int = 0

    def add(self, item: Reply | LeftOut | Problem) -> None:
        """Count an item of the export."""
        if isinstance(item, Reply):
            self.replies += 1
        elif isinstance(item, LeftOut):
            self.left_out += item.count
        else:
            self.line = self.line or item.source.line
            self.problems += 1


def watch_sources(
    steps: Iterable[Opened | Reply | LeftOut | Problem],
) -> Iterator[Reply | LeftOut | Problem]:
    """What was loaded, as it comes; after the last item each export is told of, in their order."""
    exports: dict[str, _Counts] = {}
    for step in steps:
        if isinstance(step, Opened):
            exports.setdefault(step.path, _Counts()).format = step.format
            continue
        path = step.source.path
        if path not in exports:  # the part of a file is the file's: `book.xlsx#Sheet 2`
            path = path.partition("#")[0]
        exports.setdefault(path, _Counts()).add(step)
        yield step
    for path, counts in islice(exports.items(), MOST_TOLD):
        _tell_export(path, counts)
    rest = list(islice(exports.values(), MOST_TOLD, None))
    if rest:
        tell(
            Event.SOURCE_LOADED,
            path="others",
            files=len(rest),
            replies=sum(each.replies for each in rest),
            problems=sum(each.problems for each in rest),
            left_out=sum(each.left_out for each in rest),
        )


def _tell_export(path: str, counts: _Counts) -> None:
    tell(
        Event.SOURCE_LOADED,
        path=path,
        format=counts.format,
        replies=counts.replies,
        problems=counts.problems,
        left_out=counts.left_out,
    )
    if counts.problems:
        tell(Event.PROBLEM, path=path, records=counts.problems, line=counts.line)
