"""Where each finding of a report stands: new, known or accepted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from consistency_check.gate.acceptance import Acceptance
from consistency_check.gate.accepted import AcceptedList
from consistency_check.model import Finding, Report, Status

IN_BASELINE = "it stands in the baseline"


@dataclass(frozen=True, slots=True)
class Gate:
    """What is known and accepted as of `today`; `baseline` names the file with the `known` fingerprints."""

    today: date
    known: frozenset[str] = frozenset()
    baseline: str = ""
    accepted: AcceptedList = field(default_factory=AcceptedList)
    reminders: tuple[str, ...] = ()


def settle_report(report: Report, gate: Gate) -> Report:
    """The report with the status of each finding, counted in its summary; accepted goes before known.

    Its reminders name entries that could not be read, have expired or accept nothing, and say how many
    known findings are gone. Where there is neither, the findings stay as they are:
    they may not all be in memory.
    """
    if not (gate.known or gate.accepted.entries or gate.accepted.problems):
        return replace(report, reminders=(*report.reminders, *gate.reminders))
    fitting = [_find_fitting(finding, gate.accepted) for finding in report.findings]
    pairs = zip(report.findings, fitting, strict=True)
    findings = tuple(_settle_finding(finding, entries, gate) for finding, entries in pairs)
    covered = Counter(entry for entries in fitting for entry in entries)
    counts = Counter(finding.status for finding in (*findings, *report.fixed))
    summary = replace(report.summary, by_status={status.value: counts[status] for status in Status})
    reminders = (*report.reminders, *gate.reminders, *_list_reminders(findings, covered, gate))
    return replace(report, summary=summary, findings=findings, reminders=reminders)


def _find_fitting(finding: Finding, accepted: AcceptedList) -> list[Acceptance]:
    """The entries that cover a finding, expired or not, in the order of the list."""
    return [entry for entry in accepted.find_candidates(finding.id) if entry.covers(finding)]


def _settle_finding(finding: Finding, fitting: Iterable[Acceptance], gate: Gate) -> Finding:
    entry = next((entry for entry in fitting if entry.holds(gate.today)), None)
    if entry:
        return replace(finding, status=Status.ACCEPTED, status_reason=str(entry))
    if finding.id in gate.known and finding.status.is_open:
        return replace(finding, status=Status.KNOWN, status_reason=IN_BASELINE)
    return finding


def _list_reminders(
    findings: Iterable[Finding], covered: Mapping[Acceptance, int], gate: Gate
) -> Iterator[str]:
    for problem in gate.accepted.problems:
        yield f"Not accepted: {problem}."
    for entry in gate.accepted.entries:
        if reminder := _remind_of(entry, covered[entry], gate.today):
            yield reminder
    gone = len(gate.known - {finding.id for finding in findings})
    if gone:
        about = f"{gate.baseline}: {gone:,} of {len(gate.known):,} known findings were not found this time"
        yield f"{about}; `consistency-check baseline prune` takes them out."


def _remind_of(entry: Acceptance, covered: int, today: date) -> str:
    whose = f"({entry.author}: {entry.reason})"
    if not entry.holds(today):
        found = f"it would cover {covered:,} of these findings" if covered else "it would cover none of these"
        return f"{entry.source}: expired on {entry.expires}, {found} {whose}; renew it, or delete it."
    if not covered:
        return f"{entry.source}: accepts nothing that was found {whose}; delete it."
    return ""
