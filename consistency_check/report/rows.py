"""`csv`: one row an answer, for spreadsheets; no cell can be taken for a formula."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from typing import TextIO

from consistency_check.model import Finding, Report
from consistency_check.report.escape import show_text
from consistency_check.report.output import Output, ReportOptions

COLUMNS = (
    *("finding", "status", "status_reason", "check", "severity", "customer", "customer_name", "topic"),
    *("policy", "expected", "message", "reply_id", "channel", "agent", "team", "sent_at", "value"),
    *("verdict", "confidence", "quote", "source", "first_seen", "last_seen", "question"),
)
# owasp.org, "CSV Injection"; the wide ones are what East Asian spreadsheets take for the same.
_FORMULA = re.compile(r"[\s'\"]*[=+\-@＝＋－＠]")


def write_rows(report: Report, stream: TextIO, options: ReportOptions) -> None:
    """A heading, then a finding's answers in the order they were heard; every cell in quotes.

    Those that are gone since the last run come last.

    A cell that would begin a formula begins with an apostrophe, by which spreadsheets take it for text.
    """
    del options
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(COLUMNS)
    for finding in (*report.findings, *report.fixed):
        for row in _build_rows(finding):
            writer.writerow(map(guard_cell, row))


def _build_rows(finding: Finding) -> Iterator[Iterable[str]]:
    head = (
        *(finding.id, finding.status, finding.status_reason, finding.check, finding.severity),
        *(finding.customer, finding.customer_name, finding.topic, finding.policy, finding.expected),
        finding.message,
    )
    for answer in finding.answers:
        yield (
            *head,
            *(answer.reply_id, answer.channel, answer.agent, answer.team, answer.sent_at, answer.value),
            *(answer.verdict, str(answer.confidence), answer.quote, answer.source),
            *(finding.first_seen, finding.last_seen, answer.question),
        )


def guard_cell(text: str) -> str:
    """The text on one line, safe to open in a spreadsheet."""
    shown = show_text(text)
    return f"'{shown}" if _FORMULA.match(shown) else shown


OUTPUT = Output("csv", "one row an answer, for spreadsheets", write_rows)
