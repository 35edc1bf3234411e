"""The summary of an audit whose findings no one machine holds: they are counted where they are found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from consistency_check.model import Finding, Severity, Status, Summary, Tally
from consistency_check.summary import sum_up

FOUND = "found"
"""The name, which no check has, of the counts of findings."""


def count_findings(findings: Sequence[Finding]) -> Iterator[Tally]:
    """What the findings of one customer, or of the whole company, add to the summary."""
    counts = Counter(("check", each.check) for each in findings)
    counts.update(("severity", each.severity.value) for each in findings)
    counts["customers", "conflicting"] = len({f.customer for f in findings if f.check == "channel-conflict"})
    yield from (Tally(FOUND, group, count) for group, count in counts.items())


def sum_up_findings(tallies: Sequence[Tally], checks: Iterable[str], left_out: Mapping[str, int]) -> Summary:
    """The summary that all counts add up to; every finding is new, for nothing is remembered."""
    names = sorted(set(checks))
    counts = {each.group: each.count for each in tallies if each.check == FOUND}
    found = sum(counts.get(("check", name), 0) for name in names)
    return replace(
        sum_up(tallies, (), names, left_out, 0),
        findings=found,
        by_check={name: counts.get(("check", name), 0) for name in names},
        by_severity={each.value: counts.get(("severity", each.value), 0) for each in reversed(Severity)},
        conflicting=counts.get(("customers", "conflicting"), 0),
        by_status={each.value: found if each is Status.NEW else 0 for each in Status},
    )
