"""Grows the trees of the second look: scikit-learn's histogram gradient boosting, taken apart into arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from consistency_check.read.trees import Trees
from consistency_check.read.vectors import Floats, Numbers

DEPTH = 4
LEAVES = 8
SHARE_OF_COLUMNS = 0.5
"""Of the columns a node may ask; less makes the trees differ more from one another."""


@dataclass(frozen=True, slots=True)
class Growth:
    """How trees are grown: `number` of them, how far each goes, and the least rows of a leaf."""

    number: int
    rate: float
    smallest: int


TREES = {
    "typed": Growth(200, 0.06, 30),
    "yes_no": Growth(80, 0.06, 20),
    "choice": Growth(80, 0.06, 20),
    "text": Growth(40, 0.06, 20),
}


def grow(rows: Floats, labels: Numbers, growth: Growth) -> Trees:
    """Trees that tell the labels, 0 or 1, of these rows; the same rows give the same trees."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(
        max_iter=growth.number,
        learning_rate=growth.rate,
        max_leaf_nodes=LEAVES,
        max_depth=DEPTH,
        min_samples_leaf=growth.smallest,
        l2_regularization=10.0,
        max_features=SHARE_OF_COLUMNS,
        early_stopping=False,
        random_state=0,
    ).fit(rows, labels)
    nodes = [tree.nodes for (tree,) in model._predictors]
    return lay_trees(nodes, float(np.ravel(model._baseline_prediction)[0]))


def lay_trees(grown: list[Any], bias: float) -> Trees:
    """Trees of scikit-learn's nodes as full binary trees of DEPTH."""
    inner = 2**DEPTH - 1
    columns = np.zeros((len(grown), inner), np.intp)
    bounds = np.full((len(grown), inner), np.inf, np.float32)
    leaves = np.zeros((len(grown), inner + 1), np.float32)

    def lay(tree: int, nodes: Any, number: int, place: int) -> None:
        node = nodes[number]
        if place >= inner:
            leaves[tree, place - inner] = node["value"]
        elif node["is_leaf"]:
            lay(tree, nodes, number, 2 * place + 1)
        else:
            columns[tree, place], bounds[tree, place] = node["feature_idx"], node["num_threshold"]
            lay(tree, nodes, int(node["left"]), 2 * place + 1)
            lay(tree, nodes, int(node["right"]), 2 * place + 2)

    for tree, nodes in enumerate(grown):
        lay(tree, nodes, 0, 0)
    return Trees(columns, bounds, leaves, bias)
