"""What a run reports: all findings that hold, what became of earlier ones, and the counts of everybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from consistency_check.checks import rank_finding
from consistency_check.figures import build_headline
from consistency_check.intake import AuditSettings, Gathered
from consistency_check.ledger import Ledger
from consistency_check.ledger.findings import load_findings, load_gone
from consistency_check.ledger.runs import load_nights, write_night
from consistency_check.model import (
    Finding,
    JudgedClaim,
    KnowledgeBase,
    Night,
    Report,
    Severity,
    Status,
    Summary,
    Tally,
    Verdict,
)
from consistency_check.summary import count_channel_pairs, list_notes

COUNTED = "summary"
"""The name, which no check has, of what the summary counts."""


def count_contacts(
    channels: Mapping[tuple[str, bool], int], claims: Iterable[JudgedClaim]
) -> Iterator[Tally]:
    """What one customer adds to the summary; `channels` count contacts, answered (True) or not."""
    verdicts = Counter(claim.judgement.verdict for claim in claims)
    groups = {("channel" if said else "question", name): count for (name, said), count in channels.items()}
    groups |= {("verdict", verdict.value): count for verdict, count in verdicts.items()}
    groups["customers", "several" if len({name for name, _ in channels}) > 1 else "one"] = 1
    yield from (Tally(COUNTED, group, count) for group, count in groups.items())


def tell_run(
    ledger: Ledger,
    knowledge: KnowledgeBase,
    settings: AuditSettings,
    gathered: Gathered,
    tallies: Sequence[Tally],
    run: int,
    today: date,
) -> Report:
    """The report of a run that is done, whose figures are remembered for the next ones."""
    found = [each for each in load_findings(ledger, run, today) if each.check in settings.checks]
    found.sort(key=rank_finding)
    gone = [each for each in load_gone(ledger, run) if each.check in settings.checks]
    summary = _sum_up(tallies, found, settings.checks, gathered.left_out, len(gone))
    headline = build_headline(tallies)
    new = sum(each.status.is_open for each in found)
    night = Night(run, today.isoformat(), summary.replies, len(found), new, len(gone), headline)
    write_night(ledger, night)
    return Report(
        summary=summary,
        findings=tuple(found),
        problems=tuple(gathered.problems),
        notes=tuple(list_notes(knowledge, summary, settings.sources, settings.topics)),
        fixed=tuple(sorted(gone, key=rank_finding)),
        headline=headline,
        nights=tuple(load_nights(ledger)),
    )


def _sum_up(
    tallies: Iterable[Tally],
    found: Sequence[Finding],
    checks: Iterable[str],
    left_out: Mapping[str, int],
    gone: int,
) -> Summary:
    counts = {each.group: each.count for each in tallies if each.check == COUNTED}
    by_kind: dict[str, dict[str, int]] = {"channel": {}, "question": {}}
    for (kind, name), count in sorted(counts.items()):
        by_kind.setdefault(kind, {})[name] = count
    channels = dict.fromkeys(by_kind["question"], 0) | by_kind["channel"]
    verdicts = {each.value: counts.get(("verdict", each.value), 0) for each in Verdict}
    severities, by_check = Counter(f.severity for f in found), Counter(f.check for f in found)
    statuses = Counter(f.status for f in found)
    statuses[Status.FIXED] += gone
    claims, several = sum(verdicts.values()), counts.get(("customers", "several"), 0)
    return Summary(
        replies=sum(channels.values()),
        customers=several + counts.get(("customers", "one"), 0),
        claims=claims,
        judged=claims - verdicts[Verdict.UNJUDGED],
        findings=len(found),
        by_check={name: by_check[name] for name in sorted(set(checks))},
        by_severity={each.value: severities[each] for each in reversed(Severity)},
        by_verdict=verdicts,
        by_channel=dict(sorted(channels.items())),
        by_channel_pair=count_channel_pairs(found),
        left_out=dict(sorted(left_out.items())),
        several_channels=several,
        conflicting=len({f.customer for f in found if f.check == "channel-conflict"}),
        by_status={each.value: statuses[each] for each in Status},
        questions=sum(by_kind["question"].values()),
    )
