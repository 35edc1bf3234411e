"""The hall: the only place that knows the order load, identify, read, judge, checks, report."""

from __future__ import annotations

import gc
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from pathlib import Path

from consistency_check.checks import CHECKS, run_checks
from consistency_check.explanation import explain_reading, find_least, open_reader, say_unknown_reply
from consistency_check.identify import (
    LEAST,
    Linker,
    PatternError,
    Resolution,
    compile_pattern,
    read_links,
    remember,
    write_links,
)
from consistency_check.judge import judge_claim, settle_case
from consistency_check.load import load_customers, load_replies
from consistency_check.model import (
    Attributes,
    Claim,
    CrmRecord,
    Customer,
    ExplainedReply,
    Finding,
    JudgedClaim,
    KnowledgeBase,
    NearMiss,
    Problem,
    Reply,
    Report,
)
from consistency_check.policies import load_policies
from consistency_check.summary import list_notes, summarise_audit

Progress = Callable[[int], None]
PROBLEMS_KEPT = 1000
BATCH = 64
"""Replies read at once: more would be no faster and hold more memory."""


class SettingsError(Exception):
    """A setting that this knowledge base or these replies cannot serve, and what to write instead."""


@dataclass(frozen=True, slots=True)
class AuditSettings:
    """What to audit, against what, and which part of it; empty tuples of names mean "all".

    `since` and `until` are inclusive; `timezone` is that of times without an offset, `region` that of
    phone numbers without a country code. A claim counts from `min_confidence` (0 to 1) on, None being the
    reader's own. Two identities are linked from the probability `min_link` on; `links` is the file of known
    customers, read before and written after; `references` are patterns of references in texts.
    """

    sources: tuple[str, ...]
    policies: Path = Path("policies")
    customers: Path | None = None
    checks: tuple[str, ...] = tuple(CHECKS)
    channels: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    timezone: str = "UTC"
    region: str = "US"
    min_confidence: float | None = None
    links: Path | None = None
    min_link: float = LEAST
    references: tuple[str, ...] = ()


@dataclass(slots=True)
class Gathered:
    """What is kept of the replies: their claims and heads, and for each reply a node and a channel."""

    linker: Linker
    claims: list[tuple[int, Reply, Claim]] = field(default_factory=list)
    contacts: Counter[tuple[int, str]] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


def run_audit(settings: AuditSettings, progress: Progress | None = None) -> Report:
    """Audit the replies of `settings.sources`; `progress` is called with the bytes read.

    Raises KnowledgeBaseError, InputError, UnknownRegionError, LinksError and SettingsError. Where nothing
    could be compared the report says so in its notes (`was_compared`).
    """
    knowledge = load_knowledge(settings)
    gathered = _gather_claims(settings, knowledge, progress)
    resolution = resolve_customers(gathered.linker, settings)
    judged = list(_judge_claims(gathered, resolution, knowledge))
    findings = run_checks(group_by_customer(judged), settings.checks)
    nodes = {reply.id: node for node, reply, _ in gathered.claims}
    findings = [rate_finding(each, nodes, resolution, knowledge) for each in findings]
    summary = summarise_audit(
        gathered.contacts, resolution, judged, findings, settings.checks, gathered.left_out
    )
    notes = tuple(list_notes(knowledge, summary, settings.sources, settings.topics))
    return Report(summary, tuple(findings), tuple(gathered.problems), notes)


def run_claims(settings: AuditSettings, progress: Progress | None = None) -> Iterator[JudgedClaim]:
    """Every claim read from the replies, judged, in the order of the input."""
    knowledge = load_knowledge(settings)
    gathered = _gather_claims(settings, knowledge, progress)
    return _judge_claims(gathered, resolve_customers(gathered.linker, settings), knowledge)


def run_near_misses(settings: AuditSettings, progress: Progress | None = None) -> Iterator[NearMiss]:
    """What was considered and not counted as a claim, with its reason, in the order of the input."""
    knowledge = load_knowledge(settings)
    reader = open_reader(knowledge, settings.min_confidence)
    for replies in batch_replies(select_replies(settings, Gathered(Linker()), progress)):
        for reading in reader.read_batch(replies):
            for miss in reading.near_misses:
                policy = knowledge.policies.get(miss.policy)
                if not settings.topics or (policy and policy.topic in settings.topics):
                    yield miss


def explain_reply(settings: AuditSettings, reply_id: str, progress: Progress | None = None) -> ExplainedReply:
    """How one reply is read and judged; all are loaded, as the others tell which customer it went to.

    Raises SettingsError where no reply that the settings ask for has this id.
    """
    from consistency_check.read import recall_questions

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
    finding: Finding, nodes: Mapping[str, int], resolution: Resolution, knowledge: KnowledgeBase
) -> Finding:
    """The finding with the probability of the weakest link that it hangs on; `nodes` are by reply id.

    Where the policy has exceptions, what is expected may come from the CRM's record: so that link counts too.
    """
    answers = {nodes[answer.reply_id] for answer in finding.answers}
    with_record = bool(knowledge.policies[finding.policy].exceptions)
    certainty = round(resolution.find_certainty(sorted(answers), with_record=with_record), 6)
    return finding if certainty == finding.certainty else replace(finding, certainty=certainty)


def resolve_customers(linker: Linker, settings: AuditSettings) -> Resolution:
    """Who the customers are; where the settings name a file of links, they are remembered in it."""
    resolution = linker.resolve()
    if settings.links:
        write_links(settings.links, remember(resolution))
    return resolution


def was_compared(report: Report) -> bool:
    """False where no check had anything to compare, so that no finding does not mean that all is well."""
    summary = report.summary
    had = {"channel-conflict": summary.several_channels, "repeat-conflict": summary.claims}
    return summary.claims > 0 and any(had.get(check, summary.judged) for check in summary.by_check)


def load_knowledge(settings: AuditSettings) -> KnowledgeBase:
    """The policies; raises SettingsError where a check or a topic is not known."""
    knowledge = load_policies(settings.policies)
    _refuse_unknown("check", settings.checks, CHECKS)
    _refuse_unknown("topic", settings.topics, knowledge.topics)
    return knowledge


def _refuse_unknown(kind: str, names: Iterable[str], known: Iterable[str]) -> None:
    for name in names:
        if name not in known:
            raise SettingsError(f"there is no {kind} {name!r}; write one of {', '.join(sorted(known))}")


def _gather_claims(settings: AuditSettings, knowledge: KnowledgeBase, progress: Progress | None) -> Gathered:
    """Read every reply once and let go of its text."""
    problems: list[Problem] = []
    gathered = Gathered(build_linker(settings, problems), problems=problems)
    reader = open_reader(knowledge, settings.min_confidence, near_misses=False)
    gc.freeze()  # what is built so far lives to the end
    for replies in batch_replies(select_replies(settings, gathered, progress)):
        for reply, reading in zip(replies, reader.read_batch(replies), strict=True):
            node = gathered.linker.add(reply)
            gathered.contacts[node, reply.channel] += 1
            claims = [c for c in reading.claims if is_asked_for(c, knowledge, settings)]
            head = replace(reply, text="") if claims else reply
            gathered.claims.extend((node, head, claim) for claim in claims)
    return gathered


def batch_replies(replies: Iterator[Reply]) -> Iterator[list[Reply]]:
    """Replies as they are read: some at once, each with what was asked before it."""
    from consistency_check.read import recall_questions

    replies = recall_questions(replies)
    while batch := list(islice(replies, BATCH)):
        yield batch


def build_linker(settings: AuditSettings, problems: list[Problem], *, keep_replies: bool = False) -> Linker:
    """A linker that knows the CRM and the customers of earlier runs; bad rows are added to `problems`."""
    records: list[CrmRecord] = []
    if settings.customers:
        records, bad = load_customers(settings.customers)
        problems.extend(bad)
    return Linker(
        records,
        region=settings.region,
        keep_replies=keep_replies,
        known=read_links(settings.links) if settings.links else (),
        references=_compile_references(settings.references),
        least=settings.min_link,
    )


def _compile_references(written: Iterable[str]) -> list[re.Pattern[str]]:
    try:
        return [compile_pattern(each) for each in written]
    except PatternError as error:
        raise SettingsError(f"--reference: {error}") from None


def select_replies(settings: AuditSettings, gathered: Gathered, progress: Progress | None) -> Iterator[Reply]:
    """The replies that the settings ask for; what is left out is counted, with its reason."""
    for loaded in load_replies(settings.sources, timezone=settings.timezone, on_bytes=progress):
        if isinstance(loaded, Problem):
            gathered.left_out["unusable"] += 1
            if len(gathered.problems) < PROBLEMS_KEPT:
                gathered.problems.append(loaded)
        elif reason := _explain_left_out(loaded, settings):
            gathered.left_out[reason] += 1
        else:
            yield loaded


def _explain_left_out(reply: Reply, settings: AuditSettings) -> str:
    channels = {name.casefold() for name in settings.channels}
    if channels and reply.channel.casefold() not in channels:
        return "in other channels"
    if not (settings.since or settings.until):
        return ""
    if reply.day is None:
        return "without a date"
    if settings.since and reply.day < settings.since:
        return f"before {settings.since}"
    if settings.until and reply.day > settings.until:
        return f"after {settings.until}"
    return ""


def is_asked_for(claim: Claim, knowledge: KnowledgeBase, settings: AuditSettings) -> bool:
    """Whether the settings ask for the topic of a claim."""
    return not settings.topics or knowledge.policies[claim.policy].topic in settings.topics


def _judge_claims(
    gathered: Gathered, resolution: Resolution, knowledge: KnowledgeBase
) -> Iterator[JudgedClaim]:
    for node, reply, claim in gathered.claims:
        yield judge_reply_claim(claim, reply, resolution.customer_of(node), knowledge)


def judge_reply_claim(
    claim: Claim, reply: Reply, customer: Customer, knowledge: KnowledgeBase
) -> JudgedClaim:
    """A claim with its verdict, for the case that its words and the attributes tell."""
    policy, attributes = knowledge.policies[claim.policy], _merge_attributes(customer, reply)
    claim = settle_case(claim, attributes)
    judgement = judge_claim(claim, policy, reply.day, attributes)
    return JudgedClaim(claim, reply, customer, policy, judgement)


def _merge_attributes(customer: Customer, reply: Reply) -> Attributes:
    """The customer's attributes; what the reply's own record says goes before them."""
    return {**customer.attributes, **{name: value for name, value in reply.attributes.items() if value}}


def group_by_customer(
    judged: Iterable[JudgedClaim],
) -> list[tuple[Customer, tuple[JudgedClaim, ...]]]:
    """The claims of each customer, customers by key."""
    groups: dict[str, list[JudgedClaim]] = {}
    for claim in judged:
        groups.setdefault(claim.customer.key, []).append(claim)
    return [(groups[key][0].customer, tuple(groups[key])) for key in sorted(groups)]
