"""The CRM's records, numbered: which of them are new or other than before, and which are no more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import count

from consistency_check.identify.linker import sort_records
from consistency_check.identify.stored import digest_record, pack_record, pack_record_name, unpack_record
from consistency_check.identify.tables import LinkStore, Table, list_numbers, take_rows
from consistency_check.model import CrmRecord

Record = tuple[int, CrmRecord]


class Roll:
    """All records by their numbers, in the order of linking; known ones have the number that they had.

    They are kept as texts, which take a quarter of the memory. `gone` are the numbers of those that are no
    more, `next_number` is the first that nothing has.
    """

    def __init__(self, store: LinkStore, crm: Iterable[CrmRecord], next_number: int) -> None:
        rows = store.fetch(Table.RECORDS, ("record", "node", "digest"))
        columns = (rows[name].tolist() for name in ("record", "node", "digest"))
        known = {name: (node, digest) for name, node, digest in zip(*columns, strict=True)}
        self._texts: dict[int, tuple[str, str]] = {}
        self._changed: list[int] = []
        new = count(next_number)
        for name, content in _name_records(crm):
            node, digest = known.pop(name, None) or (next(new), "")
            self._texts[node] = name, content
            if digest_record(content) != digest:
                self._changed.append(node)
        self.next_number = next(new)
        self.gone = {node for node, _ in known.values()}

    def take_changed(self, most: int) -> list[Record]:
        """The next of those that are new or other than before, each of them once."""
        taken = self._changed[:most]
        del self._changed[:most]
        return [(node, unpack_record(self._texts[node][1])) for node in taken]

    def has_changed(self) -> bool:
        """Whether there are more of these."""
        return bool(self._changed)

    def select(self, numbers: Collection[int]) -> list[Record]:
        """Some records, in the order of linking."""
        return [
            (node, unpack_record(content)) for node, (_, content) in self._texts.items() if node in numbers
        ]

    def find_first(self, customer_ids: Iterable[str]) -> dict[str, CrmRecord]:
        """The first record of each of these customers."""
        names = {pack_record_name(each, 1): each for each in customer_ids}
        found = ((names.get(name), content) for name, content in self._texts.values()) if names else ()
        return {owner: unpack_record(content) for owner, content in found if owner is not None}

    def write(self, store: LinkStore, records: Sequence[Record], gone: Collection[int]) -> None:
        """Keep that these are known."""
        rows = [(node, self._texts[node][0], digest_record(self._texts[node][1])) for node, _ in records]
        numbers = list_numbers({*gone, *(node for node, _ in records)})
        store.replace(Table.RECORDS, "node", numbers, take_rows(Table.RECORDS, rows))


def _name_records(crm: Iterable[CrmRecord]) -> Iterable[tuple[str, str]]:
    """The name of each record, which it keeps where its file grows, and its text.

    The name is its id, and which one of that id it is.
    """
    seen = Counter[str]()
    for record in sort_records(crm):
        seen[record.customer_id] += 1
        yield pack_record_name(record.customer_id, seen[record.customer_id]), pack_record(record)
