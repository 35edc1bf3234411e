"""The customer asked again in another channel and was given a more favourable answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from consistency_check.checks.check import Check, Terms
from consistency_check.checks.finding import build_finding, group_by_policy, name_channel, say_expected
from consistency_check.checks.pairs import disagree
from consistency_check.model import CustomerCase, Finding, JudgedClaim, Policy, Value, Verdict
from consistency_check.values import agrees, show_value
from consistency_check.values.duration import BUSINESS_DAYS, MINUTES, MONTHS

NAME = "better-deal"
_COMPARED = {"higher": "at_least", "lower": "at_most"}
_SHORT = frozenset({"second", "minute", "hour"})


@dataclass(frozen=True, slots=True)
class Deal:
    """A first answer and a better one that another channel gave later.

    `gain` is what lies between them, None where their units do not convert. `is_beyond` where the better
    answer is more than the policy gives: that is what it costs.
    """

    policy: Policy
    first: JudgedClaim
    better: JudgedClaim
    gain: Value | None

    @property
    def is_beyond(self) -> bool:
        """False for a better answer that was simply right."""
        return self.better.judgement.verdict is not Verdict.AGREES


def find_deals(case: CustomerCase) -> Iterator[Deal]:
    """The best deal of each policy that says which direction favours the customer, policies by id."""
    for policy, claims in group_by_policy(case.claims):
        if policy.favours in _COMPARED:
            deals = [Deal(policy, a, b, _measure_gain(a, b)) for a, b in _list_pairs(policy, claims)]
            if deals:
                yield max(deals, key=lambda deal: (deal.gain.high or 0.0) if deal.gain else 0.0)


def _list_pairs(policy: Policy, claims: Sequence[JudgedClaim]) -> Iterator[tuple[JudgedClaim, JudgedClaim]]:
    """Answers of two channels about the customer's own case, the later one better; times must be known."""
    own = [claim for claim in claims if not claim.claim.case and claim.reply.sent_at]
    for first, later in combinations(own, 2):
        is_elsewhere = first.reply.channel != later.reply.channel
        is_better = _is_better(policy, first.claim.value, later.claim.value)
        is_later = first.reply.sent_at != later.reply.sent_at
        if is_elsewhere and is_later and is_better and disagree(first, later):
            yield first, later


def _is_better(policy: Policy, first: Value, later: Value) -> bool:
    compare = _COMPARED[policy.favours]
    return agrees(later, first, compare) is True and agrees(first, later, compare) is False


def _measure_gain(first: JudgedClaim, later: JudgedClaim) -> Value | None:
    """The difference of the upper ends; where one answer alone says "per person", the other means it too."""
    one, other = first.claim.value, later.claim.value
    unit = _choose_unit(one, other)
    ends = [_scale(value, unit) for value in (one, other)]
    if one.type in ("date", "time") or None in ends:
        return None
    size = round(abs((ends[0] or 0.0) - (ends[1] or 0.0)), 6)
    return Value(one.type, size, size, unit, per=one.per or other.per)


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
    beyond = "" if deal.is_beyond else ", which is right"
    said = f"{first}, and later {better}{beyond}: {gain}better for the customer"
    return f"{said[:1].upper()}{said[1:]}; {say_expected([deal.better])}."


CHECK = Check(
    name=NAME,
    summary="the customer asked again in another channel and was given a more favourable answer (`favours`)",
    explanation="""\
Finds customers who were told one thing, asked again in another channel and were told something better.

Why it matters: customers learn that asking again pays. What the second answer gives beyond the policy
is what inconsistency costs, and the headline figures add it up by policy.

Example: the phone line says that a label costs $6.95; next day the chat says that it is free.

What it needs: a policy whose `favours` says which direction is better for the customer (`favours:
lower` for a fee, `favours: higher` for a deadline), and the times of both answers. Answers that were
each right on their own day, or that hold each other, are none. Where the better answer is simply the
right one, the finding says so, and it costs nothing.

How to fix it: decide which answer the company honours; then mend the source of the other.

Severity: the policy's own.
""",
    find=find,
)
