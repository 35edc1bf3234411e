"""The tables of a ledger, and how older ones become them.

`STEPS[n]` leads from version n to n + 1. A step is never changed once it was released: another one follows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consistency_check.ledger.links import LinkTables
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

    -- `key` names a reply in every export that brings it, `content` is a hash of all but its place;
    -- `thread` is its channel and conversation, `turn` its place there; `moment` is the last of its
    -- times in UTC; all are ISO 8601.
    CREATE TABLE replies (
        seq BIGINT, key VARCHAR, content VARCHAR, place VARCHAR, head VARCHAR, text VARCHAR, question VARCHAR,
        thread VARCHAR, turn BIGINT, asked_before VARCHAR, channel VARCHAR, day VARCHAR,
        moment VARCHAR, node BIGINT,
        first_run INTEGER, last_run INTEGER
    );

    -- What was read of a reply; `kept` is what a change of answers is settled with, `met` whose count.
    CREATE TABLE readings (
        seq BIGINT, claims VARCHAR, asking VARCHAR, policies VARCHAR[], kept BLOB, met VARCHAR[]
    );

    -- `content` stands for the words, whoever heard them, `lineage` for customer, check and policy.
    CREATE TABLE findings (
        id VARCHAR, customer VARCHAR, lineage VARCHAR, content VARCHAR, body VARCHAR,
        first_run INTEGER, last_run INTEGER, gone_run INTEGER, reopened_run INTEGER
    );

    -- Counts that a customer adds to what is told of the whole company.
    CREATE TABLE tallies (
        customer VARCHAR, name VARCHAR, parts VARCHAR, count BIGINT, earliest VARCHAR[], samples VARCHAR
    );

    CREATE TABLE decisions (
        kind VARCHAR, target VARCHAR, finding VARCHAR, name VARCHAR, policy VARCHAR, reason VARCHAR,
        author VARCHAR, day VARCHAR, expires VARCHAR
    );
    """,
    """
    -- Keyed hashes of the keys of replies that were erased for good.
    CREATE TABLE forgotten (mark VARCHAR);

    -- What replies that were erased leave to the next run: threads to recall, identities to link and
    -- customers to look at anew.
    CREATE TABLE unsettled (thread VARCHAR, node BIGINT, customer VARCHAR);
    """,
    """
    -- Of a pair of channels each has a part of its own, where "email / phone" was one.
    UPDATE tallies SET parts = replace(parts, ' / ', '","')
    WHERE name = 'headline' AND starts_with(parts, '["channel pair",');
    """,
)
VERSION = len(STEPS)


def read_version(connection: duckdb.DuckDBPyConnection) -> int:
    """The version of the tables; 0 for a new file. Raises LedgerError for a file that is no ledger."""
    columns = {
        (table, column)
        for table, column in connection.execute(
            "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal"
        ).fetchall()
    }
    if {("facts", "name"), ("facts", "word")} <= columns:
        row = connection.execute("SELECT word FROM facts WHERE name = 'schema'").fetchone()
        if row and str(row[0]).isdigit():
            return int(row[0])
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


def migrate(connection: duckdb.DuckDBPyConnection) -> None:
    """Bring the tables to `VERSION`, within the transaction of the caller. Raises LedgerError."""
    version = read_version(connection)
    refuse_newer(version)
    for step in STEPS[version:]:
        connection.execute(step)
    LinkTables(connection).create()
    if version < VERSION:
        connection.execute("DELETE FROM facts WHERE name = 'schema'")
        connection.execute("INSERT INTO facts VALUES ('schema', ?)", [str(VERSION)])
