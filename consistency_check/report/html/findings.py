"""What the page says of one finding: whom it is about, and the words in their context."""

from __future__ import annotations

from dataclasses import dataclass

from consistency_check.model import Finding, FindingAnswer
from consistency_check.report.groups import say_customer as name_customer


@dataclass(frozen=True, slots=True)
class Words:
    """The quoted words between what stands around them; `quote` is empty where nothing was said."""

    before: str
    quote: str
    after: str


def say_customer(finding: Finding) -> str:
    """Whom it is about: name and key, or everybody for what no single customer shows."""
    return name_customer(finding) if finding.customer else "all customers"


def split_context(answer: FindingAnswer) -> Words:
    """The quote inside its context; alone where the context does not hold it at its place."""
    start = answer.start - answer.context_start
    end = start + len(answer.quote)
    if start < 0 or answer.context[start:end] != answer.quote:
        return Words("", answer.quote, "")
    return Words(answer.context[:start], answer.quote, answer.context[end:])
