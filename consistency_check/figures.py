"""The headline figures: what each customer adds to them, and what they are when all is added up.

The parts are tallies of the check "headline", so that they can be kept and added up like those of checks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import combinations

from consistency_check.checks import merge_tallies
from consistency_check.checks.better_deal import find_deals
from consistency_check.checks.channel_conflict import find_conflicts
from consistency_check.checks.finding import group_by_policy
from consistency_check.checks.pairs import pair_channels
from consistency_check.checks.repeat_contact import Repeat, find_repeats
from consistency_check.model import (
    ChannelPair,
    CustomerCase,
    Headline,
    JudgedClaim,
    Rate,
    Tally,
    Verdict,
)

NAME = "headline"
HUNDREDTHS = 100
"""Hours and costs are counted in hundredths, so that sums are exact in any order."""

ASKED, RECOGNISED, DIFFERENT = "asked twice", "recognised", "told different"
PAIR, POLICY, CHANNEL, TEAM = "channel pair", "policy", "channel", "team"
HOURS, DEAL, COST = "hours", "better deal", "cost"
WRONG, RIGHT = "wrong", "right"


def tally_all(cases: Iterable[CustomerCase]) -> list[Tally]:
    """What all customers add to the figures."""
    return merge_tallies(tally for case in cases for tally in tally_figures(case))


def tally_figures(case: CustomerCase) -> list[Tally]:
    """What one customer adds to the figures, whichever checks run."""
    groups = [*_count_repeats(case), *_count_answers(case.claims), *_count_deals(case)]
    return [*(Tally(NAME, group, count) for group, count in groups), *_count_corrections(case.claims)]


def _count_repeats(case: CustomerCase) -> Iterator[tuple[tuple[str, ...], int]]:
    """The customer, once: whether they asked twice, were recognised or told different things, and where."""
    repeats = list(find_repeats(case))
    if not repeats:
        return
    yield (ASKED,), 1
    if any(repeat.is_recognised for repeat in repeats):
        yield (RECOGNISED,), 1
    conflicts = {policy.id: pair_channels(claims) for policy, claims in find_conflicts(case.claims)}
    if any(repeat.policy in conflicts for repeat in repeats):
        yield (DIFFERENT,), 1
    asked = {pair for repeat in repeats for pair in _list_pairs(repeat)}
    told = {pair for repeat in repeats for pair in conflicts.get(repeat.policy, ())}
    for pair in sorted(asked):
        yield (PAIR, *pair, WRONG if pair in told else RIGHT), 1


def _list_pairs(repeat: Repeat) -> Iterator[ChannelPair]:
    channels = sorted({exchange.reply.channel for exchange in repeat.exchanges})
    yield from combinations(channels, 2)


def _count_answers(claims: Iterable[JudgedClaim]) -> Iterator[tuple[tuple[str, ...], int]]:
    """Each judged answer by policy, channel and team, right or wrong."""
    for claim in claims:
        if claim.judgement.verdict is not Verdict.UNJUDGED:
            word = WRONG if claim.judgement.verdict.is_flagged else RIGHT
            yield (POLICY, claim.policy.id, word), 1
            yield (CHANNEL, claim.reply.channel, word), 1
            if claim.reply.team:
                yield (TEAM, claim.reply.team, word), 1


def _count_corrections(claims: Iterable[JudgedClaim]) -> Iterator[Tally]:
    """The time from the first wrong answer of each policy to the first right one after it, if any."""
    for _, of_policy in group_by_policy(claims):
        wrong: datetime | None = None
        for claim in of_policy:
            sent_at, verdict = claim.reply.sent_at, claim.judgement.verdict
            if sent_at is None or claim.claim.case:
                continue
            if wrong is None and verdict.is_flagged:
                wrong = sent_at
            elif wrong and verdict is Verdict.AGREES:
                hours = (sent_at - wrong).total_seconds() / 3600
                yield Tally(NAME, (HOURS, str(round(hours * HUNDREDTHS))))
                break


def _count_deals(case: CustomerCase) -> Iterator[tuple[tuple[str, ...], int]]:
    """Each better deal, and what it costs."""
    for deal in find_deals(case):
        yield (DEAL, deal.policy.id), 1
        if deal.cost and deal.cost.high:
            unit = f"{deal.cost.unit} a {deal.cost.per}" if deal.cost.per else deal.cost.unit
            yield (COST, deal.policy.id, unit), round(deal.cost.high * HUNDREDTHS)


def build_headline(tallies: Iterable[Tally]) -> Headline:
    """The figures that the tallies of all customers add up to; those of checks are passed over."""
    sums = {tally.group: tally.count for tally in merge_tallies(t for t in tallies if t.check == NAME)}
    costs: dict[str, dict[str, float]] = {}
    for group, count in sums.items():
        if group[0] == COST:
            costs.setdefault(group[1], {})[group[2]] = count / HUNDREDTHS
    return Headline(
        asked_twice=sums.get((ASKED,), 0),
        recognised=sums.get((RECOGNISED,), 0),
        told_different=sums.get((DIFFERENT,), 0),
        by_channel_pair={(a, b): rate for (a, b), rate in _rate(sums, PAIR).items()},
        by_policy={name: rate for (name,), rate in _rate(sums, POLICY).items()},
        by_channel={name: rate for (name,), rate in _rate(sums, CHANNEL).items()},
        by_team={name: rate for (name,), rate in _rate(sums, TEAM).items()},
        hours_to_correct=_find_median(sums),
        better_deals={group[1]: count for group, count in sums.items() if group[0] == DEAL},
        costs=costs,
    )


def _rate(sums: Mapping[tuple[str, ...], int], what: str) -> Mapping[tuple[str, ...], Rate]:
    """The wrong ones of all, by name or names."""
    groups = sorted({group[1:-1] for group in sums if group[0] == what})
    counts = {names: [sums.get((what, *names, word), 0) for word in (WRONG, RIGHT)] for names in groups}
    return {names: Rate(wrong, wrong + right) for names, (wrong, right) in counts.items()}


def _find_median(sums: Mapping[tuple[str, ...], int]) -> float | None:
    """The median of the hours to correct an answer, None where none was corrected."""
    spans = sorted((int(group[1]), count) for group, count in sums.items() if group[0] == HOURS)
    total = sum(count for _, count in spans)
    if not total:
        return None
    ranked = [span for span, count in spans for _ in range(count)]
    return (ranked[(total - 1) // 2] + ranked[total // 2]) / 2 / HUNDREDTHS
