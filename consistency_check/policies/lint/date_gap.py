"""`date-gap`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from consistency_check.model import KnowledgeBase, Level, Source
from consistency_check.policies.lint.conditions import show_condition
from consistency_check.policies.lint.rule import LintSettings, Rule


def find(knowledge: KnowledgeBase, _settings: LintSettings) -> Iterator[tuple[Source, str]]:
    """Each policy that has an answer for some customers on days on which it has none for the others."""
    for policy in knowledge.policies.values():
        start = policy.values[0].since
        if start is None:
            continue
        for exception in policy.exceptions:
            first = exception.values[0].since
            if (first or date.min) < start:
                since = f"from {first}" if first else "on every day"
                message = (
                    f"{policy.id} answers {show_condition(exception)} {since}, all others from {start} on"
                )
                yield policy.values[0].source, f"{message}; write what held for them before {start}"


RULE = Rule(
    "date-gap",
    Level.NOTE,
    "On some days a policy has an answer for some customers and none for the rest.",
    "Answers to those customers on those days are not judged at all.",
    find,
)
