"""What was counted, without the people after whom channels and teams are called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

from consistency_check.model import ChannelPair, Headline, Rate, Summary
from consistency_check.redaction.redactor import Redactor

_Name = TypeVar("_Name", str, ChannelPair)
_PAIR = " / "
"""Between the two channels of a pair."""


def redact_summary(summary: Summary, redactor: Redactor) -> Summary:
    """The footer; counts of channels that become one are added up."""
    return replace(
        summary,
        by_channel=_add_counts(summary.by_channel, redactor),
        by_channel_pair=_add_counts(summary.by_channel_pair, redactor),
    )


def redact_headline(headline: Headline, redactor: Redactor) -> Headline:
    """The figures of a run, likewise."""
    return replace(
        headline,
        by_channel_pair=_add_rates(headline.by_channel_pair, lambda pair: _name_pair(pair, redactor)),
        by_channel=_add_rates(headline.by_channel, redactor.redact_id),
        by_team=_add_rates(headline.by_team, redactor.redact_id),
    )


def _name_pair(pair: ChannelPair, redactor: Redactor) -> ChannelPair:
    one, other = sorted(map(redactor.redact_id, pair))
    return one, other


def _name_channels(name: str, redactor: Redactor) -> str:
    """One channel, or two of a pair."""
    return _PAIR.join(sorted(redactor.redact_id(each) for each in name.split(_PAIR)))


def _add_counts(counts: Mapping[str, int], redactor: Redactor) -> dict[str, int]:
    added: dict[str, int] = {}
    for name, count in counts.items():
        shown = _name_channels(name, redactor)
        added[shown] = added.get(shown, 0) + count
    return added


def _add_rates(rates: Mapping[_Name, Rate], name: Callable[[_Name], _Name]) -> dict[_Name, Rate]:
    added: dict[_Name, Rate] = {}
    for each, rate in rates.items():
        before = added.get(name(each), Rate())
        added[name(each)] = Rate(before.wrong + rate.wrong, before.total + rate.total)
    return added
