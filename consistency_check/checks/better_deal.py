"""The customer asked again in another channel and was given a more favourable answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import permutations

from consistency_check.checks.check import Check, Terms
from consistency_check.checks.finding import build_finding, group_by_policy, name_channel, say_expected
from consistency_check.checks.pairs import Said, boil_down, cannot_both_hold
from consistency_check.model import CustomerCase, Finding, JudgedClaim, Policy, Value, Verdict
from consistency_check.values import agrees, show_value
from consistency_check.values.duration import BUSINESS_DAYS, MINUTES, MONTHS

NAME = "better-deal"
_COMPARED = {"higher": "at_least", "lower": "at_most"}
_SHORT = frozenset({"second", "minute", "hour"})
_DAY = MINUTES["day"]
_MINUTES = {
    **MINUTES,
    **{unit: 30 * _DAY * months for unit, months in MONTHS.items()},
    "business hour": MINUTES["hour"],
    **{unit: _DAY * days for unit, days in BUSINESS_DAYS.items()},
}
"""Minutes of a unit, roughly: enough to tell which of two gains is the larger."""


@dataclass(frozen=True, slots=True)
class Deal:
    """A first answer and a better one that another channel gave later.

    `gain` is what lies between them, None where their units do not convert. `cost` is what the better answer
    gives beyond both the policy and the first answer, None where that is nothing or cannot be told.
    """

    policy: Policy
    first: JudgedClaim
    better: JudgedClaim
    gain: Value | None
    cost: Value | None


def find_deals(case: CustomerCase) -> Iterator[Deal]:
    """The best deal of each policy that says which direction favours the customer, policies by id."""
    for policy, claims in group_by_policy(case.claims):
        if policy.favours in _COMPARED:
            deals = [_build_deal(policy, first, better) for first, better in _list_pairs(policy, claims)]
            if deals:
                yield max(deals, key=lambda deal: _weigh(deal.gain))


def _list_pairs(policy: Policy, claims: Sequence[JudgedClaim]) -> list[tuple[JudgedClaim, JudgedClaim]]:
    """Answers of two channels about the customer's own case, the later one better; times must be known.

    Of pairs that say the same in the same channels it is the first; all are in the order they were heard.
    """
    own = [(claim.reply.sent_at, claim) for claim in claims if claim.reply.sent_at and not claim.claim.case]
    heard: dict[tuple[str, Said], list[int]] = {}
    for number, (_, claim) in enumerate(own):
        heard.setdefault((claim.reply.channel, boil_down(claim)), []).append(number)
    pairs: list[tuple[int, int]] = []
    for ((one, first), (number, *_)), ((other, better), later) in permutations(heard.items(), 2):
        sent_at = own[number][0]
        if one == other or own[later[-1]][0] <= sent_at or not _is_better(policy, first.value, better.value):
            continue
        if cannot_both_hold(first, better, policy):
            pairs.append((number, next(each for each in later if own[each][0] > sent_at)))
    return [(own[first][1], own[then][1]) for first, then in sorted(pairs)]


def _build_deal(policy: Policy, first: JudgedClaim, better: JudgedClaim) -> Deal:
    said, given = first.claim.value, better.claim.value
    return Deal(policy, first, better, _measure_gain(said, given), _measure_cost(policy, said, better))


def _measure_cost(policy: Policy, first: Value, better: JudgedClaim) -> Value | None:
    given, expected = better.claim.value, better.judgement.expected.value
    if _is_right(better) or expected is None or not _is_better(policy, expected, given):
        return None
    gain = _measure_gain(expected if _is_better(policy, first, expected) else first, given)
    return replace(gain, per=given.per or first.per or expected.per) if gain else None


def _is_right(claim: JudgedClaim) -> bool:
    return claim.judgement.verdict is Verdict.AGREES


def _is_better(policy: Policy, first: Value, later: Value) -> bool:
    compare = _COMPARED[policy.favours]
    return agrees(later, first, compare) is True and agrees(first, later, compare) is False


def _measure_gain(one: Value, other: Value) -> Value | None:
    """The difference of the upper ends; where one answer alone says "per person", the other means it too."""
    unit = _choose_unit(one, other)
    ends = [_scale(value, unit) for value in (one, other)]
    if one.type in ("date", "time") or None in ends:
        return None
    size = round(abs((ends[0] or 0.0) - (ends[1] or 0.0)), 6)
    return Value(one.type, size, size, unit, per=one.per or other.per)


def _weigh(gain: Value | None) -> float:
    """How large a gain is beside the others of its policy; a duration in minutes, of business or not."""
    if gain is None or not gain.high:
        return 0.0
    return gain.high * _MINUTES.get(gain.unit, 1.0) if gain.type == "duration" else gain.high


def _choose_unit(one: Value, other: Value) -> str:
    """The unit in which a policy's gains can be added up; durations in few units, as far as they convert."""
    units = {one.unit, other.unit}
    if one.type != "duration" or units == {"minute"}:
        return one.unit
    if units <= _SHORT:
        return "hour"
    families = (("day", MINUTES), ("month", MONTHS), ("business day", BUSINESS_DAYS))
    return next((unit for unit, family in families if units <= family.keys()), one.unit)


def _scale(value: Value, unit: str) -> float | None:
    """The upper end of a quantity in this unit, None where it cannot be told in it."""
    end = value.high if value.high is not None else value.low
    if end is None or value.unit == unit:
        return end
    for family in (MINUTES, MONTHS, BUSINESS_DAYS):
        if value.unit in family and unit in family:
            return end * family[value.unit] / family[unit]
    return None


def find(case: CustomerCase, terms: Terms) -> Iterator[Finding]:
    """One finding for each policy: the first answer and the best one after it."""
    del terms
    for deal in find_deals(case):
        pair = [deal.first, deal.better]
        yield build_finding(NAME, case.customer, deal.policy, pair, _write_message(deal))


def _write_message(deal: Deal) -> str:
    first, better = (
        f"{name_channel(c.reply.channel)} said {show_value(c.claim.value)}" for c in (deal.first, deal.better)
    )
    gain = f"{show_value(deal.gain)} " if deal.gain and deal.gain.high else ""
    right = ", which is right" if _is_right(deal.better) else ""
    said = f"{first}, and later {better}{right}: {gain}better for the customer"
    return f"{said[:1].upper()}{said[1:]}; {say_expected([deal.better])}."


CHECK = Check(
    name=NAME,
    summary="the customer asked again in another channel and was given a more favourable answer (`favours`)",
    explanation="""\
Finds customers who were told one thing, asked again in another channel and were told something better.

Why it matters: customers learn that asking again pays. What the second answer gives beyond the policy
and beyond the first answer is what inconsistency costs, and the headline figures add it up by policy.

Example: the phone line says that a label costs $6.95; next day the chat says that it is free.

What it needs: a policy whose `favours` says which direction is better for the customer (`favours:
lower` for a fee, `favours: higher` for a deadline), and the times of both answers. Answers that were
each right on their own day, or that hold each other, are none. Where the better answer is simply the
right one, the finding says so, and it costs nothing; neither does one that still gives less than the
policy, or one about a policy with `value: any`.

How to fix it: decide which answer the company honours; then mend the source of the other.

Severity: the policy's own.
""",
    find=find,
)
