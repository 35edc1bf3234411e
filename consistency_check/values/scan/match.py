"""What the rules of the grammar hand back: an amount while it is read, a match when it is done."""

from __future__ import annotations

from dataclasses import dataclass

from consistency_check.model import Value


@dataclass(frozen=True, slots=True)
class Match:
    """`value` is said by the tokens from `start` to before `end`; reading goes on at token `after`."""

    start: int
    end: int
    after: int
    value: Value


@dataclass(frozen=True, slots=True)
class Amount:
    """`number` of `unit` said by tokens `start` to before `end`; `marked` where the unit was said there."""

    type: str
    number: float
    unit: str
    start: int
    end: int
    marked: bool = True
