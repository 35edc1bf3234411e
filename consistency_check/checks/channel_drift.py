"""Across customers, a channel's answers on one policy differ from the other channels' beyond chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from consistency_check.checks.check import Check, Terms
from consistency_check.checks.exact_test import correct_many, find_chance
from consistency_check.checks.finding import build_answer, group_by_policy, hash_content, name_channel
from consistency_check.checks.tallies import pick_samples
from consistency_check.model import (
    CustomerCase,
    Finding,
    FindingAnswer,
    JudgedClaim,
    Policy,
    Rate,
    Severity,
    Tally,
    Verdict,
)
from consistency_check.values import show_value

NAME = "channel-drift"
LEVEL = 0.05
"""How rarely one of all the drifts that a run reports may be chance alone."""
_OWN = frozenset({"date"})
"""Types of which each customer has a value of their own, where a policy leaves it open."""
RIGHT, WRONG, OPEN = "right", "wrong", "open"


def tally(case: CustomerCase) -> Iterator[Tally]:
    """A count for each policy and channel: the customer was answered wrongly there, rightly, or openly.

    One customer counts once a channel, for answers to one customer are not independent of each other: as
    wrong where one answer was, and for the first answer where a policy is open.
    """
    for policy, claims in group_by_policy(case.claims):
        own = [claim for claim in claims if not claim.claim.case]
        for channel in sorted({claim.reply.channel for claim in own}):
            inside = [claim for claim in own if claim.reply.channel == channel]
            yield from _count(policy, channel, inside)


def _count(policy: Policy, channel: str, claims: Sequence[JudgedClaim]) -> Iterator[Tally]:
    judged = [claim for claim in claims if claim.judgement.verdict is not Verdict.UNJUDGED]
    wrong = [claim for claim in judged if claim.judgement.verdict.is_flagged]
    if judged:
        word, shown = (WRONG, wrong[0]) if wrong else (RIGHT, judged[0])
        yield Tally(NAME, (policy.id, channel, word, ""), samples=(build_answer(shown),))
    elif policy.is_open and policy.type not in _OWN and policy.type != "text":
        value = show_value(claims[0].claim.value)
        yield Tally(NAME, (policy.id, channel, OPEN, value), samples=(build_answer(claims[0]),))


@dataclass(frozen=True, slots=True)
class Drift:
    """One channel against the others on one policy; `chance` is corrected for all tests of the run."""

    policy: str
    channel: str
    own: Rate
    others: Rate
    usual: str
    chance: float


def conclude(tallies: Sequence[Tally], terms: Terms) -> Iterator[Finding]:
    """One finding for each channel that is worse than the others on a policy; if none is, that is better."""
    drifts = list(_test_all(tallies))
    beyond = [drift for drift in drifts if drift.chance < LEVEL and drift.policy in terms.policies]
    worse = {drift.policy for drift in beyond if drift.own.share > drift.others.share}
    for drift in beyond:
        if drift.own.share > drift.others.share or drift.policy not in worse:
            yield _build_finding(drift, terms.policies[drift.policy], tallies)


def _test_all(tallies: Sequence[Tally]) -> Iterator[Drift]:
    """Every channel of every policy against the others there, each table once."""
    tables: list[tuple[str, str, Rate, Rate, str]] = []
    for policy in sorted({tally.group[0] for tally in tallies}):
        usual, rates = _rate_channels([tally for tally in tallies if tally.group[0] == policy])
        channels = sorted(rates, key=lambda name: (-rates[name].share, name))
        for channel in channels[:1] if len(channels) == 2 else channels if len(channels) > 2 else ():
            others = [rates[name] for name in channels if name != channel]
            rest = Rate(sum(rate.wrong for rate in others), sum(rate.total for rate in others))
            tables.append((policy, channel, rates[channel], rest, usual))
    chances = [
        find_chance(a.wrong, a.total - a.wrong, b.wrong, b.total - b.wrong) for _, _, a, b, _ in tables
    ]
    for table, chance in zip(tables, correct_many(chances), strict=True):
        yield Drift(*table, chance)


def _rate_channels(tallies: Sequence[Tally]) -> tuple[str, Mapping[str, Rate]]:
    """The commonest value where the policy is open, and of each channel the answers that are off."""
    values: Counter[str] = Counter()
    for tally in tallies:
        if tally.group[2] == OPEN:
            values[tally.group[3]] += tally.count
    usual = min(values, key=lambda value: (-values[value], value), default="")
    rates: dict[str, Rate] = {}
    for tally in tallies:
        rate = rates.get(tally.group[1], Rate())
        wrong = tally.count if _is_off(tally, usual) else 0
        rates[tally.group[1]] = Rate(rate.wrong + wrong, rate.total + tally.count)
    return usual, rates


def _is_off(tally: Tally, usual: str) -> bool:
    return tally.group[2] == WRONG or (tally.group[2] == OPEN and tally.group[3] != usual)


def _build_finding(drift: Drift, policy: Policy, tallies: Sequence[Tally]) -> Finding:
    return Finding(
        id=hash_content([NAME, policy.id, drift.channel]),
        check=NAME,
        severity=Severity.LOW if policy.type == "text" else policy.severity,
        customer="",
        topic=policy.topic,
        policy=policy.id,
        expected="",
        message=_write_message(drift),
        answers=_pick_answers(drift, tallies),
        policy_source=str(policy.source),
    )


def _pick_answers(drift: Drift, tallies: Sequence[Tally]) -> tuple[FindingAnswer, ...]:
    """The channel's answers that are off; of a channel that is better, the others'."""
    is_worse = drift.own.share > drift.others.share
    return pick_samples(
        answer
        for tally in tallies
        if tally.group[0] == drift.policy and _is_off(tally, drift.usual)
        if (tally.group[1] == drift.channel) == is_worse
        for answer in tally.samples
    )


def _write_message(drift: Drift) -> str:
    channel = name_channel(drift.channel)
    what = f"answered other than {drift.usual}" if drift.usual else "answered wrongly"
    own, others = (f"{r.wrong:,} of {r.total:,} ({r.share:.0%})" for r in (drift.own, drift.others))
    chance = f"{drift.chance:.3f}" if drift.chance >= 0.001 else "less than 0.001"
    return (
        f"{channel[:1].upper()}{channel[1:]} {what} {own} customers, the other channels {others}; "
        f"the probability of this by chance is {chance}, corrected for all channels and policies."
    )


CHECK = Check(
    name=NAME,
    summary="across customers, a channel's answers on one policy differ from the other channels'",
    explanation="""\
Finds channels whose answers on one policy are wrong more often than the other channels', beyond what
chance explains.

Why it matters: single wrong answers are people; a channel that is wrong again and again is a template,
a script or a training that was never brought up to date. One correction mends them all.

Example: chat told 14 of 20 customers the old fee, the other channels 3 of 61.

How it is found: customers are counted once a channel, as answered wrongly where one answer was wrong.
Fisher's exact test compares the channel with all others; Holm's correction makes up for the many
channels and policies that are tested, so that at most one run in twenty reports a drift that is
chance. For policies with `value: any` the commonest value is what the channels are held to, except
for dates, of which each customer has one of their own. A channel that is better than all others is
reported where none is worse.

How to fix it: look at the answers shown, find what they have in common, and correct its source.

Severity: the policy's own; policies of prose (`type: text`) are never above low. It has no customer.
""",
    tally=tally,
    conclude=conclude,
)
