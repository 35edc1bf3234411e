"""An exact product with a matrix of mostly zeros, where the rows of one topic fill the same few columns."""

from __future__ import annotations

import numpy as np

from consistency_check.read.exact import snap_rows
from consistency_check.read.vectors import Floats

ROWS = 16
"""Rows a block: by measuring, with 36 and with 500 policies."""


class Sparse:
    """A matrix in blocks of rows, each with only those columns that one of its rows fills.

    None of its numbers is below zero. They are rounded by `snap_rows`, so that products with multiples of
    2**-bits from 0 to 1 are exact.
    """

    def __init__(self, matrix: Floats, bits: int) -> None:
        matrix = snap_rows(matrix, bits)
        self._count = len(matrix)
        self._blocks = []
        for first in range(0, len(matrix), ROWS):
            block = matrix[first : first + ROWS]
            columns = np.flatnonzero(block.any(axis=0))
            self._blocks.append((first, columns, np.ascontiguousarray(block[:, columns])))

    def multiply(self, right: Floats) -> Floats:
        """The product with a dense matrix, of which the rows had better be contiguous."""
        product = np.empty((self._count, right.shape[1]), np.float32)
        for first, columns, block in self._blocks:
            np.matmul(block, right.take(columns, axis=0), out=product[first : first + len(block)])
        return product
