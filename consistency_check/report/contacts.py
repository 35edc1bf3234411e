"""All that one customer was told, as a ledger holds it: for a look at a finding's surroundings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TextIO

from rich.text import Text

from consistency_check.model import Finding, FindingAnswer, Reply
from consistency_check.report.escape import show_text
from consistency_check.report.groups import say_customer
from consistency_check.report.headline import say_count
from consistency_check.report.output import ReportOptions
from consistency_check.report.page import MARGIN, Page


def write_contacts(
    finding: Finding, replies: Sequence[Reply], stream: TextIO, options: ReportOptions
) -> None:
    """The replies as they were sent, those without a time last; the finding's words stand in « »."""
    page = Page(stream, options)
    page.write_rule("━")
    who = say_customer(finding) if finding.customer else "several customers"
    page.write(Text(show_text(f"{who}: {say_count(len(replies), 'reply', 'replies')}"), style="bold"))
    page.write(show_text(finding.message))
    page.write()
    for reply in sorted(replies, key=_rank_reply):
        _write_reply(page, reply, [each for each in finding.answers if each.reply_id == reply.id])


def _write_reply(page: Page, reply: Reply, answers: Sequence[FindingAnswer]) -> None:
    sent = f"{reply.sent_at:%Y-%m-%d %H:%M}" if reply.sent_at else "no date"
    head = show_text(", ".join(part for part in (reply.channel, sent, reply.agent) if part))
    page.write_heading(Text(head, style="bold"), Text(show_text(reply.id), style="dim"), indent=0)
    if reply.question:
        page.write_beside([Text("asked", style="dim")], _show_lines(reply.question), indent=MARGIN)
    told = _show_lines(_mark(reply.text, answers)) if reply.text else [Text("(not answered)", style="dim")]
    page.write_beside([Text("answered", style="dim")], told, indent=MARGIN)
    page.write()


def _mark(text: str, answers: Iterable[FindingAnswer]) -> str:
    """The text with the words quoted between « », from the end on so that places stay."""
    for answer in sorted(answers, key=lambda each: -each.start):
        if answer.quote and text[answer.start : answer.end] == answer.quote:
            text = f"{text[: answer.start]}«{answer.quote}»{text[answer.end :]}"
    return text


def _show_lines(text: str) -> list[Text]:
    return [Text(show_text(line)) for line in text.splitlines() if line.strip()]


def _rank_reply(reply: Reply) -> tuple[bool, float, str]:
    sent_at = reply.sent_at
    return sent_at is None, sent_at.timestamp() if sent_at else 0.0, reply.id
