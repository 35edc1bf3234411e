"""Customers as linking on a cluster describes and names them, a part at a time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from consistency_check.engines.spark.packing import make_schema, make_table, pack_customer, walk_rows
from consistency_check.identify.customer_keys import tell_apart
from consistency_check.identify.part import Part
from consistency_check.identify.stored import unpack_identity

if TYPE_CHECKING:
    import pyarrow as pa

MEMBERS = (
    "customer bigint, bare string, given string, smallest string, body string, nodes array<binary>, "
    "links string"
)
"""A customer: what a key is made of, the customer as a noun, the nodes, and the links between them."""
CUSTOMERS = "customer bigint, key string, body string, nodes array<binary>, links string"


def describe_members(part: Part, rows: pa.Table) -> pa.Table:
    """The customers of a part, which was linked from these rows of nodes."""
    places = {number: place for place, number in enumerate(part.numbers)}
    members = part.join()
    names = dict(walk_rows(rows, "number", "node"))
    links: dict[int, list[tuple[float, int, int]]] = {}
    for link in part.clusters.links:
        links.setdefault(part.clusters.find(link.a), []).append((link.bits, link.a, link.b))
    found = []
    for each in members:
        own = sorted(places[number] for number in each.nodes)
        tree = _number_links(links.get(part.clusters.find(own[0]), ()), own)
        nodes = [names[part.numbers[place]] for place in own]
        made_of = (each.number, each.bare, each.given, each.smallest)
        found.append((*made_of, pack_customer(each.customer), nodes, json.dumps(list(tree))))
    return make_table(found, make_schema(MEMBERS))


def _number_links(
    tree: Iterable[tuple[float, int, int]], own: Sequence[int]
) -> Iterator[tuple[float, int, int]]:
    """The links of a customer, its nodes by their places among its own, the CRM's records after them."""
    numbers = {place: at for at, place in enumerate(own)}
    for bits, *ends in tree:
        a, b = (numbers.setdefault(place, len(numbers)) for place in ends)
        yield bits, a, b


def name_members(rows: pa.Table) -> pa.Table:
    """The rows of `CUSTOMERS` for some of `MEMBERS`, among whom are all that a key may be mixed up with."""
    found = list(walk_rows(rows, "customer", "bare", "given", "smallest", "body", "nodes", "links"))
    keys = tell_apart(
        [row[1] for row in found],
        name_of=lambda at: str(found[at][2]),
        rank_of=lambda at: unpack_identity(found[at][3]),
    )
    named = [(row[0], key, *row[4:]) for row, key in zip(found, keys, strict=True)]
    return make_table(named, make_schema(CUSTOMERS))
