"""Knowledge bases with wrong values: a reader that has only seen right answers learns to expect them.

About `SHARE` of the values are changed at random, and learned from beside the true ones, so that "equals
the policy's value" speaks for a claim without being asked for. More would find more of the wrong answers
and raise more false alarms.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from consistency_check.model import DatedValue, KnowledgeBase, Policy, Value

SHARE = 0.45
FACTORS = (0.25, 0.5, 0.6, 0.75, 0.8, 1.25, 1.5, 1.7, 2.0, 3.0, 4.0)
DAYS = (-30, -14, -7, -3, 3, 7, 14, 30)
MINUTES = (-120, -90, -60, -30, 30, 60, 90, 120)


def mutate_knowledge(knowledge: KnowledgeBase, seed: int) -> KnowledgeBase:
    """The same wording with other answers; the same seed gives the same answers."""
    random = Random(seed)  # noqa: S311, a reproducible choice and no secret
    policies = {key: mutate_policy(knowledge.policies[key], random) for key in sorted(knowledge.policies)}
    return replace(knowledge, policies=policies)


def mutate_policy(policy: Policy, random: Random) -> Policy:
    """A policy some of whose values are changed, where its type has a measure."""
    if policy.type in ("yes_no", "choice", "text", "contact"):
        return policy
    values = mutate_dated(policy.values, random) if random.random() < SHARE else policy.values
    exceptions = tuple(
        replace(one, values=mutate_dated(one.values, random)) if random.random() < SHARE else one
        for one in policy.exceptions
    )
    return replace(policy, values=values, exceptions=exceptions)


def mutate_dated(values: tuple[DatedValue, ...], random: Random) -> tuple[DatedValue, ...]:
    """Each dated value changed."""
    return tuple(replace(one, value=one.value and mutate_value(one.value, random)) for one in values)


def mutate_value(value: Value, random: Random) -> Value:
    """Another value of the same type and unit, its ends in order."""
    if value.type == "date":
        return move(value, random.choice(DAYS)) if value.unit == "day" else value
    if value.type == "time":
        moved = move(value, random.choice(MINUTES))
        return replace(moved, low=wrap(moved.low), high=wrap(moved.high))
    factor = random.choice(FACTORS)
    changed = replace(value, low=scale(value.low, factor), high=scale(value.high, factor))
    return changed if changed != value else move(value, 1)


def move(value: Value, step: float) -> Value:
    """Both ends moved by a step."""
    low, high = (None if end is None else end + step for end in (value.low, value.high))
    return replace(value, low=low, high=high)


def wrap(minutes: float | None) -> float | None:
    """Minutes after midnight within one day."""
    return None if minutes is None else minutes % 1440


def scale(end: float | None, factor: float) -> float | None:
    """An end times a factor, whole where it was whole; a zero becomes five."""
    if end is None:
        return None
    if not end:
        return 5.0
    return (
        float(max(1, round(end * factor))) if end >= 3 and end == int(end) else round(end * factor, 2) or 1.0
    )
