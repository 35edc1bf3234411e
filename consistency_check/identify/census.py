"""What there is now, and what of it a change touched: identities, CRM records and their phones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from consistency_check.identify.marks import (
    Kind,
    Mark,
    list_defined,
    mark_identity,
    mark_record,
)
from consistency_check.identify.nodes import describe_record
from consistency_check.identify.phones import find_abroad, find_tail, is_bare
from consistency_check.identify.profile import Profile
from consistency_check.identify.reach import Reach
from consistency_check.identify.roll import Roll
from consistency_check.identify.stored import Kept, pack_identity, pack_noted, pack_texts, unpack_kept
from consistency_check.identify.tables import (
    COLUMNS,
    Array,
    LinkStore,
    Rows,
    Table,
    combine,
    find_among,
    list_different,
    list_numbers,
    take_rows,
)
from consistency_check.model import CrmRecord

_PHONES = ("node", "phone", "tail")


@dataclass(slots=True)
class Census:
    """The nodes that are touched, as they are now, and what all nodes have to be known for.

    `changed` are the CRM's records that are touched, by their numbers. `gone` are numbers of identities and
    records that are no more, `loud` those that are linked anew whatever their marks say: of identities that
    are new, or that were met more than once and are so no more.
    """

    store: LinkStore
    region: str
    kept: dict[int, Kept]
    changed: dict[int, CrmRecord]
    gone: set[int]
    loud: set[int]
    _abroad: Mapping[str, str] = field(default_factory=dict)
    _profiles: dict[int, Profile] = field(default_factory=dict)

    @property
    def touched(self) -> Array:
        """The numbers of all that changed, came or went, sorted."""
        return list_numbers([*self.kept, *self.changed, *self.gone])

    def settle_phones(self, roll: Roll) -> None:
        """Find what numbers that name no country are; whoever bears one that is another's now is touched."""
        self._describe(self.changed)
        added = [(node, each.identity.phone) for node, each in self.kept.items()]
        added += [(node, phone) for node, each in self._profiles.items() for phone in sorted(each.phones)]
        tailed = [(*each, tail) for each in added if (tail := find_tail(each[1])) is not None]
        touched, rows = self.touched, take_rows(Table.PHONES, tailed)
        old = self.store.fetch(Table.PHONES, _PHONES, "node", touched)
        self.store.replace(Table.PHONES, "node", touched, rows)
        now = self._fetch_phones(combine(old["tail"], rows["tail"]))
        stays = ~find_among(now["node"], touched)
        kept = list(zip(now["node"][stays].tolist(), now["phone"][stays], strict=True))
        before = find_abroad((*old["phone"], *(phone for _, phone in kept)), self.region)
        self._abroad = find_abroad(now["phone"], self.region)
        moved = {node for node, phone in kept if before.get(phone) != self._abroad.get(phone)}
        self.kept.update(load_kept(self.store, list_numbers(moved)))
        records = dict(roll.select(moved))
        self.changed.update(records)
        self._describe(records)
        for profile in self._profiles.values():
            profile.phones = {self._abroad.get(phone, phone) for phone in profile.phones}

    def _describe(self, records: Mapping[int, CrmRecord]) -> None:
        self._profiles.update((node, describe_record(each, self.region)) for node, each in records.items())

    def _fetch_phones(self, tails: Array) -> Rows:
        """All phones with these tails."""
        return self.store.fetch(Table.PHONES, _PHONES, "tail", tails)

    def find_abroad(self, nodes: Array) -> dict[str, str]:
        """What the numbers of some nodes that name no country are (`phones.find_abroad`)."""
        rows = self.store.fetch(Table.PHONES, ("phone", "tail"), "node", nodes)
        bare = np.fromiter(map(is_bare, rows["phone"]), bool, len(rows["phone"]))
        return find_abroad(self._fetch_phones(list_different(rows["tail"][bare]))["phone"], self.region)

    def list_marks(self) -> Rows:
        """The marks of touched nodes as they are now."""
        marks = [
            _place_mark(node, mark)
            for node, each in self.kept.items()
            for mark in mark_identity(each.identity, each.noted, each.threads, self._abroad)
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


def load_kept(store: LinkStore, numbers: Array) -> dict[int, Kept]:
    """Identities by their numbers, as they were kept."""
    rows = store.fetch(Table.NODES, tuple(COLUMNS[Table.NODES]), "node", numbers)
    columns = (rows[name].tolist() for name in COLUMNS[Table.NODES])
    return {node: unpack_kept(*rest) for node, *rest in zip(*columns, strict=True)}
