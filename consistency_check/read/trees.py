"""Boosted trees: how the learned numbers are kept and how rows are scored with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from consistency_check.read.vectors import Floats, Numbers

Levels = NDArray[np.uint8]
NEVER_ABOVE = 255
"""The bound of a node that no bin is above."""
AT_ONCE = 512
"""Candidates scored at once: more do not fit the processor's own memory, by measuring."""


class Bins:
    """The same trees over bins: how many of the bounds on its column a number is above, in one byte.

    That is all the trees look at, so bins score as their numbers would, and are kept in their stead.
    `columns` are those that some node looks at, sorted (one of them where none looks at any). The tables
    have a row a column or node, so that all that is done to them runs along the candidates.
    """

    def __init__(self, columns: Numbers, bounds: Floats, leaves: Floats, bias: float) -> None:
        trees, nodes = columns.shape
        asked = np.isfinite(bounds)
        # Not by `np.unique`, which takes longer to import what it needs than all of this does.
        known = sorted(set(columns[asked].tolist())) or columns[0, :1].tolist()
        self.columns: Numbers = np.array(known, np.intp)
        each = (sorted(set(bounds[asked & (columns == column)].tolist())) for column in known)
        self._bounds = [np.array(own, np.float32) for own in each]
        if max(map(len, self._bounds), default=0) >= NEVER_ABOVE:
            raise ValueError(f"a column of trees has {NEVER_ABOVE} bounds or more; grow them with fewer bins")
        rows = np.where(asked, np.searchsorted(self.columns, columns), 0)
        above = np.full(columns.shape, NEVER_ABOVE, np.uint8)
        for row, own in enumerate(self._bounds):
            here = asked & (rows == row)
            above[here] = own.searchsorted(bounds[here])
        self._depth = (nodes + 1).bit_length() - 1
        self._rows, self._above = np.ascontiguousarray(rows.T), np.ascontiguousarray(above.T)
        self._leaves = leaves.ravel()
        self._firsts = (np.arange(trees) * (nodes + 1))[:, None]
        self._bias = np.float32(bias)

    def widths(self, columns: Numbers) -> list[int]:
        """How many bits a bin takes, for some of the columns."""
        return [
            len(self._bounds[row]).bit_length() for row in np.searchsorted(self.columns, columns).tolist()
        ]

    def sort(self, columns: Numbers, measured: Floats) -> Levels:
        """The bins of some of the columns, a row for each, as `measured` has them."""
        found = np.empty(measured.shape, np.uint8)
        for at, row in enumerate(np.searchsorted(self.columns, columns).tolist()):
            found[at] = self._bounds[row].searchsorted(measured[at])
        return found

    def score(self, bins: Levels) -> Floats:
        """Log odds, float32, one for each candidate; `bins` are those of all `columns`."""
        count = bins.shape[1]
        scores = np.empty(count, np.float32)
        for first in range(0, count, AT_ONCE):
            scores[first : first + AT_ONCE] = self._score_some(bins[:, first : first + AT_ONCE])
        return scores

    def _score_some(self, bins: Levels) -> Floats:
        """Goes down all trees at once: each level's answers are halved by what was answered above it."""
        shape = (len(self._firsts), bins.shape[1])
        leaf = np.zeros(shape, np.uint8)
        answered: list[Levels] = []
        for depth in range(self._depth):
            level = slice(2**depth - 1, 2 ** (depth + 1) - 1)
            asked = bins.take(self._rows[level].ravel(), axis=0)
            left = (asked > self._above[level].reshape(-1, 1)).view(np.uint8).reshape(-1, *shape)
            for answer in answered:
                no, yes = left[: len(left) // 2], left[len(left) // 2 :]
                left = no ^ ((no ^ yes) & answer)
            answered.append(left[0])
            leaf += leaf
            leaf += left[0]
        # The sum is exact, as leaves have five digits, so their order does not matter.
        total: Floats = (
            self._leaves.take(leaf + self._firsts).sum(axis=0, dtype=np.float64).astype(np.float32)
        )
        return total + self._bias


@dataclass(frozen=True, slots=True)
class Trees:
    """Binary trees of one depth, whose leaves add up to log odds.

    Node n of a tree asks whether column `columns[tree, n]` is above `bounds[tree, n]`: no goes on to node
    2n + 1, yes to 2n + 2. The `leaves` stand in the order of the last row of nodes. A tree that stops early
    goes on with a bound that nothing is above.
    """

    columns: NDArray[np.intp]
    bounds: Floats
    leaves: Floats
    bias: float
    bins: Bins = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "bins", Bins(self.columns, self.bounds, self.leaves, self.bias))

    def score(self, rows: Floats) -> Floats:
        """Log odds, float32, one for each row."""
        bins = self.bins
        return bins.score(bins.sort(bins.columns, rows.T.take(bins.columns, axis=0)))

    def write(self) -> dict[str, Any]:
        """What JSON keeps of them: five significant digits of each bound and leaf, null for no bound."""
        return {
            "bias": shorten(self.bias),
            "columns": self.columns.tolist(),
            "bounds": [[shorten(b) if np.isfinite(b) else None for b in row] for row in self.bounds.tolist()],
            "leaves": [[shorten(leaf) for leaf in row] for row in self.leaves.tolist()],
        }


def read_trees(entry: Mapping[str, Any]) -> Trees:
    """What `write` wrote."""
    bounds = [[np.inf if bound is None else bound for bound in row] for row in entry["bounds"]]
    return Trees(
        np.array(entry["columns"], np.intp),
        np.array(bounds, np.float32),
        np.array(entry["leaves"], np.float32),
        float(entry["bias"]),
    )


def shorten(number: float) -> float:
    """Five significant digits."""
    return float(f"{number:.5g}")
