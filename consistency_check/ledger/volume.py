"""Findings in little memory, however many they are."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterable, Iterator, Sequence
from io import SEEK_END
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import overload
from weakref import finalize

from consistency_check.model import Finding

AT_ONCE = 128
"""Findings of one block: larger ones are hardly smaller, and take longer to look one up in."""
HELD = 8_000_000
"""Bytes of blocks that are held in memory; more wait in a private file, which is gone with the process."""
_FASTEST = 1


class Volume(Sequence[Finding]):
    """Findings in their order, as a tuple of them would be, in memory that does not grow with them.

    Each walk makes the nouns anew. Raises OSError where the disk is full.
    """

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(HELD)  # noqa: SIM115 - it is closed with the volume
        finalize(self, self._file.close)
        self._ends = [0]
        self._count = 0

    def take(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """The same findings, each of which is held from now on; they are taken once, and to the end."""
        rest = iter(findings)
        while block := tuple(islice(rest, AT_ONCE)):
            self._file.seek(0, SEEK_END)
            self._file.write(zlib.compress(pickle.dumps(block), _FASTEST))
            self._ends.append(self._file.tell())
            self._count += len(block)
            yield from block

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Finding]:
        for at in range(len(self._ends) - 1):
            yield from self._open(at)

    @overload
    def __getitem__(self, at: int) -> Finding: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Finding, ...]: ...

    def __getitem__(self, at: int | slice) -> Finding | tuple[Finding, ...]:
        places = range(self._count)[at]
        if isinstance(places, range):
            return tuple(self[place] for place in places)
        block, place = divmod(places, AT_ONCE)
        return self._open(block)[place]

    def _open(self, block: int) -> tuple[Finding, ...]:
        first, end = self._ends[block : block + 2]
        self._file.seek(first)
        packed = zlib.decompress(self._file.read(end - first))
        findings: tuple[Finding, ...] = pickle.loads(packed)  # noqa: S301 - our own
        return findings

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, (Volume, tuple)):
            return NotImplemented
        return len(self) == len(other) and all(one == its for one, its in zip(self, other, strict=True))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))
