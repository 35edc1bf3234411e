"""The hall: the only place that knows the order load, identify, read, judge, checks, report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from consistency_check.checks import Terms, is_late, merge_tallies, run_checks
from consistency_check.engines.problems import EngineError
from consistency_check.events import Event, tell
from consistency_check.explanation import (
    explain_reading,
    find_least,
    open_reader,
    say_unknown_reply,
)
from consistency_check.figures import build_headline, tally_all
from consistency_check.identify import Resolution
from consistency_check.intake import (
    AuditSettings,
    Gathered,
    Omitted,
    Progress,
    SettingsError,
    batch_replies,
    build_linker,
    is_asked_for,
    load_knowledge,
    make_terms,
    resolve_customers,
    select_replies,
)
from consistency_check.judge import judge_claim, settle_case
from consistency_check.load import recall_questions
from consistency_check.model import (
    Asking,
    Attributes,
    Claim,
    Contact,
    Customer,
    CustomerCase,
    ExplainedReply,
    Finding,
    JudgedClaim,
    KnowledgeBase,
    NearMiss,
    Problem,
    Reply,
    Report,
    Tally,
)
from consistency_check.reading import UNREAD, ReadingTask, read_replies
from consistency_check.stopwatch import make_in, spend_in
from consistency_check.summary import ABOUT_CONTACTS, count_contacts, list_notes, sum_up
from consistency_check.values import show_value


def run_audit(settings: AuditSettings, progress: Progress | None = None) -> Report:
    """Audit the replies of `settings.sources`; `progress` is called with the bytes read.

    Raises KnowledgeBaseError, InputError, UnknownRegionError, LinksError and SettingsError. Where nothing
    could be compared the report says so in its notes (`was_compared`).
    """
    knowledge = load_knowledge(settings)
    with spend_in("link"):
        gathered = _gather_claims(settings, knowledge, progress, asks=True)
    tell(Event.REPLIES_READ, replies=gathered.contacts.total(), claims=len(gathered.claims))
    resolution = resolve_customers(gathered.linker, settings)
    tell(Event.CUSTOMERS_LINKED)
    with spend_in("judge"):
        judged = list(_judge_claims(gathered, resolution, knowledge))
    settled = gathered.threads.settle(gathered.met, lambda node: resolution.customer_of(node).key)
    met = ((resolution.customer_of(node), contact) for node, contact in settled)
    with spend_in("checks"):
        cases = group_by_customer(judged, met)
        terms = make_terms(settings, knowledge, gathered.known_until)
        findings = run_checks(cases, settings.checks, terms)
        nodes = {reply.id: node for node, reply, _ in gathered.claims}
        nodes |= {contact.reply.id: node for node, contact in gathered.met}
        find_certainty = trace_answers(nodes, resolution)
        findings = [rate_finding(each, find_certainty, knowledge) for each in findings]
        headline = build_headline(tally_all(cases))
    counts = _count_contacts(gathered, resolution, cases)
    summary = sum_up(counts, findings, settings.checks, gathered.left_out, gone=0)
    tell(Event.FINDINGS_JUDGED, customers=summary.customers, findings=summary.findings)
    notes = tuple(list_notes(knowledge, summary, settings.sources, settings.topics))
    return Report(summary, tuple(findings), tuple(gathered.problems), notes, headline=headline)


def run_claims(settings: AuditSettings, progress: Progress | None = None) -> Iterator[JudgedClaim]:
    """Every claim read from the replies, judged, in the order of the input.

    Raises EngineError where replies could not be read, for nothing beside the claims would tell of them.
    """
    knowledge = load_knowledge(settings)
    gathered = _gather_claims(settings, knowledge, progress)
    if unread := gathered.left_out[UNREAD]:
        raise EngineError(
            f"{unread:,} replies were not read, for their processes were killed; run it with fewer --jobs"
        )
    return _judge_claims(gathered, resolve_customers(gathered.linker, settings), knowledge)


def run_near_misses(settings: AuditSettings, progress: Progress | None = None) -> Iterator[NearMiss]:
    """What was considered and not counted as a claim, with its reason, in the order of the input."""
    knowledge = load_knowledge(settings)
    reader = open_reader(knowledge, settings.min_confidence)
    for replies in batch_replies(select_replies(settings, Omitted(), progress)):
        for reading in reader.read_batch(replies):
            for miss in reading.near_misses:
                policy = knowledge.policies.get(miss.policy)
                if not settings.topics or (policy and policy.topic in settings.topics):
                    yield miss


def explain_reply(settings: AuditSettings, reply_id: str, progress: Progress | None = None) -> ExplainedReply:
    """How one reply is read and judged; all are loaded, as the others tell which customer it went to.

    Raises SettingsError where no reply that the settings ask for has this id.
    """
    knowledge = load_knowledge(settings)
    gathered = Gathered(build_linker(settings, []))
    found: tuple[int, Reply] | None = None
    ids: list[str] = []
    for reply in recall_questions(select_replies(settings, gathered, progress)):
        node = gathered.linker.add(reply)
        ids.append(reply.id)
        if reply.id == reply_id:
            found = node, reply
    if found is None:
        raise SettingsError(say_unknown_reply(reply_id, ids, gathered.left_out, settings.sources))
    node, reply = found
    customer = gathered.linker.resolve().customer_of(node)
    about = {p.id for p in knowledge.policies.values() if not settings.topics or p.topic in settings.topics}
    least = find_least(settings.min_confidence)
    explanation = explain_reading(open_reader(knowledge, least), reply, about)
    judged = (judge_reply_claim(claim, reply, customer, knowledge) for claim in explanation.claims)
    return ExplainedReply(reply, customer, explanation, tuple(judged), least)


def rate_finding(
    finding: Finding, find_certainty: Callable[[Finding, bool], float], knowledge: KnowledgeBase
) -> Finding:
    """The finding with the probability of the weakest link that it hangs on, which `find_certainty` tells.

    Where the policy has exceptions, what is expected may come from the CRM's record: so that link counts too,
    and the function is told True. A finding of the whole company hangs on none.
    """
    if not finding.customer:
        return finding
    policy = knowledge.policies.get(finding.policy)
    certainty = round(find_certainty(finding, policy is not None and bool(policy.exceptions)), 6)
    return finding if certainty == finding.certainty else replace(finding, certainty=certainty)


def trace_answers(nodes: Mapping[str, int], resolution: Resolution) -> Callable[[Finding, bool], float]:
    """What `rate_finding` asks, of customers linked here; `nodes` are by reply id."""

    def find_certainty(finding: Finding, with_record: bool) -> float:
        answers = sorted({nodes[answer.reply_id] for answer in finding.answers})
        return resolution.find_certainty(answers, with_record=with_record)

    return find_certainty


def was_compared(report: Report) -> bool:
    """False where no check had anything to compare, so that no finding does not mean that all is well."""
    summary = report.summary
    replies = summary.replies + summary.questions
    had = {
        **dict.fromkeys(("channel-conflict", "repeat-contact", "better-deal"), summary.several_channels),
        **dict.fromkeys(("repeat-conflict", "channel-drift"), summary.claims),
        **dict.fromkeys(ABOUT_CONTACTS, replies),
    }
    if not summary.claims and not ABOUT_CONTACTS.issuperset(summary.by_check):
        return False
    return any(had.get(check, summary.judged) for check in summary.by_check)


def _gather_claims(
    settings: AuditSettings, knowledge: KnowledgeBase, progress: Progress | None, *, asks: bool = False
) -> Gathered:
    """Read every reply once and let go of its text; where `asks`, what it was asked for is read as well."""
    problems: list[Problem] = []
    gathered = Gathered(build_linker(settings, problems), problems=problems)
    task = ReadingTask(knowledge, settings.min_confidence, asks=asks)
    terms = make_terms(settings, knowledge, None)
    replies = recall_questions(select_replies(settings, gathered, progress))
    for reply, read in make_in("read", read_replies(replies, task, settings.jobs)):
        if isinstance(read, Problem):
            gathered.note(read, UNREAD)
            continue
        node = gathered.add(reply)
        claims = [c for c in read.claims if is_asked_for(c, knowledge, settings)]
        contact = make_contact(reply, read.asking, knowledge, settings.topics)
        gathered.claims.extend((node, contact.reply, claim) for claim in claims)
        if asks and (claims or is_telling(contact, terms)):
            gathered.met.append((node, contact))
    return gathered


def _count_contacts(gathered: Gathered, resolution: Resolution, cases: Iterable[CustomerCase]) -> list[Tally]:
    """What all customers add to the summary."""
    channels: dict[str, Counter[tuple[str, bool]]] = {}
    for counts, is_answered in ((gathered.contacts, True), (gathered.unanswered, False)):
        for (node, channel), count in counts.items():
            counted = channels.setdefault(resolution.customer_of(node).key, Counter())
            counted[channel, is_answered] += count
    claims = {case.customer.key: case.claims for case in cases}
    return merge_tallies(
        tally for key, counted in channels.items() for tally in count_contacts(counted, claims.get(key, ()))
    )


def make_contact(
    reply: Reply, asking: Asking, knowledge: KnowledgeBase, topics: Collection[str] = ()
) -> Contact:
    """A reply, without its text, and what it was asked for of these topics; of all, where none is named."""
    if topics:
        policies = tuple(name for name in asking.policies if knowledge.policies[name].topic in topics)
        asking = Asking(policies, recognises=asking.recognises)
    return Contact(replace(reply, text=""), asking, is_answered=bool(reply.text))


def is_telling(contact: Contact, terms: Terms) -> bool:
    """Whether a check may speak of a contact that claims nothing."""
    asking = contact.asking
    is_asked = bool(asking.policies) or asking.is_uncovered
    return is_asked or not contact.is_answered or is_late(contact.reply, terms.response_times)


def _judge_claims(
    gathered: Gathered, resolution: Resolution, knowledge: KnowledgeBase
) -> Iterator[JudgedClaim]:
    for node, reply, claim in gathered.claims:
        yield judge_reply_claim(claim, reply, resolution.customer_of(node), knowledge)


def judge_reply_claim(
    claim: Claim, reply: Reply, customer: Customer, knowledge: KnowledgeBase
) -> JudgedClaim:
    """A claim with its verdict, for the case that its words and the attributes tell."""
    policy, attributes = knowledge.policies[claim.policy], merge_attributes(customer, reply)
    claim = settle_case(claim, attributes)
    judgement = judge_claim(claim, policy, reply.day, attributes)
    return JudgedClaim(claim, reply, customer, policy, judgement)


def describe_claim(judged: JudgedClaim) -> dict[str, Any]:
    """One claim as a line of `claims` names its fields."""
    claim = judged.claim
    return {
        "reply_id": claim.reply_id,
        "channel": judged.reply.channel,
        "customer": judged.customer.key,
        "topic": judged.policy.topic,
        "policy": claim.policy,
        "value": show_value(claim.value),
        "verdict": judged.judgement.verdict.value,
        "quote": claim.quote,
        "start": claim.start,
        "end": claim.end,
        "confidence": claim.confidence,
        "case": dict(claim.case),
        "reason": judged.judgement.reason,
        "type": claim.value.type,
        "own_case": dict(claim.own_case),
        "attributes": dict(merge_attributes(judged.customer, judged.reply)),
        "sent_at": judged.reply.sent_at.isoformat() if judged.reply.sent_at else "",
        "agent": judged.reply.agent,
        "team": judged.reply.team,
    }


def merge_attributes(customer: Customer, reply: Reply) -> Attributes:
    """The customer's attributes; what the reply's own record says goes before them."""
    return {**customer.attributes, **{name: value for name, value in reply.attributes.items() if value}}


def group_by_customer(
    judged: Iterable[JudgedClaim], met: Iterable[tuple[Customer, Contact]]
) -> list[CustomerCase]:
    """The claims and contacts of each customer who has any, customers by key."""
    customers: dict[str, Customer] = {}
    claims: dict[str, list[JudgedClaim]] = {}
    contacts: dict[str, list[Contact]] = {}
    for claim in judged:
        customers[claim.customer.key] = claim.customer
        claims.setdefault(claim.customer.key, []).append(claim)
    for customer, contact in met:
        customers[customer.key] = customer
        contacts.setdefault(customer.key, []).append(contact)
    return [
        CustomerCase(customers[key], tuple(claims.get(key, ())), tuple(contacts.get(key, ())))
        for key in sorted(customers)
    ]
