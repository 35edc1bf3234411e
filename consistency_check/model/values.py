"""Typed values, where a text says one, and how two stand to each other."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Relation(StrEnum):
    """How two values of one type stand to each other."""

    EQUAL = "equal"
    COMPATIBLE = "compatible"
    INCOMPATIBLE = "incompatible"
    NOT_COMPARABLE = "not comparable"


@dataclass(frozen=True, slots=True)
class Value:
    """One typed value; `values/` parses, shows and relates it.

    `low` and `high` are inclusive ends in `unit`: equal for a single value, `low=None` for "at most
    high", `high=None` for "at least low". Types that hold a word (yes_no, choice, contact, text) put
    its canonical form in `word` and leave both ends None. `per` is what a quantity is counted by
    ("$10 a month": month). The units of each type are given in its file in `values/`.
    """

    type: str
    low: float | None = None
    high: float | None = None
    unit: str = ""
    word: str = ""
    per: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A value found in a text: `text[start:end]` says `value`; offsets count characters."""

    start: int
    end: int
    value: Value
