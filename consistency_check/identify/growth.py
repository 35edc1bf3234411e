"""Customers that grow from night to night: only what a change can touch is linked again.

The outcome is that of `Linker` over all replies, exactly: `reach` says why. What is kept between two runs is
a table for each thing that the next one asks (`tables.Table`). What is much for one run is linked in
portions, as if each were a run of its own, so that memory does not grow with it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

import numpy as np

from consistency_check.identify.census import Census, load_kept
from consistency_check.identify.grown import (
    Grown,
    list_changed,
    load_members,
    name_members,
    refresh_member,
    write_members,
)
from consistency_check.identify.linker import identify_reply
from consistency_check.identify.part import Part
from consistency_check.identify.phones import find_region
from consistency_check.identify.reach import Outside, Reach, sort_shapes
from consistency_check.identify.roll import Roll
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

PORTION = 10_000
"""Identities, and CRM records, that are linked at once."""
VERSION = 2
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
        self._region = find_region(region)
        self._patterns = references
        self._least = find_bits(least)
        patterns = [pattern.pattern for pattern in references]
        self.is_new = _open_store(store, json.dumps([VERSION, self._region, patterns, least]))
        numbers = [store.fetch(table, ("node",))["node"] for table in (Table.NODES, Table.RECORDS)]
        self._roll = Roll(store, crm, 1 + max(int(column.max(initial=0)) for column in numbers))
        self._next = self._roll.next_number
        self._gone = self._roll.gone
        self._numbers: dict[str, int] = {}
        self._stored: set[int] = set()
        self._added: dict[int, Kept] = {}
        self._rebuilt: set[int] = set()
        self._touched = list_numbers(())
        self._reached = 0
        self._is_spent = False

    def add(self, reply: Reply) -> int:
        """Take a new reply in; the number of its identity, the same as long as replies of it are known."""
        return self.add_all([reply])[0]

    def add_all(self, replies: Sequence[Reply]) -> list[int]:
        """The same for several, which is faster than one by one; what is there may be linked meanwhile."""
        self._make_room()
        return self._add_all(replies)

    def _add_all(self, replies: Sequence[Reply]) -> list[int]:
        identified = [identify_reply(reply, self._region) for reply in replies]
        written = [pack_identity(identity) for identity, _, _ in identified]
        self._look_up(written)
        nodes = []
        for reply, text, (identity, thread, columns) in zip(replies, written, identified, strict=True):
            node = self._numbers.setdefault(text, self._next)
            self._next += node == self._next
            kept = self._added.get(node) or self._added.setdefault(node, Kept(identity))
            kept.replies += 1
            if thread:
                kept.threads.add(thread)
            kept.noted.add(columns, reply, self._patterns)
            nodes.append(node)
        return nodes

    def _look_up(self, written: Iterable[str]) -> None:
        """Learn the numbers of the identities that are known."""
        asked = np.array(sorted({*written} - self._numbers.keys()), object)
        rows = self._store.fetch(Table.NODES, ("identity", "node"), "identity", asked)
        self._numbers.update(zip(rows["identity"].tolist(), rows["node"].tolist(), strict=True))
        self._stored.update(rows["node"].tolist())

    def rebuild(self, node: int, replies: Sequence[Reply]) -> None:
        """Forget what a number's replies held but for these, which are all that stay; none where it goes.

        New replies are added afterwards. Raises ValueError for a reply of another number's: a bug.
        """
        self._make_room()
        self._rebuilt.add(node)
        self._added.pop(node, None)
        for reply, found in zip(replies, self._add_all(replies), strict=True):
            if found != node:
                raise ValueError(f"reply {reply.id!r} is not of node {node}")

    def _make_room(self) -> None:
        if len(self._added) + len(self._rebuilt) >= PORTION:
            self._grow_portion()

    def grow(self) -> Grown:
        """Link what changed and all that hangs together with it.

        Raises RuntimeError for a grower that has grown: a bug.
        """
        if self._is_spent:
            raise RuntimeError("a grower grows once; make another for what came since")
        self._is_spent = True
        self._grow_portion()
        while self._roll.has_changed():
            self._grow_portion()
        return Grown(self._store, self._touched, self._reached)

    def _grow_portion(self) -> None:
        """Link what has come since the last portion, with some of the CRM's changed records."""
        census = self._count()
        marks, shapes = census.list_marks(), census.list_shapes()
        touched = census.touched
        if not len(touched):
            return
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
        changed = combine(
            self._write_part(part, reach.inside, before), self._refresh(leave_out(touched, reach.inside))
        )
        self._touched = combine(self._touched, changed)
        self._reached += len(reach.inside)

    def _count(self) -> Census:
        """What changed, with what was known of it; nothing of it waits to be linked any more."""
        grown, self._added = self._added, {}
        rebuilt, self._rebuilt = self._rebuilt, set()
        loud = grown.keys() - self._stored
        self._numbers, self._stored = {}, set()
        rows = self._store.fetch(Table.NODES, ("node", "replies"), "node", list_numbers(rebuilt))
        for node, replies in zip(rows["node"].tolist(), rows["replies"].tolist(), strict=True):
            if node in grown and replies > 1 == grown[node].replies:
                loud.add(node)
        for node, kept in load_kept(self._store, list_numbers(grown.keys() - rebuilt)).items():
            kept.absorb(grown[node])
            grown[node] = kept
        records = self._roll.take_changed(PORTION)
        self._roll.write(self._store, records, self._gone)
        gone = (rebuilt - grown.keys()) | self._gone
        self._gone = set()
        census = Census(self._store, self._region, grown, dict(records), gone, loud)
        census.settle_phones(self._roll)
        return census

    def _link_part(self, census: Census, reach: Reach, shapes: frozenset[int]) -> Part:
        untouched = leave_out(reach.inside, census.touched)
        inside = set(reach.inside.tolist())
        kept = {node: each for node, each in census.kept.items() if node in inside}
        kept.update(load_kept(self._store, untouched))
        crowded, known = frozenset(reach.crowded.tolist()), frozenset(reach.known.tolist())
        outside = Outside(crowded, shapes, census.find_abroad(reach.inside), known)
        return Part(kept, self._roll.select(inside), self._region, self._least, outside)

    def _fetch_homes(self, nodes: Array, column: str) -> Array:
        return self._store.fetch(Table.HOMES, (column,), "node", nodes)[column]

    def _write_part(self, part: Part, inside: Array, before: Array) -> Array:
        """Keep what was linked; the numbers of the customers that it changed."""
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
        return list_changed(old, new)

    def _refresh(self, quiet: Array) -> Array:
        """Describe the customers anew of whose nodes none was linked again, but some were met again."""
        numbers = list_different(self._fetch_homes(quiet, "customer"))
        old = list(load_members(self._store, numbers))
        kept = load_kept(self._store, list_numbers(node for each in old for node in each.nodes))
        records = self._roll.find_first({each.bare for each in old})
        new = [refresh_member(each, kept, records) for each in old]
        write_members(self._store, numbers, new)
        return list_changed(old, new)


def _open_store(store: LinkStore, setting: str) -> bool:
    """True where the store held nothing that was made with this setting: then it holds nothing now."""
    stored = store.fetch(Table.SETTINGS, ("setting",))["setting"].tolist()
    if stored == [setting]:
        return False
    store.clear()
    store.replace(Table.SETTINGS, "setting", np.array([], object), take_rows(Table.SETTINGS, [(setting,)]))
    return True
