"""What became of one claim: it is held against the policy in force, on that day and for that case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from consistency_check.model import (
    Answer,
    Attributes,
    Claim,
    Judgement,
    Policy,
    PolicyException,
    Value,
    Verdict,
    value_on,
)
from consistency_check.values import agrees, show_value


def judge_claim(claim: Claim, policy: Policy, day: date | None, attributes: Attributes) -> Judgement:
    """The verdict on `claim`, made on `day` to a customer with these attributes.

    The case that a claim names goes before the attributes, and these before what its words say of the
    customer. The first that fits of agrees, outdated, wrong_case and conflicts; `unjudged` where the
    policy has no fixed value that day. Without a day every dated value may agree and none is outdated.
    The reason says why the expected value applies and, after "; ", when or for whom the stated one does.
    """
    known = {name: word for name, word in attributes.items() if word.strip()}
    attributes = {**dict(claim.own_case), **known, **dict(claim.case)}
    expected = policy.answer_on(day, attributes)
    if day is None:
        undated = _match_any_day(claim.value, policy, attributes)
        if undated:
            return Judgement(Verdict.AGREES, undated, f"{explain_answer(undated)}; the reply has no date")
    elif expected.value is not None and _says(claim.value, expected.value, policy):
        return Judgement(Verdict.AGREES, expected, explain_answer(expected))
    elif moved := _match_other_day(claim.value, policy, day, attributes):
        return Judgement(Verdict.OUTDATED, expected, f"{explain_answer(expected)}; {moved}")
    if expected.value is None:
        return Judgement(Verdict.UNJUDGED, expected, explain_answer(expected))
    meant = _match_other_case(claim.value, policy, day, attributes, expected)
    if meant:
        return Judgement(Verdict.WRONG_CASE, expected, f"{explain_answer(expected)}; {meant}")
    return Judgement(Verdict.CONFLICTS, expected, explain_answer(expected))


def settle_case(claim: Claim, attributes: Attributes) -> Claim:
    """The claim as one about the customer's own case, where the case that it names is theirs.

    It is where the customer's attributes say so, or say nothing and the customer had asked about that case.
    """
    own = all(
        known.casefold() == word.casefold() if (known := attributes.get(name, "").strip()) else asked
        for name, word in claim.case
        for asked in [(name, word) in claim.asked_case]
    )
    return replace(claim, case=(), own_case=(*claim.own_case, *claim.case)) if own else claim


def explain_answer(answer: Answer) -> str:
    """Why this value is the one that applies, in words: the exception and the day it came into force."""
    if answer.value is None:
        return "the policy has no fixed value"
    which = f"exception for {show_case(answer.exception)}" if answer.exception else ""
    since = f"in force since {answer.since}" if answer.since else ""
    return ", ".join(part for part in (which, since) if part) or "the general value"


def show_case(exception: PolicyException) -> str:
    """The attributes of an exception, in words: `tier gold and category mattress or sofa`."""
    return " and ".join(f"{name} {' or '.join(words)}" for name, words in exception.when)


def _says(stated: Value, expected: Value, policy: Policy) -> bool:
    return agrees(stated, expected, policy.compare, policy.tolerance) is True


def _match_any_day(stated: Value, policy: Policy, attributes: Attributes) -> Answer | None:
    """The latest answer that ever held for this case and that `stated` agrees with."""
    right = (d for d in reversed(_list_days_of_change(policy)) if _was_right(stated, policy, d, attributes))
    latest = next(right, None)
    return policy.answer_on(latest, attributes) if latest else None


def _match_other_day(stated: Value, policy: Policy, day: date, attributes: Attributes) -> str:
    """When `stated` would have been right for this case, in words: the nearest time before, else after.

    Where the policy leaves that day open, what it said before is not out of date: nothing took its place.
    """
    days = _list_days_of_change(policy)
    is_open = policy.answer_on(day, attributes).value is None
    right = [d for d in days if _was_right(stated, policy, d, attributes)]
    before, after = [d for d in right if d <= day], [d for d in right if d > day]
    if before and not is_open:
        end = next(d for d in days if d > before[-1]) - timedelta(days=1)
        return f"{show_value(stated)} was right until {end}"
    if after:
        return f"{show_value(stated)} is right only from {after[0]} on"
    return ""


def _was_right(stated: Value, policy: Policy, day: date, attributes: Attributes) -> bool:
    value = policy.answer_on(day, attributes).value
    return value is not None and _says(stated, value, policy)


def _list_days_of_change(policy: Policy) -> list[date]:
    """Every day on which some value of the policy comes into force, `date.min` for "always"."""
    return sorted({dated.since or date.min for dated in policy.dated_values})


def _match_other_case(
    stated: Value, policy: Policy, day: date | None, attributes: Attributes, expected: Answer
) -> str:
    """The case that `stated` is right for on that day, in words; empty where there is none."""
    for value, exception in _list_other_cases(policy, day, expected):
        if not _says(stated, value, policy):
            continue
        if exception is None:
            return f"{show_value(stated)} is the general value"
        unknown = sorted({name for name, _ in exception.when if not attributes.get(name)})
        doubt = f", and this customer's {' and '.join(unknown)} is not known" if unknown else ""
        return f"{show_value(stated)} is right for {show_case(exception)} only{doubt}"
    return ""


def _list_other_cases(
    policy: Policy, day: date | None, expected: Answer
) -> Iterator[tuple[Value, PolicyException | None]]:
    """The values in force that day for the cases that are not this one, the general one first."""
    general = value_on(policy.values, day)
    if expected.exception and general and general.value is not None:
        yield general.value, None
    for exception in policy.exceptions:
        dated = value_on(exception.values, day)
        if exception is not expected.exception and dated and dated.value is not None:
            yield dated.value, exception
