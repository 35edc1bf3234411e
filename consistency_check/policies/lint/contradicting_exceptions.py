"""`contradicting-exceptions`."""

from __future__ import annotations

from collections.abc import Iterator

from consistency_check.model import KnowledgeBase, Level, Source
from consistency_check.policies.lint.conditions import (
    answers_alike,
    is_same_case,
    list_pairs,
    show_condition,
)
from consistency_check.policies.lint.rule import LintSettings, Rule


def find(knowledge: KnowledgeBase, _settings: LintSettings) -> Iterator[tuple[Source, str]]:
    """Each exception that answers otherwise than an earlier one of the same cases."""
    for policy in knowledge.policies.values():
        for first, second in list_pairs(policy):
            if is_same_case(first, second) and not answers_alike(first.values, second.values):
                message = (
                    f"{policy.id} answers {show_condition(second)} otherwise than in line {first.source.line}"
                )
                yield second.source, f"{message}; keep the one that is right"


RULE = Rule(
    "contradicting-exceptions",
    Level.ERROR,
    "Two exceptions of a policy hold for the same cases and give different answers.",
    "The first one counts, and who reads the second will say something else.",
    find,
)
