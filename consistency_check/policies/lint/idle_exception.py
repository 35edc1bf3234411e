"""`idle-exception`."""

from __future__ import annotations

from collections.abc import Iterator

from consistency_check.model import KnowledgeBase, Level, Policy, PolicyException, Source
from consistency_check.policies.lint.conditions import (
    answers_alike,
    can_both_hold,
    read_condition,
    show_condition,
)
from consistency_check.policies.lint.rule import LintSettings, Rule


def find(knowledge: KnowledgeBase, _settings: LintSettings) -> Iterator[tuple[Source, str]]:
    """Each exception that gives the policy's own answer, and takes no case from another exception."""
    for policy in knowledge.policies.values():
        for exception in policy.exceptions:
            if is_idle(policy, exception):
                message = (
                    f"{policy.id} answers {show_condition(exception)} as it answers everybody"
                    "; leave the exception out, or write its own answer"
                )
                yield exception.source, message


def is_idle(policy: Policy, exception: PolicyException) -> bool:
    """True where leaving it out would change no answer."""
    if not answers_alike(exception.values, policy.values):
        return False
    own = read_condition(exception)
    others = (other for other in policy.exceptions if other is not exception)
    return not any(can_both_hold(own, read_condition(other)) for other in others)


RULE = Rule(
    "idle-exception",
    Level.NOTE,
    "An exception gives the same answer as the policy itself.",
    "When the policy changes, it will silently keep the old answer for these customers.",
    find,
)
