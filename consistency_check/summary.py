"""The footer of a report: what an audit counted, and what did not run and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from consistency_check.checks.channel_conflict import NAME as CHANNEL_CONFLICT
from consistency_check.checks.channel_conflict import find_conflicts
from consistency_check.checks.pairs import pair_channels
from consistency_check.model import (
    Finding,
    JudgedClaim,
    KnowledgeBase,
    Severity,
    Status,
    Summary,
    Tally,
    Verdict,
)

ABOUT_CONTACTS = frozenset({"late-answer", "no-answer", "uncovered-question"})
"""Checks that need no claim to find something."""
COUNTED = "summary"
"""The name, which no check has, of what the summary counts."""


def count_contacts(
    channels: Mapping[tuple[str, bool], int], claims: Iterable[JudgedClaim]
) -> Iterator[Tally]:
    """What one customer adds to the summary; `channels` count contacts, answered (True) or not."""
    claims = list(claims)
    verdicts = Counter(claim.judgement.verdict for claim in claims)
    groups = {("channel" if said else "question", name): count for (name, said), count in channels.items()}
    groups |= {("verdict", verdict.value): count for verdict, count in verdicts.items()}
    groups |= {("pair", pair): count for pair, count in count_channel_pairs(claims).items()}
    groups["customers", "several" if len({name for name, _ in channels}) > 1 else "one"] = 1
    yield from (Tally(COUNTED, group, count) for group, count in groups.items())


def sum_up(
    tallies: Iterable[Tally],
    found: Iterable[Finding],
    checks: Iterable[str],
    left_out: Mapping[str, int],
    gone: int,
) -> Summary:
    """The summary that all customers' counts add up to; `gone` is how many findings no longer hold."""
    counts = {each.group: each.count for each in tallies if each.check == COUNTED}
    by_kind: dict[str, dict[str, int]] = {"channel": {}, "question": {}}
    for (kind, name), count in sorted(counts.items()):
        by_kind.setdefault(kind, {})[name] = count
    channels = dict.fromkeys(by_kind["question"], 0) | by_kind["channel"]
    verdicts = {each.value: counts.get(("verdict", each.value), 0) for each in Verdict}
    by_check: Counter[str] = Counter()
    severities: Counter[Severity] = Counter()
    statuses = Counter({Status.FIXED: gone})
    conflicting = set()
    for each in found:  # once, for each may be made anew
        by_check[each.check] += 1
        severities[each.severity] += 1
        statuses[each.status] += 1
        if each.check == CHANNEL_CONFLICT:
            conflicting.add(each.customer)
    claims, several = sum(verdicts.values()), counts.get(("customers", "several"), 0)
    return Summary(
        replies=sum(channels.values()),
        customers=several + counts.get(("customers", "one"), 0),
        claims=claims,
        judged=claims - verdicts[Verdict.UNJUDGED],
        findings=by_check.total(),
        by_check={name: by_check[name] for name in sorted(set(checks))},
        by_severity={each.value: severities[each] for each in reversed(Severity)},
        by_verdict=verdicts,
        by_channel=dict(sorted(channels.items())),
        by_channel_pair=_rank_pairs(by_kind.get("pair", {}), checks),
        left_out=dict(sorted(left_out.items())),
        several_channels=several,
        conflicting=len(conflicting),
        by_status={each.value: statuses[each] for each in Status},
        questions=sum(by_kind["question"].values()),
    )


def count_channel_pairs(claims: Iterable[JudgedClaim]) -> Counter[str]:
    """For each pair of channels ("email / phone") the policies on which they conflict for one customer."""
    return Counter(" / ".join(pair) for _, picked in find_conflicts(claims) for pair in pair_channels(picked))


def _rank_pairs(pairs: Mapping[str, int], checks: Iterable[str]) -> Mapping[str, int]:
    """The pairs with most conflicts first; none where conflicts were not asked for."""
    if CHANNEL_CONFLICT not in checks:
        return {}
    return dict(sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0])))


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
    elif CHANNEL_CONFLICT not in summary.by_check:
        yield "Channels were not compared: the check channel-conflict did not run."
    elif not summary.several_channels:
        yield "Channels were not compared: no customer asked in more than one."
