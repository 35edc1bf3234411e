"""Customers that grow from night to night: only what a change can touch is linked again.

The outcome is that of `Linker` over all replies, exactly: `reach` says why. What is kept between two runs is
a table for each thing that the next one asks (`tables.Table`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

import numpy as np

from consistency_check.identify.census import Census, load_kept
from consistency_check.identify.grown import (
    Changes,
    Grown,
    load_members,
    name_members,
    refresh_member,
    write_members,
)
from consistency_check.identify.linker import identify_reply
from consistency_check.identify.part import Part
from consistency_check.identify.phones import find_region
from consistency_check.identify.reach import Outside, Reach, sort_shapes
from consistency_check.identify.stored import Kept, pack_identity
from consistency_check.identify.tables import (
    Array,
    LinkStore,
    Table,
    combine,
    find_among,
    leave_out,
    list_different,
    list_numbers,
    take_rows,
)
from consistency_check.identify.weights import LEAST, find_bits
from consistency_check.identify.writing import NOBODY, write_clusters, write_homes, write_joins
from consistency_check.model import CrmRecord, Reply

VERSION = 1
"""Raised where replies become other identities, or these other customers, than before: all is linked anew."""


class Grower:
    """Takes in what changed, and tells which customers are others by it.

    `store` holds what earlier runs knew. Where that was made with another region, other patterns or another
    probability it is forgotten: `is_new` says that every reply must be added. Raises UnknownRegionError.
    """

    def __init__(
        self,
        store: LinkStore,
        crm: Iterable[CrmRecord] = (),
        region: str = "US",
        *,
        references: Sequence[re.Pattern[str]] = (),
        least: float = LEAST,
    ) -> None:
        self._store = store
        self._crm = crm
        self._region = find_region(region)
        self._patterns = references
        self._least = find_bits(least)
        patterns = [pattern.pattern for pattern in references]
        self.is_new = _open_store(store, json.dumps([VERSION, self._region, patterns, least]))
        rows = store.fetch(Table.NODES, ("node", "identity"))
        self._numbers = dict(zip(rows["identity"].tolist(), rows["node"].tolist(), strict=True))
        self._stored = set(self._numbers.values())
        records = store.fetch(Table.RECORDS, ("node",))["node"]
        self._next = 1 + max(int(rows["node"].max(initial=0)), int(records.max(initial=0)))
        self._added: dict[int, Kept] = {}
        self._rebuilt: set[int] = set()
        self._is_spent = False

    def add(self, reply: Reply) -> int:
        """Take a new reply in; the number of its identity, the same as long as replies of it are known."""
        identity, thread, columns = identify_reply(reply, self._region)
        node: int = self._numbers.setdefault(pack_identity(identity), self._next)
        self._next += node == self._next
        kept = self._added.get(node) or self._added.setdefault(node, Kept(identity))
        kept.replies += 1
        if thread:
            kept.threads.add(thread)
        kept.noted.add(columns, reply, self._patterns)
        return node

    def rebuild(self, node: int, replies: Iterable[Reply]) -> None:
        """Forget what a number's replies held but for these, which are all that stay; none where it goes.

        New replies are added afterwards. Raises ValueError for a reply of another number's: a bug.
        """
        self._rebuilt.add(node)
        self._added.pop(node, None)
        for reply in replies:
            if self.add(reply) != node:
                raise ValueError(f"reply {reply.id!r} is not of node {node}")

    def grow(self) -> Grown:
        """Link what changed and all that hangs together with it.

        Raises RuntimeError for a grower that has grown: a bug.
        """
        if self._is_spent:
            raise RuntimeError("a grower grows once; make another for what came since")
        self._is_spent = True
        census = self._count()
        marks, shapes = census.list_marks(), census.list_shapes()
        touched = census.touched
        if not len(touched):
            return Grown(self._store)
        known = self._store.fetch(Table.SHAPES, ("shape", "node", "reference"))
        was_touched = find_among(known["node"], touched)
        untouched = {name: column[~was_touched] for name, column in known.items()}
        learnt = sort_shapes(untouched, shapes, known["shape"][was_touched])
        reach = Reach(self._store, touched, marks, learnt)
        reach.extend(np.concatenate([census.find_loud(marks, reach), reach.find_doubtful()]))
        while True:
            before = list_different(self._fetch_homes(reach.inside, "named"))
            part = self._link_part(census, reach, frozenset(learnt.known.tolist()))
            wanted = part.link_details(self._store, before)
            if not wanted:
                break
            reach.extend(self._store.fetch(Table.HOMES, ("node",), "named", list_numbers(wanted))["node"])
        self._store.replace(Table.MARKS, "node", touched, marks)
        self._store.replace(Table.SHAPES, "node", touched, shapes)
        census.write_identities()
        changes = self._write_part(part, reach.inside, before)
        changes.update(self._refresh(census, leave_out(touched, reach.inside)))
        return Grown(self._store, changes.list_touched(), changes.list_gone(), len(reach.inside))

    def _count(self) -> Census:
        """What changed, with what was known of it."""
        grown = dict(self._added)
        loud = grown.keys() - self._stored
        rows = self._store.fetch(Table.NODES, ("node", "replies"), "node", list_numbers(self._rebuilt))
        for node, replies in zip(rows["node"].tolist(), rows["replies"].tolist(), strict=True):
            if node in grown and replies > 1 == grown[node].replies:
                loud.add(node)
        for node, kept in load_kept(self._store, list_numbers(grown.keys() - self._rebuilt)).items():
            kept.absorb(grown[node])
            grown[node] = kept
        census = Census(self._store, self._region, grown, self._rebuilt - grown.keys(), loud=loud)
        census.take_records(self._crm, self._next)
        census.settle_phones()
        return census

    def _link_part(self, census: Census, reach: Reach, shapes: frozenset[int]) -> Part:
        untouched = leave_out(reach.inside, census.touched)
        inside = set(reach.inside.tolist())
        kept = {node: each for node, each in census.kept.items() if node in inside}
        kept.update(load_kept(self._store, untouched))
        records = [(node, record) for node, record in census.records if node in inside]
        crowded, known = frozenset(reach.crowded.tolist()), frozenset(reach.known.tolist())
        outside = Outside(crowded, shapes, census.abroad, known)
        return Part(kept, records, self._region, self._least, outside)

    def _fetch_homes(self, nodes: Array, column: str) -> Array:
        return self._store.fetch(Table.HOMES, (column,), "node", nodes)[column]

    def _write_part(self, part: Part, inside: Array, before: Array) -> Changes:
        gone = list_different(self._fetch_homes(inside, "customer"))
        gone = gone[gone != NOBODY]
        old = list(load_members(self._store, gone))
        named, moved = name_members(self._store, gone, part.join())
        renamed = list_numbers(each.number for each in moved)
        old += load_members(self._store, renamed)
        new = [*named, *moved]
        write_members(self._store, combine(gone, renamed), new)
        homes = {node: each.number for each in named for node in each.nodes}
        write_homes(self._store, part, inside, homes)
        write_joins(self._store, part, gone, homes)
        write_clusters(self._store, part, before)
        return Changes(old, new)

    def _refresh(self, census: Census, quiet: Array) -> Changes:
        """Describe the customers anew of whose nodes none was linked again, but some were met again."""
        numbers = list_different(self._fetch_homes(quiet, "customer"))
        old = list(load_members(self._store, numbers))
        kept = load_kept(self._store, list_numbers(node for each in old for node in each.nodes))
        records = {record.customer_id: record for _, record in reversed(census.records)}
        new = [refresh_member(each, kept, records) for each in old]
        write_members(self._store, numbers, new)
        return Changes(old, new)


def _open_store(store: LinkStore, setting: str) -> bool:
    """True where the store held nothing that was made with this setting: then it holds nothing now."""
    stored = store.fetch(Table.SETTINGS, ("setting",))["setting"].tolist()
    if stored == [setting]:
        return False
    store.clear()
    store.replace(Table.SETTINGS, "setting", np.array([], object), take_rows(Table.SETTINGS, [(setting,)]))
    return True
