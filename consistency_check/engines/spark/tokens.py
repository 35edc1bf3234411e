"""What each token means once all who bear it are known: whom it ties together, or that it is too many's.

The rules are those of `identify.reach`, of all nodes at once. A tie too many does no harm, for two nodes are
then only looked at together; a crowded token is one that linking leaves out, whoever else bears it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from itertools import groupby, islice
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from consistency_check.engines.spark.packing import make_schema
from consistency_check.identify.marks import Kind, Role
from consistency_check.identify.mentions import MOST_CUSTOMERS
from consistency_check.identify.nodes import MOST_BEARERS

if TYPE_CHECKING:
    import pyarrow as pa

MARKS = "token bigint, kind int, role int, via bigint, person bigint, home bigint"
"""A mark of a node (`identify.marks`): `person` is whom it counts as in a crowd, `home` its component."""
SETTLED = "what int, a bigint, b bigint"
SHAPE = 100
"""The kind of a row by which a node teaches the shape `token` of the reference `via`."""
KNOWN = 100
"""The role of a row that tells that the digits of a line are a known reference, `via`."""
Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]
Rows = Mapping[str, Numbers]


class What(IntEnum):
    """What a settled row says."""

    TIE = 0
    """The homes `a` and `b` hang together."""
    CROWDED = 1
    """The token `a` says nothing."""
    SHAPE = 2
    """References of the shape `a` are known."""
    DETAIL = 3
    """Details of persons are known."""
    REFERENCE = 4
    """The crowded token `a` is a reference to somebody."""


class MarkRow(NamedTuple):
    """A row of `MARKS`."""

    token: int
    kind: int
    role: int
    via: int
    person: int
    home: int


@dataclass(frozen=True, slots=True)
class Settled:
    """What was settled of all tokens: ties as pairs of homes, and tokens."""

    a: Numbers
    b: Numbers
    crowded: Numbers
    shapes: Numbers
    known: Numbers
    has_details: bool


def thin_crowds(rows: Iterable[MarkRow], most: int) -> Iterator[MarkRow]:
    """The rows of some nodes; of a token that these alone make crowded, only as many as prove it.

    So what a million nodes bear is no million rows. A shape is known by two references.
    """
    ordered = sorted(set(rows))
    taught = {(row.token, row.via): row for row in ordered if row.kind == SHAPE}
    for _, shape in groupby(sorted(taught.values()), key=lambda row: row.token):
        yield from islice(shape, 2)
    for _, group in groupby((row for row in ordered if row.kind != SHAPE), key=lambda row: row[:4]):
        same = list(group)
        if same[0].role == Role.OWNS and same[0].kind != Kind.SHARED:
            yield from same
            continue
        first = {row.person: row for row in reversed(same)}
        yield from same if len(first) <= most else sorted(first.values())[: most + 1]


def settle_keys(rows: pa.Table) -> pa.Table:
    """Of the marks of keys, where each identity or record is a person."""
    marks = _open_rows(rows)
    kind = marks["kind"]
    counted = kind == Kind.SHARED
    crowded = counted & (_count(marks["token"], marks["person"], counted) > MOST_BEARERS)
    ties = ((kind == Kind.KEY) | counted) & ~crowded
    shapes = (kind == SHAPE) & (_count(marks["token"], marks["via"], kind == SHAPE) > 1)
    return _write(marks, ties, crowded, {What.SHAPE: shapes})


def settle_mentions(shapes: Numbers) -> Callable[[pa.Table], pa.Table]:
    """Of the marks of what is named, where each cluster by keys is a person; these shapes are known."""

    def settle(rows: pa.Table) -> pa.Table:
        marks = _open_rows(rows)
        token, kind, role, via = (marks[name] for name in ("token", "kind", "role", "via"))
        cites = role == Role.CITES
        is_reference, is_line = kind == Kind.REFERENCE, kind == Kind.LINE
        shaped = is_reference & cites & np.isin(via, shapes)
        known = np.isin(token, token[is_reference & ((role == Role.OWNS) | (role == Role.NAMES))])
        named = is_reference & ((role == Role.NAMES) | (role == Role.CLAIMS) | (cites & known) | shaped)
        lines = is_line & cites & ~np.isin(via, via[is_line & (role == KNOWN)])
        counts = [
            _count(token, marks["person"], counted) for counted in (cites & (kind == Kind.MAIL), lines, named)
        ]
        crowded = np.max(counts, axis=0) > MOST_CUSTOMERS
        plain = np.isin(token, token[(is_reference & ~cites) | shaped]) & is_reference
        needs_both = ((kind == Kind.MAIL) | is_line) & (role != KNOWN)
        both = np.isin(token, token[cites & needs_both]) & np.isin(token, token[~cites & needs_both])
        ties = (plain | (needs_both & both)) & ~crowded
        return _write(marks, ties, crowded, {What.REFERENCE: crowded & known & is_reference})

    return settle


def settle_details(rows: pa.Table) -> pa.Table:
    """Of the marks of details, where each cluster that keys and names made is a person."""
    marks = _open_rows(rows)
    token, details = marks["token"], marks["kind"] == Kind.DETAIL
    cites = details & (marks["role"] == Role.CITES)
    crowded = _count(token, marks["person"], cites) > MOST_CUSTOMERS
    ties = details & np.isin(token, token[cites]) & ~crowded
    return _write(marks, ties, crowded, {})


def read_settled(rows: pa.Table) -> Settled:
    """All settled rows, in an order that does not hang on Spark's."""
    what, a, b = (np.asarray(rows[name]) for name in ("what", "a", "b"))
    ties = what == What.TIE
    return Settled(
        a[ties],
        b[ties],
        np.unique(a[what == What.CROWDED]),
        np.unique(a[what == What.SHAPE]),
        np.unique(a[what == What.REFERENCE]),
        bool((what == What.DETAIL).any()),
    )


def _open_rows(rows: pa.Table) -> Rows:
    return {name: np.asarray(rows[name]) for name in make_schema(MARKS).names}


def _count(keys: Numbers, values: Numbers, counted: Flags) -> Numbers:
    """For each row how many different values its key has in the rows that count."""
    pairs = np.unique(np.stack([keys[counted], values[counted]]), axis=1)
    found, counts = np.unique(pairs[0], return_counts=True)
    if not len(found):
        return np.zeros(len(keys), np.int64)
    at = np.minimum(np.searchsorted(found, keys), len(found) - 1)
    return np.where(found[at] == keys, counts[at], 0)


def _write(marks: Rows, ties: Flags, crowded: Flags, more: Mapping[What, Flags]) -> pa.Table:
    import pyarrow as pa

    order = np.lexsort((marks["home"][ties], marks["token"][ties]))
    token, home = marks["token"][ties][order], marks["home"][ties][order]
    starts = np.flatnonzero(np.r_[True, token[1:] != token[:-1]]) if len(token) else np.zeros(0, np.int64)
    lowest = np.repeat(home[starts], np.diff(np.r_[starts, len(token)]))
    apart = lowest != home
    edges = np.unique(np.stack([lowest[apart], home[apart]]), axis=1)
    details = np.zeros(int((marks["kind"] == Kind.DETAIL).any()), np.int64)
    parts = {
        What.TIE: edges[0],
        What.CROWDED: np.unique(marks["token"][crowded]),
        What.DETAIL: details,
        **{what: np.unique(marks["token"][flags]) for what, flags in more.items()},
    }
    what = np.concatenate([np.full(len(found), kind, np.int32) for kind, found in parts.items()])
    a = np.concatenate(list(parts.values()))
    b = np.concatenate([edges[1], np.zeros(len(a) - edges.shape[1], np.int64)])
    return pa.table({"what": what, "a": a, "b": b}, schema=make_schema(SETTLED))
