"""The bearers of one key, taken apart into people.

A key that two customer ids bear, or clearly different names, is a household's or a desk's: it then ties
only what certainly belongs to one of its people. Every rule looks at the bearers as a set, so that the
order of the input cannot matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from consistency_check.identify.clusters import Cluster, Clusters
from consistency_check.identify.identity import Need
from consistency_check.identify.names import Likeness

# More bearers than this are a switchboard, a kiosk or a placeholder, not a household.
MOST_BEARERS = 32


def split_bearers(clusters: Clusters, roots: Sequence[int], need: Need) -> list[list[int]]:
    """The groups of `roots`, which all bear one key, that are one person each.

    Roots in no group are left as they are: it cannot be told whose they are.
    """
    if need == Need.NOTHING and len({clusters[root].owner for root in roots} - {""}) <= 1:
        return [list(roots)]
    if len(roots) > MOST_BEARERS:
        return []
    bearers = _Bearers({root: clusters[root] for root in roots}, need)
    if not bearers.differ(roots):
        return [list(roots)]
    return bearers.give_open(bearers.find_people())


class _Bearers:
    """A few clusters and how each stands to each other."""

    def __init__(self, clusters: dict[int, Cluster], need: Need) -> None:
        self._clusters = clusters
        self._likeness = {
            (a, b): _compare(first, second, need)
            for a, first in clusters.items()
            for b, second in clusters.items()
            if a != b
        }

    def differ(self, roots: Iterable[int]) -> bool:
        """True where two of them are clearly different people."""
        roots = list(roots)
        return any(self._is(Likeness.DIFFERENT, a, b) for a in roots for b in roots if a < b)

    def find_people(self) -> list[list[int]]:
        """The groups of one name, at most one customer id in each.

        One that has the name of two different people ("Chris", on the line of a Christian and a
        Christina) is in no group with them.
        """
        claimed = {root: self._list_same(root) for root in self._clusters}
        same = {
            root: {other for other in claims if root in claimed[other]} for root, claims in claimed.items()
        }
        between = {root for root, others in same.items() if self.differ(others)}
        groups: list[list[int]] = []
        for root in self._clusters:
            touched = [group for group in groups if root not in between and same[root] & set(group) - between]
            groups = [group for group in groups if group not in touched]
            groups.append(sorted([root, *(other for group in touched for other in group)]))
        return [
            part
            for group in groups
            for part in ([[root] for root in group] if self.differ(group) else [group])
        ]

    def _list_same(self, root: int) -> set[int]:
        """Those of the same name; of several customer ids only the one whose name is written alike."""
        same = {other for other in self._clusters if other != root and self._is(Likeness.SAME, root, other)}
        owners = {other for other in same if self._clusters[other].owner}
        if len(owners) < 2:
            return same
        exact = {other for other in owners if self._clusters[other].names & self._clusters[root].names}
        return same - owners | (exact if len(exact) == 1 else set())

    def give_open(self, groups: list[list[int]]) -> list[list[int]]:
        """Add to each person the bearers that can be nobody else: "Mrs K Mistry" to Kavita, not to Rajesh."""
        named = [group for group in groups if any(self._clusters[root].is_named for root in group)]
        vague = sorted(root for group in groups if group not in named for root in group)
        strangers = [
            [root]
            for root in vague
            if self._clusters[root].names and not any(self._may_be(root, group) for group in named)
        ]
        people = named + strangers
        given: dict[int, list[int]] = {}
        for root in vague:
            choices = [at for at, group in enumerate(people) if self._may_be(root, group)]
            if [root] not in strangers and len(choices) == 1:
                given.setdefault(choices[0], []).append(root)
        return [sorted(group + given.get(at, [])) for at, group in enumerate(people)]

    def _may_be(self, root: int, group: list[int]) -> bool:
        return not any(self._is(Likeness.DIFFERENT, root, other) for other in group if other != root)

    def _is(self, likeness: Likeness, a: int, b: int) -> bool:
        return self._likeness[a, b] == likeness


def _compare(first: Cluster, second: Cluster, need: Need) -> Likeness:
    likeness = first.compare(second)
    if likeness == Likeness.OPEN and need == Need.NO_OTHER_KEYS and first.has_other_keys(second):
        return Likeness.DIFFERENT
    return likeness
