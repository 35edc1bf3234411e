"""The sentences that sum up a report, and how counts are written in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from consistency_check.model import (
    ChannelPair,
    Finding,
    FindingAnswer,
    Headline,
    Report,
    Status,
    Summary,
    Value,
    Verdict,
    cut_after,
)
from consistency_check.values import VALUE_TYPES, show_value

CURRENCY = 3
"""Letters of a currency (ISO 4217)."""
MOST_DEALS = 3
"""Policies whose cost the footer names; `--format json` has them all."""
VERDICT_WORDS = {Verdict.WRONG_CASE: "wrong case", Verdict.UNJUDGED: "not judged"}


def say_headline(summary: Summary) -> str:
    """Of the customers who asked in more than one channel, how many heard conflicting answers."""
    several, conflicting = summary.several_channels, summary.conflicting
    if not several:
        return "No customer asked in more than one channel."
    who = say_count(several, "customer")
    heard = f"{conflicting:,}" if conflicting else "none"
    return f"Of the {who} who asked in more than one channel, {heard} heard conflicting answers."


def say_total(summary: Summary) -> str:
    """How many findings there are, in how many replies; where some are not new, how many of each status."""
    total = f"{say_count(summary.findings, 'finding')} in {say_count(summary.replies, 'reply', 'replies')}"
    return f"{total}: {say_counts(summary.by_status)}." if has_old(summary) else f"{total}."


def has_old(summary: Summary) -> bool:
    """Whether some findings are known or accepted."""
    return any(count for status, count in summary.by_status.items() if status != Status.NEW)


def say_status(finding: Finding) -> str:
    """Where a finding stands: `known: …`; empty for a new one where nothing is remembered."""
    if finding.status is Status.NEW:
        return finding.status.value if finding.first_seen else ""
    return f"{finding.status}: {finding.status_reason}" if finding.status_reason else finding.status.value


def say_standing(finding: Finding) -> str:
    """The same with the day it was found first, where the reason does not name that."""
    said, day = say_status(finding), finding.first_seen
    if not day or finding.status is Status.NEW or day in finding.status_reason:
        return said
    return f"{said}; first found {day}"


def say_question(answer: FindingAnswer, most: int = 200) -> str:
    """What the customer asked, for a contact that claims nothing, shortened to so many characters."""
    shown = cut_after(" ".join(answer.question.split()), most)
    return f"asked “{shown}”" if shown else "nothing asked"


def say_figures(report: Report) -> list[str]:
    """The headline figures in a sentence each, as far as there is something to tell."""
    return [*_say_repeats(report.headline), *_say_correction(report.headline), *_say_deals(report.headline)]


def _say_repeats(headline: Headline) -> Iterator[str]:
    if not headline.asked_twice:
        return
    said = f"{say_count(headline.asked_twice, 'customer')} asked the same in two channels"
    recognised = say_share(headline.recognised, headline.asked_twice)
    different = say_share(headline.told_different, headline.asked_twice)
    yield f"{said}: {recognised} met somebody who knew of it, {different} were told different things."


def say_share(count: int, total: int, none: str = "none") -> str:
    """A count with its share of a total: `9 (26%)`; in a word where it is nothing."""
    return f"{count:,} ({count / total:.0%})" if count else none


def _say_correction(headline: Headline) -> Iterator[str]:
    hours = headline.hours_to_correct
    if hours is not None:
        time = say_count(round(hours), "hour") if hours < 48 else f"{hours / 24:.1f} days"
        yield f"Where a wrong answer was followed by the right one, it took {time} (median)."


def _say_deals(headline: Headline) -> Iterator[str]:
    """How many better deals there were, and what the most frequent ones cost."""
    if not headline.better_deals:
        return
    costs = {policy: say_cost(costs) for policy, costs in headline.costs.items()}
    dearest = sorted(costs, key=lambda policy: (-headline.better_deals[policy], policy))[:MOST_DEALS]
    deals = say_count(sum(headline.better_deals.values()), "better deal")
    cost = "; ".join(f"{policy} {costs[policy]}" for policy in dearest)
    yield f"{deals} for asking again{f', beyond the policy: {cost}' if cost else ''}."


def count_unusable(report: Report) -> int:
    """The records that could not be used or read, also where `problems` names the first of them only."""
    counted = sum(report.summary.left_out.get(reason, 0) for reason in ("unusable", "unread"))
    return max(len(report.problems), counted)


def say_unnamed(report: Report, shown: int) -> str:
    """How many unusable records are not among the first `shown`, and where they are named; empty for none."""
    count, named = count_unusable(report), len(report.problems)
    if count <= shown:
        return ""
    which = "them" if named == count else f"the first {named:,}"
    where = f"; --format json names {which}" if shown < named else ""
    return f"… and {count - shown:,} more{where}"


def say_cost(costs: Mapping[str, float]) -> str:
    """Sums by unit, in words: `£14.50 and 3 days`."""
    return " and ".join(_say_amount(unit, amount) for unit, amount in sorted(costs.items()))


def _say_amount(written: str, amount: float) -> str:
    unit, _, per = written.partition(" a ")
    is_money = unit == "$" or (unit.isupper() and len(unit) == CURRENCY)
    is_time = unit in VALUE_TYPES["duration"].units
    kind = "money" if is_money else "percent" if unit == "%" else "duration" if is_time else "number"
    return show_value(Value(kind, amount, amount, unit, per=per))


def say_pair(pair: ChannelPair) -> str:
    """Two channels as people read them: `email / phone`."""
    return " / ".join(pair)


def say_verdict(verdict: Verdict) -> str:
    """A verdict as people read it."""
    return VERDICT_WORDS.get(verdict, verdict.value)


def say_count(count: int, one: str, many: str = "") -> str:
    """A count with its noun: `1 finding`, `1,204 findings`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def say_counts(counts: Mapping[str, int], separator: str = ", ") -> str:
    """Counts by name, the zeros left out: `2 critical, 10 high`."""
    return separator.join(f"{count:,} {name}" for name, count in counts.items() if count)
