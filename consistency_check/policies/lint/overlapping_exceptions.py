"""`overlapping-exceptions`."""

from __future__ import annotations

from collections.abc import Iterator

from consistency_check.model import KnowledgeBase, Level, Policy, PolicyException, Source
from consistency_check.policies.lint.conditions import (
    answers_alike,
    can_both_hold,
    is_within,
    list_pairs,
    read_condition,
    show_condition,
)
from consistency_check.policies.lint.rule import LintSettings, Rule


def find(knowledge: KnowledgeBase, _settings: LintSettings) -> Iterator[tuple[Source, str]]:
    """Each exception that may hold together with an earlier one of another answer and as many attributes."""
    for policy in knowledge.policies.values():
        for first, second in list_pairs(policy):
            if is_doubtful(policy, first, second):
                both = f"{show_condition(first)} (line {first.source.line}) and {show_condition(second)}"
                message = f"{policy.id} has two answers where both {both} hold, and gives the first"
                yield second.source, f"{message}; write an exception for both together"


def is_doubtful(policy: Policy, first: PolicyException, second: PolicyException) -> bool:
    """True where only the order of the file says which of the two counts."""
    one, other = read_condition(first), read_condition(second)
    if len(one) != len(other) or is_within(one, other) or is_within(other, one):
        return False
    if not can_both_hold(one, other) or answers_alike(first.values, second.values):
        return False
    both = {name: one.get(name, words) & other.get(name, words) for name, words in {**one, **other}.items()}
    finer = (read_condition(third) for third in policy.exceptions if len(third.when) > len(one))
    return not any(is_within(both, third) for third in finer)


RULE = Rule(
    "overlapping-exceptions",
    Level.WARNING,
    "Two exceptions may hold for one customer, give different answers, and only their order decides.",
    "Agents who find the second one first will say the other thing.",
    find,
)
