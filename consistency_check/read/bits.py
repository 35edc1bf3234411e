"""Small numbers in as many bits as they need: rows of bins as bytes, and back."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from consistency_check.read.trees import Levels


class Bits:
    """Columns of numbers that take `widths` bits each, at most 8."""

    def __init__(self, widths: Sequence[int]) -> None:
        self._columns = np.repeat(np.arange(len(widths)), widths)
        self._shifts = np.concatenate([np.arange(width, dtype=np.uint8) for width in widths])[:, None]
        self._firsts = np.cumsum([0, *widths[:-1]])
        self.bytes = (len(self._columns) + 7) // 8
        """How many bytes a row takes."""

    def pack(self, numbers: Levels) -> Levels:
        """From numbers, a row for each column, to bytes, a row for each row of them."""
        bits = (numbers.take(self._columns, axis=0) >> self._shifts) & 1
        return np.ascontiguousarray(np.packbits(bits, axis=0).T)

    def unpack(self, rows: Levels) -> Levels:
        """The way back."""
        bits = np.unpackbits(np.ascontiguousarray(rows.T), axis=0, count=len(self._columns))
        bits <<= self._shifts
        numbers: Levels = np.add.reduceat(bits, self._firsts, axis=0, dtype=np.uint8)
        return numbers
