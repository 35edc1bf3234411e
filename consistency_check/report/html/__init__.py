"""`html`: one self-contained page, for people who look at it in the morning."""

from __future__ import annotations

from typing import TextIO

from consistency_check.model import Report
from consistency_check.report.output import Output, ReportOptions


def write_html(report: Report, stream: TextIO, options: ReportOptions) -> None:
    """Write the page piece by piece: no script, style or picture of it comes from elsewhere."""
    from consistency_check.report.html.document import render_document  # jinja2 only where it is used

    for piece in render_document(report, options):
        stream.write(piece)


OUTPUT = Output("html", "one self-contained page, with charts, filters and search", write_html)
