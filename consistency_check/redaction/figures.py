"""What was counted, without the people after whom channels and teams are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from consistency_check.model import Headline, Rate, Summary
from consistency_check.redaction.redactor import Redactor

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
        by_channel_pair=_add_rates(headline.by_channel_pair, redactor),
        by_channel=_add_rates(headline.by_channel, redactor),
        by_team=_add_rates(headline.by_team, redactor),
    )


def _name(name: str, redactor: Redactor) -> str:
    return _PAIR.join(sorted(redactor.redact_id(each) for each in name.split(_PAIR)))


def _add_counts(counts: Mapping[str, int], redactor: Redactor) -> dict[str, int]:
    added: dict[str, int] = {}
    for name, count in counts.items():
        shown = _name(name, redactor)
        added[shown] = added.get(shown, 0) + count
    return added


def _add_rates(rates: Mapping[str, Rate], redactor: Redactor) -> dict[str, Rate]:
    added: dict[str, Rate] = {}
    for name, rate in rates.items():
        shown = _name(name, redactor)
        before = added.get(shown, Rate())
        added[shown] = Rate(before.wrong + rate.wrong, before.total + rate.total)
    return added
