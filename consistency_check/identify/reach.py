"""Which nodes a change can touch: all that hang together with it by tokens that still tell something.

Who is whom among the nodes reached is then decided without the others, and the others stay as they are. That is
exact if nothing passes from one side to the other. What passes is a token that nodes on both sides bear, so
each such token must say nothing to either side, before the change as after it. There are two reasons for which
it may, and both are told by the rest alone, that is by nodes that are as they were:

*Silent.* An e-mail or a phone that is cited and that nobody bears, a phone or a detail that nobody cites, a
reference that no column, record or pattern knows and whose shape is not known. A change can make it speak only
by a node that bears it, which the change then touches: so it is judged by the marks of before and after at once.

*Crowded.* Linking leaves out what too many bear or name: more than `MOST_BEARERS` people for a phone or a
thread, more than `MOST_CUSTOMERS` clusters for what is named. If the rest alone has more, so has the whole,
before and after, whoever the others are; the clusters of the rest are those of before. `Outside` tells it to the
linking of the part. A token that is crowded only together with nodes reached is no exception: all who bear it are
reached, and counted there.

Shapes of references are such tokens too: two references that untouched nodes know make a shape known for good;
where it hangs on touched ones, all who cite a reference of that shape are reached. Numbers that name no country
are not: what they are taken for is found anew among all phones, and those for which that changed are touched.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from consistency_check.identify.identity import Evidence
from consistency_check.identify.marks import (
    Kind,
    Role,
    make_detail_token,
    make_reference_token,
    make_shape_token,
    make_token,
)
from consistency_check.identify.mentions import MOST_CUSTOMERS
from consistency_check.identify.nodes import MOST_BEARERS
from consistency_check.identify.surroundings import Surroundings
from consistency_check.identify.tables import Array, LinkStore, Rows, Table, look_up

MARKS = ("token", "node", "kind", "role", "via")
_HOMES = ("node", "person", "keyed", "named")


@dataclass(frozen=True, slots=True)
class Shapes:
    """Tokens of shapes, sorted: known by untouched nodes alone, in doubt since touched ones bear them, and known."""

    sure: Array
    doubtful: Array
    known: Array


@dataclass(frozen=True, slots=True)
class Outside(Surroundings):
    """What the nodes that are not reached make of tokens: `crowded` ones say nothing, `shapes` are known."""

    crowded: frozenset[int]
    shapes: frozenset[int]
    abroad: Mapping[str, str]

    def is_crowded(self, kind: Evidence, text: str) -> bool:
        """See `Surroundings`."""
        return bool(self.crowded) and _find_token(kind, text) in self.crowded

    def knows_shape(self, shape: str) -> bool:
        """See `Surroundings`; bare digits have none."""
        return make_shape_token(shape) in self.shapes


def _find_token(kind: Evidence, text: str) -> int:
    if kind == Evidence.REFERENCE:
        return make_reference_token(text)
    name = _TOKENS.get(kind)
    return make_token(name, text) if name else make_detail_token(kind, text)


_TOKENS = {
    Evidence.PHONE: "phone",
    Evidence.CONVERSATION: "thread",
    Evidence.CITED_EMAIL: "mail",
    Evidence.CITED_PHONE: "line",
}


class Reach:
    """Grows from touched nodes until nothing passes its border; `fresh` are the marks of touched nodes now."""

    def __init__(self, store: LinkStore, touched: Array, fresh: Rows, shapes: Shapes) -> None:
        self._store = store
        self._shapes = shapes
        self._fresh = fresh
        self._rows: Rows = self._add_homes(fresh)
        self._tokens = np.zeros(0, np.uint64)
        self.inside = touched
        self.crowded = np.zeros(0, np.uint64)
        doubtful = store.fetch(Table.MARKS, ("node",), "via", shapes.doubtful)["node"]
        self.extend(np.concatenate([touched, doubtful]))

    def extend(self, nodes: Array) -> None:
        """Take in more nodes, and all that hang together with them."""
        new = np.union1d(nodes, self.inside)
        while len(new):
            self.inside = np.union1d(self.inside, new)
            self._read(new)
            new = np.setdiff1d(self._find_next(), self.inside)
            if not len(new):
                new = np.setdiff1d(self._find_neighbours(), self.inside)

    def _read(self, nodes: Array) -> None:
        """Fetch all marks of the tokens of some nodes."""
        own = self._store.fetch(Table.MARKS, ("token",), "node", nodes)["token"]
        tokens = np.setdiff1d(np.union1d(own, self._fresh["token"]), self._tokens)
        if len(tokens):
            self._tokens = np.union1d(self._tokens, tokens)
            found = self._add_homes(self._store.fetch(Table.MARKS, MARKS, "token", tokens))
            self._rows = {name: np.concatenate([self._rows[name], found[name]]) for name in self._rows}

    def _add_homes(self, marks: Rows) -> Rows:
        """The marks with person and clusters of their nodes; 0 for a node that is new."""
        homes = self._store.fetch(Table.HOMES, _HOMES, "node", np.unique(marks["node"]))
        added = {name: look_up(marks["node"], homes["node"], homes[name]) for name in _HOMES[1:]}
        return {**marks, **added}

    def _find_next(self) -> Array:
        """The nodes outside that bear a token which is neither silent nor crowded."""
        outside = ~np.isin(self._rows["node"], self.inside)
        rest = {name: column[outside] for name, column in self._rows.items()}
        self.crowded = self._find_crowded(rest)
        passing = np.setdiff1d(self._find_speaking(), self.crowded)
        return np.unique(rest["node"][np.isin(rest["token"], passing)])

    def _find_neighbours(self) -> Array:
        """The nodes of clusters that details link to a cluster of a node inside: they are settled together."""
        named = np.unique(self._store.fetch(Table.HOMES, ("named",), "node", self.inside)["named"])
        near = self._store.fetch(Table.NEIGHBOURS, ("other",), "cluster", named)["other"]
        return self._store.fetch(Table.HOMES, ("node",), "named", np.unique(near))["node"]

    def _find_speaking(self) -> Array:
        """The tokens by which something may pass, before the change or after it."""
        rows = self._rows
        kind, role, token = rows["kind"], rows["role"], rows["token"]
        cites = role == Role.CITES
        cited, borne = np.unique(token[cites]), np.unique(token[~cites])
        needs_both = np.intersect1d(token[(kind == Kind.MAIL) | (kind == Kind.LINE)], cited)
        live = np.union1d(self._shapes.sure, self._shapes.doubtful)
        shaped = cites & (kind == Kind.REFERENCE) & np.isin(rows["via"], live)
        plain = (kind == Kind.KEY) | (kind == Kind.SHARED) | ((kind == Kind.REFERENCE) & ~cites)
        return np.unique(
            np.concatenate(
                [
                    token[plain],
                    np.intersect1d(needs_both, borne),
                    token[shaped],
                    token[cites & (kind == Kind.DETAIL)],
                ]
            )
        )

    def _find_crowded(self, rest: Rows) -> Array:
        """The tokens that the rest alone makes too many people's."""
        kind, role, token = rest["kind"], rest["role"], rest["token"]
        cites = role == Role.CITES
        shared = _count(rest, kind == Kind.SHARED, "person") > MOST_BEARERS
        mails = _count(rest, cites & (kind == Kind.MAIL), "keyed") > MOST_CUSTOMERS
        # Who cites a reference counts only where the rest knows it, or its shape.
        knows = (kind == Kind.REFERENCE) & ((role == Role.OWNS) | (role == Role.NAMES))
        known = np.isin(token, token[knows]) | np.isin(rest["via"], self._shapes.sure)
        named = (kind == Kind.REFERENCE) & ((role == Role.NAMES) | (role == Role.CLAIMS) | (cites & known))
        references = _count(rest, named, "keyed") > MOST_CUSTOMERS
        details = _count(rest, cites & (kind == Kind.DETAIL), "named") > MOST_CUSTOMERS
        lines = self._count_lines(rest) > MOST_CUSTOMERS
        return np.unique(token[shared | mails | references | details | lines])

    def _count_lines(self, rest: Rows) -> Array:
        """How many clusters cite digits that are a phone or nothing, and certainly no reference."""
        cites = (rest["kind"] == Kind.LINE) & (rest["role"] == Role.CITES)
        many = _count(rest, cites, "keyed") > MOST_CUSTOMERS
        vias = np.unique(rest["via"][cites & many])
        marks = self._store.fetch(Table.MARKS, ("token", "role"), "token", vias)
        roles = np.concatenate([marks["role"], self._fresh["role"]])
        tokens = np.concatenate([marks["token"], self._fresh["token"]])
        references = np.unique(tokens[(roles == Role.OWNS) | (roles == Role.NAMES)])
        return _count(rest, cites & ~np.isin(rest["via"], references), "keyed")


def _count(rows: Rows, counted: Array, by: str) -> Array:
    """For each row how many different values its token has in the rows that count."""
    tokens, counts = _count_pairs(rows["token"][counted], rows[by][counted])
    return look_up(rows["token"], tokens, counts)


def _count_pairs(first: Array, second: Array) -> tuple[Array, Array]:
    """Each value of the first, sorted, and how many different values of the second it stands with."""
    order = np.lexsort((second, first))
    first, second = first[order], second[order]
    is_new = np.ones(len(first), bool)
    is_new[1:] = (first[1:] != first[:-1]) | (second[1:] != second[:-1])
    values, counts = np.unique(first[is_new], return_counts=True)
    return values, counts


def sort_shapes(kept: Rows, fresh: Rows, touched_before: Array) -> Shapes:
    """What is known of shapes: `kept` are the rows of untouched nodes, `fresh` those of touched ones now.

    `touched_before` are the shapes that touched nodes bore. A shape is known by two references.
    """
    sure = _list_known(kept)
    doubtful = np.setdiff1d(np.union1d(touched_before, fresh["shape"]), sure)
    in_doubt = np.isin(kept["shape"], doubtful)
    both = {name: np.concatenate([kept[name][in_doubt], fresh[name]]) for name in ("shape", "reference")}
    return Shapes(sure, doubtful, np.union1d(sure, _list_known(both)))


def _list_known(rows: Rows) -> Array:
    shapes, counts = _count_pairs(rows["shape"], rows["reference"])
    return shapes[counts > 1]
