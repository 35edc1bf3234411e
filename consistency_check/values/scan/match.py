"""What the rules of the grammar hand back: an amount while it is read, a match when it is done.

Named tuples, because many are made for each value and a frozen dataclass takes three times as long to make.
"""

from __future__ import annotations

from typing import NamedTuple

from consistency_check.model import Value


class Match(NamedTuple):
    """`value` is said by the tokens from `start` to before `end`; reading goes on at token `after`."""

    start: int
    end: int
    after: int
    value: Value


class Amount(NamedTuple):
    """`number` of `unit` said by tokens `start` to before `end`; `marked` where the unit was said there."""

    type: str
    number: float
    unit: str
    start: int
    end: int
    marked: bool = True
