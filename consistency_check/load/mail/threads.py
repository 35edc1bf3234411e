"""Which messages belong to one conversation, whatever order they are read in."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b


class Threads:
    """Message ids joined by who answers whom; an id takes about 200 bytes, however long it is."""

    def __init__(self) -> None:
        self._parents: dict[int, int] = {}
        self._names: dict[int, str] = {}

    def join(self, ids: Sequence[str]) -> None:
        """These ids are of one conversation."""
        roots = sorted({self._find(_hash(id_)) for id_ in ids})
        for root in roots[1:]:
            self._parents[root] = roots[0]

    def begin(self, id_: str) -> None:
        """This id is of a message that answers none: its conversation is called by it."""
        self._names.setdefault(_hash(id_), id_)

    def settle(self) -> None:
        """All ids were joined: each conversation gets its name, the least of its beginnings."""
        names: dict[int, str] = {}
        for key, name in self._names.items():
            root = self._find(key)
            names[root] = min(name, names.get(root, name))
        self._names = names

    def name(self, ids: Sequence[str]) -> str:
        """The conversation of a message, by its ids; "" where it has none."""
        if not ids:
            return ""
        root = self._find(_hash(ids[0]))
        return self._names.get(root, "") or f"thread-{root:016x}"

    def _find(self, key: int) -> int:
        root = key
        while (parent := self._parents.get(root, root)) != root:
            root = parent
        while (parent := self._parents.get(key, key)) != root:
            self._parents[key] = root
            key = parent
        return root


def _hash(id_: str) -> int:
    return int.from_bytes(blake2b(id_.encode("utf-8", "surrogatepass"), digest_size=8).digest())
