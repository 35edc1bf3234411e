"""No more of a reply than is asked for: so many characters around the words quoted, cut between words."""

from __future__ import annotations

from dataclasses import replace

from consistency_check.model import Finding, FindingAnswer, Report, cut_after, cut_before


def trim_report(report: Report, most: int) -> Report:
    """The report with at most `most` characters of context on each side of a quote, and of a question."""
    return replace(
        report,
        findings=tuple(trim_finding(finding, most) for finding in report.findings),
        fixed=tuple(trim_finding(finding, most) for finding in report.fixed),
    )


def trim_finding(finding: Finding, most: int) -> Finding:
    """One finding; 0 leaves the quotes alone, and no question."""
    return replace(finding, answers=tuple(_trim_answer(answer, most) for answer in finding.answers))


def _trim_answer(answer: FindingAnswer, most: int) -> FindingAnswer:
    passage = answer.passage
    before, after = cut_before(passage.before, most), cut_after(passage.after, most)
    return replace(
        answer,
        context=f"{before}{passage.quote}{after}",
        context_start=answer.start - len(before),
        question=cut_after(answer.question, most),
    )
