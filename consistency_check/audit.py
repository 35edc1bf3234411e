"""The hall: the only place that knows the order load, identify, read, judge, checks, report."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from pathlib import Path

from consistency_check.checks import CHECKS, run_checks
from consistency_check.explanation import explain_reading, find_least, open_reader, say_unknown_reply
from consistency_check.identify import Linker, Resolution
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
    Severity,
    Summary,
    Verdict,
)
from consistency_check.policies import load_policies

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
    reader's own.
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

    Raises KnowledgeBaseError, InputError, UnknownRegionError and SettingsError. Where nothing could be
    compared the report says so in its notes (`was_compared`).
    """
    knowledge = _load_knowledge(settings)
    gathered = _gather_claims(settings, knowledge, progress)
    resolution = gathered.linker.resolve()
    judged = list(_judge_claims(gathered, resolution, knowledge))
    findings = run_checks(_group_by_customer(judged), settings.checks)
    summary = _summarise(gathered, resolution, judged, findings, settings)
    notes = tuple(_list_notes(knowledge, summary, settings))
    return Report(summary, tuple(findings), tuple(gathered.problems), notes)


def run_claims(settings: AuditSettings, progress: Progress | None = None) -> Iterator[JudgedClaim]:
    """Every claim read from the replies, judged, in the order of the input."""
    knowledge = _load_knowledge(settings)
    gathered = _gather_claims(settings, knowledge, progress)
    return _judge_claims(gathered, gathered.linker.resolve(), knowledge)


def run_near_misses(settings: AuditSettings, progress: Progress | None = None) -> Iterator[NearMiss]:
    """What was considered and not counted as a claim, with its reason, in the order of the input."""
    knowledge = _load_knowledge(settings)
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

    knowledge = _load_knowledge(settings)
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
    judged = (_judge_claim(claim, reply, customer, knowledge) for claim in explanation.claims)
    return ExplainedReply(reply, customer, explanation, tuple(judged), least)


def list_customers(settings: AuditSettings, progress: Progress | None = None) -> tuple[Customer, ...]:
    """Every customer with the ids of their replies, sorted by key; no policy is loaded for it."""
    gathered = Gathered(build_linker(settings, [], keep_replies=True))
    for reply in select_replies(settings, gathered, progress):
        gathered.linker.add(reply)
    return gathered.linker.resolve().customers


def was_compared(report: Report) -> bool:
    """False where no check had anything to compare, so that no finding does not mean that all is well."""
    summary = report.summary
    had = {"channel-conflict": summary.several_channels, "repeat-conflict": summary.claims}
    return summary.claims > 0 and any(had.get(check, summary.judged) for check in summary.by_check)


def _load_knowledge(settings: AuditSettings) -> KnowledgeBase:
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
            claims = [c for c in reading.claims if _is_asked_for(c, knowledge, settings)]
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
    """A linker that knows the CRM's customers; what is wrong with their export is added to `problems`."""
    records: list[CrmRecord] = []
    if settings.customers:
        records, bad = load_customers(settings.customers)
        problems.extend(bad)
    return Linker(records, region=settings.region, keep_replies=keep_replies)


def select_replies(settings: AuditSettings, gathered: Gathered, progress: Progress | None) -> Iterator[Reply]:
    """The replies that the settings ask for; what is left out is counted, with its reason."""
    for loaded in load_replies(settings.sources, timezone=settings.timezone, on_bytes=progress):
        if isinstance(loaded, Problem):
            gathered.left_out["unusable"] += 1
            if len(gathered.problems) < PROBLEMS_KEPT:
                gathered.problems.append(loaded)
        elif reason := explain_left_out(loaded, settings):
            gathered.left_out[reason] += 1
        else:
            yield loaded


def explain_left_out(reply: Reply, settings: AuditSettings) -> str:
    """Why the settings do not ask for a reply; empty where they do."""
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


def _is_asked_for(claim: Claim, knowledge: KnowledgeBase, settings: AuditSettings) -> bool:
    return not settings.topics or knowledge.policies[claim.policy].topic in settings.topics


def _judge_claims(
    gathered: Gathered, resolution: Resolution, knowledge: KnowledgeBase
) -> Iterator[JudgedClaim]:
    for node, reply, claim in gathered.claims:
        yield _judge_claim(claim, reply, resolution.customer_of(node), knowledge)


def _judge_claim(claim: Claim, reply: Reply, customer: Customer, knowledge: KnowledgeBase) -> JudgedClaim:
    policy, attributes = knowledge.policies[claim.policy], merge_attributes(customer, reply)
    claim = settle_case(claim, attributes)
    judgement = judge_claim(claim, policy, reply.day, attributes)
    return JudgedClaim(claim, reply, customer, policy, judgement)


def merge_attributes(customer: Customer, reply: Reply) -> Attributes:
    """The customer's attributes; what the reply's own record says goes before them."""
    return {**customer.attributes, **{name: value for name, value in reply.attributes.items() if value}}


def _group_by_customer(
    judged: Iterable[JudgedClaim],
) -> list[tuple[Customer, tuple[JudgedClaim, ...]]]:
    groups: dict[str, list[JudgedClaim]] = {}
    for claim in judged:
        groups.setdefault(claim.customer.key, []).append(claim)
    return [(groups[key][0].customer, tuple(groups[key])) for key in sorted(groups)]


def _summarise(
    gathered: Gathered,
    resolution: Resolution,
    judged: list[JudgedClaim],
    findings: list[Finding],
    settings: AuditSettings,
) -> Summary:
    channels: dict[str, set[str]] = {}
    by_channel: Counter[str] = Counter()
    for (node, channel), count in gathered.contacts.items():
        channels.setdefault(resolution.customer_of(node).key, set()).add(channel)
        by_channel[channel] += count
    verdicts = Counter(c.judgement.verdict for c in judged)
    severities = Counter(f.severity for f in findings)
    checks = Counter(f.check for f in findings)
    conflicting = {f.customer for f in findings if f.check == "channel-conflict"}
    return Summary(
        replies=sum(by_channel.values()),
        customers=len(channels),
        claims=len(judged),
        judged=len(judged) - verdicts[Verdict.UNJUDGED],
        findings=len(findings),
        by_check={name: checks[name] for name in sorted(set(settings.checks))},
        by_severity={severity.value: severities[severity] for severity in reversed(Severity)},
        by_verdict={verdict.value: verdicts[verdict] for verdict in Verdict},
        by_channel=dict(sorted(by_channel.items())),
        by_channel_pair=_count_channel_pairs(findings),
        left_out=dict(sorted(gathered.left_out.items())),
        several_channels=sum(len(names) > 1 for names in channels.values()),
        conflicting=len(conflicting),
    )


def _count_channel_pairs(findings: Iterable[Finding]) -> Mapping[str, int]:
    """For each pair of channels ("email / phone") the channel conflicts in which their answers differ."""
    pairs: Counter[str] = Counter()
    for finding in findings:
        if finding.check == "channel-conflict":
            said = {(a.channel, a.value) for a in finding.answers}
            pairs.update({f"{a} / {b}" for a, x in said for b, y in said if a < b and x != y})
    return dict(sorted(pairs.items(), key=lambda item: (-item[1], item[0])))


def _list_notes(knowledge: KnowledgeBase, summary: Summary, settings: AuditSettings) -> Iterator[str]:
    """What did not run, and why: a report without findings must have earned it."""
    left_out = sum(summary.left_out.values())
    without = f" ({left_out:,} left out)" if left_out else ""
    if not summary.replies:
        yield f"Nothing was compared: no reply was loaded from {', '.join(settings.sources)}{without}."
    elif not knowledge.policies:
        yield "Nothing was compared: the knowledge base has no policy."
    elif not summary.claims:
        about = f" about {', '.join(settings.topics)}" if settings.topics else ""
        read = f"of the replies read ({summary.replies:,}), none says anything{about} that a policy answers"
        yield f"Nothing was compared: {read}."
    elif not summary.judged:
        yield "No answer was judged: the policies that the replies speak of have no fixed value."
    elif "channel-conflict" not in settings.checks:
        yield "Channels were not compared: the check channel-conflict did not run."
    elif not summary.several_channels:
        yield "Channels were not compared: no customer asked in more than one."
