"""A product with a matrix in blocks is the product with the whole matrix, to the last bit."""

from __future__ import annotations

import numpy as np
import pytest

from consistency_check.read.exact import NEAR_BITS, snap, snap_rows
from consistency_check.read.sparse import ROWS, Sparse


@pytest.mark.parametrize("rows", [0, 1, ROWS - 1, ROWS, ROWS + 1, 3 * ROWS])
@pytest.mark.parametrize("share", [0.0, 0.02, 1.0])
def test_the_product_is_that_of_the_whole_matrix(rows: int, share: float) -> None:
    random = np.random.default_rng(rows)
    matrix = (random.random((rows, 50)) * (random.random((rows, 50)) < share)).astype(np.float32)
    right = random.random((50, 7)).astype(np.float32)
    product = Sparse(matrix, NEAR_BITS).multiply(snap(right, NEAR_BITS))
    assert product.dtype == np.float32
    exact = snap_rows(matrix, NEAR_BITS).astype(np.float64) @ snap(right, NEAR_BITS)
    assert np.array_equal(product, exact)
    assert product == pytest.approx(matrix @ right, abs=2e-2)
