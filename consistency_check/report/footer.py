"""The end of a report for people: what was loaded, left out, read, judged and found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.text import Text

from consistency_check.model import Report, Summary
from consistency_check.report.escape import show_text
from consistency_check.report.headline import (
    has_old,
    say_count,
    say_counts,
    say_figures,
    say_headline,
    say_unnamed,
)
from consistency_check.report.page import Page

PROBLEMS_SHOWN = 10
_VERDICT_WORDS = {
    "agrees": "agree",
    "conflicts": "conflict",
    "outdated": "are outdated",
    "wrong_case": "are meant for another case",
    "unjudged": "have no fixed value to be judged by",
}


def write_footer(page: Page, report: Report) -> None:
    """The headline, or what did not run; then the counts and the first problems."""
    page.write_rule("━")
    for sentence in [*report.notes] or [say_headline(report.summary)]:
        page.write(show_text(sentence), "bold")
    for sentence in (*say_figures(report), *report.reminders):
        page.write(show_text(sentence))
    page.write()
    for name, words in _list_rows(report.summary):
        page.write_beside([Text(name)], [Text(line) for line in words], indent=0)
    if report.problems:
        _write_problems(page, report)


def _list_rows(summary: Summary) -> Iterator[tuple[str, list[str]]]:
    left_out = sum(summary.left_out.values())
    yield "Replies", [f"{summary.replies:,} audited{_in_brackets(_say_names(summary.by_channel))}"]
    if summary.questions:
        yield "Unanswered", [say_count(summary.questions, "question")]
    if left_out:
        yield "Left out", [f"{left_out:,}{_in_brackets(show_text(say_counts(summary.left_out)))}"]
    yield "Customers", [f"{summary.customers:,}, {summary.several_channels:,} in more than one channel"]
    yield "Claims", [f"{summary.claims:,} read, {summary.judged:,} judged", *_say_verdicts(summary)]
    if not summary.claims:
        return
    total = f"{summary.findings:,}{_in_brackets(say_counts(summary.by_severity))}"
    yield "Findings", [total, *_list_checks(summary)]
    if has_old(summary):
        yield "Status", [say_counts(summary.by_status)]
    if summary.by_channel_pair:
        yield "Conflicts between", [_say_names(summary.by_channel_pair)]


def _list_checks(summary: Summary) -> Iterator[str]:
    """Every check that ran, those that found nothing too: they are what makes a clean report worth having."""
    width = max(map(len, summary.by_check), default=0)
    for check, count in summary.by_check.items():
        yield f"{check:<{width}}  {count:>5,}"


def _say_names(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{show_text(name)} {count:,}" for name, count in counts.items())


def _say_verdicts(summary: Summary) -> list[str]:
    words = {_VERDICT_WORDS[name]: count for name, count in summary.by_verdict.items()}
    said = say_counts(words)
    return [said] if said else []


def _in_brackets(text: str) -> str:
    return f" ({text})" if text else ""


def _write_problems(page: Page, report: Report) -> None:
    page.write()
    page.write("Records that could not be used:")
    for problem in report.problems[:PROBLEMS_SHOWN]:
        page.write(show_text(str(problem)), indent=2)
    if unnamed := say_unnamed(report, PROBLEMS_SHOWN):
        page.write(unnamed, indent=2)
