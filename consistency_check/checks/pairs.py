"""Which answers that one customer heard about one policy cannot both hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from consistency_check.checks.things import Things, list_things, name_two_things
from consistency_check.model import ChannelPair, JudgedClaim, Policy, Value, Verdict
from consistency_check.values import agrees

NamePart = Callable[[JudgedClaim], str]


@dataclass(frozen=True, slots=True)
class Said:
    """All of an answer that decides what it cannot stand beside: equal ones need to be compared but once.

    The things that it is about and its day are told of open answers only.
    """

    value: Value
    verdict: Verdict
    expected: Value | None
    things: Things = ()
    day: date | None = None


def boil_down(claim: JudgedClaim) -> Said:
    """The claim as `cannot_both_hold` needs it."""
    value, judgement = claim.claim.value, claim.judgement
    if judgement.verdict is not Verdict.UNJUDGED:
        return Said(value, judgement.verdict, judgement.expected.value)
    day = claim.reply.day if value.type == "date" else None
    return Said(value, judgement.verdict, judgement.expected.value, list_things(claim.reply), day)


def pick_disagreeing(claims: Sequence[JudgedClaim], name_part: NamePart) -> list[JudgedClaim]:
    """The claims that disagree with one of another part (channel, reply …), in their order.

    Claims about a named other case take no part.
    """
    own = [(boil_down(claim), name_part(claim), claim) for claim in claims if not claim.claim.case]
    parts: dict[Said, set[str]] = {}
    for said, part, _ in own:
        parts.setdefault(said, set()).add(part)
    opposed: dict[Said, set[str]] = {said: set() for said in parts}
    for a, b in combinations(parts, 2):
        if cannot_both_hold(a, b, own[0][2].policy):
            opposed[a] |= parts[b]
            opposed[b] |= parts[a]
    return [claim for said, part, claim in own if opposed[said] - {part}]


def pair_channels(claims: Iterable[JudgedClaim]) -> list[ChannelPair]:
    """The pairs of channels that gave answers about one policy which cannot both hold."""
    heard = {
        (claim.reply.channel, boil_down(claim)): claim.policy for claim in claims if not claim.claim.case
    }
    return sorted(
        {
            (min(a, b), max(a, b))
            for ((a, one), policy), ((b, other), _) in combinations(heard.items(), 2)
            if a != b and cannot_both_hold(one, other, policy)
        }
    )


def cannot_both_hold(a: Said, b: Said, policy: Policy) -> bool:
    """Whether a customer who heard both cannot take both for true.

    Two answers that were each right on their own day and for their own case do not disagree,
    whatever their values, and neither do two equal ones, however wrong. Prose disagrees only where
    one of the two is right: two other wordings may mean the same.
    """
    verdicts = {a.verdict, b.verdict}
    if verdicts == {Verdict.AGREES}:
        return False
    if policy.type == "text" and Verdict.UNJUDGED not in verdicts:
        return Verdict.AGREES in verdicts
    if verdicts == {Verdict.UNJUDGED} and _are_about_two_things(a, b):
        return False
    if verdicts == {Verdict.AGREES, Verdict.CONFLICTS} and a.expected == b.expected:
        # One value was expected of both: then it tells them apart, though one may hold the other.
        return agrees(a.value, b.value, "equal", policy.tolerance) is False
    return not _hold_together(a.value, b.value, policy.tolerance)


def _hold_together(one: Value, other: Value, tolerance: Value | None) -> bool:
    """Whether one value is the other, or lies in its range, words of a bound left aside.

    "Within 14 days" lies inside "within 30 days", but a customer who hears both has heard two answers.
    """
    return agrees(one, other, "", tolerance) is not False or agrees(other, one, "", tolerance) is not False


def _are_about_two_things(a: Said, b: Said) -> bool:
    """Whether two answers of an open policy are about two orders, or about two days one after the other.

    Such a policy holds what is said of one parcel or appointment: "it comes on the 11th" and, once
    the 11th has passed, "it comes on the 21st" are about two of them.
    """
    return name_two_things(a.things, b.things) or _had_passed(a, b.day) or _had_passed(b, a.day)


def _had_passed(said: Said, day: date | None) -> bool:
    last = _find_last_day(said.value, said.day)
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
