"""The way from one node to another along the links that made them one customer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from consistency_check.identify.clusters import Link


class Paths:
    """Links that make a tree of each customer; looked at only when somebody asks."""

    def __init__(self, links: Sequence[Link]) -> None:
        self._links = links
        self._of: dict[int, list[Link]] | None = None

    def find_chain(self, a: int, b: int) -> tuple[Link, ...] | None:
        """The links from one node to another, in order; None where no way leads there."""
        steps = self._walk(a, lambda node: node == b)
        return None if steps is None else steps[0]

    def find_first(self, a: int, wanted: Callable[[int], bool]) -> int | None:
        """The nearest node of the same customer that is wanted."""
        steps = self._walk(a, wanted)
        return None if steps is None else steps[1]

    def _walk(self, a: int, wanted: Callable[[int], bool]) -> tuple[tuple[Link, ...], int] | None:
        near = self._list_near()
        reached: dict[int, tuple[Link, int] | None] = {a: None}
        for node in (queue := [a]):
            if wanted(node):
                return _trace(reached, node), node
            for link in near.get(node, ()):
                other = link.b if link.a == node else link.a
                if other not in reached:
                    reached[other] = link, node
                    queue.append(other)
        return None

    def _list_near(self) -> dict[int, list[Link]]:
        if self._of is None:
            self._of = {}
            for link in self._links:
                self._of.setdefault(link.a, []).append(link)
                self._of.setdefault(link.b, []).append(link)
        return self._of


def _trace(reached: dict[int, tuple[Link, int] | None], node: int) -> tuple[Link, ...]:
    chain = []
    while step := reached[node]:
        link, node = step
        chain.append(link)
    return tuple(reversed(chain))
