"""Whether two shares differ beyond chance: Fisher's exact test, and Holm's correction for many tests.

R. A. Fisher, "On the Interpretation of χ² from Contingency Tables, and the Calculation of P" (1922), two
sided by the sum of all tables that are no more likely than the one seen; S. Holm, "A Simple Sequentially
Rejective Multiple Test Procedure" (1979).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, lgamma

_SLACK = 1e-7
"""Relative: two tables that are equally likely may differ by rounding."""


def find_chance(wrong: int, right: int, other_wrong: int, other_right: int) -> float:
    """The probability, by chance alone, of a 2x2 table at least as unlikely as this one; 0 to 1.

    Takes the time of as many steps as the smallest margin.
    """
    row, column = wrong + right, wrong + other_wrong
    total = row + other_wrong + other_right
    least, most = max(0, row + column - total), min(row, column)
    base = _log_choose(total, row)
    logs = [
        _log_choose(column, k) + _log_choose(total - column, row - k) - base for k in range(least, most + 1)
    ]
    seen = logs[wrong - least]
    return min(1.0, sum(exp(log) for log in logs if log <= seen + _SLACK))


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def correct_many(chances: Sequence[float]) -> list[float]:
    """Each probability, corrected so that among all of these tests one is wrong as rarely as it says."""
    ranked = sorted(range(len(chances)), key=lambda at: chances[at])
    corrected, highest = [0.0] * len(chances), 0.0
    for rank, at in enumerate(ranked):
        highest = max(highest, min(1.0, (len(chances) - rank) * chances[at]))
        corrected[at] = highest
    return corrected
