"""Erasing: one customer for good, or all replies that were sent before a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from consistency_check.ledger.belongings import (
    HOMES,
    LINKED_WITH,
    OF_CUSTOMERS,
    OF_NODES,
    OF_NUMBERS,
    OF_REPLIES,
)
from consistency_check.ledger.findings import EVERYBODY
from consistency_check.ledger.forgotten import remember_forgotten, remember_retired
from consistency_check.ledger.packing import pack_finding, unpack_finding
from consistency_check.ledger.rewriting import ERASED
from consistency_check.ledger.store import Ledger
from consistency_check.model import DecisionKind

_OF_CUSTOMER = f"SELECT seq FROM replies JOIN {HOMES} USING (node) WHERE customer = ?"
_BEFORE = """
    SELECT seq FROM replies LEFT JOIN runs ON run = first_run
    WHERE CASE WHEN replies.day <> '' THEN replies.day ELSE runs.day END < ?
"""


@dataclass(frozen=True, slots=True)
class Erased:
    """How much was erased."""

    replies: int = 0
    findings: int = 0
    decisions: int = 0


def forget_customer(ledger: Ledger, key: str) -> Erased:
    """Erase a customer and all that is known of them; their replies are left out when they come again.

    The bytes stay in the file until it is written anew.
    """
    dropped = _select_dropped(ledger, _OF_CUSTOMER, [key])
    remember_forgotten(ledger, [reply for reply, _ in dropped])
    findings = _erase_findings(ledger, key)
    decisions = _erase_decisions(ledger)
    for table in OF_CUSTOMERS:
        ledger.run(f"DELETE FROM {table} WHERE customer = ?", [key])
    _erase_replies(ledger)
    _erase_identities(ledger, f"SELECT node FROM {HOMES} WHERE customer = ?", [key])
    ledger.write_fact(ERASED, "yes")
    return Erased(len(dropped), len(findings), decisions)


def retire(ledger: Ledger, before: date, *, at_once: bool = False) -> Erased:
    """Erase replies sent before a day, and what was found in them; they are left out when they come again.

    A question is as old as it was asked, and what has no day as the run that loaded it first. What goes is
    not told as fixed. Decisions stay for the statistics, without their reasons. Identities that no reply
    is left of go with the next run, or `at_once`, after which it has to link all that stay anew.
    """
    day = before.isoformat()
    dropped = _select_dropped(ledger, _BEFORE, [day])
    remember_retired(ledger, before)
    remember_forgotten(ledger, [reply for reply, sent in dropped if not sent])
    findings = _erase_findings(ledger)
    gone = ledger.fetch(
        "DELETE FROM findings USING runs WHERE run = gone_run AND day < ? RETURNING id", [day]
    )
    findings += [id_ for (id_,) in gone]
    decisions = ledger.fetch(
        "UPDATE decisions SET reason = '' WHERE reason <> '' AND list_contains(?, finding) RETURNING finding",
        [findings],
    )
    for table in OF_CUSTOMERS:  # the next run makes them anew
        ledger.run(f"DELETE FROM {table} WHERE customer IN (SELECT customer FROM unsettled)")
    _erase_replies(ledger)
    if at_once and dropped:
        left = "SELECT node FROM replies WHERE node IS NOT NULL"
        records = "SELECT node FROM link_records"
        _erase_identities(
            ledger, f"SELECT node FROM unsettled WHERE node NOT IN ({left}) AND node NOT IN ({records})"
        )
    if dropped or findings:
        ledger.write_fact(ERASED, "yes")
    return Erased(len(dropped), len(findings), len(decisions))


def _select_dropped(ledger: Ledger, which: str, parameters: Sequence[str]) -> list[tuple[str, str]]:
    """Lay out in `dropped` the replies that go, and in `unsettled` what they leave to the next run.

    Returns their keys and days.
    """
    ledger.run(
        "CREATE OR REPLACE TEMP TABLE dropped AS SELECT seq, node, thread, key, replies.day FROM replies "
        f"WHERE seq IN ({which})",
        parameters,
    )
    ledger.run(
        "INSERT INTO unsettled SELECT DISTINCT NULLIF(thread, ''), node, customer "
        f"FROM dropped LEFT JOIN {HOMES} USING (node)"
    )
    return ledger.fetch("SELECT key, day FROM dropped ORDER BY seq")


def _erase_findings(ledger: Ledger, customer: str | None = None) -> list[str]:
    """Lay out in `erased` the findings of a customer, and those that show a dropped reply; their ids.

    One about everybody only loses such answers, unless it has no other.
    """
    rows = ledger.fetch(
        """
        SELECT id, customer, body, shown FROM findings
        WHERE customer = ? OR id IN (
            SELECT id FROM (SELECT id, unnest(flatten(shown)) AS seq FROM findings) JOIN dropped USING (seq)
        ) ORDER BY id
        """,
        [customer],
    )
    dropped = {seq for (seq,) in ledger.fetch("SELECT seq FROM dropped")}
    ids = []
    for id_, owner, body, shown in rows:
        finding = unpack_finding(body)
        left = [
            (answer, numbers)
            for answer, numbers in zip(finding.answers, shown, strict=True)
            if dropped.isdisjoint(numbers)
        ]
        if owner == EVERYBODY and left:
            shorter = pack_finding(replace(finding, answers=tuple(answer for answer, _ in left)))
            columns = [shorter, [numbers for _, numbers in left], id_]
            ledger.run("UPDATE findings SET body = ?, shown = ? WHERE id = ?", columns)
        else:
            ids.append(id_)
    ledger.run("CREATE OR REPLACE TEMP TABLE erased AS SELECT unnest(?::VARCHAR[]) AS id", [ids])
    return ids


def _erase_decisions(ledger: Ledger) -> int:
    """Delete the decisions on what goes; a false alarm whose words others heard as well loses its reason."""
    rows = ledger.fetch(
        """
        SELECT target, min(heir.id) FROM decisions JOIN findings AS heir ON heir.content = target
        WHERE kind = ? AND finding IN (SELECT id FROM erased) AND heir.id NOT IN (SELECT id FROM erased)
        GROUP BY target
        """,
        [DecisionKind.FALSE.value],
    )
    for target, heir in rows:
        ledger.run("UPDATE decisions SET finding = ?, reason = '' WHERE target = ?", [heir, target])
    taken = ledger.fetch("DELETE FROM decisions WHERE finding IN (SELECT id FROM erased) RETURNING finding")
    return len(taken) + len(rows)


def _erase_replies(ledger: Ledger) -> None:
    """Delete what `dropped` and `erased` name; others in the same threads have lost what was asked before.

    A thread's name may be a customer's number: that of one that is gone goes too.
    """
    ledger.run("DELETE FROM findings WHERE id IN (SELECT id FROM erased)")
    for table in OF_REPLIES:
        ledger.run(f"DELETE FROM {table} WHERE seq IN (SELECT seq FROM dropped)")
    ledger.run("UPDATE replies SET asked_before = NULL WHERE thread IN (SELECT thread FROM unsettled)")
    ledger.run("UPDATE unsettled SET thread = NULL WHERE thread NOT IN (SELECT thread FROM replies)")
    for table in ("dropped", "erased"):
        ledger.run(f"DROP TABLE {table}")


def _erase_identities(ledger: Ledger, which: str, parameters: Sequence[str] = ()) -> None:
    """Delete the identities that a query selects, and customers who are none of the others.

    What links the others may have hung on them, so the next run links all anew.
    """
    ledger.run(f"CREATE OR REPLACE TEMP TABLE nobody AS {which}", parameters)
    ledger.run(
        """
        CREATE OR REPLACE TEMP TABLE nobodies AS SELECT customer, key FROM link_customers
        WHERE customer NOT IN (SELECT customer FROM link_homes WHERE node NOT IN (SELECT node FROM nobody))
        """
    )
    for table, column in OF_NODES:
        ledger.run(f"DELETE FROM {table} WHERE {column} IN (SELECT node FROM nobody)")
    for table in OF_NUMBERS:
        ledger.run(f"DELETE FROM {table} WHERE customer IN (SELECT customer FROM nobodies)")
    for table in OF_CUSTOMERS:
        ledger.run(f"DELETE FROM {table} WHERE customer IN (SELECT key FROM nobodies)")
    ledger.run("UPDATE unsettled SET customer = NULL WHERE customer IN (SELECT key FROM nobodies)")
    ledger.run(f"UPDATE {LINKED_WITH} SET setting = setting || ' '")  # the same JSON in another text
    for table in ("nobody", "nobodies"):
        ledger.run(f"DROP TABLE {table}")


def find_customers(ledger: Ledger, key: str, spellings: Sequence[str]) -> list[str]:
    """The customer with this key; else the keys of those who have one of these as an id, address or the like.

    `spellings` are as identities have them (see `identify.list_spellings`).
    """
    known = ledger.fetch(f"SELECT DISTINCT customer FROM {HOMES} WHERE customer = ?", [key])
    if not known:
        known = ledger.fetch(
            f"""
            SELECT DISTINCT customer FROM (
                SELECT customer, json_extract_string(identity, ['$[0]', '$[1]', '$[2]', '$[3]']) AS said
                FROM {HOMES} JOIN link_nodes USING (node)
            ) JOIN (SELECT unnest(?) AS name)
            ON name IN (said[1], said[2], said[4]) OR ends_with(said[3], ':' || name)
            ORDER BY customer
            """,
            [list(spellings)],
        )
    return [found for (found,) in known]


def find_near(ledger: Ledger, name: str, count: int = 3) -> Iterator[str]:
    """The keys that are most like this one."""
    rows = ledger.fetch(
        f"""
        SELECT customer FROM (SELECT DISTINCT customer FROM {HOMES})
        WHERE jaro_winkler_similarity(lower(customer), lower(?)) > 0.8
        ORDER BY jaro_winkler_similarity(lower(customer), lower(?)) DESC, customer LIMIT ?
        """,
        [name, name, count],
    )
    yield from (key for (key,) in rows)
