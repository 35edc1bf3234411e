"""The tables by which customers grow from night to night: identities, what they share, who they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from consistency_check.ledger.packing import dump, hash_text

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from numpy.typing import NDArray

TABLES: Mapping[str, Mapping[str, str]] = {
    "link_nodes": {
        "node": "BIGINT",
        "identity": "VARCHAR",
        "noted": "VARCHAR",
        "threads": "VARCHAR",
        "replies": "BIGINT",
    },
    "link_records": {"node": "BIGINT", "record": "VARCHAR", "digest": "VARCHAR"},
    "link_phones": {"node": "BIGINT", "phone": "VARCHAR", "tail": "BIGINT"},
    "link_marks": {
        "token": "UBIGINT",
        "node": "BIGINT",
        "kind": "TINYINT",
        "role": "TINYINT",
        "via": "UBIGINT",
    },
    "link_shapes": {"shape": "UBIGINT", "node": "BIGINT", "reference": "UBIGINT"},
    "link_homes": {
        "node": "BIGINT",
        "person": "UBIGINT",
        "keyed": "BIGINT",
        "named": "BIGINT",
        "customer": "BIGINT",
    },
    "link_customers": {
        "customer": "BIGINT",
        "key": "VARCHAR",
        "root": "UBIGINT",
        "bare": "VARCHAR",
        "given": "VARCHAR",
        "smallest": "VARCHAR",
        "name": "VARCHAR",
        "linked_by": "VARCHAR",
        "attributes": "VARCHAR",
        "certainty": "DOUBLE",
    },
    "link_joins": {
        "customer": "BIGINT",
        "place": "BIGINT",
        "a": "BIGINT",
        "b": "BIGINT",
        "bits": "DOUBLE",
    },
    "link_clusters": {"cluster": "BIGINT", "profile": "VARCHAR"},
    "link_blocks": {"block": "UBIGINT", "cluster": "BIGINT"},
    "link_neighbours": {"cluster": "BIGINT", "other": "BIGINT"},
    "link_settings": {"setting": "VARCHAR"},
}
"""The tables and the types of their columns."""


def sign_tables() -> str:
    """What stands for these tables and columns: where it changes, they are made anew."""
    return hash_text(dump(TABLES))


class LinkTables:
    """The tables of links in a ledger; it reads and writes within the transaction of its connection."""

    def __init__(self, connection: DuckDBPyConnection) -> None:
        self._connection = connection

    def create(self) -> None:
        """Make all tables, empty, in the place of any that are there."""
        for name, columns in TABLES.items():
            described = ", ".join(f"{column} {type_} NOT NULL" for column, type_ in columns.items())
            self._connection.execute(f"CREATE OR REPLACE TABLE {name} ({described})")

    def fetch(
        self, table: str, columns: tuple[str, ...], where: str = "", among: NDArray[Any] | None = None
    ) -> dict[str, NDArray[Any]]:
        """Some columns of the rows, by the first of them; those whose `where` is among values."""
        _check_names(table, (*columns, where or columns[0]))
        query = f"SELECT {', '.join(columns)} FROM {table}"
        order = f"ORDER BY {columns[0]}"
        if among is None:
            return _take(self._connection.execute(f"{query} {order}").fetchnumpy())
        query = f"{query} WHERE {where} IN (SELECT {_unnest(table, where)}) {order}"
        return _take(self._connection.execute(query, [among.tolist()]).fetchnumpy())

    def replace(self, table: str, where: str, gone: NDArray[Any], rows: Mapping[str, NDArray[Any]]) -> None:
        """Remove the rows whose `where` is among `gone`, then add rows."""
        _check_names(table, (where,))
        columns = TABLES[table]
        if len(gone):
            query = f"DELETE FROM {table} WHERE {where} IN (SELECT {_unnest(table, where)})"
            self._connection.execute(query, [gone.tolist()])
        if len(rows[where]):
            values = ", ".join(_unnest(table, name) for name in columns)
            added = [rows[name].tolist() for name in columns]
            self._connection.execute(f"INSERT INTO {table} SELECT {values}", added)

    def clear(self) -> None:
        """Remove everything."""
        for name in TABLES:
            self._connection.execute(f"DELETE FROM {name}")


def _unnest(table: str, column: str) -> str:
    """The values of a parameter: arrays that were registered would stay to the end of the transaction."""
    return f"unnest(?::{TABLES[table][column]}[])"


def _take(fetched: Mapping[str, Any]) -> dict[str, NDArray[Any]]:
    """Plain arrays: no column holds a NULL."""
    return {name: array.data if hasattr(array, "mask") else array for name, array in fetched.items()}


def _check_names(table: str, columns: tuple[str, ...]) -> None:
    """No text of anybody's becomes SQL. KeyError for a name that is no table's: a bug."""
    for column in columns:
        TABLES[table][column]
