"""The examples and tests of a knowledge base for people: those not read as they must be, and why."""

from __future__ import annotations

from typing import TextIO

from rich.text import Text

from consistency_check.model import (
    Coverage,
    ExampleReport,
    ExampleResult,
    Expectation,
    ExpectedClaim,
    ReplyTestResult,
)
from consistency_check.report.escape import show_text
from consistency_check.report.headline import say_count, say_verdict
from consistency_check.report.output import ReportOptions
from consistency_check.report.page import MARGIN, Page
from consistency_check.report.reading import (
    say_claims,
    say_cues,
    say_none,
    say_values,
    write_considered,
)
from consistency_check.values import show_value

MOST_CONSIDERED = 3
"""Ways to read an example as a claim about its policy that are shown where none of them counted."""
EXPECTED = {
    Expectation.AGREES: "agrees: a claim about this policy that says what is in force",
    Expectation.CONFLICTS: "conflicts: a claim about this policy that says something else",
    Expectation.SILENT: "silent: no claim about this policy",
}
ADVICE = (
    "Where nothing was read, add the agents' words to the policy's phrasings or questions; where a verdict "
    "surprises, look at its value, exceptions and compare; where the example itself is wrong, correct it."
)


def write_examples(
    report: ExampleReport,
    stream: TextIO,
    options: ReportOptions,
    *,
    verbose: bool = False,
    coverage: bool = False,
) -> None:
    """The examples and tests that failed, with `verbose` also those that passed; then how many there are."""
    page = Page(stream, options)
    for one in report.results if verbose else report.failed:
        _write_example(page, one)
    for test in report.tests if verbose else report.failed_tests:
        _write_test(page, test)
    failed = len(report.failed) + len(report.failed_tests)
    if failed:
        page.write(ADVICE)
    if coverage:
        _write_coverage(page, report.coverage)
    if failed or verbose or coverage:
        page.write_rule("━")
    page.write(Text(say_tested(report), style="bold"))
    without = f"{len(report.untested):,} of {say_count(report.policies, 'policy', 'policies')}"
    names = f": {', '.join(map(show_text, report.untested))}" if verbose and report.untested else ""
    page.write(f"Judged by what is in force on {report.day}. Without examples: {without}{names}.")


def say_tested(report: ExampleReport) -> str:
    """`3 examples, 0 failed.`, and the same of tests where there are some."""
    said = [f"{say_count(len(report.results), 'example')}, {len(report.failed):,} failed"]
    if report.tests:
        said.append(f"{say_count(len(report.tests), 'test')}, {len(report.failed_tests):,} failed")
    return "; ".join(said) + "."


def _write_coverage(page: Page, coverage: Coverage) -> None:
    """The parts that no test touches, a line each; an editor finds them by their place."""
    page.write(Text("Not touched by any test that passed", style="bold"))
    for part in coverage.untouched:
        named = f"{part.policy}, {part.part}" if part.part else f"{part.policy}, all of it"
        page.write(f"{show_text(str(part.source))}: {show_text(named)}", indent=MARGIN)
    share = f"{coverage.touched / coverage.parts:.0%}" if coverage.parts else "none"
    page.write(f"Touched: {coverage.touched:,} of {coverage.parts:,} values and exceptions ({share}).")


def _write_test(page: Page, one: ReplyTestResult) -> None:
    end = Text("passed", style="green") if one.passed else Text("FAILED", style="bold red")
    page.write_heading(Text(show_text(one.test.name), style="bold"), end)
    page.write(show_text(str(one.test.source)), "dim", indent=MARGIN)
    page.write()
    if one.test.reply.question:
        _write_row(page, "Question", [Text(f"“{show_text(one.test.reply.question)}”")])
    _write_row(page, "Reply", [Text(f"“{show_text(one.test.reply.text)}”")])
    _write_row(page, "Expected", say_none([Text(say_expected(e)) for e in one.test.expected], "no claim"))
    if one.missing:
        _write_row(page, "Not read", [Text(say_expected(expected)) for expected in one.missing])
    _write_row(page, "Read", say_none(list(say_claims(one.explained.judged)), "no claim"))
    if one.missing:
        _write_row(page, "Cues met", say_none(list(say_cues(one.explained.explanation.cues)), "none"))
    page.write()


def say_expected(expected: ExpectedClaim) -> str:
    """`returns.window: 30 days, agrees`."""
    value = f": {show_value(expected.value)}" if expected.value else ""
    verdict = f", {say_verdict(expected.verdict)}" if expected.verdict else ""
    return show_text(f"{expected.policy}{value}{verdict}")


def _write_example(page: Page, one: ExampleResult) -> None:
    end = Text("passed", style="green") if one.passed else Text("FAILED", style="bold red")
    own = [judged for judged in one.explained.judged if judged.policy.id == one.policy.id]
    others = [judged for judged in one.explained.judged if judged.policy.id != one.policy.id]
    page.write_heading(Text(show_text(one.policy.id), style="bold"), end)
    page.write(show_text(str(one.policy.source)), "dim", indent=MARGIN)
    page.write()
    _write_row(page, "Example", [Text(f"“{show_text(one.explained.reply.text)}”")])
    _write_row(page, "Expected", [Text(EXPECTED[one.kind])])
    _write_row(page, "Read", say_none(list(say_claims(own)), "no claim about this policy"))
    if others:
        _write_row(page, "Also read", list(say_claims(others)))
    if not own:
        _write_miss(page, one)
    page.write()


def _write_miss(page: Page, one: ExampleResult) -> None:
    """What came nearest to a claim about the policy, and the words that were weighed."""
    explanation, text = one.explained.explanation, one.explained.reply.text
    _write_row(page, "Values found", say_none(list(say_values(explanation, text)), "none"))
    _write_row(page, "Cues met", say_none(list(say_cues(explanation.cues)), "none"))
    own = (each for each in explanation.considered if each.policy == one.policy.id)
    nearest = sorted(own, key=lambda each: (-each.confidence, each.start))[:MOST_CONSIDERED]
    if not nearest:
        _write_row(page, "Considered", [Text("no words come near this policy", style="dim")])
        return
    page.write()
    write_considered(page, nearest, MOST_CONSIDERED)


def _write_row(page: Page, name: str, paragraphs: list[Text]) -> None:
    page.write_beside([Text(name)], paragraphs)
