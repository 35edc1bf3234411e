"""`concise`: one line a finding, for terminals, editors and grep; the last lines are the headline."""

from __future__ import annotations

from typing import TextIO

from consistency_check.model import Finding, Report
from consistency_check.report.escape import show_text
from consistency_check.report.headline import say_figures, say_headline, say_standing, say_total
from consistency_check.report.links import say_uncertain
from consistency_check.report.output import Output, ReportOptions


def write_concise(report: Report, stream: TextIO, options: ReportOptions) -> None:
    """`path:line: severity check policy customer: message [id]`, the place being the first answer's.

    Those that are gone since the last run come after the others, with `(fixed: …)`.

    A record that could not be used has a line as well: `path:line: problem: message`.
    """
    del options
    for finding in (*report.findings, *report.fixed):
        stream.write(f"{_write_line(finding)}\n")
    for problem in report.problems:
        stream.write(f"{show_text(f'{problem.source}: problem: {problem.message}')}\n")
    closing = report.notes or (say_headline(report.summary),)
    for sentence in (say_total(report.summary), *closing, *say_figures(report), *report.reminders):
        stream.write(f"{show_text(sentence)}\n")


def _write_line(finding: Finding) -> str:
    place = finding.answers[0].source
    head = f"{finding.severity} {finding.check} {finding.policy or '-'} {finding.customer or '-'}"
    uncertain = say_uncertain(finding.certainty)
    marked = f"{finding.message} It {uncertain}." if uncertain else finding.message
    status = f" ({say_standing(finding)})" if say_standing(finding) else ""
    return show_text(f"{place}: {head}: {marked} [{finding.id}]{status}")


OUTPUT = Output("concise", "one line a finding", write_concise)
