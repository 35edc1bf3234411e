"""The findings of a report for people: a heading, what was found, and the answers with their words."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from consistency_check.model import (
    Finding,
    FindingAnswer,
    Severity,
    Status,
    Verdict,
    cut_after,
    cut_before,
)
from consistency_check.report.escape import show_text
from consistency_check.report.groups import Block, Group, say_customer
from consistency_check.report.headline import say_count, say_standing, say_verdict
from consistency_check.report.links import say_uncertain
from consistency_check.report.page import MARGIN, Page

SEVERITY_STYLES = {
    Severity.CRITICAL: "bold red",
    Severity.HIGH: "red",
    Severity.MEDIUM: "yellow",
    Severity.LOW: "dim",
}
VERDICT_STYLES = {Verdict.AGREES: "green", Verdict.CONFLICTS: "red", Verdict.UNJUDGED: ""}
STATUS_STYLES = {Status.NEW: "bold", Status.REOPENED: "bold yellow", Status.FIXED: "green"}
LONGEST_VALUE = 32
LONGEST_CONTEXT = 100
"""Characters of context shown on each side of the words quoted."""


def write_group(page: Page, group: Group) -> None:
    """A heading and its blocks."""
    page.write_rule("━")
    page.write(Text(show_text(group.title), style="bold"))
    if group.subtitle:
        page.write(show_text(group.subtitle), "dim")
    page.write()
    for block in group.blocks:
        _write_block(page, block)


def write_fixed(page: Page, findings: Sequence[Finding]) -> None:
    """The findings of earlier runs that are gone, in a few lines each."""
    page.write_rule("━")
    page.write(Text(f"No longer found: {say_count(len(findings), 'finding')}", style="bold green"))
    page.write()
    for finding in findings:
        who = f"{say_customer(finding)} · {finding.policy}".strip(" ·")
        right = [Text(show_text(who), style="bold"), Text(show_text(finding.message))]
        right.append(Text(show_text(say_standing(finding)), style="dim"))
        page.write_beside([Text(finding.check)], right)
        page.write()


def _write_block(page: Page, block: Block) -> None:
    severity = Text(block.severity.value.upper(), style=SEVERITY_STYLES[block.severity])
    page.write_heading(Text(show_text(block.title), style="bold"), severity)
    for reason in block.reasons:
        page.write(show_text(reason), "dim", indent=MARGIN)
    page.write()
    for finding in block.findings:
        _write_finding(page, finding)
    page.write()
    for answer in block.answers:
        _write_answer(page, answer)
        page.write()


def _write_finding(page: Page, finding: Finding) -> None:
    right = [Text(show_text(finding.message))]
    if uncertain := say_uncertain(finding.certainty):
        right.append(Text(f"It {uncertain}.", style="yellow"))
    if status := say_standing(finding):
        right.append(Text(show_text(status), style=STATUS_STYLES.get(finding.status, "dim")))
    page.write_beside([Text(finding.check)], right)


def _write_answer(page: Page, answer: FindingAnswer) -> None:
    where = [answer.sent_at[:10], answer.agent]
    left = [Text(show_text(answer.channel), style="bold"), *(Text(show_text(part)) for part in where if part)]
    said = [_show_verdict(answer), _show_words(answer)] if answer.quote else [_show_question(answer)]
    page.write_beside(left, said)


def _show_verdict(answer: FindingAnswer) -> Text:
    """The value and its verdict; prose is not said twice, it stands in the words below."""
    verdict = Text(say_verdict(answer.verdict), style=VERDICT_STYLES.get(answer.verdict, "yellow"))
    if len(answer.value) > LONGEST_VALUE:
        return verdict
    return Text.assemble((show_text(answer.value), "bold"), ", ", verdict)


def _show_question(answer: FindingAnswer) -> Text:
    """The customer's words, of a contact whose answer claims nothing, or that has none."""
    asked = cut_after(answer.question.rstrip(), LONGEST_CONTEXT)
    return Text.assemble("asked: ", (f"“{show_text(asked)}”" if asked else "nothing", "italic"))


def _show_words(answer: FindingAnswer) -> Text:
    """The quoted words inside their context; the marks « » show them where there is no colour."""
    passage = answer.passage
    return Text.assemble(
        show_text(cut_before(passage.before.lstrip(), LONGEST_CONTEXT)),
        (f"«{show_text(passage.quote)}»", "bold reverse"),
        show_text(cut_after(passage.after.rstrip(), LONGEST_CONTEXT)),
    )
