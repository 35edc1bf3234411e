"""The lines through what audits on Spark cost."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from tests.benchmarks.spark_cost import find_growth, fit_line, measure_tree


def test_a_line_through_points_on_it() -> None:
    sizes = [10_000, 30_000, 100_000]
    assert fit_line(sizes, [5 + 0.002 * size for size in sizes]) == pytest.approx((5, 0.002))


def test_a_line_never_begins_below_nothing() -> None:
    constant, slope = fit_line([1, 2, 4], [1, 3, 7])
    assert constant == 0
    assert 1 < slope < 2


def test_growth_is_one_where_twice_as_many_take_twice_as_long() -> None:
    assert find_growth([10, 20, 40], [1, 2, 4]) == pytest.approx(1)
    assert find_growth([10, 100], [1, 100]) == pytest.approx(2)
    assert math.isnan(find_growth([10], [1]))


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="no /proc")
def test_work_is_measured() -> None:
    before = measure_tree()
    while measure_tree() < before + 0.05:
        sum(range(10_000))
