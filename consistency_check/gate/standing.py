"""Where each finding of a report stands: new, known or accepted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace

from consistency_check.model import Finding, Report, Status

IN_BASELINE = "it stands in the baseline"


def settle_report(report: Report, known: Collection[str], baseline: str = "") -> Report:
    """The report with the status of each finding, counted in its summary.

    `known` are the fingerprints of the baseline, `baseline` its name for the reminder that some are gone.
    """
    findings = tuple(_mark_known(finding, known) for finding in report.findings)
    counts = Counter(finding.status for finding in findings)
    summary = replace(report.summary, by_status={status.value: counts[status] for status in Status})
    reminders = [*report.reminders]
    gone = len(set(known) - {finding.id for finding in findings})
    if gone:
        about = f"{baseline}: {gone:,} of {len(known):,} known findings were not found this time"
        reminders.append(f"{about}; `consistency-check baseline prune` takes them out.")
    return replace(report, summary=summary, findings=findings, reminders=tuple(reminders))


def _mark_known(finding: Finding, known: Collection[str]) -> Finding:
    if finding.status is Status.NEW and finding.id in known:
        return replace(finding, status=Status.KNOWN, status_reason=IN_BASELINE)
    return finding
