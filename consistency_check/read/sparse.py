"""A product with a matrix that is mostly zeros, where the rows of one topic fill the same few columns."""

from __future__ import annotations

import numpy as np

from consistency_check.read.vectors import Floats

ROWS = 128
"""Rows a block: by measuring, with 36 and with 500 policies."""


class Sparse:
    """A matrix in blocks of rows, each with only those columns that one of its rows fills."""

    def __init__(self, matrix: Floats) -> None:
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
