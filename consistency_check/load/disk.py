"""What memory cannot hold waits on disk: in a file that nobody else can open, and that dies with its user."""

from __future__ import annotations

import json
import sqlite3
from functools import lru_cache
from typing import Any

_CACHE = 16 * 1024
"""KiB of a database that are held in memory."""


def open_private_database() -> sqlite3.Connection:
    """A database of this process alone; it begins to use the disk once it outgrows its cache."""
    # An empty name is a private temporary database that SQLite deletes by itself.
    database = sqlite3.connect("", isolation_level=None)
    for pragma in ("journal_mode=OFF", "synchronous=OFF", f"cache_size=-{_CACHE}"):
        database.execute(f"PRAGMA {pragma}")
    return database


class Register:
    """Plain values by an id: the people or tickets that other records name."""

    def __init__(self) -> None:
        self._rows = open_private_database()
        self._rows.execute("CREATE TABLE entries (id TEXT PRIMARY KEY, body TEXT) WITHOUT ROWID")
        self._rows.execute("BEGIN")
        self.get = lru_cache(maxsize=5_000)(self._get)

    def put(self, id_: str, value: dict[str, Any]) -> None:
        """Take in a value; an id that is there already keeps its first one. To be done before any `get`."""
        key = id_.encode("utf-8", "replace").decode()
        self._rows.execute("INSERT OR IGNORE INTO entries VALUES (?, ?)", (key, json.dumps(value)))

    def _get(self, id_: str) -> dict[str, Any]:
        key = id_.encode("utf-8", "replace").decode()
        row = self._rows.execute("SELECT body FROM entries WHERE id = ?", (key,)).fetchone()
        found: dict[str, Any] = json.loads(row[0]) if row else {}
        return found
