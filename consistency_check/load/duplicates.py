"""Which ids the audit has already seen, in about 16 bytes an id."""

from __future__ import annotations

from array import array
from hashlib import blake2b


class SeenIds:
    """A set of ids, held as 64-bit hashes in an open-addressed table.

    A million ids take 16 MiB, a tenth of a Python set of strings; the chance that two of a million
    different ids are taken for one is about 3 in 100 million.
    """

    def __init__(self) -> None:
        self._slots = array("Q", bytes(8 * 1024))
        self._count = 0

    def add(self, id_: str) -> bool:
        """Take an id in; True where it is new."""
        digest = blake2b(id_.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        # Zero marks a free slot.
        key = int.from_bytes(digest) or 1
        if not self._put(key):
            return False
        self._count += 1
        if self._count * 2 > len(self._slots):
            self._grow()
        return True

    def _put(self, key: int) -> bool:
        slots = self._slots
        mask = len(slots) - 1
        at = key & mask
        while held := slots[at]:
            if held == key:
                return False
            at = (at + 1) & mask
        slots[at] = key
        return True

    def _grow(self) -> None:
        old = self._slots
        self._slots = array("Q", bytes(8 * len(old) * 2))
        for key in old:
            if key:
                self._put(key)
