"""`json`: the whole report as one JSON document."""

from __future__ import annotations

from typing import TextIO

from consistency_check.model import Report
from consistency_check.report.escape import dump_json
from consistency_check.report.output import Output, ReportOptions
from consistency_check.report.plain import build_finding, build_head


def write_document(report: Report, stream: TextIO, options: ReportOptions) -> None:
    """`schema_version`, `summary`, `findings`, `fixed`, `problems`, `notes`, `headline` and `nights`.

    `fixed` are the findings of earlier runs that are gone.
    """
    del options
    head = build_head(report)
    document = {
        "schema_version": head.pop("schema_version"),
        "summary": head.pop("summary"),
        "findings": [build_finding(finding) for finding in report.findings],
        "fixed": [build_finding(finding) for finding in report.fixed],
        **head,
    }
    stream.write(dump_json(document, indent=2) + "\n")


OUTPUT = Output("json", "one JSON document", write_document)
