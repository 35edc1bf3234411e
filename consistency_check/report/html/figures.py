"""The figures of a run: how many of each status, channel against channel, and who is wrong most often."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consistency_check.model import Finding, Headline, Night, Rate, Report, Status, Summary
from consistency_check.report.headline import say_cost, say_pair
from consistency_check.report.html.charts import MOST_NIGHTS, Values, share_of, show_percent
from consistency_check.report.html.facets import Facets

CHANNEL_CONFLICT = "channel-conflict"
LEVELS = (0.0, 0.02, 0.05, 0.1, 0.2)
"""Shares from which a cell of the heat map is one step darker. Powers of about two: they part the usual
shares, which lie below a tenth, and leave the darkest for what cannot be overlooked."""
NIGHTS_SHOWN = 14
"""Nights in the table behind a ranking: what fits beside the names."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Two channels in the heat map: `level` 0 (nothing wrong) to 5; None stands where none was compared."""

    rate: Rate
    level: int
    pair: str
    has_findings: bool


@dataclass(frozen=True, slots=True)
class Heat:
    """Channel against channel: customers who heard both, and those who heard what cannot both hold."""

    channels: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell | None, ...]], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One policy, channel or team: its wrong answers, their share of the greatest count, and the nights."""

    name: str
    rate: Rate
    length: float
    values: Values
    has_findings: bool


@dataclass(frozen=True, slots=True)
class Ranking:
    """Policies, channels or teams by their wrong answers, the most first; `days` are those of the table."""

    facet: str
    title: str
    rows: tuple[Row, ...]
    days: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Deals:
    """How many better deals there were on a policy, and in words what they cost beyond what it gives."""

    policy: str
    count: int
    cost: str


def list_statuses(summary: Summary) -> tuple[tuple[Status, int], ...]:
    """Every status with the number of its findings, the zeros too, and those that the page does not show."""
    return tuple((status, summary.by_status.get(status, 0)) for status in Status)


def list_deals(headline: Headline) -> list[Deals]:
    """The better deals by policy, those that were most frequent first."""
    ranked = sorted(headline.better_deals.items(), key=lambda item: (-item[1], item[0]))
    return [Deals(policy, count, say_cost(headline.costs.get(policy, {}))) for policy, count in ranked]


def build_heat(headline: Headline, findings: Sequence[Finding]) -> Heat | None:
    """The pairs of channels as a square, each pair in both of its places; None where nothing was compared."""
    rates = {pair: rate for pair, rate in headline.by_channel_pair.items() if rate.total}
    channels = tuple(sorted({channel for pair in rates for channel in pair}))
    heard = [frozenset(a.channel for a in f.answers) for f in findings if f.check == CHANNEL_CONFLICT]

    def build_cell(one: str, other: str) -> Cell | None:
        pair = (min(one, other), max(one, other))
        if rate := rates.get(pair):
            return Cell(rate, rank_share(rate), say_pair(pair), any({*pair} <= each for each in heard))
        return None

    rows = tuple((one, tuple(build_cell(one, other) for other in channels)) for one in channels)
    return Heat(channels, rows) if rows else None


def rank_share(rate: Rate) -> int:
    """0 where nothing is wrong, else 1 to 5 by `LEVELS`."""
    return sum(rate.share > least for least in LEVELS)


def list_rankings(report: Report, facets: Facets) -> tuple[Ranking, ...]:
    """Policies, channels and teams; what was never judged is left out, and so is an empty ranking."""
    nights = report.nights[-MOST_NIGHTS:]
    days = tuple(night.day for night in nights[-NIGHTS_SHOWN:]) if len(nights) > 1 else ()
    rankings = [
        Ranking(facet, title, _list_rows(facet, report.headline, nights, facets), days)
        for facet, title in (("policy", "Policies"), ("channel", "Channels"), ("team", "Teams"))
    ]
    return tuple(ranking for ranking in rankings if ranking.rows)


def say_share(rate: Rate) -> str:
    """The share in per cent; a dash where nothing was counted."""
    return show_percent(rate.share) if rate.total else "–"


def _list_rows(facet: str, headline: Headline, nights: Sequence[Night], facets: Facets) -> tuple[Row, ...]:
    rates = {name: rate for name, rate in _pick_rates(headline, facet).items() if name and rate.total}
    most = max((rate.wrong for rate in rates.values()), default=0) or 1
    ranked = sorted(rates.items(), key=lambda item: (-item[1].wrong, -item[1].share, item[0]))
    over = [_pick_rates(night.headline, facet) for night in nights] if len(nights) > 1 else []
    return tuple(
        Row(
            name,
            rate,
            round(rate.wrong / most * 100, 1),
            tuple(share_of(each.get(name, Rate())) for each in over),
            facets.offers(facet, name),
        )
        for name, rate in ranked
    )


def _pick_rates(headline: Headline, facet: str) -> Mapping[str, Rate]:
    return {"policy": headline.by_policy, "channel": headline.by_channel, "team": headline.by_team}[facet]
