"""Fisher's exact test against known tables and scipy's, and Holm's correction."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency_check.checks import exact_test
from consistency_check.checks.exact_test import correct_many, find_chance

# The lady tasting tea, who was right about three cups of four, or all (R. A. Fisher, "The Design of
# Experiments", 1935), and his convicts' twins ("The Logic of Inductive Inference", 1935); then tables with
# an empty margin.
TABLES = [
    ((3, 1, 1, 3), 0.4857142857),
    ((4, 0, 0, 4), 0.0285714286),
    ((10, 3, 2, 15), 0.0005367241),
    ((1, 9, 11, 3), 0.0027594562),
    ((0, 0, 3, 5), 1.0),
    ((5, 0, 0, 0), 1.0),
]


@pytest.mark.parametrize(("table", "chance"), TABLES)
def test_known_tables(table, chance):
    assert find_chance(*table) == pytest.approx(chance, rel=1e-6)


@settings(max_examples=200, deadline=None)
@given(*[st.integers(0, 60)] * 4)
def test_the_same_as_scipy_whichever_way_the_table_lies(a, b, c, d):
    stats = pytest.importorskip("scipy.stats")
    chance = find_chance(a, b, c, d)
    assert chance == pytest.approx(stats.fisher_exact([[a, b], [c, d]])[1], rel=1e-6, abs=1e-12)
    assert find_chance(c, d, a, b) == pytest.approx(chance, rel=1e-9)
    assert find_chance(b, a, d, c) == pytest.approx(chance, rel=1e-9)


def test_large_tables_are_no_trouble():
    assert 0 < find_chance(5_000, 45_000, 5_300, 45_000) < 0.05
    assert find_chance(50_000, 0, 0, 50_000) == pytest.approx(0, abs=1e-300)


@pytest.mark.parametrize(
    "table",
    [(500_000, 500_000, 501_000, 499_000), (10, 999_990, 900_000, 100_000), (1_000_000, 0, 0, 1_000_000)],
)
def test_a_million_answers_take_some_thousand_steps(table, monkeypatch):
    steps = []
    real = exact_test.lgamma
    monkeypatch.setattr(exact_test, "lgamma", lambda x: steps.append(x) or real(x))
    chance = find_chance(*table)
    assert len(steps) < 100_000
    stats = pytest.importorskip("scipy.stats")
    a, b, c, d = table
    assert chance == pytest.approx(stats.fisher_exact([[a, b], [c, d]])[1], rel=1e-6, abs=1e-300)


def test_many_tests_are_corrected():
    assert correct_many([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert correct_many([0.9, 0.8]) == [1.0, 1.0]
    assert correct_many([]) == []


@given(st.lists(st.floats(0, 1), max_size=8))
def test_a_correction_keeps_the_order_and_lowers_nothing(chances):
    corrected = correct_many(chances)
    assert all(one <= more <= 1 for one, more in zip(chances, corrected, strict=True))
    assert sorted(corrected) == [
        corrected[at] for at in sorted(range(len(chances)), key=lambda at: chances[at])
    ]
