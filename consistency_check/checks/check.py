"""What a check is: a name for ever, an explanation for people, and a function that finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from consistency_check.model import CustomerCase, Finding, Policy, Tally, Value


@dataclass(frozen=True, slots=True)
class Terms:
    """What contacts and answers are held by beside their own verdicts.

    `policies` are by id, `response_times` (durations) by channel in small letters. `known_until` is the last
    moment that the input tells of, None where it tells of none: no clock is ever asked.
    """

    policies: Mapping[str, Policy] = field(default_factory=dict)
    response_times: Mapping[str, Value] = field(default_factory=dict)
    known_until: datetime | None = None


Find = Callable[[CustomerCase, Terms], Iterable[Finding]]
Count = Callable[[CustomerCase], Iterable[Tally]]
Conclude = Callable[[Sequence[Tally], Terms], Iterable[Finding]]


def find_nothing(case: CustomerCase, terms: Terms) -> Iterable[Finding]:
    """Of a check that looks at the whole company: one customer alone shows nothing."""
    del case, terms
    return ()


def count_nothing(case: CustomerCase) -> Iterable[Tally]:
    """Of a check that looks at one customer after the other: nothing has to be added up."""
    del case
    return ()


def conclude_nothing(tallies: Sequence[Tally], terms: Terms) -> Iterable[Finding]:
    """Of a check that looks at one customer after the other: nothing follows from all of them."""
    del tallies, terms
    return ()


@dataclass(frozen=True, slots=True)
class Check:
    """One check; a file of this room offers it as `CHECK`.

    `summary` is one line, `explanation` what `explain` prints: what it finds, why it matters, an
    example, how to fix or accept it, and how severe its findings are. A check of customers has `find`; one of
    the whole company has `tally`, whose counts are added up over the customers, and `conclude`, which is
    given the sums (`merge_tallies`). All three are pure, and heed no order of what they are given.
    """

    name: str
    summary: str
    explanation: str
    find: Find = find_nothing
    tally: Count = count_nothing
    conclude: Conclude = conclude_nothing
