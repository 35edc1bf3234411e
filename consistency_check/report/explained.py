"""One reply for a person who asks how it was read: its words, and each step from them to a verdict."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from rich.text import Text

from consistency_check.model import CERTAIN_LINK, ExplainedReply, Reply
from consistency_check.report.escape import show_text
from consistency_check.report.links import show_certainty
from consistency_check.report.output import ReportOptions
from consistency_check.report.page import MARGIN, Page
from consistency_check.report.reading import say_claims, say_cues, say_none, say_values, write_considered

MOST_CONSIDERED = 10
"""Policies shown for the same words."""


def write_explained(
    explained: ExplainedReply, stream: TextIO, options: ReportOptions, *, verbose: bool = False
) -> None:
    """Values, cues, policies considered and claims, in the order of the reading.

    At most `MOST_CONSIDERED` policies for the same words, with `verbose` all.
    """
    page, reply, explanation = Page(stream, options), explained.reply, explained.explanation
    _write_head(page, explained)
    values = list(say_values(explanation, reply.text))
    _write_section(page, "Values found", len(values), say_none(values, "none"))
    cues = list(say_cues(explanation.cues))
    _write_section(page, "Cues met", len(explanation.cues), say_none(cues, "none"))
    _write_section(page, "Policies considered", len(explanation.considered), ())
    most = len(explanation.considered) if verbose else MOST_CONSIDERED
    if explanation.considered:
        write_considered(page, explanation.considered, most)
    else:
        page.write("none: no words come near a policy", "dim", MARGIN)
    page.write()
    none = (
        f"none: nothing was sure enough; a claim counts from the confidence {explained.least:g}, one that "
        "disagrees with its policy from 2.5 times those odds"
    )
    _write_section(page, "Claims", len(explained.judged), say_none(list(say_claims(explained.judged)), none))


def _write_head(page: Page, explained: ExplainedReply) -> None:
    reply, customer = explained.reply, explained.customer
    sent_at = reply.sent_at.isoformat(" ", "minutes") if reply.sent_at else "no date"
    head = [reply.id, reply.channel, sent_at, reply.agent]
    links = f", linked by {', '.join(customer.linked_by)}" if customer.linked_by else ""
    if customer.certainty < CERTAIN_LINK:
        links += f" (the weakest link is {show_certainty(customer.certainty)})"
    origin = [str(reply.source), f"customer {customer.key}{links}"]
    page.write_rule("━")
    page.write(Text(show_text(" · ".join(part for part in head if part)), style="bold"))
    page.write(show_text("; ".join(part for part in origin if part)), "dim")
    attributes = {**customer.attributes, **reply.attributes}
    if said := ", ".join(f"{name} {word}" for name, word in sorted(attributes.items()) if word):
        page.write(show_text(said), "dim")
    page.write()
    for name, text in _list_texts(reply):
        page.write_beside([Text(name, style="bold")], show_lines(text), indent=0)
        page.write()


def _list_texts(reply: Reply) -> Iterable[tuple[str, str]]:
    if reply.asked_before:
        yield "Asked before", reply.asked_before
    if reply.question:
        yield "Question", reply.question
    yield "Reply", reply.text


def show_lines(text: str) -> list[Text]:
    """A text with its own lines, of empty ones never two together."""
    lines = [show_text(line).strip() for line in text.strip().split("\n")]
    return [Text(line) for at, line in enumerate(lines) if line or lines[at - 1]]


def _write_section(page: Page, title: str, count: int, paragraphs: Iterable[Text]) -> None:
    page.write_heading(Text(title, style="bold"), Text(f"{count:,}"), indent=0)
    for paragraph in paragraphs:
        page.write(paragraph, indent=MARGIN)
    if paragraphs:
        page.write()
