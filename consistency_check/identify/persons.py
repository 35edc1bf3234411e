"""Pairs that share no key: the same person's details, found by a few of them that agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import combinations

from consistency_check.identify.blocks import Pair
from consistency_check.identify.clusters import Clusters
from consistency_check.identify.details import is_postcode
from consistency_check.identify.identity import Evidence
from consistency_check.identify.mentions import MOST_CUSTOMERS
from consistency_check.identify.names import parse_name, sound_word
from consistency_check.identify.nodes import Nodes
from consistency_check.identify.notes import Noted
from consistency_check.identify.profile import Profile

MOST_COMPARED = 60
"""Clusters of one block that are compared all with all; a larger block is cut by more details."""
BlockKey = tuple[str, ...]


def add_details_in_text(clusters: Clusters, nodes: Nodes) -> None:
    """Tell the profiles which postcodes and addresses texts name, but for those that many customers' do."""
    named: defaultdict[tuple[Evidence, str], set[int]] = defaultdict(set)
    for node, noted in nodes.noted.items():
        for detail in list_cited_details(noted):
            if not nodes.around.is_crowded(*detail):
                named[detail].add(clusters.find(node))
    known = {detail for noted in nodes.noted.values() for detail in noted.details}
    known.update(
        (kind, said) for _, each in nodes.walk_fixed() for kind in each.details for said in each.details[kind]
    )
    for (kind, said), roots in sorted(named.items()):
        if len(roots) <= MOST_CUSTOMERS and ((kind, said) in known or len(roots) > 1):
            for root in roots:
                clusters.revise(root).details.setdefault(kind, set()).add(said)


def list_cited_details(noted: Noted) -> Iterator[tuple[Evidence, str]]:
    """The addresses and postcodes that texts name."""
    yield from noted.addresses
    yield from ((Evidence.POSTCODE, each) for each in noted.mentions if is_postcode(each))


def list_person_pairs(clusters: Clusters, nodes: Nodes) -> Iterator[Pair]:
    """Pairs of clusters that share a date of birth, or of name, postcode and address any two."""
    blocks: defaultdict[BlockKey, list[int]] = defaultdict(list)
    profiles = describe_detailed(clusters, nodes)
    for root, profile in profiles.items():
        for key in list_block_keys(profile):
            blocks[key].append(root)
    for _, block in sorted(blocks.items()):
        yield from pair_block(block, profiles)


def describe_detailed(clusters: Clusters, nodes: Nodes) -> dict[int, Profile]:
    """The profiles of the clusters of which more is known than keys and name, by their roots."""
    described = {clusters.find(node) for node in nodes.list_detailed()}
    return {root: clusters[root] for root in sorted(described)}


def pair_block(block: Collection[int], profiles: Mapping[int, Profile]) -> Iterator[Pair]:
    """The pairs of a block that are compared: two customer ids are never one person, so they are not."""
    for part in _cut_block(block, profiles):
        for a, b in combinations(part, 2):
            if not (profiles[a].owner and profiles[b].owner):
                yield a, b


def _cut_block(block: Collection[int], profiles: Mapping[int, Profile]) -> Iterator[Collection[int]]:
    if len(block) <= MOST_COMPARED:
        yield block
        return
    parts: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for root in block:
        for sound in _list_sounds(profiles[root]):
            parts[(sound,)].append(root)
        for postcode in profiles[root].details.get(Evidence.POSTCODE, ()):
            parts[("", postcode)].append(root)
    yield from (part for _, part in sorted(parts.items()) if len(part) <= MOST_COMPARED)


def list_block_keys(profile: Profile) -> set[BlockKey]:
    """What a cluster shares with those that it is compared with."""
    sounds = _list_sounds(profile)
    births = profile.details.get(Evidence.BIRTH, set())
    postcodes = profile.details.get(Evidence.POSTCODE, set())
    streets = profile.details.get(Evidence.STREET, set())
    keys: set[BlockKey] = {("birth", each) for each in births}
    keys |= {("id", each) for each in profile.details.get(Evidence.PERSON_ID, ())}
    keys |= {("postcode", each, sound) for each in postcodes for sound in sounds}
    keys |= {("street", each, sound) for each in streets for sound in sounds}
    keys |= {("street", each, postcode) for each in streets for postcode in postcodes}
    if len(sounds) > 1:
        keys.add(("name", *sorted(sounds)[:3]))
    return keys


def _list_sounds(profile: Profile) -> set[str]:
    parsed = [parse_name(name) for name in profile.names]
    words = {word for name in parsed for word in (name.given, *name.rest) if len(word) > 1}
    return {sound for word in words if (sound := sound_word(word))}
