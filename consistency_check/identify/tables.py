"""What growth asks of the ledger: a few tables of numbers and texts, read and written many rows at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Rows = Mapping[str, Array]
"""Columns by name, all of one length."""


class Table(StrEnum):
    """The tables of links; nodes are identities and CRM records, clusters go by the number of one."""

    NODES = "link_nodes"
    """node, identity, noted, threads (JSON), replies: the identities."""
    RECORDS = "link_records"
    """node, record, digest: the CRM's records, by customer id and content."""
    PHONES = "link_phones"
    """node, phone: as written, before numbers that name no country are known."""
    MARKS = "link_marks"
    """token, node, kind, role, via: see `marks`."""
    SHAPES = "link_shapes"
    """shape, node, reference: tokens of the references from which shapes are learnt."""
    HOMES = "link_homes"
    """node, person, keyed, named, customer: the clusters after keys, after mentions, and at last."""
    CUSTOMERS = "link_customers"
    """customer, key, bare, given, smallest, name, linked_by, attributes, certainty."""
    JOINS = "link_joins"
    """customer, place, a, b, bits: the links that make a tree of each customer, in order."""
    CLUSTERS = "link_clusters"
    """cluster, profile (JSON): clusters after mentions of which details are known."""
    BLOCKS = "link_blocks"
    """block, cluster: see `persons.list_block_keys`."""
    NEIGHBOURS = "link_neighbours"
    """cluster, other: clusters whose details link them, both ways."""
    SETTINGS = "link_settings"
    """setting: one row, what all the others hang on."""


class LinkStore(Protocol):
    """Where growth keeps what it knows; within one transaction, which is the caller's."""

    def fetch(
        self, table: Table, columns: tuple[str, ...], where: str = "", among: Array | None = None
    ) -> dict[str, Array]:
        """Some columns of the rows, sorted by the first of them; those whose `where` is among values."""

    def replace(self, table: Table, where: str, gone: Array, rows: Rows) -> None:
        """Remove the rows whose `where` is among `gone`, then add rows that have all columns of the table."""

    def clear(self) -> None:
        """Remove everything."""


def look_up(wanted: Array, keys: Array, values: Array) -> Array:
    """The value of each wanted key; 0 where it is none of `keys`, which are sorted."""
    if not len(keys):
        return np.zeros(len(wanted), values.dtype)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, values[at], np.zeros(1, values.dtype))


def find_among(values: Array, keys: Array) -> Array:
    """For each value whether it is one of `keys`, which are sorted."""
    if not len(keys):
        return np.zeros(len(values), bool)
    return np.asarray(keys[np.minimum(np.searchsorted(keys, values), len(keys) - 1)] == values)


def list_different(values: Array) -> Array:
    """The values sorted and without repetition."""
    ordered = np.sort(values)
    return ordered[np.append(True, ordered[1:] != ordered[:-1])] if len(ordered) else ordered


def combine(first: Array, second: Array) -> Array:
    """The values of both, sorted and without repetition."""
    return list_different(np.concatenate([first, second]))


def leave_out(values: Array, keys: Array) -> Array:
    """The values, in their order, that are none of `keys`, which are sorted."""
    return values[~find_among(values, keys)]


def take_rows(rows: Sequence[tuple[Any, ...]], columns: Mapping[str, type]) -> dict[str, Array]:
    """Rows as columns, each of its type."""
    listed = zip(*rows, strict=True) if rows else ((),) * len(columns)
    pairs = zip(columns.items(), listed, strict=True)
    return {name: np.array(values, dtype=kind) for (name, kind), values in pairs}


def list_numbers(numbers: Iterable[int]) -> Array:
    """Numbers of nodes, clusters or customers, sorted and without repetition."""
    return np.array(sorted(set(numbers)), np.int64)
