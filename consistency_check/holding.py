"""What a policy answers on one day for one case, why, what else may apply, and what comes next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import takewhile

from consistency_check.judge import explain_answer, show_case
from consistency_check.model import (
    Attributes,
    CaseAnswer,
    DatedValue,
    Holding,
    Policy,
    PolicyException,
    value_on,
)

NOT_YET = "no value is in force yet"


def describe_holding(policy: Policy, day: date, attributes: Attributes) -> Holding:
    """What holds on `day` for somebody with these attributes; others are not known."""
    answer = policy.answer_on(day, attributes)
    general = value_on(policy.values, day)
    holds = CaseAnswer(_name_case(answer.exception), answer.value, answer.since)
    in_force = answer.exception is not None or general is not None
    doubtful = tuple(
        CaseAnswer(_name_case(exception), value)
        for value, exception in answer.possible[1:]
        if exception is not None
    )
    coming = sorted(
        _list_coming(policy, day, attributes, answer.exception), key=lambda one: (one.since or day, one.case)
    )
    reason = explain_answer(answer) if in_force else NOT_YET
    return Holding(policy, holds if in_force else None, reason, doubtful, tuple(coming))


def _list_coming(
    policy: Policy, day: date, attributes: Attributes, chosen: PolicyException | None
) -> Iterator[CaseAnswer]:
    """Later values of what holds, and of the exceptions that may and win over it."""
    ranked = policy.rank_exceptions()
    before = takewhile(lambda one: one is not chosen, ranked)
    holders: list[tuple[PolicyException | None, tuple[DatedValue, ...]]] = [
        (one, one.values) for one in before if one.holds(attributes) is not False
    ]
    holders.append((chosen, chosen.values if chosen else policy.values))
    for exception, values in holders:
        for dated in values:
            if dated.since and dated.since > day:
                yield CaseAnswer(_name_case(exception), dated.value, dated.since)


def _name_case(exception: PolicyException | None) -> str:
    return show_case(exception) if exception else ""
