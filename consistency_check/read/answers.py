"""How a stated value stands to a policy's answers, as numbers: the only part of reading that knows them.

Kept apart from `features.py`, so that a change of answers alone needs no reply to be read again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from math import log
from typing import NamedTuple

import numpy as np

from consistency_check.model import Policy, Value, value_on
from consistency_check.read.vectors import Numbers
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
NEVER = date.max.toordinal() + 1
"""The number of a day that never comes."""
KNOWN = 50_000
"""Versions of policies and values beside them that are kept at hand."""


class Measured(NamedTuple):
    """A value as its policy takes it, the columns of ANSWERS, and whether it is the general one that day."""

    value: Value
    columns: list[float]
    agrees: bool


class Answers:
    """What some policies answer; the columns of a value are worked out once for all days of one version.

    Values and days come one by one, each beside many policies: what is known of one is at hand for all.
    """

    def __init__(self, policies: Sequence[Policy]) -> None:
        self._policies = policies
        self._value: Value | None
        self._own: dict[tuple[int, date | None], Measured | None]
        self._day: date | None
        self._versions: dict[int, date | None]
        self._forget()

    def measure(self, value: Value, policy: int, day: date | None) -> Measured | None:
        """How a value stands to a policy; None where the policy cannot take it."""
        if value is not self._value:
            if self._count > KNOWN:
                self._forget()
            self._value, self._own = value, self._measured.setdefault(value, {})
        if day is not self._day:
            self._day, self._versions = day, self._found.setdefault(day, {})
        if policy not in self._versions:
            self._versions[policy] = self._find_first_day(policy, day)
            self._count += 1
        key = policy, self._versions[policy]
        if key not in self._own:
            self._own[key] = self._measure(value, *key)
            self._count += 1
        return self._own[key]

    def _forget(self) -> None:
        self._count = 0
        self._measured: dict[Value, dict[tuple[int, date | None], Measured | None]] = {}
        self._found: dict[date | None, dict[int, date | None]] = {}
        self._value, self._own = None, {}
        self._day, self._versions = None, self._found.setdefault(None, {})

    def _find_first_day(self, policy: int, day: date | None) -> date | None:
        """The first day of the version that is in force on a day; the first of all where none is."""
        inforce = value_on(self._policies[policy].values, day)
        return None if day is None else inforce.since or date.min if inforce else date.min

    def _measure(self, value: Value, number: int, day: date | None) -> Measured | None:
        policy = self._policies[number]
        settled = settle_stated(value, policy, day)
        if settled is None:
            return None
        columns = measure_answers(settled, policy, day)
        return Measured(settled, columns, agrees_in_general(settled, policy, day))


class Inforce:
    """Which of a policy's values are in force on a day, as numbers from 0 up to `most`, for many at once."""

    def __init__(self, policies: Sequence[Policy]) -> None:
        days = [[0 if one.since is None else one.since.toordinal() for one in p.values] for p in policies]
        longest = max(map(len, days), default=0)
        self._since = np.array([[*each, *[NEVER] * (longest - len(each))] for each in days], np.intp)
        self.most = longest + 2

    def find(self, policies: Numbers, days: Sequence[date | None], owners: Numbers) -> Numbers:
        """A number for each policy on its owner's day: equal ones where the same is in force."""
        at = np.array([NEVER if day is None else day.toordinal() for day in days], np.intp)[owners]
        inforce: Numbers = (self._since[policies] <= at[:, None]).sum(axis=1)
        inforce[at == NEVER] = self.most - 1
        return inforce


def agrees_in_general(value: Value, policy: Policy, day: date | None) -> bool:
    """Whether a value is the policy's general one on a day; True where it has none."""
    general = value_on(policy.values, day)
    if general is None or general.value is None:
        return True
    if policy.type == "text":
        return value == general.value
    return agrees(value, general.value, policy.compare, policy.tolerance) is not False


def settle_stated(value: Value, policy: Policy, day: date | None) -> Value | None:
    """A stated value as the policy's type takes it: a unit, currency or half of the day filled in.

    The policy's value in force is looked at first, then its others; one that makes the two agree is
    preferred. None where the value cannot answer this policy.
    """
    general = value_on(policy.values, day)
    first = [general.value] if general and general.value else []
    known = list(dict.fromkeys([*first, *policy.fixed_values]))
    if not known:
        return settle_clock(value) if value.type == policy.type else None
    settled = [(found, one) for one in known if (found := settle_value(value, one)) is not None]
    agreeing = (found for found, one in settled if agrees(found, one, policy.compare, policy.tolerance))
    return next(agreeing, settled[0][0] if settled else None)


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
    known = policy.fixed_values
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
