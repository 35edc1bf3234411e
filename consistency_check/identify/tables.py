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
    """The identities; threads are JSON."""
    RECORDS = "link_records"
    """The CRM's records, by customer id and content."""
    PHONES = "link_phones"
    """As written, before numbers that name no country are known; see `phones.find_tail`."""
    MARKS = "link_marks"
    """See `marks`."""
    SHAPES = "link_shapes"
    """Tokens of the references from which shapes are learnt."""
    HOMES = "link_homes"
    """The clusters of each node after keys, after mentions, and at last."""
    CUSTOMERS = "link_customers"
    """See `part.Member`."""
    JOINS = "link_joins"
    """The links that make a tree of each customer, in order."""
    CLUSTERS = "link_clusters"
    """Clusters after mentions of which details are known; profiles are JSON."""
    BLOCKS = "link_blocks"
    """See `persons.list_block_keys`."""
    NEIGHBOURS = "link_neighbours"
    """Clusters whose details link them, both ways."""
    SETTINGS = "link_settings"
    """One row, what all the others hang on."""


COLUMNS: Mapping[Table, Mapping[str, type]] = {
    Table.NODES: {
        "node": np.int64,
        "identity": object,
        "noted": object,
        "threads": object,
        "replies": np.int64,
    },
    Table.RECORDS: {"node": np.int64, "record": object, "digest": object},
    Table.PHONES: {"node": np.int64, "phone": object, "tail": np.int64},
    Table.MARKS: {"token": np.uint64, "node": np.int64, "kind": np.int8, "role": np.int8, "via": np.uint64},
    Table.SHAPES: {"shape": np.uint64, "node": np.int64, "reference": np.uint64},
    Table.HOMES: {
        "node": np.int64,
        "person": np.uint64,
        "keyed": np.int64,
        "named": np.int64,
        "customer": np.int64,
    },
    Table.CUSTOMERS: {
        "customer": np.int64,
        "key": object,
        "root": np.uint64,
        "bare": object,
        "given": object,
        "smallest": object,
        "name": object,
        "linked_by": object,
        "attributes": object,
        "certainty": np.float64,
    },
    Table.JOINS: {
        "customer": np.int64,
        "place": np.int64,
        "a": np.int64,
        "b": np.int64,
        "bits": np.float64,
    },
    Table.CLUSTERS: {"cluster": np.int64, "profile": object},
    Table.BLOCKS: {"block": np.uint64, "cluster": np.int64},
    Table.NEIGHBOURS: {"cluster": np.int64, "other": np.int64},
    Table.SETTINGS: {"setting": object},
}
"""The columns of each table and their types in memory; texts are objects."""


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


def take_rows(table: Table, rows: Sequence[tuple[Any, ...]]) -> dict[str, Array]:
    """Rows of a table as its columns."""
    columns = COLUMNS[table]
    listed = zip(*rows, strict=True) if rows else ((),) * len(columns)
    pairs = zip(columns.items(), listed, strict=True)
    return {name: np.array(values, dtype=kind) for (name, kind), values in pairs}


def list_numbers(numbers: Iterable[int]) -> Array:
    """Numbers of nodes, clusters or customers, sorted and without repetition."""
    return np.array(sorted(set(numbers)), np.int64)
