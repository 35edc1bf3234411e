"""A ledger's file: opened by one run at a time, changed as a whole or not at all."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from consistency_check.ledger.problems import LedgerError, NoLedgerError
from consistency_check.ledger.rewriting import rewrite
from consistency_check.ledger.schema import migrate, read_version, refuse_newer, refuse_older

if TYPE_CHECKING:
    import duckdb
    from numpy.typing import NDArray

DEFAULT = Path(".consistency-check.duckdb")
OTHERS = 0o077
"""What nobody else may do with the file, its log, and the folder of what is too much for memory: they hold
customers' words and names."""
MEMORY = 256_000_000
"""Bytes that the database may use, however much it holds; what needs more waits on disk beside the ledger."""
PAGES = 8
"""Pages that are laid out at once: to look for the rows of one takes reading the whole table, and to sort all
that it says takes memory that grows with it, for the database does not do all of that on disk."""
WAIT = 0.25
"""Seconds between two looks at a ledger that another run holds."""
_IS_HELD = re.compile(r"Could not set lock|Conflicting lock")
_HOLDER = re.compile(r"PID ([1-9]\d*)")
"""A process in another container has the number 0 here."""


class Ledger:
    """An open ledger, within the one transaction of a run."""

    def __init__(self, path: Path, connection: duckdb.DuckDBPyConnection) -> None:
        self.path = path
        self.connection = connection
        self._walks = 0
        row = connection.execute("SELECT coalesce(max(run), 0) FROM runs").fetchone()
        self.last_run: int = row[0] if row else 0

    def fetch(self, query: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        return self.connection.execute(query, list(parameters)).fetchall()

    def walk(self, query: str, count: int, at_once: int) -> Iterator[list[tuple[Any, ...]]]:
        """The rows of a query in the order of their places, 1 to `count`, in pages of `at_once`.

        It is asked for the places above its first parameter, up to the second, and has them in the column
        `place`, which is left out. Other statements may come between.
        """
        self._walks += 1
        laid = f"laid_{self._walks}"
        for first in range(0, count, PAGES * at_once):
            last = min(first + PAGES * at_once, count)
            self.run(f"CREATE OR REPLACE TEMP TABLE {laid} AS {query}", [first, last])
            for at in range(first, last, at_once):
                page = f"SELECT * EXCLUDE place FROM {laid} WHERE place > ? AND place <= ? ORDER BY place"
                yield self.fetch(page, [at, at + at_once])
        self.run(f"DROP TABLE IF EXISTS {laid}")

    def fetch_numbers(self, query: str, parameters: Sequence[Any] = ()) -> NDArray[Any]:
        """The whole numbers of a query's first column: an array, for there may be one for each reply."""
        (numbers,) = self.connection.execute(query, list(parameters)).fetchnumpy().values()
        return numbers

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
def open_ledger(
    path: Path, wait: float = 0.0, *, rewrites: bool = False, on_wait: Callable[[], None] | None = None
) -> Iterator[Ledger]:
    """A ledger to change: all that is done with it happens, or nothing where the block raises or is killed.

    Another run's ledger is waited for, `wait` seconds at most, which `on_wait` tells once. With `rewrites`
    the file is written anew at the end: nothing is left in it of what was erased. Raises LedgerError.
    """
    with _keep_private(path):
        _check_place(path)
        with closing(_connect(path, wait, on_wait=on_wait)) as connection, _explain_failure():
            if not rewrites:
                _keep_in(connection)
            connection.execute("BEGIN")
            migrate(connection)
            yield Ledger(path, connection)
            connection.execute("COMMIT")
            connection.execute("CHECKPOINT")
            if rewrites:
                rewrite(connection, path.resolve())


@contextmanager
def read_ledger(path: Path, wait: float = 0.0) -> Iterator[Ledger]:
    """A ledger to look at, which must be there; it may be on a disk that cannot be written.

    Raises LedgerError, which is NoLedgerError where there is nothing in it yet.
    """
    missing = f"there is no ledger; `consistency-check audit --ledger {path}` makes one"
    with _keep_private(path):
        _check_place(path)
        if not path.exists():
            raise NoLedgerError(missing)
        with closing(_connect(path, wait, read_only=True)) as connection, _explain_failure():
            _keep_in(connection)
            version = read_version(connection)
            refuse_newer(version)
            if not version:
                raise NoLedgerError(missing)
            refuse_older(connection, version)
            yield Ledger(path, connection)


@contextmanager
def _keep_private(path: Path) -> Iterator[None]:
    """What the database makes is its owner's alone; a LedgerError names the ledger."""
    previous = os.umask(OTHERS)
    try:
        yield
    except LedgerError as error:
        raise type(error)(f"{path}: {error}") from None
    finally:
        os.umask(previous)


def _connect(
    path: Path, wait: float, *, read_only: bool = False, on_wait: Callable[[], None] | None = None
) -> duckdb.DuckDBPyConnection:
    """The file, made where it is not there and to be written."""
    import duckdb  # takes a tenth of a second

    deadline = time.monotonic() + wait
    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": f"{MEMORY}B",
        "autoinstall_known_extensions": "false",
        "threads": "2",
    }
    while True:
        before = _find_file(path)
        try:
            connection = duckdb.connect(str(path), read_only=read_only, config=settings)
        except duckdb.Error as error:
            if _IS_HELD.search(str(error)) and time.monotonic() < deadline:
                if on_wait:
                    on_wait()
                    on_wait = None
                time.sleep(WAIT)
                continue
            raise LedgerError(_explain(error)) from None
        if before in (None, _find_file(path)):
            return connection
        connection.close()  # it was replaced by its rewritten self while it was being opened


def _keep_in(connection: duckdb.DuckDBPyConnection) -> None:
    """No statement reaches any other file."""
    connection.execute("SET enable_external_access = false")


def _find_file(path: Path) -> int | None:
    """The number of the file that has this name now; None without one."""
    try:
        return path.stat().st_ino
    except OSError:
        return None


def _check_place(path: Path) -> None:
    if path.is_dir():
        raise LedgerError("is a folder; name a file in it")
    if not path.resolve().parent.is_dir():
        raise LedgerError(f"there is no folder {path.resolve().parent}; make it first")
    if path.exists() and not os.access(path, os.R_OK):
        raise LedgerError("may not be read; let it be read, or name another file")


@contextmanager
def _explain_failure() -> Iterator[None]:
    """A disk that is full or damaged is no bug, nor is too little memory."""
    import duckdb

    try:
        yield
    except duckdb.OutOfMemoryException as error:
        short = f"memory and the disk beside it did not suffice ({_say_first(error)})"
        raise LedgerError(f"stays as it was, for {short}; make room") from None
    except (duckdb.IOException, duckdb.FatalException, duckdb.SerializationException) as error:
        raise LedgerError(
            f"failed, and stays as it was ({_say_first(error)}); look at its disk, or restore it"
        ) from None


def _explain(error: duckdb.Error) -> str:
    if _IS_HELD.search(str(error)):
        holder = _HOLDER.search(str(error))
        who = f" (process {holder[1]})" if holder else ""
        return f"is in use by another run{who}; wait for it, or give --ledger-wait"
    return f"cannot be used as a ledger ({_say_first(error)}); name another file with --ledger, or restore it"


def _say_first(error: duckdb.Error) -> str:
    return str(error).splitlines()[0][:200]
