"""Writes a ledger's file anew: what was erased is then in no block of it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

ERASED = "erased"
"""The fact that something was erased whose bytes are still in free blocks of the file."""
_COPY = "rewritten ledger"


def rewrite(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Copy all that the open ledger at `path` holds into a file beside it, and put that in its place.

    The old file stays locked until the new one is whole and has its name: killed at any point, one of the two
    is there. What a killed one leaves beside it is removed by the next.
    """
    beside = path.with_name(f".{path.name}.rewritten")
    log = beside.with_name(f"{beside.name}.wal")
    for old in (beside, log):
        old.unlink(missing_ok=True)
    try:
        _copy(connection, beside)
        with beside.open("rb+") as stream:
            os.fsync(stream.fileno())
        beside.replace(path)
        _settle_name(path.parent)
    finally:
        for left in (beside, log):
            left.unlink(missing_ok=True)


def _copy(connection: duckdb.DuckDBPyConnection, target: Path) -> None:
    row = connection.execute("SELECT current_database()").fetchone()
    assert row is not None
    own, literal = row[0].replace('"', '""'), str(target).replace("'", "''")
    connection.execute(f"ATTACH '{literal}' AS \"{_COPY}\"")
    connection.execute(f'COPY FROM DATABASE "{own}" TO "{_COPY}"')
    connection.execute(f'DELETE FROM "{_COPY}".facts WHERE name = ?', [ERASED])
    connection.execute(f'CHECKPOINT "{_COPY}"')
    connection.execute(f'DETACH "{_COPY}"')


def _settle_name(folder: Path) -> None:
    """The new name is on disk as well, where folders can be written through."""
    if hasattr(os, "O_DIRECTORY"):
        number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
