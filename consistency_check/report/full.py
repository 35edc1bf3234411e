"""`full`: the report for people; findings grouped, answers with their words, then what was audited."""

from __future__ import annotations

from typing import TextIO

from consistency_check.model import Report
from consistency_check.report.groups import group_findings
from consistency_check.report.output import Output, ReportOptions


def write_full(report: Report, stream: TextIO, options: ReportOptions) -> None:
    """Write for `options.width` columns; without colour nothing is lost but the colour."""
    from consistency_check.report.blocks import (
        write_fixed,
        write_group,
    )  # rich is imported only where it is used
    from consistency_check.report.footer import write_footer
    from consistency_check.report.page import Page

    page = Page(stream, options)
    for group in group_findings(report.findings, options.group_by):
        write_group(page, group)
    if report.fixed:
        write_fixed(page, report.fixed)
    write_footer(page, report)


OUTPUT = Output("full", "for people: findings grouped, with the words that say them", write_full)
