"""How the conditions of two exceptions of one policy stand to each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from consistency_check.model import DatedValue, Policy, PolicyException

Condition = Mapping[str, frozenset[str]]


def read_condition(exception: PolicyException) -> Condition:
    """Attribute -> the values for which it holds, in lower case."""
    return {name: frozenset(word.casefold() for word in words) for name, words in exception.when}


def is_within(one: Condition, other: Condition) -> bool:
    """True where every case of `one` is a case of `other`."""
    return all(name in one and one[name] <= words for name, words in other.items())


def can_both_hold(one: Condition, other: Condition) -> bool:
    """True where some case is one of both."""
    return all(one[name] & words for name, words in other.items() if name in one)


def list_pairs(policy: Policy) -> Iterator[tuple[PolicyException, PolicyException]]:
    """Every two exceptions of a policy, the earlier one first."""
    yield from combinations(policy.exceptions, 2)


def is_same_case(one: PolicyException, other: PolicyException) -> bool:
    """True where both hold for the very same cases."""
    return read_condition(one) == read_condition(other)


def answers_alike(one: tuple[DatedValue, ...], other: tuple[DatedValue, ...]) -> bool:
    """True where both give the same values from the same days on."""
    return [(d.since, d.value) for d in one] == [(d.since, d.value) for d in other]


def show_condition(exception: PolicyException) -> str:
    """`tier: gold` or `tier: gold or silver, region: north`."""
    parts = (f"{name}: {' or '.join(words)}" for name, words in exception.when)
    return f"`{', '.join(parts)}`"
