"""Which vertices hang together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

np = pytest.importorskip("numpy")
pytest.importorskip("scipy")

from consistency_check.engines.spark.components import find_components  # noqa: E402

VERTEX = st.integers(-(2**63), 2**63 - 1) | st.integers(-3, 3)


@given(st.lists(st.tuples(VERTEX, VERTEX)))
def test_each_vertex_has_the_smallest_that_it_hangs_together_with(edges: list[tuple[int, int]]) -> None:
    groups: list[set[int]] = []
    for edge in edges:
        touched = [group for group in groups if group & set(edge)]
        groups = [group for group in groups if group not in touched] + [set(edge).union(*touched)]
    expected = {vertex: min(group) for group in groups for vertex in group}
    a, b = (np.array([edge[end] for edge in edges], np.int64) for end in (0, 1))
    vertices, homes = find_components(a, b)
    assert dict(zip(vertices.tolist(), homes.tolist(), strict=True)) == expected
    assert vertices.tolist() == sorted(expected)
