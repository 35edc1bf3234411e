"""Boosted trees: scored as a plain walk would, kept in JSON, and laid out as scikit-learn grew them."""

from __future__ import annotations

import json
from contextlib import AbstractContextManager

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from consistency_check.read.training.boosting import DEPTH, Growth, grow, lay_trees
from consistency_check.read.trees import Trees, read_trees, shorten
from consistency_check.read.vectors import Floats, Numbers

WIDTH = 4
# Eighths: their sums are exact, and rows often stand just on a bound.
EIGHTHS = st.integers(-16, 16).map(lambda number: number / 8)


@st.composite
def draw_trees(draw: st.DrawFn) -> Trees:
    trees, depth = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    inner = 2**depth - 1
    return Trees(
        draw(arrays(np.intp, (trees, inner), elements=st.integers(0, WIDTH - 1))),
        draw(arrays(np.float32, (trees, inner), elements=EIGHTHS | st.just(np.inf))),
        draw(arrays(np.float32, (trees, inner + 1), elements=EIGHTHS)),
        draw(EIGHTHS),
    )


ROWS = st.integers(0, 6).flatmap(lambda count: arrays(np.float32, (count, WIDTH), elements=EIGHTHS))


def walk(trees: Trees, row: list[float]) -> float:
    """What one row scores, node by node."""
    total = trees.bias
    for columns, bounds, leaves in zip(trees.columns, trees.bounds, trees.leaves, strict=True):
        node = 0
        while node < len(bounds):
            node = 2 * node + (2 if row[columns[node]] > bounds[node] else 1)
        total += float(leaves[node - len(bounds)])
    return total


@given(draw_trees(), ROWS)
def test_a_row_s_score_is_that_of_a_plain_walk(trees: Trees, rows: Floats) -> None:
    scores = trees.score(rows)
    assert scores.dtype == np.float32
    assert scores.tolist() == [walk(trees, row) for row in rows.tolist()]
    assert trees.score(np.asfortranarray(rows)).tolist() == scores.tolist()


def test_what_stands_on_a_bound_is_not_above_it() -> None:
    trees = Trees(np.array([[1]]), np.array([[0.5]], np.float32), np.array([[1, 2]], np.float32), 10.0)
    assert trees.score(np.array([[9, 0.5], [9, 0.75], [9, -1]], np.float32)).tolist() == [11, 12, 11]


@given(draw_trees(), ROWS)
def test_trees_come_back_from_json_as_they_were(trees: Trees, rows: Floats) -> None:
    back = read_trees(json.loads(json.dumps(trees.write(), allow_nan=False)))
    assert np.array_equal(back.columns, trees.columns)
    assert np.array_equal(back.bounds, trees.bounds)
    assert np.array_equal(back.leaves, trees.leaves)
    assert back.score(rows).tolist() == trees.score(rows).tolist()


@given(st.floats(-(2.0**90), 2.0**90, width=32))
def test_what_is_written_again_is_written_the_same(number: float) -> None:
    same = np.full((1, 2), number, np.float32)
    written = Trees(np.zeros((1, 1), np.intp), same[:, :1], same, number).write()
    assert read_trees(written).write() == written
    assert written["bias"] == pytest.approx(number, rel=1e-4)


@pytest.mark.parametrize(
    ("number", "short"), [(0.1234567, 0.12346), (-123456.7, -123460), (2, 2), (1.000004e-7, 1e-7)]
)
def test_a_number_keeps_five_digits(number: float, short: float) -> None:
    assert shorten(number) == short


def one_thread() -> AbstractContextManager[object]:
    """Threads that wait for a busy machine make small data forty times as slow."""
    limit: AbstractContextManager[object] = pytest.importorskip("threadpoolctl").threadpool_limits(1)
    return limit


def make_rows(seed: int, count: int = 120) -> tuple[Floats, Numbers]:
    """Rows of eighths, so that a bound between two of them is the same in either precision, and labels."""
    random = np.random.default_rng(seed)
    rows = (random.integers(-16, 16, (count, WIDTH)) / 8).astype(np.float32)
    labels = (rows[:, 0] * rows[:, 1] + rows[:, 2] + random.normal(size=count) > 0).astype(int)
    return rows, labels


@settings(deadline=None, max_examples=10)
@given(st.integers(0, 2**32 - 1), st.integers(1, DEPTH), st.integers(2, 16))
def test_laid_out_trees_score_as_scikit_learn_does(seed: int, depth: int, leaves: int) -> None:
    ensemble = pytest.importorskip("sklearn.ensemble")
    rows, labels = make_rows(seed)
    model = ensemble.HistGradientBoostingClassifier(
        max_iter=5, max_depth=depth, max_leaf_nodes=leaves, min_samples_leaf=5, early_stopping=False
    )
    with one_thread():
        model.fit(rows, labels)
        fresh = np.concatenate((rows, make_rows(seed + 1)[0]))
        expected = model.decision_function(fresh)
    bias = float(np.ravel(model._baseline_prediction)[0])
    trees = lay_trees([tree.nodes for (tree,) in model._predictors], bias)
    assert trees.score(fresh) == pytest.approx(expected, abs=1e-5)


def test_grown_trees_tell_what_they_were_shown_and_grow_alike_again() -> None:
    pytest.importorskip("sklearn")
    rows, labels = make_rows(7, 400)
    with one_thread():
        trees, again = (grow(rows, labels, Growth(20, 0.3, 5)) for _ in range(2))
    assert trees.columns.shape == (20, 2**DEPTH - 1)
    assert trees.write() == again.write()
    assert ((trees.score(rows) > 0) == labels).mean() > 0.8
