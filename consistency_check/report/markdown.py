"""`markdown`: for pull requests, tickets and wikis; new findings with their words, the others in a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TextIO

from consistency_check.model import Finding, FindingAnswer, Report, Status
from consistency_check.report.groups import ALL_CUSTOMERS, say_policy
from consistency_check.report.headline import (
    say_figures,
    say_headline,
    say_question,
    say_standing,
    say_total,
    say_unnamed,
    say_verdict,
)
from consistency_check.report.markup import escape_text, show_cells, show_code
from consistency_check.report.output import Output, ReportOptions


def write_markdown(report: Report, stream: TextIO, options: ReportOptions) -> None:
    """The headline, a table of what was found, and each finding; nothing of the input acts as markup."""
    del options
    stream.write("\n".join(_list_lines(report)) + "\n")


def _list_lines(report: Report) -> Iterator[str]:
    yield "## Consistency check"
    for sentence in report.notes or (say_headline(report.summary),):
        yield from ("", f"**{escape_text(sentence)}**")
    yield from ("", escape_text(say_total(report.summary)))
    for sentence in (*say_figures(report), *report.reminders):
        yield from ("", escape_text(sentence))
    if any(report.summary.by_check.values()):
        yield from ("", show_cells("check", "findings"), show_cells("---", "---:"))
        yield from (
            show_cells(show_code(name), f"{count:,}") for name, count in report.summary.by_check.items()
        )
    for finding in report.findings:
        if finding.status.is_open:
            yield from _list_finding(finding)
    old = [finding for finding in report.findings if not finding.status.is_open]
    if old:
        yield from ("", f"### {_name_old(old)}", "")
        yield from map(_say_old, old)
    if report.fixed:
        yield from ("", "### No longer found", "")
        yield from map(_say_old, report.fixed)
    if report.problems:
        yield from ("", "### Records that could not be used", "")
        yield from (f"- {show_code(str(problem))}" for problem in report.problems)
        if unnamed := say_unnamed(report, len(report.problems)):
            yield f"- {unnamed}"


def _list_finding(finding: Finding) -> Iterator[str]:
    who = show_code(finding.customer) if finding.customer else ALL_CUSTOMERS
    if finding.customer_name:
        who = f"{escape_text(finding.customer_name)} ({who})"
    yield from ("", f"### {finding.severity.upper()}: {show_code(say_policy(finding))}, {who}")
    yield from ("", f"{show_code(finding.check)}: {escape_text(finding.message)}")
    if finding.reason:
        yield from ("", escape_text(finding.reason))
    if status := say_standing(finding):
        yield from ("", f"**{escape_text(status)}**")
    yield ""
    yield from map(_say_answer, finding.answers)
    yield from ("", f"Finding {show_code(finding.id)}")


def _name_old(old: Sequence[Finding]) -> str:
    """`Known and accepted`, and what else is among them."""
    there = {finding.status for finding in old}
    words = ["known", "accepted", *(each.value for each in (Status.FALSE, Status.FIXED) if each in there)]
    return f"{', '.join(words[:-1])} and {words[-1]}".capitalize()


def _say_answer(answer: FindingAnswer) -> str:
    where = (f"**{escape_text(answer.channel)}**", answer.sent_at[:10], answer.agent)
    who = ", ".join([where[0], *(escape_text(part) for part in where[1:] if part)])
    said = f"{escape_text(answer.value)}, {say_verdict(answer.verdict)}: {show_code(answer.quote)}"
    return (
        f"- {who}: {said if answer.quote else show_code(say_question(answer))} ({show_code(answer.source)})"
    )


def _say_old(finding: Finding) -> str:
    who = show_code(finding.customer or ALL_CUSTOMERS)
    about = f"{show_code(finding.check)} {show_code(say_policy(finding))}, {who}"
    words = f"{escape_text(finding.message)} {escape_text(say_standing(finding))}"
    return f"- {about}: {words} {show_code(finding.id)}"


OUTPUT = Output("markdown", "for pull requests and tickets", write_markdown)
