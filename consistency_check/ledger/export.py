"""All that a ledger holds, or what it holds of one customer, as records that people can read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from consistency_check.ledger.belongings import HOMES
from consistency_check.ledger.packing import unpack_asking, unpack_claims, unpack_finding, unpack_samples
from consistency_check.ledger.store import Ledger

Record = dict[str, Any]
AT_ONCE = 2048


def walk_table(ledger: Ledger, table: str, customer: str | None = None) -> Iterator[Record]:
    """The records of one of `TABLES`, of all customers or of one, in an order that stays."""
    return TABLES[table](ledger, customer)


def _walk_rows(ledger: Ledger, query: str, *parameters: Any) -> Iterator[Record]:
    """Rows by column; a text that is JSON in the ledger is read by whoever asked."""
    result = ledger.connection.cursor().execute(query, list(parameters))
    names = [column[0] for column in result.description or ()]
    while rows := result.fetchmany(AT_ONCE):
        yield from (dict(zip(names, row, strict=True)) for row in rows)


def _walk_runs(ledger: Ledger, customer: str | None) -> Iterator[Record]:
    for row in _walk_rows(ledger, "SELECT * FROM runs WHERE ? IS NULL ORDER BY run", customer):
        yield {**row, "headline": json.loads(row["headline"] or "null")}


def _walk_replies(ledger: Ledger, customer: str | None) -> Iterator[Record]:
    """Each reply with its customer, and what was read of it."""
    query = f"""
        SELECT seq, customer, key, content, place, head, text, question, thread, turn, asked_before, node,
            first_run, claims, asking, kept, met
        FROM replies LEFT JOIN {HOMES} USING (node) LEFT JOIN readings USING (seq)
        WHERE ? IS NULL OR customer = ? ORDER BY seq
    """
    for row in _walk_rows(ledger, query, customer, customer):
        head, place = json.loads(row.pop("head")), json.loads(row.pop("place"))
        claims, asking = row.pop("claims") or "", row.pop("asking") or ""
        kept = row.pop("kept") or b""
        read = [asdict(each) for each in unpack_claims(claims, place[0], row["text"])]
        yield {
            "reply_id": place[0],
            "source": place[1:],
            **head,
            **row,
            "claims": read,
            "asking": asdict(unpack_asking(asking)),
            "kept": bytes(kept).hex(),
        }


def _walk_customers(ledger: Ledger, customer: str | None) -> Iterator[Record]:
    """Who each customer is, with the identities that are theirs and what is noted of them."""
    query = """
        SELECT key AS customer, any_value(name) AS name, any_value(linked_by) AS linked_by,
            any_value(attributes) AS attributes, any_value(certainty) AS certainty,
            list({node: node, identity: identity, noted: noted} ORDER BY node) FILTER (identity IS NOT NULL)
                AS identities
        FROM link_customers JOIN link_homes USING (customer) LEFT JOIN link_nodes USING (node)
        WHERE ? IS NULL OR key = ? GROUP BY key ORDER BY key
    """
    for row in _walk_rows(ledger, query, customer, customer):
        linked_by, attributes = json.loads(row["linked_by"]), json.loads(row["attributes"])
        yield {**row, "linked_by": linked_by, "attributes": attributes}


def _walk_findings(ledger: Ledger, customer: str | None) -> Iterator[Record]:
    query = """
        SELECT lineage, content, shown, first_run, gone_run, reopened_run, body
        FROM findings WHERE ? IS NULL OR customer = ? ORDER BY id
    """
    for row in _walk_rows(ledger, query, customer, customer):
        found = asdict(unpack_finding(row.pop("body")))
        for name in ("status", "status_reason", "first_seen", "last_seen"):
            del found[name]  # they are of a report, not of a ledger
        yield {**found, **row}


def _walk_tallies(ledger: Ledger, customer: str | None) -> Iterator[Record]:
    query = "SELECT * FROM tallies WHERE ? IS NULL OR customer = ? ORDER BY ALL"
    for row in _walk_rows(ledger, query, customer, customer):
        samples = [asdict(each) for each in unpack_samples(row["samples"])]
        yield {**row, "parts": json.loads(row["parts"]), "samples": samples}


def _walk_decisions(ledger: Ledger, customer: str | None) -> Iterator[Record]:
    query = """
        SELECT * FROM decisions
        WHERE ? IS NULL OR finding IN (SELECT id FROM findings WHERE customer = ?) ORDER BY ALL
    """
    yield from _walk_rows(ledger, query, customer, customer)


def _walk_facts(ledger: Ledger, customer: str | None) -> Iterator[Record]:
    yield from _walk_rows(
        ledger, "SELECT * FROM facts WHERE ? IS NULL AND name <> 'salt' ORDER BY ALL", customer
    )


TABLES: Mapping[str, Callable[[Ledger, str | None], Iterator[Record]]] = {
    "replies": _walk_replies,
    "customers": _walk_customers,
    "findings": _walk_findings,
    "tallies": _walk_tallies,
    "decisions": _walk_decisions,
    "runs": _walk_runs,
    "facts": _walk_facts,
}
"""What is exported, by name; not the keyed hashes of what was forgotten, nor their key."""
