"""One answer held against both versions, and what the change does to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    Value,
    Verdict,
)

Pair = tuple[Claim | None, Claim | None]
Key = tuple[str, int, int, Value | None]
WORDS = frozenset({"choice", "yes_no", "text", "contact"})
"""Types whose value is a word: another one is another answer, and never the same in another unit."""


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
    """The claims of two readings of one reply, those of the same words about the same policy together.

    One sentence may state several values; where only one is left of a policy's on each side, the versions
    take it for a value in two units.
    """
    before = {_key(claim, renamed.get(claim.policy, f"-{claim.policy}")): claim for claim in old}
    after = {_key(claim, claim.policy): claim for claim in new}
    pairs: list[Pair] = [(claim, after[key]) for key, claim in before.items() if key in after]
    gone = _group(key for key in before if key not in after)
    come = _group(key for key in after if key not in before)
    for place in dict.fromkeys((*gone, *come)):
        was = [before[key] for key in gone.get(place, ())]
        will = [after[key] for key in come.get(place, ())]
        alone = len(was) == len(will) == 1 and was[0].value.type not in WORDS
        pairs += (
            [(was[0], will[0])] if alone else [*((one, None) for one in was), *((None, one) for one in will)]
        )
    return pairs


def _key(claim: Claim, policy: str) -> Key:
    return policy, claim.start, claim.end, claim.value


def _group(keys: Iterable[Key]) -> dict[Key, list[Key]]:
    """Keys by what they are but for the value."""
    groups: dict[Key, list[Key]] = {}
    for key in keys:
        groups.setdefault((*key[:3], None), []).append(key)
    return groups


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
