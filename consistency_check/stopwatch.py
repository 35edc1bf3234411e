"""Where the time of a run goes, by room: measured only where somebody asks for it."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import TypeVar

OTHER = "other"
"""What no room claims: the command line, imports, putting things together."""
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds by the clock in each room, in the order they were first entered; processor seconds in all.

    `own` are those of this process, `children` those of the processes that it has waited for, both from
    their very beginning.
    """

    rooms: Mapping[str, float]
    own: float
    children: float


class Stopwatch:
    """Counts each moment for the room that was entered last and not yet left."""

    def __init__(self) -> None:
        self._seconds: Counter[str] = Counter({OTHER: 0.0})
        self._rooms = [OTHER]
        self._since = time.perf_counter()

    def read(self) -> Spent:
        """What was spent until now."""
        self._count()
        times = os.times()
        return Spent(
            dict(self._seconds), times.user + times.system, times.children_user + times.children_system
        )

    @contextmanager
    def visit(self, room: str) -> Iterator[None]:
        """Be in a room, until it ends."""
        self._count()
        self._rooms.append(room)
        try:
            yield
        finally:
            self._count()
            self._rooms.pop()

    def walk(self, room: str, items: Iterable[Item]) -> Iterator[Item]:
        """The same items, each of which is made in a room."""
        rest = iter(items)
        while True:
            with self.visit(room):
                try:
                    item = next(rest)
                except StopIteration:
                    return
            yield item

    def _count(self) -> None:
        now = time.perf_counter()
        self._seconds[self._rooms[-1]] += now - self._since  # type: ignore[assignment]
        self._since = now


_watches: list[Stopwatch] = []


@contextmanager
def measuring() -> Iterator[Stopwatch]:
    """A stopwatch that runs as long as this lasts; without one the functions below cost nothing."""
    watch = Stopwatch()
    _watches.append(watch)
    try:
        yield watch
    finally:
        _watches.remove(watch)


def spend_in(room: str) -> AbstractContextManager[None]:
    """What is done within it is done in this room."""
    return _watches[-1].visit(room) if _watches else nullcontext()


def make_in(room: str, items: Iterable[Item]) -> Iterable[Item]:
    """The same items, the making of each of which is done in this room."""
    return _watches[-1].walk(room, items) if _watches else items
