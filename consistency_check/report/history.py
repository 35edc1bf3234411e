"""One customer over all channels: what they asked, what they were told, and what of it went wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TextIO

from rich.text import Text

from consistency_check.model import CERTAIN_LINK, Finding, History, JudgedClaim, Reply
from consistency_check.report.blocks import SEVERITY_STYLES, VERDICT_STYLES
from consistency_check.report.escape import dump_json, show_text
from consistency_check.report.explained import show_lines
from consistency_check.report.headline import say_verdict
from consistency_check.report.links import say_uncertain, show_certainty
from consistency_check.report.output import ReportOptions
from consistency_check.report.page import MARGIN, Page
from consistency_check.report.plain import build_finding
from consistency_check.values import show_value


def write_history_document(history: History, stream: TextIO) -> None:
    """One JSON document: the customer, the replies as they were sent with their claims, the findings."""
    customer = history.customer
    document = {
        "customer": customer.key,
        "name": customer.name,
        "aliases": list(customer.aliases),
        "linked_by": list(customer.linked_by),
        "certainty": round(customer.certainty, 6),
        "attributes": dict(customer.attributes),
        "replies": [_build_contact(reply, claims) for reply, claims in history.contacts],
        "findings": [build_finding(finding) for finding in history.findings],
    }
    stream.write(dump_json(document, indent=2) + "\n")


def _build_contact(reply: Reply, claims: Sequence[JudgedClaim]) -> dict[str, Any]:
    return {
        "reply_id": reply.id,
        "channel": reply.channel,
        "agent": reply.agent,
        "sent_at": reply.sent_at.isoformat() if reply.sent_at else "",
        "question": reply.question,
        "text": reply.text,
        "source": str(reply.source),
        "claims": [
            {
                "policy": each.policy.id,
                "value": show_value(each.claim.value),
                "verdict": each.judgement.verdict.value,
                "reason": each.judgement.reason,
                "quote": each.claim.quote,
                "start": each.claim.start,
                "end": each.claim.end,
                "confidence": each.claim.confidence,
            }
            for each in claims
        ],
    }


def write_history(history: History, stream: TextIO, options: ReportOptions) -> None:
    """A heading, each contact with question, answer and verdicts, and the findings at the end."""
    page = Page(stream, options)
    _write_head(page, history)
    for reply, claims in history.contacts:
        _write_contact(page, reply, claims)
    page.write_heading(Text("Findings", style="bold"), Text(f"{len(history.findings):,}"), indent=0)
    for finding in history.findings:
        _write_finding(page, finding)
    if not history.findings:
        page.write("none: nothing that they were told contradicts a policy or another answer", "dim", MARGIN)


def _write_head(page: Page, history: History) -> None:
    customer = history.customer
    page.write_rule("━")
    title = f"{customer.name} · {customer.key}" if customer.name else customer.key
    page.write(Text(show_text(title), style="bold"))
    if customer.linked_by:
        sure = f"; the weakest link is {show_certainty(customer.certainty)}"
        weakest = sure if customer.certainty < CERTAIN_LINK else ""
        page.write(show_text(f"linked by {', '.join(customer.linked_by)}{weakest}"), "dim")
    if customer.aliases:
        page.write(show_text(f"also known as {', '.join(customer.aliases)}"), "dim")
    if said := ", ".join(f"{name} {word}" for name, word in sorted(customer.attributes.items()) if word):
        page.write(show_text(said), "dim")
    page.write()


def _write_contact(page: Page, reply: Reply, claims: Sequence[JudgedClaim]) -> None:
    moment = reply.sent_at or reply.asked_at
    sent_at = moment.isoformat(" ", "minutes")[:16] if moment else "no date"
    head = " · ".join(part for part in (sent_at, reply.channel, reply.agent) if part)
    page.write_heading(Text(show_text(head), style="bold"), Text(show_text(reply.id), style="dim"), indent=0)
    if reply.question:
        page.write_beside([Text("asked")], show_lines(reply.question))
    told = show_lines(reply.text) if reply.text else [Text("nothing: nobody answered", style="dim")]
    page.write_beside([Text("told")], told)
    for claim in claims:
        verdict = claim.judgement.verdict
        word = Text(say_verdict(verdict), style=VERDICT_STYLES.get(verdict, "yellow"))
        value = (show_text(show_value(claim.claim.value)), "bold")
        page.write_beside(
            [Text("claims")], [Text.assemble(f"{show_text(claim.policy.id)}: ", value, ", ", word)]
        )
    page.write()


def _write_finding(page: Page, finding: Finding) -> None:
    left = [Text(finding.check), Text(finding.severity.value, style=SEVERITY_STYLES[finding.severity])]
    uncertain = say_uncertain(finding.certainty)
    marked = [Text(f"It {uncertain}.", style="yellow")] if uncertain else []
    page.write_beside(left, [Text(show_text(finding.message)), *marked])
