"""Counts of parts of an audit, and their sum."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any, cast

from consistency_check.identify import Resolution
from consistency_check.model import Customer, Finding, JudgedClaim, Summary
from consistency_check.summary import summarise_audit

Counted = tuple[Customer, Mapping[str, int], Sequence[JudgedClaim], Sequence[Finding]]


class _Customers:
    """What a summary asks of a resolution."""

    def __init__(self, customers: Sequence[Customer]) -> None:
        self._customers = customers

    def customer_of(self, node: int) -> Customer:
        return self._customers[node]


def summarise_cases(cases: Sequence[Counted], checks: Iterable[str]) -> Summary:
    """What was counted of some customers: their replies by channel, claims and findings."""
    contacts = {
        (at, channel): count
        for at, (_, channels, _, _) in enumerate(cases)
        for channel, count in channels.items()
    }
    resolution = cast(Resolution, _Customers([customer for customer, _, _, _ in cases]))
    judged = [claim for _, _, claims, _ in cases for claim in claims]
    findings = [finding for _, _, _, found in cases for finding in found]
    return summarise_audit(contacts, resolution, judged, findings, checks, {})


def add_summaries(
    parts: Iterable[Mapping[str, Any]], checks: Iterable[str], left_out: Mapping[str, int]
) -> Summary:
    """The sum of the summaries of parts, no customer of which is in two."""
    nothing = summarise_cases([], checks)
    total: dict[str, Any] = {each.name: getattr(nothing, each.name) for each in fields(Summary)}
    for part in parts:
        for name, count in part.items():
            total[name] = _add(total[name], count)
    total["by_channel"] = dict(sorted(total["by_channel"].items()))
    pairs = total["by_channel_pair"].items()
    total["by_channel_pair"] = dict(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))
    total["left_out"] = dict(sorted(left_out.items()))
    return Summary(**total)


def _add(total: Any, count: Any) -> Any:
    if isinstance(count, Mapping):
        summed = Counter(total)
        summed.update(count)
        return {**dict.fromkeys(total, 0), **summed}
    return total + count
