"""`unreachable-exception`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from consistency_check.model import KnowledgeBase, Level, Policy, PolicyException, Source
from consistency_check.policies.lint.conditions import (
    Condition,
    is_within,
    read_condition,
    show_condition,
)
from consistency_check.policies.lint.rule import LintSettings, Rule

# An exception that lists more cases than this is not taken apart.
MOST_CASES = 10_000


def find(knowledge: KnowledgeBase, _settings: LintSettings) -> Iterator[tuple[Source, str]]:
    """Each exception all of whose cases others take, which win over it."""
    for policy in knowledge.policies.values():
        for exception in policy.exceptions:
            if winners := find_winners(policy, exception):
                lines = ", ".join(str(line) for line in sorted({won.source.line for won in winners}))
                message = f"{policy.id} never comes to {show_condition(exception)}: line {lines} wins over it"
                yield exception.source, f"{message}; leave it out, or narrow what stands there"


def find_winners(policy: Policy, exception: PolicyException) -> list[PolicyException]:
    """The exceptions that between them take every case of this one on all its days; none where they do not.

    One wins by more attributes, or as the earlier of two with as many. Exceptions on the very same cases
    are left to `contradicting-exceptions` and `repeated-exception`.
    """
    own = read_condition(exception)
    at = policy.exceptions.index(exception)
    rivals = [
        other
        for place, other in enumerate(policy.exceptions)
        if read_condition(other) != own
        and (len(other.when), -place) > (len(exception.when), -at)
        and begins_no_later(other, exception)
    ]
    taken = []
    for case in list_cases(own, rivals):
        winner = next((rival for rival in rivals if is_within(case, read_condition(rival))), None)
        if winner is None:
            return []
        taken.append(winner)
    return taken


def begins_no_later(one: PolicyException, other: PolicyException) -> bool:
    """True where `one` has an answer on every day on which `other` has one."""
    first, second = one.values[0].since, other.values[0].since
    return first is None or (second is not None and first <= second)


def list_cases(condition: Condition, rivals: list[PolicyException]) -> Iterator[Condition]:
    """The cases of a condition one by one; attributes that only rivals ask for cannot be counted out."""
    size = 1
    for words in condition.values():
        size *= len(words)
    if size > MOST_CASES or not rivals:
        yield condition
        return
    for case in product(*(sorted(words) for words in condition.values())):
        yield {name: frozenset((word,)) for name, word in zip(condition, case, strict=True)}


RULE = Rule(
    "unreachable-exception",
    Level.ERROR,
    "An exception never applies, because others with as many attributes stand before it and take its cases.",
    "Its answer is never the policy's, however right it is.",
    find,
)
