"""Which answers that one customer heard about one policy cannot both hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from itertools import combinations

from consistency_check.model import JudgedClaim, Reply, Value, Verdict
from consistency_check.values import agrees

MayPair = Callable[[JudgedClaim, JudgedClaim], bool]
THINGS = frozenset(
    {"account", "application", "booking", "order", "parcel", "reservation", "shipment", "tracking"}
)
"""How attributes begin whose value says which thing an open answer is about: `order_id`, `booking_ref`."""


def pick_disagreeing(claims: Sequence[JudgedClaim], may_pair: MayPair) -> list[JudgedClaim]:
    """The claims that stand in at least one disagreeing pair that `may_pair` admits, in their order.

    Claims about a named other case take no part.
    """
    own = [c for c in claims if not c.claim.case]
    picked: set[int] = set()
    for (i, a), (j, b) in combinations(enumerate(own), 2):
        if may_pair(a, b) and disagree(a, b):
            picked.update((i, j))
    return [own[i] for i in sorted(picked)]


def disagree(a: JudgedClaim, b: JudgedClaim) -> bool:
    """Whether the customer cannot take both answers for true.

    Two answers that were each right on their own day and for their own case do not disagree,
    whatever their values, and neither do two equal ones, however wrong. Prose disagrees only where
    one of the two is right: two other wordings may mean the same.
    """
    verdicts = {a.judgement.verdict, b.judgement.verdict}
    if verdicts == {Verdict.AGREES}:
        return False
    if a.policy.type == "text" and Verdict.UNJUDGED not in verdicts:
        return Verdict.AGREES in verdicts
    if verdicts == {Verdict.UNJUDGED} and are_about_two_things(a, b):
        return False
    if verdicts == {Verdict.AGREES, Verdict.CONFLICTS} and _have_one_policy(a, b):
        return agrees(a.claim.value, b.claim.value, "equal", a.policy.tolerance) is False
    return not hold_together(a, b)


def _have_one_policy(a: JudgedClaim, b: JudgedClaim) -> bool:
    """Whether one value was expected of both: then it tells them apart, though one may hold the other."""
    return a.judgement.expected.value == b.judgement.expected.value


def hold_together(a: JudgedClaim, b: JudgedClaim) -> bool:
    """Whether one value is the other, or lies in its range, words of a bound left aside.

    "Within 14 days" lies inside "within 30 days", but a customer who hears both has heard two answers.
    """
    tolerance = a.policy.tolerance
    one, other = a.claim.value, b.claim.value
    return agrees(one, other, "", tolerance) is not False or agrees(other, one, "", tolerance) is not False


def are_about_two_things(a: JudgedClaim, b: JudgedClaim) -> bool:
    """Whether two answers of an open policy are about two orders, or about two days one after the other.

    Such a policy holds what is said of one parcel or appointment: "it comes on the 11th" and, once
    the 11th has passed, "it comes on the 21st" are about two of them.
    """
    return name_two_things(a.reply, b.reply) or _had_passed(a, b.reply.day) or _had_passed(b, a.reply.day)


def name_two_things(a: Reply, b: Reply) -> bool:
    """Whether two replies' attributes name two orders, bookings, parcels …"""
    for name, word in a.attributes.items():
        other = b.attributes.get(name, "")
        if word and other and word != other and re.split(r"[^a-z]", name.casefold())[0] in THINGS:
            return True
    return False


def _had_passed(claim: JudgedClaim, day: date | None) -> bool:
    last = _find_last_day(claim.claim.value, claim.reply.day)
    return last is not None and day is not None and day > last


def _find_last_day(value: Value, said: date | None) -> date | None:
    """The last day of a date that was said on `said`; one without a year is the nearest to come."""
    if value.type != "date" or value.high is None or said is None:
        return None
    if value.unit == "day":
        return date.fromordinal(int(value.high))
    month, number = divmod(int(value.high), 100)
    with suppress(ValueError):  # 29 February, in most years
        this_year = said.replace(month=month, day=number)
        return this_year if this_year >= said else this_year.replace(year=said.year + 1)
    return None
