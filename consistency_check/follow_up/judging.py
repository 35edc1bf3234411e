"""Holds the claims of touched customers against the policies and each other, and keeps what follows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
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
from consistency_check.ledger.cases import Row, touch_all, touch_stirred, walk_touched
from consistency_check.ledger.facts import Fingerprints
from consistency_check.ledger.findings import (
    EVERYBODY,
    Outcome,
    add_outcomes,
    begin_outcomes,
    drop_absent,
    load_tallies,
    settle_outcomes,
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


@dataclass(frozen=True, slots=True)
class Loaded:
    """A customer as the checks see them, the node of each reply by its id, and all contacts by channel.

    The contacts are counted as answered (True) and not; `shown` knows the numbers of the replies.
    """

    case: CustomerCase
    nodes: Mapping[str, int]
    shown: Shown
    channels: Mapping[tuple[str, bool], int]


def find_touched(ledger: Ledger, grown: Grown, old: Fingerprints, new: Fingerprints) -> int:
    """Lay out the customers of whom anything may be found that was not found before, or not so: how many."""
    if old.judging != new.judging:
        return touch_all(ledger)
    names = {*old.policies, *new.policies}
    changed = [name for name in sorted(names) if old.policies.get(name) != new.policies.get(name)]
    return touch_stirred(ledger, grown.touched, changed)


def judge_customers(
    ledger: Ledger, grown: Grown, knowledge: KnowledgeBase, terms: Terms, run: int
) -> list[Tally]:
    """Look at the touched customers again, and at the whole company; the counts of all customers."""
    drop_absent(ledger, run)
    begin_outcomes(ledger)
    for page in walk_touched(ledger):
        customers = grown.load_customers(list(page))
        loaded = (_load_case(customers[key][0], rows, knowledge, terms) for key, rows in page.items())
        add_outcomes(ledger, [_judge_case(each, grown, knowledge, terms) for each in loaded])
    tallies = merge_tallies(load_tallies(ledger))
    concluded = conclude_tallies(tallies, CHECKS, terms)
    add_outcomes(ledger, [Outcome(EVERYBODY, concluded, (), load_shown(ledger, concluded))])
    settle_outcomes(ledger, run)
    return tallies


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
