"""The tables of a ledger, and how older ones become them.

`STEPS[n]` leads from version n to n + 1. A step is never changed once it was released: another one follows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consistency_check.ledger.links import LinkTables, sign_tables
from consistency_check.ledger.problems import LedgerError

if TYPE_CHECKING:
    import duckdb

STEPS = (
    """
    -- Words that stand for what the stored readings and verdicts were made with.
    CREATE TABLE facts (name VARCHAR, word VARCHAR);

    CREATE TABLE runs (
        run INTEGER, day VARCHAR, replies BIGINT, findings BIGINT, new BIGINT, fixed BIGINT, headline VARCHAR
    );

    -- `seq` numbers replies and is never used again; `key` names one in every export that brings it,
    -- `content` is a hash of all but its place;
    -- `thread` is its channel and conversation, `turn` its place there; `moment` is the last of its
    -- times in UTC; all are ISO 8601.
    CREATE TABLE replies (
        seq BIGINT, key VARCHAR, content VARCHAR, place VARCHAR, head VARCHAR, text VARCHAR, question VARCHAR,
        thread VARCHAR, turn BIGINT, asked_before VARCHAR, channel VARCHAR, day VARCHAR,
        moment VARCHAR, node BIGINT, first_run INTEGER
    );

    -- What was read of a reply; `kept` is what a change of answers is settled with, `met` whose count.
    CREATE TABLE readings (
        seq BIGINT, claims VARCHAR, asking VARCHAR, policies VARCHAR[], kept BLOB, met VARCHAR[]
    );

    -- `content` stands for the words, whoever heard them, `lineage` for customer, check and policy;
    -- `shown` has for each answer the number of its reply, of several where nothing tells them apart.
    CREATE TABLE findings (
        id VARCHAR, customer VARCHAR, lineage VARCHAR, content VARCHAR, body VARCHAR, shown BIGINT[][],
        first_run INTEGER, gone_run INTEGER, reopened_run INTEGER
    );

    -- Counts that a customer adds to what is told of the whole company.
    CREATE TABLE tallies (
        customer VARCHAR, name VARCHAR, parts VARCHAR, count BIGINT, earliest VARCHAR[], samples VARCHAR
    );

    CREATE TABLE decisions (
        kind VARCHAR, target VARCHAR, finding VARCHAR, name VARCHAR, policy VARCHAR, reason VARCHAR,
        author VARCHAR, day VARCHAR, expires VARCHAR
    );

    -- Keyed hashes of the keys of replies that were erased for good.
    CREATE TABLE forgotten (mark VARCHAR);

    -- What replies that were erased leave to the next run: threads to recall, identities to link and
    -- customers to look at anew.
    CREATE TABLE unsettled (thread VARCHAR, node BIGINT, customer VARCHAR);
    """,
)
VERSION = len(STEPS)
_SCHEMA, _LINKS = "schema", "links"


def read_version(connection: duckdb.DuckDBPyConnection) -> int:
    """The version of the tables; 0 for a new file. Raises LedgerError for a file that is no ledger."""
    columns = {
        (table, column)
        for table, column in connection.execute(
            "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal"
        ).fetchall()
    }
    if {("facts", "name"), ("facts", "word")} <= columns:
        word = _read_word(connection, _SCHEMA)
        if word.isdigit():
            return int(word)
    if columns:
        raise LedgerError("holds other tables than a ledger's; name another file with --ledger")
    return 0


def refuse_newer(version: int) -> None:
    """Raises LedgerError for a version that this package does not know."""
    if version > VERSION:
        raise LedgerError(
            f"was written by a newer consistency-check (schema {version}, this one knows {VERSION}); "
            "install that one, or name another file with --ledger"
        )


def refuse_older(connection: duckdb.DuckDBPyConnection, version: int) -> None:
    """Raises LedgerError for tables that `migrate` would change."""
    if version < VERSION or _read_word(connection, _LINKS) != sign_tables():
        raise LedgerError("was written by an older consistency-check; an audit with it brings it up")


def migrate(connection: duckdb.DuckDBPyConnection) -> None:
    """Bring the tables to `VERSION`, within the transaction of the caller. Raises LedgerError.

    Tables of links with other columns than today's are made empty: the next run links all anew.
    """
    version = read_version(connection)
    refuse_newer(version)
    for step in STEPS[version:]:
        connection.execute(step)
    if version < VERSION:
        _write_word(connection, _SCHEMA, str(VERSION))
    if _read_word(connection, _LINKS) != sign_tables():
        LinkTables(connection).create()
        _write_word(connection, _LINKS, sign_tables())


def _read_word(connection: duckdb.DuckDBPyConnection, name: str) -> str:
    row = connection.execute("SELECT word FROM facts WHERE name = ?", [name]).fetchone()
    return str(row[0]) if row else ""


def _write_word(connection: duckdb.DuckDBPyConnection, name: str, word: str) -> None:
    connection.execute("DELETE FROM facts WHERE name = ?", [name])
    connection.execute("INSERT INTO facts VALUES (?, ?)", [name, word])
