"""One answer held against both versions, and what the change does to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from consistency_check.audit import merge_attributes
from consistency_check.impact.versions import Versions
from consistency_check.judge import judge_claim, settle_case
from consistency_check.model import (
    Attributes,
    Claim,
    Customer,
    Effect,
    HeardBoth,
    JudgedClaim,
    Judgement,
    Policy,
    Reply,
    Shift,
    Verdict,
)

Pair = tuple[Claim | None, Claim | None]


@dataclass(frozen=True, slots=True)
class Said:
    """One answer, as either version reads it: None where a version does not. One of the two is there."""

    reply: Reply
    customer: Customer
    old: Claim | None
    new: Claim | None


@dataclass(frozen=True, slots=True)
class Held:
    """An answer judged by both versions, None where that version has no such policy."""

    said: Said
    before: JudgedClaim | None
    after: JudgedClaim | None


def match_claims(old: Sequence[Claim], new: Sequence[Claim], renamed: Mapping[str, str]) -> list[Pair]:
    """The claims of two readings of one reply, those about the same words and policy together."""
    before = _key_claims(old, lambda name: renamed.get(name, f"-{name}"))
    after = _key_claims(new, lambda name: name)
    return [(before.get(key), after.get(key)) for key in dict.fromkeys((*before, *after))]


def _key_claims(claims: Sequence[Claim], rename: Callable[[str], str]) -> dict[tuple[object, ...], Claim]:
    """By policy and words; of a choice also by the option, as one sentence may name several."""
    seen: Counter[tuple[object, ...]] = Counter()
    keyed: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        option = claim.value.word if claim.value.type == "choice" else ""
        key = (rename(claim.policy), claim.start, claim.end, option)
        keyed[*key, seen[key]] = claim
        seen[key] += 1
    return keyed


class Judge:
    """Holds answers against both versions; equal claims of equal cases on one day are judged once.

    `day` is the day by which all are judged, None for the day that each was sent.
    """

    def __init__(self, versions: Versions, day: date | None) -> None:
        self._versions = versions
        self._day = day
        self._known: dict[tuple[object, ...], Judgement] = {}

    def hold(self, said: Said) -> Held | None:
        """The answer judged by both; None where both read it and the change cannot reach it."""
        claim = said.old or said.new
        if claim is None:
            return None
        old, new = self._versions.find_policies(claim, by_new=said.old is None)
        if said.old and said.old == said.new and new and new.id not in self._versions.altered:
            return None
        attributes = merge_attributes(said.customer, said.reply)
        before = self._judge(said, said.old or claim, old, attributes)
        return Held(said, before, self._judge(said, said.new or claim, new, attributes))

    def _judge(
        self, said: Said, claim: Claim, policy: Policy | None, attributes: Attributes
    ) -> JudgedClaim | None:
        if policy is None:
            return None
        claim = settle_case(claim, attributes)
        day = self._day or said.reply.day
        wanted = {name for exception in policy.exceptions for name, _ in exception.when}
        case = tuple((name, attributes[name]) for name in sorted(wanted) if attributes.get(name))
        key = (id(policy), claim.value, day, claim.case, claim.own_case, case)
        judgement = self._known.get(key)
        if judgement is None:
            judgement = self._known[key] = judge_claim(claim, policy, day, attributes)
        return JudgedClaim(claim, said.reply, said.customer, policy, judgement)


def name_shift(held: Held) -> Shift | None:
    """What the change does to an answer; None where it leaves it as it is."""
    before, after = held.before, held.after
    effect = find_effect(
        before.judgement.verdict if before else None,
        after.judgement.verdict if after else None,
        read_by_old=held.said.old is not None,
        read_by_new=held.said.new is not None,
    )
    shown = after or before
    if effect is None or shown is None:
        return None
    return Shift(
        effect,
        shown.policy.id,
        shown.policy.severity,
        held.said.customer.key,
        held.said.reply,
        shown.claim,
        before.judgement if before else None,
        after.judgement if after else None,
    )


def find_effect(
    before: Verdict | None, after: Verdict | None, *, read_by_old: bool, read_by_new: bool
) -> Effect | None:
    """The effect of these two verdicts; None is that of a version without the policy."""
    was, will = before is not None and before.is_flagged, after is not None and after.is_flagged
    if will and not was:
        return Effect.WRONG
    if was and after is Verdict.AGREES:
        return Effect.RIGHT
    if (was or before is Verdict.AGREES) and after in (None, Verdict.UNJUDGED):
        return Effect.OPEN
    if will and not (read_by_old and read_by_new):
        return Effect.FOUND if read_by_new else Effect.LOST
    return None


def list_heard_both(held: Iterable[Held], shifts: Iterable[Shift]) -> Iterator[HeardBoth]:
    """The customers of answers that become wrong who were also told what is right then, in another reply.

    An answer about a named other case is not the customer's own, and takes no part.
    """
    told: dict[tuple[str, str], tuple[list[JudgedClaim], list[JudgedClaim]]] = {}
    wrong = {(s.customer, s.policy) for s in shifts if s.effect is Effect.WRONG and not s.claim.case}
    for one in held:
        after = one.after
        if after is None or after.claim.case or (after.customer.key, after.policy.id) not in wrong:
            continue
        shift, verdict = name_shift(one), after.judgement.verdict
        sides = told.setdefault((after.customer.key, after.policy.id), ([], []))
        if verdict is Verdict.AGREES:
            sides[1].append(after)
        elif shift and shift.effect is Effect.WRONG:
            sides[0].append(after)
    for (customer, policy), (said, right) in sorted(told.items(), key=lambda item: item[0]):
        replies = {one.reply.id for one in said}
        others = [one for one in right if one.reply.id not in replies]
        if others:
            yield HeardBoth(
                customer, policy, tuple(sorted(said, key=_order)), tuple(sorted(others, key=_order))
            )


def _order(one: JudgedClaim) -> tuple[str, str, int]:
    return one.reply.sent_at.isoformat() if one.reply.sent_at else "", one.reply.id, one.claim.start
