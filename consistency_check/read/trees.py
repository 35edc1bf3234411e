"""Boosted trees: how the learned numbers are kept and how rows are scored with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from consistency_check.read.vectors import Floats


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

    def score(self, rows: Floats) -> Floats:
        """Log odds, float32, one for each row."""
        count, (trees, nodes) = len(rows), self.columns.shape
        columns, bounds, measured = self.columns.ravel(), self.bounds.ravel(), rows.ravel()
        firsts = np.arange(count, dtype=np.intp)[:, None] * rows.shape[1]
        starts = np.arange(trees) * nodes
        at = np.zeros((count, trees), np.intp)
        # `take` on flat arrays: the same as indexing by two axes in half the time.
        for _ in range((nodes + 1).bit_length() - 1):
            here = at + starts
            at *= 2
            at += 1
            at += measured.take(firsts + columns.take(here)) > bounds.take(here)
        leaf = at + (np.arange(trees) * (nodes + 1) - nodes)
        total: Floats = self.leaves.ravel().take(leaf).sum(axis=1, dtype=np.float64).astype(np.float32)
        return total + np.float32(self.bias)

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
