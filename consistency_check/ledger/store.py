"""A ledger's file: opened by one run at a time, changed as a whole or not at all."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from consistency_check.ledger.problems import LedgerError
from consistency_check.ledger.schema import migrate

if TYPE_CHECKING:
    import duckdb

DEFAULT = Path(".consistency-check.duckdb")
OWNER_ONLY = 0o600
"""Of the file: it holds customers' words and names."""
MEMORY = "512MB"
"""That the database may use; what needs more waits on disk beside the ledger."""
WAIT = 0.25
"""Seconds between two looks at a ledger that another run holds."""
_HOLDER = re.compile(r"\(PID (\d+)\)")


class Ledger:
    """An open ledger, within the one transaction of a run."""

    def __init__(self, path: Path, connection: duckdb.DuckDBPyConnection) -> None:
        self.path = path
        self.connection = connection
        row = connection.execute("SELECT coalesce(max(run), 0) FROM runs").fetchone()
        self.last_run: int = row[0] if row else 0

    def fetch(self, query: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        return self.connection.execute(query, list(parameters)).fetchall()

    def fetch_one(self, query: str, parameters: Sequence[Any] = ()) -> Any:
        """The first column of a query's first row; None without one."""
        row = self.connection.execute(query, list(parameters)).fetchone()
        return row[0] if row else None

    def run(self, statement: str, parameters: Sequence[Any] = ()) -> None:
        """A statement that changes something."""
        self.connection.execute(statement, list(parameters))

    def insert(self, table: str, columns: Mapping[str, Sequence[Any]]) -> None:
        """Add rows, given as columns of equal length: row by row takes a hundred times as long."""
        if any(columns.values()):
            named = ", ".join(columns)
            values = ", ".join("unnest(?)" for _ in columns)
            self.run(f"INSERT INTO {table} ({named}) SELECT {values}", list(columns.values()))

    def read_fact(self, name: str) -> str:
        """A word that was remembered under a name; empty where there is none."""
        return self.fetch_one("SELECT word FROM facts WHERE name = ?", [name]) or ""

    def write_fact(self, name: str, word: str) -> None:
        """Remember a word under a name."""
        self.run("DELETE FROM facts WHERE name = ?", [name])
        self.run("INSERT INTO facts VALUES (?, ?)", [name, word])


@contextmanager
def open_ledger(path: Path, wait: float = 0.0) -> Iterator[Ledger]:
    """A ledger to change: all that is done with it happens, or nothing where the block raises or is killed.

    Another run's ledger is waited for, `wait` seconds at most. Raises LedgerError.
    """
    previous = os.umask(0o777 & ~OWNER_ONLY)  # the database makes files of its own, for everybody
    try:
        with closing(_connect(path, wait)) as connection:
            connection.execute("BEGIN")
            migrate(connection)
            yield Ledger(path, connection)
            connection.execute("COMMIT")
            connection.execute("CHECKPOINT")
    except LedgerError as error:
        raise LedgerError(f"{path}: {error}") from None
    finally:
        os.umask(previous)


@contextmanager
def read_ledger(path: Path, wait: float = 0.0) -> Iterator[Ledger]:
    """A ledger to look at, which must be there. Raises LedgerError."""
    if not path.is_file():
        raise LedgerError(f"{path}: there is no ledger; `audit --ledger {path}` makes one")
    with open_ledger(path, wait) as ledger:
        yield ledger


def _connect(path: Path, wait: float) -> duckdb.DuckDBPyConnection:
    """The file, made where it is not there."""
    import duckdb  # takes a tenth of a second

    deadline = time.monotonic() + wait
    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": MEMORY,
        "autoinstall_known_extensions": "false",
        "threads": "2",
    }
    _check_place(path)
    while True:
        try:
            connection = duckdb.connect(str(path), config=settings)
        except duckdb.Error as error:
            if (holder := _HOLDER.search(str(error))) and time.monotonic() < deadline:
                time.sleep(WAIT)
                continue
            raise LedgerError(_explain(error, holder)) from None
        connection.execute("SET enable_external_access = false")
        return connection


def _check_place(path: Path) -> None:
    if path.is_dir():
        raise LedgerError("is a folder; name a file in it")
    if not path.resolve().parent.is_dir():
        raise LedgerError(f"there is no folder {path.resolve().parent}; make it first")


def _explain(error: duckdb.Error, holder: re.Match[str] | None) -> str:
    if holder:
        return f"is in use by another run (process {holder[1]}); wait for it, or give --ledger-wait"
    first = str(error).splitlines()[0][:200]
    return f"cannot be used as a ledger ({first}); name another file with --ledger, or restore it"
