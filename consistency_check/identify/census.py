"""What there is now, and what of it a change touched: identities, CRM records and their phones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain

import numpy as np

from consistency_check.identify.linker import sort_records
from consistency_check.identify.marks import (
    Kind,
    Mark,
    list_defined,
    mark_identity,
    mark_record,
)
from consistency_check.identify.nodes import describe_record
from consistency_check.identify.phones import find_abroad
from consistency_check.identify.profile import Profile
from consistency_check.identify.reach import Reach
from consistency_check.identify.stored import (
    Kept,
    digest_record,
    pack_identity,
    pack_noted,
    pack_record_name,
    pack_texts,
    unpack_kept,
)
from consistency_check.identify.tables import (
    COLUMNS,
    Array,
    LinkStore,
    Rows,
    Table,
    find_among,
    list_numbers,
    take_rows,
)
from consistency_check.model import CrmRecord

Record = tuple[int, CrmRecord]


@dataclass(slots=True)
class Census:
    """The nodes that are touched, as they are now, and what all nodes have to be known for.

    `records` are all of the CRM by their numbers, in the order of linking; of them `changed` are touched.
    `gone` are numbers of identities and records that are no more, `loud` those that are linked anew whatever
    their marks say: of identities that are new, or that were met more than once and are so no more.
    """

    store: LinkStore
    region: str
    kept: dict[int, Kept]
    gone: set[int]
    records: list[Record] = field(default_factory=list)
    changed: set[int] = field(default_factory=set)
    abroad: Mapping[str, str] = field(default_factory=dict)
    loud: set[int] = field(default_factory=set)
    _profiles: dict[int, Profile] = field(default_factory=dict)

    @property
    def touched(self) -> Array:
        """The numbers of all that changed, came or went, sorted."""
        return list_numbers([*self.kept, *self.changed, *self.gone])

    def take_records(self, crm: Iterable[CrmRecord], next_number: int) -> None:
        """Number the CRM's records, known ones as they were; those whose content differs are touched."""
        rows = self.store.fetch(Table.RECORDS, ("node", "record", "digest"))
        known = {
            record: (node, digest)
            for node, record, digest in zip(
                rows["node"].tolist(), rows["record"], rows["digest"], strict=True
            )
        }
        added = []
        for record, name in _name_records(crm):
            digest = digest_record(record)
            node, before = known.pop(name, (next_number, ""))
            next_number += node == next_number
            self.records.append((node, record))
            if digest != before:
                self.changed.add(node)
                added.append((node, name, digest))
        gone = {node for node, _ in known.values()}
        self.gone |= gone
        self.store.replace(
            Table.RECORDS, "node", list_numbers(gone | self.changed), take_rows(Table.RECORDS, added)
        )

    def settle_phones(self) -> None:
        """Find what numbers that name no country are; whoever bears one that is another's now is touched."""
        rows = self.store.fetch(Table.PHONES, ("node", "phone"))
        for node, record in self.records:
            if node in self.changed:
                self._profiles[node] = describe_record(record, self.region)
        added = [(node, each.identity.phone) for node, each in self.kept.items() if each.identity.phone]
        added += [(node, phone) for node, each in self._profiles.items() for phone in sorted(each.phones)]
        touched = self.touched
        self.store.replace(Table.PHONES, "node", touched, take_rows(Table.PHONES, added))
        stays = ~find_among(rows["node"], touched)
        kept = list(zip(rows["node"][stays].tolist(), rows["phone"][stays], strict=True))
        moved: set[int] = set()
        if not all(phone.startswith("+") for phone in chain(rows["phone"].tolist(), (p for _, p in added))):
            before = find_abroad(rows["phone"].tolist(), self.region)
            self.abroad = find_abroad((phone for _, phone in (*kept, *added)), self.region)
            moved = {node for node, phone in kept if before.get(phone) != self.abroad.get(phone)}
        self.kept.update(load_kept(self.store, list_numbers(moved)))
        for node, record in self.records:
            if node in moved:
                self.changed.add(node)
                self._profiles[node] = describe_record(record, self.region)
        for profile in self._profiles.values():
            profile.phones = {self.abroad.get(phone, phone) for phone in profile.phones}

    def list_marks(self) -> Rows:
        """The marks of touched nodes as they are now."""
        marks = [
            _place_mark(node, mark)
            for node, each in self.kept.items()
            for mark in mark_identity(each.identity, each.noted, each.threads, self.abroad)
        ]
        marks += [
            _place_mark(node, mark) for node, each in self._profiles.items() for mark in mark_record(each)
        ]
        return take_rows(Table.MARKS, marks)

    def list_shapes(self) -> Rows:
        """The shapes that touched nodes teach, and the references that do."""
        taught = [
            (shape, node, reference)
            for node, each in self.kept.items()
            for shape, reference in list_defined(each.identity.customer_id, each.noted.columns)
        ]
        taught += [
            (shape, node, reference)
            for node, profile in self._profiles.items()
            for shape, reference in list_defined(profile.owner, profile.references)
        ]
        return take_rows(Table.SHAPES, taught)

    def write_identities(self) -> None:
        """Keep the identities that changed."""
        rows = [
            (
                node,
                pack_identity(each.identity),
                pack_noted(each.noted),
                pack_texts(each.threads),
                each.replies,
            )
            for node, each in self.kept.items()
        ]
        self.store.replace(Table.NODES, "node", self.touched, take_rows(Table.NODES, rows))

    def find_loud(self, marks: Rows, reach: Reach) -> Array:
        """The touched nodes by which anybody may become another's; the others are quiet (see `reach`)."""
        known = self.kept.keys() - self.loud
        nodes = list_numbers(known)
        old = self.store.fetch(Table.MARKS, tuple(COLUMNS[Table.MARKS]), "node", nodes)
        now = {name: column[find_among(marks["node"], nodes)] for name, column in marks.items()}
        had, has = _list_rows(old), _list_rows(now)
        gained = has - had
        tokens = np.array(sorted({token for token, *_ in gained}), np.uint64)
        telling = set(reach.find_telling(tokens).tolist())
        heard = {node for token, node, kind, *_ in gained if kind == Kind.DETAIL or token in telling}
        heard.update(node for _, node, *_ in had - has)
        return list_numbers([*heard, *self.loud, *self.changed, *self.gone])


def _place_mark(node: int, mark: Mark) -> tuple[int, ...]:
    """A row of the table of marks."""
    return mark.token, node, mark.kind, mark.role, mark.via


def _list_rows(marks: Rows) -> set[tuple[int, ...]]:
    return set(zip(*(marks[name].tolist() for name in COLUMNS[Table.MARKS]), strict=True))


def _name_records(crm: Iterable[CrmRecord]) -> Iterable[tuple[CrmRecord, str]]:
    """Each record with a name that it keeps where its file grows: its id, and which one of that id."""
    seen = Counter[str]()
    for record in sort_records(crm):
        seen[record.customer_id] += 1
        yield record, pack_record_name(record.customer_id, seen[record.customer_id])


def load_kept(store: LinkStore, numbers: Array) -> dict[int, Kept]:
    """Identities by their numbers, as they were kept."""
    rows = store.fetch(Table.NODES, tuple(COLUMNS[Table.NODES]), "node", numbers)
    columns = (rows[name].tolist() for name in COLUMNS[Table.NODES])
    return {node: unpack_kept(*rest) for node, *rest in zip(*columns, strict=True)}
