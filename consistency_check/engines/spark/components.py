"""Which vertices hang together: SciPy's connected components, on the driver, over pairs of 64-bit numbers.

All pairs are held by the driver while they are found: the README tells what that takes.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]


def find_components(a: Numbers, b: Numbers) -> tuple[Numbers, Numbers]:
    """Every vertex of the edges `a[i]`–`b[i]`, sorted, and the smallest that it hangs together with."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    vertices, places = np.unique(np.concatenate([a, b]), return_inverse=True)
    if not len(vertices):
        return vertices, vertices
    rows, columns = places[: len(a)].astype(np.int32), places[len(a) :].astype(np.int32)
    ones = np.ones(len(a), np.bool_)
    graph: Any = coo_matrix((ones, (rows, columns)), shape=(len(vertices), len(vertices)))
    _, labels = connected_components(graph, directed=False)
    _, firsts = np.unique(labels, return_index=True)
    return vertices, vertices[firsts][labels]
