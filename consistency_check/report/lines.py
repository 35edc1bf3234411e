"""`jsonl`: one JSON line a finding; the last line holds the summary."""

from __future__ import annotations

from itertools import chain
from typing import TextIO

from consistency_check.model import Report
from consistency_check.report.escape import dump_json
from consistency_check.report.output import Output, ReportOptions
from consistency_check.report.plain import build_finding, build_head


def write_lines(report: Report, stream: TextIO, options: ReportOptions) -> None:
    """Each finding as in the `json` document, those of earlier runs that are gone last; then the rest of it.

    That is `{"schema_version", "summary", "problems", "notes", "headline", "nights"}`.
    """
    del options
    for finding in chain(report.findings, report.fixed):
        stream.write(dump_json(build_finding(finding)) + "\n")
    stream.write(dump_json(build_head(report)) + "\n")


OUTPUT = Output("jsonl", "one JSON line a finding, the last line the summary", write_lines)
