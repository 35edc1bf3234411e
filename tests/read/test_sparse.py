"""A product with a matrix in blocks is the product with the matrix."""

from __future__ import annotations

import numpy as np
import pytest

from consistency_check.read.sparse import ROWS, Sparse


@pytest.mark.parametrize("rows", [0, 1, ROWS - 1, ROWS, ROWS + 1, 3 * ROWS])
@pytest.mark.parametrize("share", [0.0, 0.02, 1.0])
def test_the_product_is_that_of_the_whole_matrix(rows: int, share: float) -> None:
    random = np.random.default_rng(rows)
    matrix = (random.random((rows, 50)) * (random.random((rows, 50)) < share)).astype(np.float32)
    right = random.random((50, 7)).astype(np.float32)
    product = Sparse(matrix).multiply(right)
    assert product.dtype == np.float32
    assert product == pytest.approx(matrix @ right, abs=1e-5)
