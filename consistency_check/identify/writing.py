"""Keeps what a part that was linked has become, for the next run."""

from __future__ import annotations

from collections.abc import Mapping

from consistency_check.identify.part import Part
from consistency_check.identify.tables import Array, LinkStore, Table, take_rows

NOBODY = -1
"""The customer of a CRM record to which no reply went."""


def write_homes(store: LinkStore, part: Part, inside: Array, homes: Mapping[int, int]) -> None:
    """Keep the clusters and the customer of each node; `homes` are customers by the numbers of nodes."""
    customers = [homes.get(number, NOBODY) for number in part.numbers]
    rows = list(zip(part.numbers, part.persons, part.keyed, part.named, customers, strict=True))
    store.replace(Table.HOMES, "node", inside, take_rows(Table.HOMES, rows))


def write_joins(store: LinkStore, part: Part, gone: Array, homes: Mapping[int, int]) -> None:
    """Keep the links that made the customers, in order, in the place of those of customers that are gone."""
    owners: dict[int, int] = {}
    for place, number in enumerate(part.numbers):
        if number in homes:
            owners[part.clusters.find(place)] = homes[number]
    rows = [
        (owner, place, part.numbers[link.a], part.numbers[link.b], link.bits)
        for place, link in enumerate(part.clusters.links)
        if (owner := owners.get(part.clusters.find(link.a))) is not None
    ]
    store.replace(Table.JOINS, "customer", gone, take_rows(Table.JOINS, rows))


def write_clusters(store: LinkStore, part: Part, before: Array) -> None:
    """Keep what details are compared by, in the place of the clusters `before`."""
    numbers = part.numbers
    clusters = [(numbers[root], text) for root, text in part.packed.items()]
    store.replace(Table.CLUSTERS, "cluster", before, take_rows(Table.CLUSTERS, clusters))
    blocks = [(block, numbers[root]) for root, listed in part.blocks.items() for block in listed]
    store.replace(Table.BLOCKS, "cluster", before, take_rows(Table.BLOCKS, blocks))
    neighbours = sorted(part.list_neighbours())
    store.replace(Table.NEIGHBOURS, "cluster", before, take_rows(Table.NEIGHBOURS, neighbours))
