"""Whether two shares differ beyond chance: Fisher's exact test, and Holm's correction for many tests.

R. A. Fisher, "On the Interpretation of χ² from Contingency Tables, and the Calculation of P" (1922), two
sided by the sum of all tables that are no more likely than the one seen; S. Holm, "A Simple Sequentially
Rejective Multiple Test Procedure" (1979).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, lgamma

_SLACK = 1e-7
"""Relative: two tables that are equally likely may differ by rounding."""
_NOTHING = 1e-18
"""Of the table seen: tables that are rarer change no digit of a sum."""


@dataclass(frozen=True, slots=True)
class Tables:
    """All 2x2 tables with the same margins, each by how many of its row are wrong."""

    row: int
    column: int
    total: int

    @property
    def least(self) -> int:
        """The fewest that can be wrong."""
        return max(0, self.row + self.column - self.total)

    @property
    def most(self) -> int:
        """The most that can be wrong."""
        return min(self.row, self.column)

    @property
    def likeliest(self) -> int:
        """The table that is most likely by chance; from it on, they are ever less so on both sides."""
        return (self.row + 1) * (self.column + 1) // (self.total + 2)

    def log_chance(self, wrong: int) -> float:
        """The natural logarithm of a table's probability."""
        ways = _log_choose(self.column, wrong) + _log_choose(self.total - self.column, self.row - wrong)
        return ways - _log_choose(self.total, self.row)


def find_chance(wrong: int, right: int, other_wrong: int, other_right: int) -> float:
    """The probability, by chance alone, of a 2x2 table at least as unlikely as this one; 0 to 1.

    Takes the time of as many steps as the square root of the smallest margin.
    """
    row, column = wrong + right, wrong + other_wrong
    tables = Tables(row, column, row + other_wrong + other_right)
    seen = tables.log_chance(wrong)
    if tables.log_chance(tables.likeliest) <= seen + _SLACK:
        return 1.0
    below = range(tables.likeliest, tables.least - 1, -1)
    above = range(tables.likeliest, tables.most + 1)
    return min(1.0, exp(seen) * sum(_add_tail(tables, side, seen) for side in (below, above)))


def _add_tail(tables: Tables, side: range, seen: float) -> float:
    """How often, for once that the table seen comes by, one of this side that is no more likely does."""
    start = bisect_left(side, True, key=lambda wrong: tables.log_chance(wrong) <= seen + _SLACK)
    added = 0.0
    for wrong in side[start:]:
        times = exp(tables.log_chance(wrong) - seen)
        if times < _NOTHING:
            break
        added += times
    return added


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
