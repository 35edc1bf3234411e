"""Sums that do not depend on their order: equal to exact ones, whatever rows stand beside them."""

from __future__ import annotations

import os
import subprocess
import sys
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency_check.read.exact import (
    MEANING_BITS,
    NEAR_BITS,
    add_up_rows,
    multiply_once,
    snap,
    snap_rows,
)
from consistency_check.read.sparse import Sparse
from consistency_check.read.vectors import Floats

SEEDS = st.integers(0, 2**32 - 1)


def add_exactly(left: Floats, right: Floats) -> Fraction:
    return sum(
        (Fraction(a) * Fraction(b) for a, b in zip(left.tolist(), right.tolist(), strict=True)), Fraction(0)
    )


def make_weights(seed: int, words: int, heaviest: float) -> Floats:
    """As of units and policies: a few words each, shares of 1 in the first row and large sums in the last."""
    rng = np.random.default_rng(seed)
    weights = rng.uniform(0.02, 1, (4, words)) * (rng.uniform(size=(4, words)) < 0.7)
    weights[0] /= max(weights[0].sum(), 0.3)
    weights[3] *= heaviest
    return weights.astype(np.float32)


@given(SEEDS, st.integers(1, 300), st.sampled_from([1.0, 3.0, 40.0]))
def test_words_add_up_exactly(seed: int, words: int, heaviest: float) -> None:
    weights = make_weights(seed, words, heaviest)
    near = snap(np.random.default_rng(seed + 1).uniform(0, 1, (words, 3)).astype(np.float32), NEAR_BITS)
    # All words said in full is the largest sum there is.
    near[:, 0] = 1.0
    product = Sparse(weights, NEAR_BITS).multiply(near)
    exact = snap_rows(weights, NEAR_BITS)
    for row in range(len(exact)):
        for passage in range(3):
            assert Fraction(float(product[row, passage])) == add_exactly(exact[row], near[:, passage])


@given(SEEDS, st.integers(1, 200))
def test_rows_are_rounded_by_little(seed: int, words: int) -> None:
    weights = make_weights(seed, words, 1.0)
    total = np.maximum(weights.sum(axis=1, keepdims=True), 1.0)
    assert (abs(snap_rows(weights, NEAR_BITS) - weights) <= total * 2.0**-11).all()


@given(SEEDS, st.integers(1, 256))
def test_meanings_add_up_exactly(seed: int, width: int) -> None:
    left, right = np.random.default_rng(seed).standard_normal((2, 5, width)).astype(np.float32)
    right[0] = left[0]
    left = snap(left / np.linalg.norm(left, axis=1, keepdims=True), MEANING_BITS)
    right = snap(right / np.linalg.norm(right, axis=1, keepdims=True), MEANING_BITS - 1)
    product = left @ right.T
    for row in range(5):
        for column in range(5):
            assert Fraction(float(product[row, column])) == add_exactly(left[row], right[column])


@given(SEEDS, st.integers(1, 80), st.data())
def test_a_row_adds_up_to_the_same_in_any_company(seed: int, width: int, data: st.DataObject) -> None:
    rng = np.random.default_rng(seed)
    rows, weights = rng.standard_normal((9, width)).astype(np.float32), rng.standard_normal(width)
    kept = data.draw(st.lists(st.integers(0, 8), min_size=1, max_size=9))
    sums = add_up_rows(rows, weights.astype(np.float32))
    assert np.array_equal(add_up_rows(rows[kept], weights.astype(np.float32)), sums[kept])
    assert sums == pytest.approx(rows @ weights, abs=1e-4)


def test_what_is_worked_out_once_is_a_product() -> None:
    left, right = np.random.default_rng(3).uniform(-1, 1, (2, 40, 40)).astype(np.float32)
    assert multiply_once(left, right) == pytest.approx(left @ right, abs=1e-4)
    assert np.array_equal(multiply_once(left, right)[:, ::-1], multiply_once(left, right[:, ::-1]))


def sign_readings(batch: int, **environment: str) -> str:
    """What `same_arithmetic` prints with these variables of the environment."""
    paths = os.pathsep.join(sys.path)
    done = subprocess.run(
        [sys.executable, "-m", "tests.read.same_arithmetic", str(batch)],
        env=os.environ | {"PYTHONPATH": paths} | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_readings_are_the_same_to_the_last_bit_in_any_batch_on_any_processor() -> None:
    """OpenBLAS has kernels for many processors; other libraries pass over its variables."""
    whole = sign_readings(400, OPENBLAS_NUM_THREADS="1", OPENBLAS_CORETYPE="Haswell")
    assert sign_readings(400, OPENBLAS_NUM_THREADS="4", OPENBLAS_CORETYPE="Haswell") == whole
    assert sign_readings(400, OPENBLAS_NUM_THREADS="1", OPENBLAS_CORETYPE="Nehalem") == whole
    assert sign_readings(7, OPENBLAS_NUM_THREADS="2", OPENBLAS_CORETYPE="Sandybridge") == whole
