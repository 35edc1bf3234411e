"""Holds the claims of touched customers against the policies and each other, and keeps what follows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from consistency_check.audit import judge_reply_claim
from consistency_check.checks import CHECKS
from consistency_check.follow_up.telling import tally_case
from consistency_check.identify import Grown
from consistency_check.ledger import Ledger
from consistency_check.ledger.facts import Fingerprints
from consistency_check.ledger.findings import Outcome, drop_absent, write_outcomes
from consistency_check.ledger.packing import unpack_asking, unpack_claims, unpack_reply
from consistency_check.model import Contact, CustomerCase, JudgedClaim, KnowledgeBase

CUSTOMERS = 512
"""Customers that are looked at at once."""


def find_touched(ledger: Ledger, grown: Grown, old: Fingerprints, new: Fingerprints) -> list[str]:
    """The customers of whom anything may be found that was not found before, or not so; sorted."""
    if old.judging != new.judging:
        return [key for (key,) in ledger.fetch("SELECT key FROM link_customers ORDER BY key")]
    names = {*old.policies, *new.policies}
    changed = [name for name in sorted(names) if old.policies.get(name) != new.policies.get(name)]
    rows = ledger.fetch(
        """
        SELECT DISTINCT link_customers.key FROM replies JOIN link_homes USING (node) JOIN link_customers USING (customer)
        WHERE seq IN (SELECT seq FROM due) OR seq IN (SELECT seq FROM settled)
            OR seq IN (SELECT seq FROM arrivals WHERE state = 'moved')
            OR seq IN (SELECT seq FROM readings WHERE list_has_any(policies, ?))
            OR text = '' OR link_customers.key IN (SELECT customer FROM unsettled)
        """,
        [changed],
    )
    return sorted({*grown.touched, *(key for (key,) in rows)})


def judge_customers(
    ledger: Ledger, grown: Grown, keys: Sequence[str], knowledge: KnowledgeBase, run: int
) -> None:
    """Look at these customers again, and at none of those that are gone."""
    drop_absent(ledger, run)
    for at in range(0, len(keys), CUSTOMERS):
        page = keys[at : at + CUSTOMERS]
        outcomes = [
            _judge_case(case, nodes, grown, knowledge)
            for case, nodes in _load_cases(ledger, grown, page, knowledge)
        ]
        found = {customer for customer, _, _ in outcomes}
        outcomes += [(key, (), ()) for key in page if key not in found]
        write_outcomes(ledger, outcomes, run)


def _load_cases(
    ledger: Ledger, grown: Grown, keys: Sequence[str], knowledge: KnowledgeBase
) -> Iterator[tuple[CustomerCase, dict[str, int]]]:
    rows = ledger.fetch(
        """
        SELECT link_customers.key, seq, head, place, text, question, claims, asking, node
        FROM link_customers JOIN (SELECT unnest(?) AS key) AS wanted USING (key) JOIN link_homes USING (customer)
            JOIN replies USING (node) JOIN readings USING (seq)
        ORDER BY link_customers.key, seq
        """,
        [list(keys)],
    )
    customers = grown.load_customers(keys)
    for key, group in groupby(rows, key=lambda row: row[0]):
        customer, _ = customers[key]
        claims: list[JudgedClaim] = []
        contacts: list[Contact] = []
        nodes: dict[str, int] = {}
        for _, _, head, place, text, question, packed, asking, node in group:
            reply = unpack_reply(head, place, "", question)
            nodes[reply.id] = node
            contacts.append(Contact(reply, unpack_asking(asking), bool(text)))
            for claim in unpack_claims(packed, reply.id, text):
                claims.append(judge_reply_claim(claim, reply, customer, knowledge))
        yield CustomerCase(customer, tuple(claims), tuple(contacts)), nodes


def _judge_case(case: CustomerCase, nodes: dict[str, int], grown: Grown, knowledge: KnowledgeBase) -> Outcome:
    findings = []
    for name in sorted(CHECKS):
        for finding in CHECKS[name].find(case.customer, case.claims):
            answers = {nodes[answer.reply_id] for answer in finding.answers}
            with_record = bool(knowledge.policies[finding.policy].exceptions)
            certainty = round(
                grown.find_certainty(case.customer.key, sorted(answers), with_record=with_record), 6
            )
            findings.append(replace(finding, certainty=certainty))
    return case.customer.key, findings, list(tally_case(case))
