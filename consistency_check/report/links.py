"""Why two are one customer or two, for people and for scripts; and how sure a link is, in words."""

from __future__ import annotations

from dataclasses import asdict
from typing import TextIO

from rich.text import Text

from consistency_check.model import CERTAIN_LINK, ExplainedLink, LinkAnswer
from consistency_check.report.escape import dump_json, show_text
from consistency_check.report.output import ReportOptions
from consistency_check.report.page import MARGIN, Page

_COLUMNS = (22, 18)
_BITS = 8
_FEWEST_SHOWN = 8


def show_certainty(probability: float) -> str:
    """ "certain" from `CERTAIN_LINK` on, else the probability in per cent: "likely, 94%"."""
    return "certain" if probability >= CERTAIN_LINK else f"likely, {probability * 100:.0f}%"


def say_uncertain(probability: float) -> str:
    """What is added to a finding that hangs on an uncertain link; empty for a certain one."""
    if probability >= CERTAIN_LINK:
        return ""
    return f"hangs on a link that is {probability * 100:.0f}% sure"


def write_link_document(answer: LinkAnswer, stream: TextIO) -> None:
    """One JSON document: the two, whether they are one, why, and each link with its steps."""
    content = asdict(answer)
    document = {
        "a": content["a"],
        "b": content["b"],
        "customers": list(answer.customers),
        "one_customer": answer.are_one,
        "reason": answer.reason,
        "links": content["links"],
    }
    stream.write(dump_json(document, indent=2) + "\n")


def write_link_answer(answer: LinkAnswer, stream: TextIO, options: ReportOptions) -> None:
    """The decision, then each link as a waterfall of bits from the prior to the total."""
    page = Page(stream, options)
    page.write_rule("━")
    page.write(Text(show_text(f"{answer.a} and {answer.b}"), style="bold"))
    one, other = answer.customers
    decision = f"one customer, {one}" if answer.are_one else f"two customers, {one or '-'} and {other or '-'}"
    page.write(show_text(f"{decision}: {answer.reason}"))
    page.write()
    for number, link in enumerate(answer.links, 1):
        name = f"Link {number} of {len(answer.links)}" if answer.are_one else "Evidence between them"
        end = show_certainty(link.probability) if answer.are_one else "not linked"
        page.write_heading(Text(name, style="bold"), Text(end), indent=0)
        _write_link(page, link)
        page.write()
    page.write("Bits: +1 doubles the odds that both are one person, -1 halves them.", "dim")


def _write_link(page: Page, link: ExplainedLink) -> None:
    page.write_beside([Text("from")], [Text(show_text(link.a))])
    page.write_beside([Text("to")], [Text(show_text(link.b))])
    page.write()
    _write_row(page, ("evidence", "agreement", "bits", "total", "in"), "dim")
    total = link.prior
    _write_row(page, ("before any evidence", "", f"{link.prior:+.1f}", f"{total:+.1f}", ""))
    for step in link.steps:
        total += step.bits
        _write_row(page, (step.evidence, step.level, f"{step.bits:+.1f}", f"{total:+.1f}", step.shown))
    page.write(
        Text(f"total {link.bits:+.1f} bits: probability {link.probability:.4f}", style="bold"), indent=MARGIN
    )


def _write_row(page: Page, cells: tuple[str, str, str, str, str], style: str = "") -> None:
    evidence, agreement, bits, total, shown = (show_text(cell) for cell in cells)
    row = f"{evidence:<{_COLUMNS[0]}}{agreement:<{_COLUMNS[1]}}{bits:>{_BITS}}{total:>{_BITS}}  "
    room = max(page.width - MARGIN - len(row), _FEWEST_SHOWN)
    row += shown if len(shown) <= room else shown[: room - 1] + "…"
    page.write(row.rstrip(), style, indent=MARGIN)
