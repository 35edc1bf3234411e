"""The outcome: customers with a stable key, a name, and the evidence that made them one."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace

from consistency_check.identify.clusters import Clusters, Link
from consistency_check.identify.customer_keys import make_keys
from consistency_check.identify.identity import Evidence, Identity
from consistency_check.identify.known import KnownCustomer
from consistency_check.identify.names import parse_name
from consistency_check.identify.nodes import Nodes
from consistency_check.identify.paths import Paths
from consistency_check.identify.weights import find_probability
from consistency_check.model import CrmRecord, Customer


@dataclass(frozen=True, slots=True)
class Resolution:
    """Who the customers are; `customers` is sorted by key.

    Identities have two numbers: the one that `Linker.add` gave, and their place in `nodes`, which does not
    depend on the order of the replies. `agents` are the names of those who answered.
    """

    customers: tuple[Customer, ...]
    nodes: Nodes
    clusters: Clusters
    _homes: array[int]
    _places: array[int]
    _paths: Paths
    agents: frozenset[str] = frozenset()

    def customer_of(self, node: int) -> Customer:
        """The customer of a number that `Linker.add` gave."""
        return self.customers[self._homes[self._places[node]]]

    def customer_at(self, place: int) -> Customer:
        """The customer of an identity by its place in `nodes`."""
        return self.customers[self._homes[place]]

    def customer_of_place(self, place: int) -> Customer | None:
        """The customer of any place; None for a record or a known customer without replies."""
        root = self.clusters.find(place)
        return self.customer_at(root) if root < len(self.nodes.identities) else None

    def find_places(self, name: str) -> list[int]:
        """The places of the customer with a key, an alias or a customer id, the CRM's record first."""
        size = len(self.nodes.identities)
        homes = {at for at, each in enumerate(self.customers) if name == each.key or name in each.aliases}
        places = [place for place in range(size) if self._homes[place] in homes]
        owned = self.nodes.find_owned(name)
        return sorted({*places, *owned}, key=lambda place: (not self.nodes.is_record(place), place))

    def name_customer(self, place: int) -> str:
        """The key of the customer that a place belongs to; of a record without replies, its own id."""
        root = self.clusters.find(place)
        if root < len(self.nodes.identities):
            return self.customer_at(root).key
        profile = self.clusters[root]
        return profile.owner or next(
            (known.key for node, known in self.nodes.walk_known() if node == root), ""
        )

    def place_of(self, node: int) -> int:
        """The place in `nodes` of a number that `Linker.add` gave."""
        return self._places[node]

    def find_chain(self, a: int, b: int) -> tuple[Link, ...] | None:
        """The links that make two places one customer, in order; None where they are two customers."""
        return self._paths.find_chain(a, b)

    def find_certainty(self, numbers: Iterable[int], *, with_record: bool = False) -> float:
        """The probability of the weakest link between identities of one customer, 1 where there is none.

        With `with_record` also of that to the CRM's record, whose attributes the customer has.
        """
        places = [self._places[number] for number in numbers]
        if with_record and places:
            record = self._paths.find_first(places[0], self.nodes.is_record)
            places += [record] if record is not None else []
        links = [link for place in places[1:] for link in self._paths.find_chain(places[0], place) or ()]
        return min((find_probability(link.bits) for link in links), default=1.0)


@dataclass(frozen=True, slots=True)
class Person:
    """A cluster: the places of its replies, their identities, its CRM record and known customers."""

    places: list[int]
    identities: list[Identity]
    record: CrmRecord | None
    known: list[KnownCustomer]


def describe_customers(
    clusters: Clusters,
    nodes: Nodes,
    links: Sequence[Link],
    counts: Sequence[int],
    places: array[int],
    reply_ids: Sequence[Sequence[str]] | None,
    agents: frozenset[str] = frozenset(),
) -> Resolution:
    """One Customer for each cluster that has replies; `counts` and `reply_ids` go with the identities."""
    people = gather_people(clusters, nodes)
    reserved = {key for each in nodes.known for key in (each.key, *each.aliases)}
    named = make_keys([(each.identities, each.record, each.known) for each in people], reserved)
    order = sorted(range(len(people)), key=lambda at: named[at][0])
    kinds = gather_evidence(clusters, links)
    weakest = find_weakest(clusters)
    customers = []
    homes = array("q", bytes(8 * len(nodes.identities)))
    for place, at in enumerate(order):
        person, (key, aliases) = people[at], named[at]
        root = clusters.find(person.places[0])
        listed = sorted(id_ for node in person.places for id_ in reply_ids[node]) if reply_ids else ()
        described = describe_person(person, counts, kinds.get(root, set()), weakest.get(root))
        customers.append(replace(described, key=key, reply_ids=tuple(listed), aliases=aliases))
        for node in person.places:
            homes[node] = place
    return Resolution(tuple(customers), nodes, clusters, homes, places, Paths(clusters.links), agents)


def describe_person(
    person: Person, counts: Sequence[int], linking: Set[Evidence], weakest: float | None
) -> Customer:
    """The customer that a cluster is, without a key; `weakest` are the bits of its weakest link, if any.

    Attributes are in the order of the alphabet, not in that of an export's columns, which may change.
    """
    return Customer(
        key="",
        reply_ids=(),
        linked_by=_say_links(person, linking, counts),
        name=_choose_name(person, counts),
        attributes=dict(sorted(person.record.attributes.items())) if person.record else {},
        certainty=1.0 if weakest is None else find_probability(weakest),
    )


def gather_people(clusters: Clusters, nodes: Nodes) -> list[Person]:
    """The clusters that have replies."""
    size, records = len(nodes.identities), len(nodes.identities) + len(nodes.crm)
    people = []
    for members in clusters.list_members():
        if members[0] < size:
            places = [node for node in members if node < size]
            record = next((nodes.crm[node - size] for node in members if size <= node < records), None)
            known = sorted(nodes.known[node - records] for node in members if node >= records)
            people.append(Person(places, [nodes.identities[node] for node in places], record, known))
    return people


def gather_evidence(clusters: Clusters, links: Iterable[Link]) -> dict[int, set[Evidence]]:
    """The kinds of evidence inside each cluster of several nodes, by its root.

    All links count, not only those that happened to join: which these are would depend on chance.
    """
    kinds: defaultdict[int, set[Evidence]] = defaultdict(set)
    for link in links:
        root = clusters.find(link.a)
        if root == clusters.find(link.b):
            kinds[root].update(
                each.evidence for each in link.pieces if each.bits > 0 and each.evidence.can_link
            )
    return kinds


def find_weakest(clusters: Clusters) -> dict[int, float]:
    """The bits of the weakest link of each cluster of several nodes, by its root."""
    weakest: dict[int, float] = {}
    for link in clusters.links:
        root = clusters.find(link.a)
        weakest[root] = min(weakest.get(root, link.bits), link.bits)
    return weakest


def _say_links(person: Person, linking: Set[Evidence], counts: Sequence[int]) -> tuple[str, ...]:
    """What joined identities, and what several replies of one identity have in common."""
    kinds = set(linking)
    pairs = zip(person.places, person.identities, strict=True)
    kinds |= {kind for place, each in pairs if counts[place] > 1 and (kind := each.strongest) is not None}
    if person.record:
        kinds.add(Evidence.CRM)
    if person.known:
        kinds.add(Evidence.KNOWN)
    return tuple(sorted(kind.label for kind in kinds))


def _choose_name(person: Person, counts: Sequence[int]) -> str:
    """The CRM's name, else the most complete one, then the most frequent, then the first of the alphabet."""
    if person.record and person.record.names:
        return person.record.names[0]
    written = Counter[str]()
    for place, identity in zip(person.places, person.identities, strict=True):
        if identity.name:
            written[identity.name] += counts[place]
    for known in person.known:
        written.update(known.names)
    if len(written) < 2:
        return next(iter(written), "")

    def rank(name: str) -> tuple[int, int, str]:
        parts = parse_name(name)
        return -(2 * parts.is_full + bool(parts.rest)), -written[name], name

    return min(written, key=rank)
