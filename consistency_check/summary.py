"""The footer of a report: what an audit counted, and what did not run and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from consistency_check.identify import Resolution
from consistency_check.model import Finding, JudgedClaim, KnowledgeBase, Severity, Status, Summary, Verdict

ABOUT_CONTACTS = frozenset({"late-answer", "no-answer", "uncovered-question"})
"""Checks that need no claim to find something."""


def summarise_audit(
    contacts: Mapping[tuple[int, str], int],
    resolution: Resolution,
    judged: Sequence[JudgedClaim],
    findings: Sequence[Finding],
    checks: Iterable[str],
    left_out: Mapping[str, int],
    unanswered: Mapping[tuple[int, str], int] = MappingProxyType({}),
) -> Summary:
    """What was counted; `contacts` are the replies by node and channel, `checks` those that ran.

    `unanswered` are the questions that nobody answered, by node and channel.
    """
    channels: dict[str, set[str]] = {}
    by_channel: Counter[str] = Counter()
    for node, channel in {**contacts, **unanswered}:
        channels.setdefault(resolution.customer_of(node).key, set()).add(channel)
        by_channel[channel] += contacts.get((node, channel), 0)
    verdicts = Counter(c.judgement.verdict for c in judged)
    severities = Counter(f.severity for f in findings)
    found = Counter(f.check for f in findings)
    conflicting = {f.customer for f in findings if f.check == "channel-conflict"}
    return Summary(
        replies=sum(by_channel.values()),
        customers=len(channels),
        claims=len(judged),
        judged=len(judged) - verdicts[Verdict.UNJUDGED],
        findings=len(findings),
        by_check={name: found[name] for name in sorted(set(checks))},
        by_severity={severity.value: severities[severity] for severity in reversed(Severity)},
        by_verdict={verdict.value: verdicts[verdict] for verdict in Verdict},
        by_channel=dict(sorted(by_channel.items())),
        by_channel_pair=count_channel_pairs(findings),
        left_out=dict(sorted(left_out.items())),
        several_channels=sum(len(names) > 1 for names in channels.values()),
        conflicting=len(conflicting),
        by_status={status.value: sum(f.status is status for f in findings) for status in Status},
        questions=sum(unanswered.values()),
    )


def count_channel_pairs(findings: Iterable[Finding]) -> Mapping[str, int]:
    """For each pair of channels ("email / phone") the channel conflicts in which their answers differ."""
    pairs: Counter[str] = Counter()
    for finding in findings:
        if finding.check == "channel-conflict":
            said = {(a.channel, a.value) for a in finding.answers}
            pairs.update({f"{a} / {b}" for a, x in said for b, y in said if a < b and x != y})
    return dict(sorted(pairs.items(), key=lambda item: (-item[1], item[0])))


def list_notes(
    knowledge: KnowledgeBase, summary: Summary, sources: Iterable[str], topics: Iterable[str]
) -> Iterator[str]:
    """What did not run, and why: a report without findings must have earned it."""
    left_out = sum(summary.left_out.values())
    without = f" ({left_out:,} left out)" if left_out else ""
    if not summary.replies + summary.questions:
        yield f"Nothing was compared: no reply was loaded from {', '.join(sources)}{without}."
    elif not knowledge.policies:
        yield "Nothing was compared: the knowledge base has no policy."
    elif not summary.claims and not ABOUT_CONTACTS.issuperset(summary.by_check):
        about = f" about {', '.join(topics)}" if topics else ""
        read = f"of the replies read ({summary.replies:,}), none says anything{about} that a policy answers"
        yield f"Nothing was compared: {read}."
    elif not summary.judged:
        yield "No answer was judged: the policies that the replies speak of have no fixed value."
    elif "channel-conflict" not in summary.by_check:
        yield "Channels were not compared: the check channel-conflict did not run."
    elif not summary.several_channels:
        yield "Channels were not compared: no customer asked in more than one."
