"""Which nodes a change can touch: all that hang together with it by tokens that still tell something.

Who is whom among the nodes reached is then decided without the others, and the others stay as they are.
That is exact if nothing passes from one side to the other. What passes is a token that nodes on both sides
bear, so each such token must say nothing to either side, before the change as after it. There are two
reasons for which it may, and both are told by the rest alone, that is by nodes that are as they were:

*Silent.* An e-mail or a phone that is cited and that nobody bears, a phone or a detail that nobody cites, a
reference that no column, record or pattern knows and whose shape is not known. A change can make it speak
only by a node that bears it, which the change then touches: so it is judged by the marks of before and
after.

*Crowded.* Linking leaves out what too many bear or name: more than `MOST_BEARERS` people for a phone or a
thread, more than `MOST_CUSTOMERS` clusters for what is named. If the rest alone has more, so has the whole,
before and after, whoever the others are; the clusters of the rest are those of before. `Outside` tells it
to the linking of the part. A token that is crowded only together with nodes reached is no exception: all
who bear it are reached, and counted there.

Shapes of references are such tokens too: two references that untouched nodes know make a shape known for
good; where it hangs on touched ones, all who cite a reference of that shape are reached. Numbers that name
no country are not: what they are taken for is found anew among all phones, and those for which that changed
are touched.

Most changes tell nothing new: somebody known writes once more, in a thread of their own. A node is *quiet*
if it lost no token, if none that it gained says anything to anybody, for nobody else bears it or by the
reasons above, and if its details are as they were. All evidence by what texts, columns and threads say is
what two sides share, so a quiet node is whose it was; only how often it was met has changed. Growth begins at
the others. A token lost always counts: a phone that is taken for another, a crowd's, spoke against others
while it was one's own, and what replies said that are gone must not stay in what is kept of their cluster.
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
from consistency_check.identify.tables import (
    COLUMNS,
    Array,
    LinkStore,
    Rows,
    Table,
    combine,
    find_among,
    leave_out,
    list_different,
    look_up,
)

_COUNTED = ("person", "keyed", "named")


@dataclass(frozen=True, slots=True)
class Shapes:
    """Tokens of shapes, sorted: known by untouched nodes alone, in doubt by touched ones, known now."""

    sure: Array
    doubtful: Array
    known: Array


@dataclass(frozen=True, slots=True)
class Outside(Surroundings):
    """What the nodes that are not reached make of tokens: `crowded` ones say nothing, `shapes` are known.

    `known` are those of the crowded ones that are references to somebody.
    """

    crowded: frozenset[int]
    shapes: frozenset[int]
    abroad: Mapping[str, str]
    known: frozenset[int] = frozenset()

    @property
    def has_crowds(self) -> bool:
        """See `Surroundings`."""
        return bool(self.crowded)

    def is_crowded(self, kind: Evidence, text: str) -> bool:
        """See `Surroundings`."""
        return self.has_crowds and _find_token(kind, text) in self.crowded

    def knows_reference(self, reference: str) -> bool:
        """See `Surroundings`."""
        return bool(self.known) and make_reference_token(reference) in self.known

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
    """Grows from touched nodes until nothing passes its border.

    `touched` are the numbers of all that changed, sorted, and `fresh` their marks as they are now. `inside`
    are the nodes reached, `crowded` the tokens that those outside make too many people's, and `known` those
    of them that are references to one outside.
    """

    def __init__(self, store: LinkStore, touched: Array, fresh: Rows, shapes: Shapes) -> None:
        self._store = store
        self._shapes = shapes
        self._fresh = fresh
        self._rows: Rows = self._add_homes(fresh)
        self._tokens = np.zeros(0, np.uint64)
        self._touched = touched
        self.inside = np.zeros(0, np.int64)
        self.crowded = np.zeros(0, np.uint64)
        self.known = np.zeros(0, np.uint64)

    def find_telling(self, tokens: Array) -> Array:
        """Those of some tokens that tell something: a change of no other token makes anybody another's."""
        self._fetch(tokens)
        sight = _Sight(self._rows, ~find_among(self._rows["node"], self._touched))
        borne = sight.count(np.ones(len(self._rows["node"]), bool), "node") > 1
        telling = self._find_speaking(sight) & borne & ~self._find_crowded(sight)
        return np.intersect1d(tokens, sight.tokens[telling], assume_unique=True)

    def find_doubtful(self) -> Array:
        """The nodes that cite a reference of a shape which a change may have made known, or unknown."""
        return self._store.fetch(Table.MARKS, ("node",), "via", self._shapes.doubtful)["node"]

    def extend(self, nodes: Array) -> None:
        """Take in more nodes, and all that hang together with them."""
        new = combine(nodes, self.inside)
        while len(new):
            self.inside = combine(self.inside, new)
            self._read(new)
            new = leave_out(self._find_next(), self.inside)
            if not len(new):
                new = leave_out(self._find_neighbours(), self.inside)

    def _read(self, nodes: Array) -> None:
        """Fetch all marks of the tokens of some nodes."""
        own = self._store.fetch(Table.MARKS, ("token",), "node", nodes)["token"]
        self._fetch(combine(own, self._fresh["token"][find_among(self._fresh["node"], nodes)]))

    def _fetch(self, tokens: Array) -> None:
        tokens = leave_out(tokens, self._tokens)
        if len(tokens):
            self._tokens = combine(self._tokens, tokens)
            found = self._add_homes(
                self._store.fetch(Table.MARKS, tuple(COLUMNS[Table.MARKS]), "token", tokens)
            )
            self._rows = {name: np.concatenate([self._rows[name], found[name]]) for name in self._rows}

    def _add_homes(self, marks: Rows) -> Rows:
        """The marks with person and clusters of their nodes; 0 for a node that is new."""
        homes = self._store.fetch(Table.HOMES, ("node", *_COUNTED), "node", list_different(marks["node"]))
        added = {name: look_up(marks["node"], homes["node"], homes[name]) for name in _COUNTED}
        return {**marks, **added}

    def _find_next(self) -> Array:
        """The nodes outside that share with one inside a token which is neither silent nor crowded."""
        sight = _Sight(self._rows, ~find_among(self._rows["node"], self.inside))
        crowded = self._find_crowded(sight)
        self.crowded = sight.tokens[crowded]
        self.known = sight.tokens[crowded & sight.has(sight.outside & self._is_reference())]
        passing = self._find_speaking(sight) & ~crowded & sight.has(~sight.outside)
        return list_different(self._rows["node"][sight.outside & passing[sight.at]])

    def _find_neighbours(self) -> Array:
        """The nodes of clusters that details link to one of a node inside: they are settled together."""
        named = list_different(self._store.fetch(Table.HOMES, ("named",), "node", self.inside)["named"])
        near = self._store.fetch(Table.NEIGHBOURS, ("other",), "cluster", named)["other"]
        return self._store.fetch(Table.HOMES, ("node",), "named", list_different(near))["node"]

    def _find_speaking(self, sight: _Sight) -> Array:
        """For each token whether something may pass by it, before the change or after it."""
        kind, cites = self._rows["kind"], self._rows["role"] == Role.CITES
        live = combine(self._shapes.sure, self._shapes.doubtful)
        is_reference = kind == Kind.REFERENCE
        shaped = cites & is_reference & find_among(self._rows["via"], live)
        speaks = (kind == Kind.KEY) | (kind == Kind.SHARED) | (is_reference & ~cites) | shaped
        speaks |= cites & (kind == Kind.DETAIL)
        needs_both = (kind == Kind.MAIL) | (kind == Kind.LINE)
        return sight.has(speaks) | (sight.has(needs_both & cites) & sight.has(needs_both & ~cites))

    def _is_reference(self) -> Array:
        """For each row whether it makes its token a reference, whose digits are no phone's."""
        kind, role = self._rows["kind"], self._rows["role"]
        return np.asarray((kind == Kind.REFERENCE) & ((role == Role.OWNS) | (role == Role.NAMES)))

    def _find_crowded(self, sight: _Sight) -> Array:
        """For each token whether the rest alone makes it too many people's."""
        outside = sight.outside
        kind, role = self._rows["kind"], self._rows["role"]
        cites = role == Role.CITES
        makes = self._is_reference()
        knows = sight.has(outside & makes)
        # Who cites a reference counts only where the rest knows it, or its shape.
        known = knows[sight.at] | find_among(self._rows["via"], self._shapes.sure)
        # What patterns claim may be a phone to those who cite it, unless a node reached alone knows better.
        settled = (knows | ~sight.has(makes))[sight.at]
        named = (role == Role.NAMES) | ((role == Role.CLAIMS) & settled) | (cites & known)
        named &= kind == Kind.REFERENCE
        named |= cites & (kind == Kind.MAIL)
        crowded = sight.count(outside & (kind == Kind.SHARED), "person") > MOST_BEARERS
        crowded |= sight.count(outside & named, "keyed") > MOST_CUSTOMERS
        crowded |= sight.count(outside & cites & (kind == Kind.DETAIL), "named") > MOST_CUSTOMERS
        return crowded | (self._count_lines(sight, outside & cites & (kind == Kind.LINE)) > MOST_CUSTOMERS)

    def _count_lines(self, sight: _Sight, cites: Array) -> Array:
        """For each token how many clusters cite digits that are a phone or nothing, surely no reference."""
        many = sight.count(cites, "keyed") > MOST_CUSTOMERS
        cites &= many[sight.at]
        vias = list_different(self._rows["via"][cites])
        marks = self._store.fetch(Table.MARKS, ("token", "role"), "token", vias)
        roles = np.concatenate([marks["role"], self._fresh["role"]])
        tokens = np.concatenate([marks["token"], self._fresh["token"]])
        references = list_different(tokens[(roles == Role.OWNS) | (roles == Role.NAMES)])
        return sight.count(cites & ~find_among(self._rows["via"], references), "keyed")


class _Sight:
    """Rows of marks by token; `at` is the place of each row's token, `outside` is true of the rest."""

    def __init__(self, rows: Rows, outside: Array) -> None:
        self._rows = rows
        self.outside = outside
        self.tokens, self.at = np.unique(rows["token"], return_inverse=True)

    def has(self, mask: Array) -> Array:
        """For each token whether one of its rows is marked."""
        found = np.zeros(len(self.tokens), bool)
        found[self.at[mask]] = True
        return found

    def count(self, mask: Array, by: str) -> Array:
        """For each token how many different values its marked rows have."""
        tokens, counts = _count_pairs(self.at[mask], self._rows[by][mask])
        found = np.zeros(len(self.tokens), np.int64)
        found[tokens] = counts
        return found


def _count_pairs(first: Array, second: Array) -> tuple[Array, Array]:
    """Each value of the first, sorted, and how many different values of the second it stands with."""
    order = np.lexsort((second, first))
    first, second = first[order], second[order]
    is_new = np.ones(len(first), bool)
    is_new[1:] = (first[1:] != first[:-1]) | (second[1:] != second[:-1])
    first = first[is_new]
    starts = np.flatnonzero(np.append(True, first[1:] != first[:-1])) if len(first) else np.zeros(0, np.int64)
    return first[starts], np.diff(np.append(starts, len(first)))


def sort_shapes(kept: Rows, fresh: Rows, touched_before: Array) -> Shapes:
    """What is known of shapes: `kept` are the rows of untouched nodes, `fresh` those of touched ones now.

    `touched_before` are the shapes that touched nodes bore. A shape is known by two references.
    """
    sure = _list_known(kept)
    doubtful = leave_out(combine(touched_before, fresh["shape"]), sure)
    in_doubt = find_among(kept["shape"], doubtful)
    both = {name: np.concatenate([kept[name][in_doubt], fresh[name]]) for name in ("shape", "reference")}
    return Shapes(sure, doubtful, combine(sure, _list_known(both)))


def _list_known(rows: Rows) -> Array:
    shapes, counts = _count_pairs(rows["shape"], rows["reference"])
    return shapes[counts > 1]
