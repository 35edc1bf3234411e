"""The outcome: customers with a stable key, a name, and the evidence that made them one."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from consistency_check.identify.clusters import Clusters
from consistency_check.identify.identity import Evidence, Identity
from consistency_check.identify.names import parse_name
from consistency_check.model import CrmRecord, Customer


@dataclass(frozen=True, slots=True)
class Resolution:
    """Who the customers are; `customers` is sorted by key."""

    customers: tuple[Customer, ...]
    _places: array[int]

    def customer_of(self, node: int) -> Customer:
        """The customer of a number that `Linker.add` gave."""
        return self.customers[self._places[node]]


@dataclass(frozen=True, slots=True)
class _Person:
    """A cluster with replies: its nodes that have some, their identities, and its CRM record if any."""

    nodes: list[int]
    identities: list[Identity]
    record: CrmRecord | None


def describe_customers(
    clusters: Clusters,
    identities: Sequence[Identity],
    counts: Sequence[int],
    crm: Sequence[CrmRecord],
    reply_ids: Sequence[Sequence[str]] | None,
) -> Resolution:
    """One Customer for each cluster that has replies; nodes from len(identities) on are CRM records."""
    size = len(identities)
    people = []
    for members in clusters.list_members():
        if members[0] < size:
            nodes = [node for node in members if node < size]
            record = crm[members[-1] - size] if members[-1] >= size else None
            people.append(_Person(nodes, [identities[node] for node in nodes], record))
    keys = _make_keys(people)
    order = sorted(range(len(people)), key=keys.__getitem__)
    customers = []
    places = array("q", bytes(8 * size))
    for place, at in enumerate(order):
        evidence = clusters.evidence_of(people[at].nodes[0])
        customers.append(_describe_customer(people[at], keys[at], evidence, counts, reply_ids))
        for node in people[at].nodes:
            places[node] = place
    return Resolution(tuple(customers), places)


def _describe_customer(
    person: _Person,
    key: str,
    evidence: set[Evidence],
    counts: Sequence[int],
    reply_ids: Sequence[Sequence[str]] | None,
) -> Customer:
    """The evidence is what joined identities, and what several replies of one identity have in common."""
    record = person.record
    named = [(each, counts[node]) for node, each in zip(person.nodes, person.identities, strict=True)]
    kinds = evidence | {each.strongest for each, count in named if count > 1}
    ids = sorted(id_ for node in person.nodes for id_ in reply_ids[node]) if reply_ids else ()
    return Customer(
        key=key,
        reply_ids=tuple(ids),
        linked_by=tuple(sorted(kind.label for kind in kinds if kind is not None)),
        name=record.names[0] if record and record.names else _choose_name(named),
        attributes=dict(record.attributes) if record else {},
    )


def _choose_name(named: Iterable[tuple[Identity, int]]) -> str:
    """The most complete name, then the most frequent, then the first of the alphabet."""
    counts = Counter[str]()
    for identity, count in named:
        if identity.name:
            counts[identity.name] += count
    if len(counts) < 2:
        return next(iter(counts), "")

    def rank(name: str) -> tuple[int, int, str]:
        parts = parse_name(name)
        return -(2 * parts.is_full + bool(parts.rest)), -counts[name], name

    return min(counts, key=rank)


def _make_keys(people: Sequence[_Person]) -> list[str]:
    """A key for each: the customer id, else the first e-mail, phone, handle, conversation or reply id.

    Where several share it (a household's phone), the name is added, and then a number.
    """
    bare = [
        each.record.customer_id if each.record else min(map(_rank_key, each.identities))[1] for each in people
    ]
    shared = Counter(bare)
    keys = []
    for key, person in zip(bare, people, strict=True):
        name = _choose_name((each, 1) for each in person.identities) if shared[key] > 1 else ""
        keys.append(f"{key} ({name})" if name else key)
    twins: defaultdict[str, list[int]] = defaultdict(list)
    for at, key in enumerate(keys):
        twins[key].append(at)
    for key, places in twins.items():
        for number, at in enumerate(sorted(places, key=lambda at: sorted(people[at].identities))[1:], 2):
            keys[at] = f"{key} #{number}"
    return keys


def _rank_key(identity: Identity) -> tuple[int, str]:
    keys = (identity.customer_id, identity.email, identity.phone, identity.handle, identity.conversation)
    return next(((rank, key) for rank, key in enumerate(keys) if key), (len(keys), identity.reply_id))
