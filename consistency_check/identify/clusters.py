"""Sets of nodes that are one customer: a union-find that keeps what the sets are known by, and the links."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import NamedTuple

from consistency_check.identify.profile import Profile, are_strangers
from consistency_check.identify.weights import Piece

# A bundle of more clusters than this is not compared pair by pair: it is a desk's, not a household's.
_MOST_COMPARED = 60


class Link(NamedTuple):
    """Two nodes that may be one person, the bits that say so, and the evidence that gives them."""

    bits: float
    a: int
    b: int
    pieces: tuple[Piece, ...] = ()


class Clusters:
    """Clusters of nodes, each known by its smallest node.

    Most nodes stay alone, so a cluster is described (by `describe`) only when it is looked at. `links` are
    those that joined clusters: they make one tree of each, the strongest links first.
    """

    def __init__(self, size: int, describe: Callable[[int], Profile]) -> None:
        self.describe = describe
        self.links: list[Link] = []
        self._joined: dict[int, Profile] = {}
        self._parent = array("q", range(size))

    def __getitem__(self, root: int) -> Profile:
        return self._joined.get(root) or self.describe(root)

    def __len__(self) -> int:
        return len(self._parent)

    def find(self, node: int) -> int:
        """The root of a node's cluster."""
        parent = self._parent
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    def is_alone(self, root: int) -> bool:
        """True for a single node of which texts have told nothing."""
        return root not in self._joined

    def revise(self, root: int) -> Profile:
        """The profile of a cluster to be added to."""
        return self._joined.setdefault(root, self[root])

    def join(self, link: Link) -> None:
        """Make one cluster of the two that hold the link's nodes. AssertionError for two customer ids."""
        root, other = sorted((self.find(link.a), self.find(link.b)))
        if root == other:
            return
        kept = self.revise(root)
        kept.absorb(self[other])
        self._parent[other] = root
        self._joined.pop(other, None)
        self.links.append(link)

    def list_members(self) -> list[list[int]]:
        """The nodes of every cluster, in order."""
        members: dict[int, list[int]] = {}
        for node in range(len(self._parent)):
            members.setdefault(self.find(node), []).append(node)
        return [members[root] for root in sorted(members)]


def join_links(clusters: Clusters, links: Iterable[Link], least: float) -> None:
    """Join by the strongest links first, those of equal strength at once.

    What is linked to two strangers with equal strength belongs to neither, nor, by a weaker link, to others
    in that place: two calls from the phone of two people may be one of each. So no rule depends on the order
    of the input.
    """
    ordered = sorted(links, key=lambda link: (-link.bits, link.a, link.b))
    disputed: set[int] = set()
    for _, level in groupby(ordered, key=lambda link: link.bits):
        sound = [link for link in level if not {clusters.find(link.a), clusters.find(link.b)} <= disputed]
        for bundle in _gather(clusters, sound):
            for link in _settle(clusters, bundle, least, disputed):
                ends = {clusters.find(link.a), clusters.find(link.b)}
                clusters.join(link)
                if ends & disputed:
                    disputed.add(clusters.find(link.a))


def _gather(clusters: Clusters, links: list[Link]) -> list[list[Link]]:
    """The links between different clusters, in bundles that touch one another."""
    open_ = [(link, clusters.find(link.a), clusters.find(link.b)) for link in links]
    parent: dict[int, int] = {}

    def find(root: int) -> int:
        while parent.setdefault(root, root) != root:
            parent[root] = parent[parent[root]]
            root = parent[root]
        return root

    for _, a, b in open_:
        low, high = sorted((find(a), find(b)))
        parent[high] = low
    bundles: dict[int, list[Link]] = {}
    for link, a, b in open_:
        if a != b:
            bundles.setdefault(find(a), []).append(link)
    return list(bundles.values())


def _settle(clusters: Clusters, links: list[Link], least: float, disputed: set[int]) -> list[Link]:
    """The links of one bundle that join nobody to a stranger; who is linked to two is added to `disputed`."""
    if len(links) == 1 and all(clusters.is_alone(clusters.find(node)) for node in (links[0].a, links[0].b)):
        return links  # the link itself says that they are no strangers
    apart = _find_strangers(clusters, links, least)
    if not apart:
        return links
    near: dict[int, set[int]] = {}
    ends = [(link, clusters.find(link.a), clusters.find(link.b)) for link in links]
    for _, a, b in ends:
        near.setdefault(a, set()).add(b)
        near.setdefault(b, set()).add(a)
    contested = {
        root for root, others in near.items() if any((a, b) in apart for a in others for b in others if a < b)
    }
    disputed |= contested
    kept = [
        link
        for link, a, b in ends
        if (min(a, b), max(a, b)) not in apart and a not in contested and b not in contested
    ]
    return [
        link for bundle in _gather(clusters, kept) if _are_one(clusters, bundle, apart) for link in bundle
    ]


def _are_one(clusters: Clusters, links: list[Link], apart: set[tuple[int, int]]) -> bool:
    roots = {clusters.find(node) for link in links for node in (link.a, link.b)}
    return not any((a, b) in apart for a in roots for b in roots if a < b)


def _find_strangers(clusters: Clusters, links: list[Link], least: float) -> set[tuple[int, int]]:
    """The pairs of the bundle's clusters that must not be joined, each with the smaller first."""
    roots = sorted({clusters.find(node) for link in links for node in (link.a, link.b)})
    profiles = {root: clusters[root] for root in roots}
    if len(roots) > _MOST_COMPARED:
        profiles = {root: each for root, each in profiles.items() if each.owner}
    return {
        (a, b)
        for at, a in enumerate(profiles)
        for b in list(profiles)[at + 1 :]
        if are_strangers(profiles[a], profiles[b], least)
    }
