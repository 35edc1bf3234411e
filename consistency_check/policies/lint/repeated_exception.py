"""`repeated-exception`."""

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
    """Each exception that says what an earlier one says."""
    for policy in knowledge.policies.values():
        for first, second in list_pairs(policy):
            if is_same_case(first, second) and answers_alike(first.values, second.values):
                message = f"{policy.id} says the same of {show_condition(second)} in line {first.source.line}"
                yield second.source, f"{message}; leave one of them out"


RULE = Rule(
    "repeated-exception",
    Level.WARNING,
    "Two exceptions of a policy hold for the same cases and give the same answer.",
    "One of them will be changed one day and the other forgotten.",
    find,
)
