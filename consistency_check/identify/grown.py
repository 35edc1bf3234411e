"""The customers that are kept between runs: who they are, what they are called, and what holds them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np

from consistency_check.identify.clusters import Link
from consistency_check.identify.customer_keys import find_root, tell_apart
from consistency_check.identify.identity import Evidence
from consistency_check.identify.marks import make_token
from consistency_check.identify.part import Member
from consistency_check.identify.paths import Paths
from consistency_check.identify.resolution import Person, describe_person
from consistency_check.identify.stored import Kept, unpack_identity
from consistency_check.identify.tables import (
    COLUMNS,
    Array,
    LinkStore,
    Table,
    combine,
    find_among,
    list_numbers,
    take_rows,
)
from consistency_check.identify.weights import find_probability
from consistency_check.model import CrmRecord, Customer

_NAMING = ("customer", "key", "bare", "given", "smallest")
_JOINS = ("customer", "place", "a", "b", "bits")


def _list_values(member: Member) -> tuple[object, ...]:
    said = member.customer
    root = make_root_token(member.bare)
    naming = (member.number, said.key, root, member.bare, member.given, member.smallest)
    return (*naming, said.name, json.dumps(said.linked_by), json.dumps(dict(said.attributes)), said.certainty)


def make_root_token(bare: str) -> int:
    """What customers share whose keys must be told apart."""
    return make_token("root", find_root(bare))


def load_members(store: LinkStore, numbers: Array | None) -> Iterator[Member]:
    """Customers by their numbers; None for all."""
    where = "" if numbers is None else "customer"
    rows = store.fetch(Table.CUSTOMERS, tuple(COLUMNS[Table.CUSTOMERS]), where, numbers)
    homes = store.fetch(Table.HOMES, ("customer", "node"), where, numbers)
    walk = groupby(zip(homes["customer"].tolist(), homes["node"].tolist(), strict=True), lambda home: home[0])
    nodes = {customer: tuple(node for _, node in group) for customer, group in walk}
    columns = (rows[name].tolist() for name in COLUMNS[Table.CUSTOMERS])
    for number, key, _, bare, given, smallest, name, linked_by, attributes, certainty in zip(
        *columns, strict=True
    ):
        customer = Customer(key, (), tuple(json.loads(linked_by)), name, json.loads(attributes), certainty)
        yield Member(number, customer, tuple(sorted(nodes[number])), bare, given, smallest)


def write_members(store: LinkStore, gone: Array, customers: Iterable[Member]) -> None:
    """Put these customers in the place of those that are gone."""
    rows = take_rows(Table.CUSTOMERS, [_list_values(each) for each in customers])
    store.replace(Table.CUSTOMERS, "customer", gone, rows)


def name_members(
    store: LinkStore, gone: Array, members: Sequence[Member]
) -> tuple[list[Member], list[Member]]:
    """The members with keys, and the customers of before whose keys change by them, as they were.

    The keys of all with the same roots are made anew, for one that comes may share what another's key is made
    of; `gone` are the numbers of those in whose place the members come.
    """
    left = store.fetch(Table.CUSTOMERS, ("root",), "customer", gone)["root"]
    come = np.array([make_root_token(each.bare) for each in members], np.uint64)
    rows = store.fetch(Table.CUSTOMERS, _NAMING, "root", combine(left, come))
    stays = ~find_among(rows["customer"], gone)
    others = {name: rows[name][stays].tolist() for name in _NAMING}
    bare = others["bare"] + [each.bare for each in members]
    given = others["given"] + [each.given for each in members]
    smallest = others["smallest"] + [each.smallest for each in members]
    keys = tell_apart(bare, name_of=lambda at: given[at], rank_of=lambda at: unpack_identity(smallest[at]))
    count = len(others["key"])
    renamed = {
        number: key
        for number, old, key in zip(others["customer"], others["key"], keys[:count], strict=True)
        if old != key
    }
    moved = [
        replace(each, customer=replace(each.customer, key=renamed[each.number]))
        for each in load_members(store, list_numbers(renamed))
    ]
    named = [
        replace(each, customer=replace(each.customer, key=key))
        for each, key in zip(members, keys[count:], strict=True)
    ]
    return named, moved


def refresh_member(member: Member, kept: Mapping[int, Kept], records: Mapping[str, CrmRecord]) -> Member:
    """The member described anew, linked as it was: how often an identity was met decides name and reasons.

    `kept` are identities by their numbers, `records` the first of each customer id. No identity may be met
    once that was met more often.
    """
    said = member.customer
    record = records[member.bare] if Evidence.CRM.label in said.linked_by else None
    identities = [kept[node].identity for node in member.nodes]
    counts = [kept[node].replies for node in member.nodes]
    person = Person(list(range(len(counts))), identities, record, [])
    described = describe_person(person, counts, set(), None)
    linked_by = tuple(sorted({*said.linked_by, *described.linked_by}))
    return replace(member, customer=replace(said, linked_by=linked_by, name=described.name))


def list_changed(old: Iterable[Member], new: Iterable[Member]) -> Array:
    """The numbers of the customers that are new, or other than what was under their key before."""
    known = {each.customer.key: (each.customer, each.nodes) for each in old}
    return list_numbers(
        each.number for each in new if known.get(each.customer.key) != (each.customer, each.nodes)
    )


class Grown:
    """All customers after a run, to be asked.

    `touched` are the numbers of those that are new or other than before, and perhaps of some who were so only
    meanwhile; `reached` is how many nodes were linked again.
    """

    def __init__(self, store: LinkStore, touched: Array, reached: int) -> None:
        self.touched = touched
        self.reached = reached
        self._store = store
        self._numbers: dict[str, int] = {}
        self._joins: dict[str, Array] = {}
        self._records: Array | None = None

    def list_touched(self) -> list[str]:
        """The keys of the customers that are new or other than before, sorted."""
        return list(self._store.fetch(Table.CUSTOMERS, ("key",), "customer", self.touched)["key"])

    def load_customers(
        self, keys: Sequence[str] | None = None
    ) -> dict[str, tuple[Customer, tuple[int, ...]]]:
        """Customers by their keys, with their nodes: those of some keys, or all.

        What is asked of these next takes no further question to the store.
        """
        numbers = None if keys is None else self._turn_to(keys)
        return {each.customer.key: (each.customer, each.nodes) for each in load_members(self._store, numbers)}

    def _turn_to(self, keys: Sequence[str]) -> Array:
        """Read the numbers and the links of some customers."""
        asked = np.array(keys, object)
        rows = self._store.fetch(Table.CUSTOMERS, ("key", "customer"), "key", asked)
        self._numbers = dict(zip(rows["key"].tolist(), rows["customer"].tolist(), strict=True))
        numbers = list_numbers(self._numbers.values())
        self._joins = self._store.fetch(Table.JOINS, _JOINS, "customer", numbers)
        return numbers

    def find_certainty(self, key: str, nodes: Iterable[int], *, with_record: bool = False) -> float:
        """The probability of the weakest link between some nodes of one customer, 1 where there is none.

        With `with_record` also of that to the CRM's record, whose attributes the customer has.
        """
        asked = list(nodes)
        if not asked or (len(asked) == 1 and not with_record):
            return 1.0
        if key not in self._numbers:
            self._turn_to([key])
        paths = Paths(self._list_links(self._numbers[key]))
        if with_record:
            record = paths.find_first(asked[0], self._is_record)
            asked += [record] if record is not None else []
        links = [link for node in asked[1:] for link in paths.find_chain(asked[0], node) or ()]
        return min((find_probability(link.bits) for link in links), default=1.0)

    def _list_links(self, number: int) -> list[Link]:
        joins = self._joins
        first, last = np.searchsorted(joins["customer"], [number, number + 1])
        columns = (joins[name][first:last].tolist() for name in ("place", "bits", "a", "b"))
        return [Link(*values) for _, *values in sorted(zip(*columns, strict=True))]

    def _is_record(self, node: int) -> bool:
        if self._records is None:
            self._records = self._store.fetch(Table.RECORDS, ("node",))["node"]
        return bool(find_among(np.array([node], np.int64), self._records)[0])
