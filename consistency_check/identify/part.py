"""Linking a part of all nodes as it is linked within the whole."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from consistency_check.identify.blocks import Pair, score_pairs
from consistency_check.identify.clusters import Clusters, Link, join_links
from consistency_check.identify.customer_keys import choose_given, choose_key
from consistency_check.identify.linker import link_keys, link_mentions
from consistency_check.identify.marks import make_block_token, make_person_token, make_token
from consistency_check.identify.nodes import Nodes
from consistency_check.identify.persons import (
    MOST_COMPARED,
    describe_detailed,
    list_block_keys,
    pair_block,
)
from consistency_check.identify.profile import Profile, weigh
from consistency_check.identify.reach import Outside
from consistency_check.identify.resolution import (
    describe_person,
    find_weakest,
    gather_evidence,
    gather_people,
)
from consistency_check.identify.stored import Kept, pack_identity, pack_profile, unpack_profile
from consistency_check.identify.tables import Array, LinkStore, Table, combine, find_among
from consistency_check.identify.weights import add_up
from consistency_check.model import CrmRecord, Customer


@dataclass(frozen=True, slots=True)
class Member:
    """A customer with the numbers of their nodes, and what a key is made of: `bare`, and a name beside it.

    `smallest` is, as a text, the first of their identities in the order of identities, `number` that one's.
    """

    number: int
    customer: Customer
    nodes: tuple[int, ...]
    bare: str
    given: str
    smallest: str


class Part:
    """Nodes to be linked: identities and CRM records by their numbers, records in the order of the whole.

    `keyed` and `named` give each place its cluster after keys and after mentions, by the number of one node;
    `persons` what it counts as where a crowd is counted.
    """

    def __init__(
        self,
        kept: Mapping[int, Kept],
        records: Sequence[tuple[int, CrmRecord]],
        region: str,
        least: float,
        outside: Outside,
    ) -> None:
        order = sorted(kept, key=lambda number: kept[number].identity)
        self.numbers = [*order, *(number for number, _ in records)]
        self._kept = [kept[number] for number in order]
        self._least = least
        identities = [each.identity for each in self._kept]
        self.nodes = Nodes(identities, [record for _, record in records], (), region, outside)
        self.nodes.noted = {at: each.noted for at, each in enumerate(self._kept) if each.noted}
        self.nodes.threads = {
            at: tuple(sorted(each.threads)) for at, each in enumerate(self._kept) if each.threads
        }
        self.clusters = Clusters(len(self.nodes), self.nodes.describe)
        self._links: list[Link] = link_keys(self.clusters, self.nodes, least)
        self.persons = [make_person_token(each) for each in identities]
        self.persons += [make_token("record", str(number)) for number, _ in records]
        self.keyed = self._list_clusters()
        self._links += link_mentions(self.clusters, self.nodes, least)
        self.named = self._list_clusters()
        self._profiles = describe_detailed(self.clusters, self.nodes)
        # As they are before details join them.
        self.packed = {root: pack_profile(each) for root, each in self._profiles.items()}
        self.blocks = {root: self._list_blocks(each) for root, each in self._profiles.items()}
        self.detailed: list[Link] = []

    def _list_clusters(self) -> list[int]:
        return [self.numbers[self.clusters.find(place)] for place in range(len(self.numbers))]

    @staticmethod
    def _list_blocks(profile: Profile) -> list[int]:
        return sorted(map(make_block_token, list_block_keys(profile)))

    def link_details(self, store: LinkStore, before: Array) -> set[int]:
        """Find the links between the part's clusters; the clusters outside that must be linked with them.

        `before` are the clusters, sorted, that the part's nodes were in. A cluster outside must be in the
        part where details link it to one of the part, or where a block that is compared all with all has
        become too large for it by the part, or is so no more, which makes or unmakes a link between two.
        """
        blocks = _Blocks(store, before, self._profiles, self.blocks)
        pairs = sorted(set(blocks.walk_pairs()))
        wanted: set[int] = set()
        for a, b in pairs:
            if a < 0 and add_up(weigh(blocks.profiles[a], blocks.profiles[b])) >= self._least:
                wanted |= {blocks.number_of(each) for each in (a, b) if each < 0}
        if not wanted:
            within = (pair for pair in pairs if pair[0] >= 0)
            self.detailed = score_pairs(self.clusters, within, self._least)
        return wanted

    def list_neighbours(self) -> set[Pair]:
        """The clusters, by their numbers and both ways, that details link."""
        ends = [(self.numbers[link.a], self.numbers[link.b]) for link in self.detailed]
        return {*ends, *((b, a) for a, b in ends)}

    def join(self) -> list[Member]:
        """Join by details; the customers, yet without keys."""
        join_links(self.clusters, self.detailed, self._least)
        kinds = gather_evidence(self.clusters, chain(self.clusters.links, self._links, self.detailed))
        weakest = find_weakest(self.clusters)
        counts = array("Q", (each.replies for each in self._kept))
        members = []
        for person in gather_people(self.clusters, self.nodes):
            root = self.clusters.find(person.places[0])
            members.append(
                Member(
                    self.numbers[person.places[0]],
                    describe_person(person, counts, kinds.get(root, set()), weakest.get(root)),
                    tuple(sorted(self.numbers[place] for place in person.places)),
                    choose_key(person.identities, person.record),
                    choose_given(person.identities),
                    pack_identity(person.identities[0]),
                )
            )
        return members


class _Blocks:
    """The blocks of the part's clusters with all who are in them; clusters outside are numbers below 0."""

    def __init__(
        self,
        store: LinkStore,
        before: Array,
        profiles: Mapping[int, Profile],
        blocks: Mapping[int, Sequence[int]],
    ) -> None:
        self._now: defaultdict[int, list[int]] = defaultdict(list)
        self._then: defaultdict[int, list[int]] = defaultdict(list)
        for root, tokens in blocks.items():
            for token in tokens:
                self._now[token].append(root)
        old = store.fetch(Table.BLOCKS, ("block",), "cluster", before)["block"]
        asked = combine(old, np.fromiter(self._now, np.uint64, len(self._now)))
        rows = store.fetch(Table.BLOCKS, ("block", "cluster"), "block", asked)
        was_inside = find_among(rows["cluster"], before)
        self._outside: defaultdict[int, list[int]] = defaultdict(list)
        for block, cluster, inside in zip(
            rows["block"].tolist(), rows["cluster"].tolist(), was_inside.tolist(), strict=True
        ):
            (self._then if inside else self._outside)[block].append(-1 - cluster)
        used = {each for listed in self._outside.values() for each in listed}
        used.update(each for block, listed in self._then.items() if self._is_large(block) for each in listed)
        self.profiles = {**profiles, **_load_profiles(store, used)}

    def _is_large(self, block: int) -> bool:
        most = max(len(self._now[block]), len(self._then[block]))
        return len(self._outside[block]) + most > MOST_COMPARED

    @staticmethod
    def number_of(cluster: int) -> int:
        """The number of a cluster outside."""
        return -1 - cluster

    def walk_pairs(self) -> Iterator[Pair]:
        """The pairs that are compared and were not, or no more, and all with a cluster of the part."""
        for block in {*self._now, *self._then}:
            outside, now, then = self._outside[block], self._now[block], self._then[block]
            if not self._is_large(block):
                yield from self._pair_with(now, outside)
                continue
            after = set(pair_block(sorted([*now, *outside]), self.profiles))
            yield from (pair for pair in after if max(pair) >= 0)
            earlier = set(pair_block(sorted([*then, *outside]), self.profiles))
            kept = set(outside)
            yield from (pair for pair in after ^ earlier if kept.issuperset(pair))

    def _pair_with(self, now: Sequence[int], outside: Sequence[int]) -> Iterator[Pair]:
        for at, a in enumerate(now):
            for b in (*now[at + 1 :], *outside):
                if not (self.profiles[a].owner and self.profiles[b].owner):
                    yield min(a, b), max(a, b)


def _load_profiles(store: LinkStore, outside: set[int]) -> dict[int, Profile]:
    clusters = np.array(sorted(-1 - each for each in outside), np.int64)
    rows = store.fetch(Table.CLUSTERS, ("cluster", "profile"), "cluster", clusters)
    pairs = zip(rows["cluster"].tolist(), rows["profile"], strict=True)
    return {-1 - cluster: unpack_profile(text) for cluster, text in pairs}
