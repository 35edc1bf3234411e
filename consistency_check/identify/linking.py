"""The rules by which identities become customers, from the strongest evidence to the weakest.

1. One customer id is one customer, and two customer ids are never one.
2. Then e-mail, handle, phone and conversation tie what bears the same key. A key that several customer
   ids bear, and a phone or conversation with clearly different names, is taken apart into its people.
3. What is tied to two customers at once, by different keys of one kind, is tied to neither.

Each kind is judged as a whole before the next: no rule depends on the order of the replies.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from consistency_check.identify.clusters import Clusters
from consistency_check.identify.identity import Evidence, Need
from consistency_check.identify.names import Likeness
from consistency_check.identify.people import split_bearers

Bearers = Mapping[str, Iterable[int]]


# A bundle of more identities than this is not compared pair by pair.
_MOST_COMPARED = 100


def link_customer_ids(clusters: Clusters, bearers: Bearers) -> None:
    """Join all that has the same customer id."""
    for customer_id in sorted(bearers):
        clusters.join(bearers[customer_id], Evidence.CUSTOMER_ID)


def link_bearers(clusters: Clusters, bearers: Bearers, kind: Evidence, need: Need) -> None:
    """Join what the keys of one kind tie together; `bearers` maps each key to its nodes."""
    groups = []
    for key in sorted(bearers):
        roots = sorted({clusters.find(node) for node in bearers[key]})
        if len(roots) > 1:
            groups += [group for group in split_bearers(clusters, roots, need) if len(group) > 1]
    for bundle in _gather(groups):
        for sound in _settle(clusters, bundle, need):
            clusters.join(sound, kind)


def _gather(groups: list[list[int]]) -> list[list[list[int]]]:
    """The groups in bundles that touch one another."""
    parent: dict[int, int] = {}

    def find(root: int) -> int:
        while parent.setdefault(root, root) != root:
            parent[root] = parent[parent[root]]
            root = parent[root]
        return root

    for group in groups:
        for root in group[1:]:
            low, high = sorted((find(group[0]), find(root)))
            parent[high] = low
    bundles: defaultdict[int, list[list[int]]] = defaultdict(list)
    for group in groups:
        bundles[find(group[0])].append(group)
    return [bundles[low] for low in sorted(bundles)]


def _settle(clusters: Clusters, groups: list[list[int]], need: Need) -> list[list[int]]:
    """The groups of one bundle, less what stands between two customers."""
    roots = sorted({root for group in groups for root in group})
    owners = [root for root in roots if clusters[root].owner]
    if len(owners) <= 1:
        if len(groups) == 1 or need == Need.NOTHING or not _has_strangers(clusters, roots):
            return groups
        # Someone without a full name bears two keys of two people: a bridge that is taken out.
        times = Counter(root for group in groups for root in group)
        return _drop(groups, {root for root in roots if times[root] > 1 and not clusters[root].is_named})
    reached: defaultdict[int, set[int]] = defaultdict(set)
    for group in groups:
        for owner in (root for root in group if clusters[root].owner):
            for root in group:
                reached[root].add(owner)
    contested = {root for root in roots if len(reached[root]) > 1}
    far = {root for root in roots if not reached[root]}
    near = set(roots) - contested - far
    pairs = [[root, owner] for root in sorted(near) for owner in reached[root] if owner != root]
    return pairs + _drop(groups, contested | near)


def _has_strangers(clusters: Clusters, roots: list[int]) -> bool:
    if len(roots) > _MOST_COMPARED:
        return True
    pairs = ((a, b) for at, a in enumerate(roots) for b in roots[at + 1 :])
    return any(clusters[a].compare(clusters[b]) == Likeness.DIFFERENT for a, b in pairs)


def _drop(groups: list[list[int]], dropped: set[int]) -> list[list[int]]:
    kept = [[root for root in group if root not in dropped] for group in groups]
    return [group for group in kept if len(group) > 1]
