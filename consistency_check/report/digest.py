"""A report in five lines, for a chat or a ticket: what is new, what became of the rest, the worst."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from consistency_check.model import Finding, Headline, Report, Severity, Status
from consistency_check.report.headline import say_count, say_counts, say_headline, say_share

MOST_FINDINGS = 3
"""With the headline and the counts they make five lines."""
_ORDER = {status: place for place, status in enumerate(Status)}


@dataclass(frozen=True, slots=True)
class Digest:
    """The headline, the number of findings of each status, and the worst of those that want looking at.

    `day` is that of the run (ISO 8601), empty without a ledger; `more` counts the open findings left out.
    """

    day: str
    headline: str
    by_status: Mapping[str, int]
    twice: str
    findings: tuple[Finding, ...]
    more: int

    @property
    def counts(self) -> str:
        """The second line: what became of the findings, and of the customers who asked twice."""
        counted = say_counts(self.by_status) or "no findings"
        return f"{counted}. {self.twice}".rstrip()


def build_digest(report: Report) -> Digest:
    """The report's digest: of what is new or there again the most severe, then in the report's order."""
    opened = list_open(order_findings(report))
    return Digest(
        day=report.nights[-1].day if report.nights else "",
        headline=say_news(report),
        by_status={status.value: report.summary.by_status.get(status, 0) for status in Status},
        twice=_say_twice(report.headline),
        findings=tuple(opened[:MOST_FINDINGS]),
        more=max(len(opened) - MOST_FINDINGS, 0),
    )


def order_findings(report: Report) -> tuple[Finding, ...]:
    """All findings, those that are gone too: by status, the most severe first, then in the report's order."""
    gone = (replace(finding, status=Status.FIXED) for finding in report.fixed)
    return tuple(sorted((*report.findings, *gone), key=lambda f: (_ORDER[f.status], -f.severity.rank)))


def list_open(findings: Iterable[Finding]) -> list[Finding]:
    """What somebody has to look at, the most severe first; otherwise in their order."""
    return sorted((f for f in findings if f.status.is_open), key=lambda f: -f.severity.rank)


def say_news(report: Report) -> str:
    """One sentence: what is new since the last run and how bad; without a ledger the audit's headline."""
    if report.notes and not (report.nights and report.summary.claims):
        return report.notes[0]
    if not report.nights:
        return say_headline(report.summary)
    opened = [finding for finding in report.findings if finding.status.is_open]
    since = f" since {report.nights[-2].day}" if len(report.nights) > 1 else ""
    return f"{_say_open(opened)}{since}{_say_grave(opened)}."


def _say_open(opened: Sequence[Finding]) -> str:
    """`3 new and 1 reopened findings`; zeros are left out."""
    counts = Counter(finding.status for finding in opened)
    said = [f"{counts[status]:,} {status}" for status in (Status.NEW, Status.REOPENED) if counts[status]]
    nouns = "finding" if len(opened) == 1 else "findings"
    return f"{' and '.join(said)} {nouns}" if said else "Nothing new"


def _say_grave(opened: Sequence[Finding]) -> str:
    grave = sum(finding.severity.rank >= Severity.HIGH.rank for finding in opened)
    return f", {grave:,} of them high or critical" if grave else ""


def _say_twice(headline: Headline) -> str:
    asked, told = headline.asked_twice, headline.told_different
    if not asked:
        return ""
    who = say_count(asked, "customer")
    return f"Of {who} who asked twice, {say_share(told, asked)} were told different things."
