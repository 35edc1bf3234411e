"""Erasing: one customer for good, or all replies that were sent before a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
from consistency_check.model import DecisionKind, Finding, FindingAnswer

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
    remember_forgotten(ledger, [each.key for each in dropped])
    findings = _erase_findings(ledger, dropped, "true", key)
    decisions = _erase_decisions(ledger)
    for table in OF_CUSTOMERS:
        ledger.run(f"DELETE FROM {table} WHERE customer = ?", [key])
    _erase_replies(ledger)
    _erase_identities(ledger, f"SELECT node FROM {HOMES} WHERE customer = ?", [key])
    ledger.write_fact(ERASED, "yes")
    return Erased(len(dropped), len(findings), decisions)


def retire(ledger: Ledger, before: date, *, at_once: bool = False) -> Erased:
    """Erase replies sent before a day, and what was found in them; they are left out when they come again.

    One without a day is as old as the run that loaded it first. What goes is not told as fixed. Decisions
    stay for the statistics, without their reasons. Identities that no reply is left of go with the next run,
    or `at_once`, after which it has to link all that stay anew.
    """
    day = before.isoformat()
    dropped = _select_dropped(ledger, _BEFORE, [day])
    remember_retired(ledger, before)
    remember_forgotten(ledger, [each.key for each in dropped if not each.day])
    concerned = "customer = '' OR customer IN (SELECT customer FROM unsettled)"
    findings = _erase_findings(ledger, dropped, concerned)
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


@dataclass(frozen=True, slots=True)
class _Dropped:
    """What is needed of a reply to find its traces."""

    key: str
    id: str
    channel: str
    day: str
    sent_at: str
    text: str


def _select_dropped(ledger: Ledger, which: str, parameters: Sequence[str]) -> list[_Dropped]:
    """Lay out in `dropped` the replies that go, and in `unsettled` what they leave to the next run."""
    ledger.run(
        "CREATE OR REPLACE TEMP TABLE dropped AS SELECT seq, node, thread FROM replies "
        f"WHERE seq IN ({which})",
        parameters,
    )
    ledger.run(
        "INSERT INTO unsettled SELECT DISTINCT NULLIF(thread, ''), node, customer "
        f"FROM dropped LEFT JOIN {HOMES} USING (node)"
    )
    rows = ledger.fetch(
        """
        SELECT key, json_extract_string(place, '$[0]'), channel, replies.day,
            coalesce(json_extract_string(head, '$.sent_at'), ''), text
        FROM replies WHERE seq IN (SELECT seq FROM dropped) ORDER BY seq
        """
    )
    return [_Dropped(*row) for row in rows]


def _erase_findings(
    ledger: Ledger, dropped: Sequence[_Dropped], among: str, customer: str | None = None
) -> list[str]:
    """Lay out in `erased` the findings of a customer, and those that show a dropped reply; their ids.

    `among` is a condition for those that are looked at. One about everybody only loses such answers, unless
    it has no other.
    """
    traces = _Traces(dropped)
    ids = []
    rows = ledger.fetch(f"SELECT id, customer, body FROM findings WHERE {among} ORDER BY id")
    for id_, owner, body in rows if dropped else ():
        finding = unpack_finding(body)
        left = tuple(each for each in finding.answers if not traces.show(each))
        if owner == customer or (len(left) < len(finding.answers) and not (owner == EVERYBODY and left)):
            ids.append(id_)
        elif len(left) < len(finding.answers):
            shorter: Finding = replace(finding, answers=left)
            ledger.run("UPDATE findings SET body = ? WHERE id = ?", [pack_finding(shorter), id_])
    ledger.run("CREATE OR REPLACE TEMP TABLE erased AS SELECT unnest(?::VARCHAR[]) AS id", [ids])
    return ids


class _Traces:
    """Knows an answer of a dropped reply again: by its id, or by its words where that was only a place."""

    def __init__(self, dropped: Iterable[_Dropped]) -> None:
        self._ids: set[str] = set()
        self._texts: dict[tuple[str, str], list[str]] = {}
        for each in dropped:
            self._ids.add(each.id)
            self._texts.setdefault((each.channel, each.sent_at), []).append(each.text)

    def show(self, answer: FindingAnswer) -> bool:
        if answer.reply_id in self._ids:
            return True
        words = answer.context or answer.quote
        texts = self._texts.get((answer.channel, answer.sent_at), ())
        is_place = answer.reply_id == answer.source
        return is_place and bool(words) and any(words in text for text in texts)


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
    """Delete what `dropped` and `erased` name; others in the same threads have lost what was asked before."""
    ledger.run("DELETE FROM findings WHERE id IN (SELECT id FROM erased)")
    for table in OF_REPLIES:
        ledger.run(f"DELETE FROM {table} WHERE seq IN (SELECT seq FROM dropped)")
    ledger.run("UPDATE replies SET asked_before = NULL WHERE thread IN (SELECT thread FROM unsettled)")
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
    ledger.run(f"DELETE FROM {LINKED_WITH}")
    for table in ("nobody", "nobodies"):
        ledger.run(f"DROP TABLE {table}")


def find_customers(ledger: Ledger, name: str) -> list[str]:
    """The keys of the customers that a key, or a customer id, address, number or handle of theirs names."""
    known = ledger.fetch(f"SELECT DISTINCT customer FROM {HOMES} WHERE customer = ?", [name])
    if not known:
        known = ledger.fetch(
            f"""
            SELECT DISTINCT customer FROM {HOMES} JOIN replies USING (node) WHERE list_contains(
                json_extract_string(head, ['$.customer_id', '$.email', '$.phone', '$.handle']), ?
            ) ORDER BY customer
            """,
            [name],
        )
    return [key for (key,) in known]


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
