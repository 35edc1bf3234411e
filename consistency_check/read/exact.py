"""Arithmetic that is the same to the last bit on every processor, for any number of its threads or rows.

Libraries multiply matrices in an order of their own, which those decide, and the sum of floating point
numbers depends on its order. Here the factors are rounded to multiples of powers of two, so coarse that each
sum of their products has a place in the 24 bits of float32: where all sums are exact, no order matters.
"""

from __future__ import annotations

import numpy as np

from consistency_check.read.vectors import Floats

PLACES = 24
"""The bits of a float32's significand."""
NEAR_BITS = 11
"""Nearness of words is a multiple of 2**-11, up to 1."""
MEANING_BITS = 12
"""So many binary places have the numbers of a unit vector, and one less those of what it is compared with:
the products of two unit vectors add up to 1 at most, and there is room up to 2."""


def snap(values: Floats, bits: int) -> Floats:
    """The nearest multiples of 2**-bits, float32."""
    scale = np.float32(2.0**bits)
    snapped: Floats = np.rint(values * scale) / scale
    return snapped


def snap_rows(rows: Floats, bits: int) -> Floats:
    """Rows of numbers above zero, each as fine as its sum lets it be.

    Their products with numbers from 0 to 1 that are multiples of 2**-bits then add up exactly.
    """
    exponents = find_exponents(rows)
    for _ in range(2):
        scales = 2.0 ** (PLACES - bits - exponents)[:, None]
        snapped: Floats = (np.rint(rows * scales) / scales).astype(np.float32)
        # Rounding may have added so much that the sum needs one bit more.
        exponents = np.maximum(exponents, find_exponents(snapped))
    return snapped


def find_exponents(rows: Floats) -> Floats:
    """For each row the least power of two, from 2**0 on, that its sum does not exceed."""
    exponents: Floats = np.ceil(np.log2(np.maximum(rows.sum(axis=1, dtype=np.float64), 1.0)))
    return exponents


def multiply_once(left: Floats, right: Floats) -> Floats:
    """The product of two matrices to 20 binary places of each, in float64, which has room for them."""
    fine = 2.0**20
    product = np.rint(left.astype(np.float64) * fine) @ np.rint(right.astype(np.float64) * fine)
    return (product / fine**2).astype(np.float32)


def add_up_rows(rows: Floats, weights: Floats) -> Floats:
    """The weighted sum of each row, added up along it in one order whatever rows stand beside it."""
    sums: Floats = np.einsum("ij,j->i", rows, weights, optimize=False)
    return sums
