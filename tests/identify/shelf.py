"""Tables of links in memory, for tests that grow hundreds of companies; they answer as the ledger's do."""

from __future__ import annotations

import numpy as np

from consistency_check.identify.tables import COLUMNS, Array, Rows, Table, take_rows


class Shelf:
    """A `LinkStore`; AssertionError for a question or for rows that the ledger would not take."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        self._tables: dict[Table, Rows] = {table: take_rows(table, []) for table in Table}

    def fetch(
        self, table: Table, columns: tuple[str, ...], where: str = "", among: Array | None = None
    ) -> dict[str, Array]:
        rows = self._tables[table]
        order = np.argsort(rows[columns[0]], kind="stable")
        if among is not None:
            order = order[find_any(rows[where], among)[order]]
        return {name: rows[name][order] for name in columns}

    def replace(self, table: Table, where: str, gone: Array, rows: Rows) -> None:
        assert {name: column.dtype for name, column in rows.items()} == COLUMNS[table]
        kept = self._tables[table]
        stays = ~find_any(kept[where], gone)
        self._tables[table] = {name: np.concatenate([kept[name][stays], rows[name]]) for name in rows}


def find_any(values: Array, among: Array) -> Array:
    """For each value whether it is asked for; numbers of another type would be compared as fractions."""
    assert values.dtype == among.dtype
    return np.isin(values, among)
