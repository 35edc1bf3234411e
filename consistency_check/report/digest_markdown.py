"""`digest-markdown`: five lines for a chat or a ticket."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from consistency_check.model import Finding, Report, cut_after
from consistency_check.report.digest import Digest, build_digest
from consistency_check.report.escape import show_text
from consistency_check.report.markup import escape_text, show_code
from consistency_check.report.output import Output, ReportOptions

LONGEST = 160
"""Characters of a finding's sentence: a line that a chat does not fold away."""


def write_digest(report: Report, stream: TextIO, options: ReportOptions) -> None:
    """The headline, the counts, and a line for each of the worst new findings."""
    del options
    stream.write("\n".join(_list_lines(build_digest(report))) + "\n")


def _list_lines(digest: Digest) -> Iterator[str]:
    day = f", {escape_text(digest.day)}" if digest.day else ""
    yield f"**Consistency check{day}: {escape_text(digest.headline)}**"
    more = f" {digest.more:,} more of the new are in the report." if digest.more else ""
    yield f"- {escape_text(digest.counts)}{more}"
    yield from map(_say_finding, digest.findings)


def _say_finding(finding: Finding) -> str:
    about = [show_code(part) for part in (finding.policy, finding.customer) if part]
    said = escape_text(cut_after(show_text(finding.message), LONGEST))
    return f"- {finding.severity.upper()} {' '.join([*about, said])} {show_code(finding.id)}"


OUTPUT = Output("digest-markdown", "five lines for a chat or a ticket", write_digest)
