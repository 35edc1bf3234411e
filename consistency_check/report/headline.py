"""The sentences that sum up a report, and how counts are written in words."""

from __future__ import annotations

from collections.abc import Mapping

from consistency_check.model import Finding, Status, Summary, Verdict

VERDICT_WORDS = {Verdict.WRONG_CASE: "wrong case", Verdict.UNJUDGED: "not judged"}


def say_headline(summary: Summary) -> str:
    """Of the customers who asked in more than one channel, how many heard conflicting answers."""
    several, conflicting = summary.several_channels, summary.conflicting
    if not several:
        return "No customer asked in more than one channel."
    who = say_count(several, "customer")
    heard = f"{conflicting:,}" if conflicting else "none"
    return f"Of the {who} who asked in more than one channel, {heard} heard conflicting answers."


def say_total(summary: Summary) -> str:
    """How many findings there are, in how many replies; where some are not new, how many of each status."""
    total = f"{say_count(summary.findings, 'finding')} in {say_count(summary.replies, 'reply', 'replies')}"
    return f"{total}: {say_counts(summary.by_status)}." if has_old(summary) else f"{total}."


def has_old(summary: Summary) -> bool:
    """Whether some findings are known or accepted."""
    return any(count for status, count in summary.by_status.items() if status != Status.NEW)


def say_status(finding: Finding) -> str:
    """Where a finding stands and since when: `known: …`; empty for a new one where nothing is remembered."""
    if finding.status is Status.NEW:
        return finding.status.value if finding.first_seen else ""
    said = f"{finding.status}: {finding.status_reason}" if finding.status_reason else finding.status.value
    known = not finding.first_seen or finding.first_seen in finding.status_reason
    return said if known else f"{said}; first found {finding.first_seen}"


def say_verdict(verdict: Verdict) -> str:
    """A verdict as people read it."""
    return VERDICT_WORDS.get(verdict, verdict.value)


def say_count(count: int, one: str, many: str = "") -> str:
    """A count with its noun: `1 finding`, `1,204 findings`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def say_counts(counts: Mapping[str, int], separator: str = ", ") -> str:
    """Counts by name, the zeros left out: `2 critical, 10 high`."""
    return separator.join(f"{count:,} {name}" for name, count in counts.items() if count)
