"""How a stated value stands to a policy's answers, as numbers: the only part of reading that knows them.

Kept apart from `features.py`, so that a change of answers alone needs no reply to be read again.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import log

from consistency_check.model import Policy, Value, value_on
from consistency_check.values import agrees, settle_value

ANSWERS = (
    "agrees with a value in force",
    "agrees with an earlier, later or excepted value",
    "unit is the policy's",
    "unit is another",
    "ratio to the nearest value",
    "far from every value",
    "no fixed value",
)


# Offices, shops and drivers answer for 07:00 to 18:59 when they leave out am and pm.
WAKING = (7 * 60, 19 * 60)


def settle_stated(value: Value, policy: Policy, day: date | None) -> Value | None:
    """A stated value as the policy's type takes it: a unit, currency or half of the day filled in.

    The policy's value in force is looked at first, then its others; one that makes the two agree is
    preferred. None where the value cannot answer this policy.
    """
    general = value_on(policy.values, day)
    first = [general.value] if general and general.value else []
    known = list(dict.fromkeys([*first, *list_values(policy)]))
    if not known:
        return settle_clock(value) if value.type == policy.type else None
    settled = [(found, one) for one in known if (found := settle_value(value, one)) is not None]
    agreeing = (found for found, one in settled if agrees(found, one, policy.compare, policy.tolerance))
    return next(agreeing, settled[0][0] if settled else None)


def list_values(policy: Policy) -> list[Value]:
    """Every fixed value of a policy, of whatever day and case."""
    holders = (policy.values, *(exception.values for exception in policy.exceptions))
    return [dated.value for values in holders for dated in values if dated.value]


def settle_clock(value: Value) -> Value:
    """A clock time without am or pm in the half of the day that is awake."""
    if value.type != "time" or value.unit != "12h":
        return value
    low, high = (
        None if end is None else end % 720 if WAKING[0] <= end % 720 < WAKING[1] else end % 720 + 720
        for end in (value.low, value.high)
    )
    return replace(value, low=low, high=high, unit="")


def measure_answers(value: Value, policy: Policy, day: date | None) -> list[float]:
    """The columns of ANSWERS."""
    general = value_on(policy.values, day)
    known = list_values(policy)
    if not known:
        return [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0]
    current = general.value if general else None
    now = bool(current and agrees(value, current, policy.compare, policy.tolerance))
    others = (one for one in known if one is not current)
    other = not now and any(agrees(value, one, policy.compare, policy.tolerance) for one in others)
    same_unit = any(one.unit == value.unit for one in known)
    ratio = min((distance(value, one) for one in known), default=3.0)
    return [
        float(now),
        float(other),
        float(same_unit),
        float(not same_unit),
        0.0 if now or other else min(ratio, 3.0),
        float(not (now or other) and ratio > 2.0),
        0.0,
    ]


def distance(value: Value, known: Value) -> float:
    """Natural logarithm of the ratio of two quantities, at most 3; 3 where there is none."""
    stated = value.high if value.high is not None else value.low
    right = known.high if known.high is not None else known.low
    if stated is None or right is None or stated <= 0 or right <= 0:
        return 3.0
    return min(3.0, abs(log(stated / right)))
