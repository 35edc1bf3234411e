"""Holds the claims of touched customers against the policies and each other, and keeps what follows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from consistency_check.audit import is_telling, judge_reply_claim, rate_finding
from consistency_check.checks import (
    CHECKS,
    Terms,
    check_case,
    conclude_tallies,
    merge_tallies,
    tally_case,
)
from consistency_check.checks.threads import Threads
from consistency_check.figures import tally_figures
from consistency_check.identify import Grown
from consistency_check.ledger import Ledger
from consistency_check.ledger.cases import Row, list_customers, list_stirred, walk_customers
from consistency_check.ledger.facts import Fingerprints
from consistency_check.ledger.findings import (
    EVERYBODY,
    Outcome,
    drop_absent,
    load_tallies,
    write_outcomes,
)
from consistency_check.ledger.packing import unpack_asking, unpack_claims, unpack_reply
from consistency_check.ledger.shown import Shown, load_shown
from consistency_check.model import (
    Contact,
    Customer,
    CustomerCase,
    Finding,
    JudgedClaim,
    KnowledgeBase,
    Tally,
)
from consistency_check.stopwatch import spend_in
from consistency_check.summary import count_contacts

CUSTOMERS = 512
"""Customers that are looked at at once."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A customer as the checks see them, the node of each reply by its id, and all contacts by channel.

    The contacts are counted as answered (True) and not; `shown` knows the numbers of the replies.
    """

    case: CustomerCase
    nodes: Mapping[str, int]
    shown: Shown
    channels: Mapping[tuple[str, bool], int]


def find_touched(ledger: Ledger, grown: Grown, old: Fingerprints, new: Fingerprints) -> list[str]:
    """The customers of whom anything may be found that was not found before, or not so; sorted."""
    if old.judging != new.judging:
        return list_customers(ledger)
    names = {*old.policies, *new.policies}
    changed = [name for name in sorted(names) if old.policies.get(name) != new.policies.get(name)]
    return sorted({*grown.touched, *list_stirred(ledger, changed)})


def judge_customers(
    ledger: Ledger, grown: Grown, keys: Sequence[str], knowledge: KnowledgeBase, terms: Terms, run: int
) -> list[Tally]:
    """Look at these customers again, and at the whole company; the counts of all customers."""
    drop_absent(ledger, run)
    for at in range(0, len(keys), CUSTOMERS):
        page = keys[at : at + CUSTOMERS]
        loaded = _load_cases(ledger, grown, page, knowledge, terms)
        outcomes = [_judge_case(each, grown, knowledge, terms) for each in loaded]
        write_outcomes(ledger, outcomes, run)
    tallies = merge_tallies(load_tallies(ledger))
    concluded = conclude_tallies(tallies, CHECKS, terms)
    write_outcomes(ledger, [Outcome(EVERYBODY, concluded, (), load_shown(ledger, concluded))], run)
    return tallies


def _load_cases(
    ledger: Ledger, grown: Grown, keys: Sequence[str], knowledge: KnowledgeBase, terms: Terms
) -> Iterator[Loaded]:
    customers = grown.load_customers(keys)
    for key, rows in walk_customers(ledger, keys):
        yield _load_case(customers[key][0], rows, knowledge, terms)


def _load_case(customer: Customer, rows: Sequence[Row], knowledge: KnowledgeBase, terms: Terms) -> Loaded:
    claims: list[JudgedClaim] = []
    contacts: list[tuple[int, Contact]] = []
    nodes: dict[str, int] = {}
    threads = Threads()
    shown = Shown()
    channels: Counter[tuple[str, bool]] = Counter()
    waits = any(not row.text for row in rows)
    for row in rows:
        channels[row.channel, bool(row.text)] += 1
        if waits and row.text and '"conversation_id"' in row.head:
            threads.note(row.node, unpack_reply(row.head, row.place))
        if not (row.claims or row.asking or not row.text or '"asked_at"' in row.head):
            continue  # no check can speak of it
        reply = unpack_reply(row.head, row.place, "", row.question)
        contact = Contact(reply, unpack_asking(row.asking), bool(row.text))
        nodes[reply.id] = row.node
        shown.add(row.seq, reply)
        if row.claims or is_telling(contact, terms):
            contacts.append((row.node, contact))
        claims += [
            judge_reply_claim(claim, reply, customer, knowledge)
            for claim in unpack_claims(row.claims, reply.id, row.text)
        ]
    met = tuple(contact for _, contact in threads.settle(contacts, lambda _: customer.key))
    return Loaded(CustomerCase(customer, tuple(claims), met), nodes, shown, channels)


def _judge_case(loaded: Loaded, grown: Grown, knowledge: KnowledgeBase, terms: Terms) -> Outcome:
    case = loaded.case

    def find_certainty(finding: Finding, with_record: bool) -> float:
        nodes = sorted({loaded.nodes[answer.reply_id] for answer in finding.answers})
        return grown.find_certainty(finding.customer, nodes, with_record=with_record)

    with spend_in("checks"):
        found = check_case(case, sorted(CHECKS), terms)
        findings = [rate_finding(each, find_certainty, knowledge) for each in found]
        tallies = [*tally_case(case, sorted(CHECKS)), *tally_figures(case)]
    tallies += count_contacts(loaded.channels, case.claims)
    return Outcome(case.customer.key, findings, merge_tallies(tallies), loaded.shown)
