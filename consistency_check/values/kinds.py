"""What a value type is, and what all of them share: an error to raise and a way to print numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from consistency_check.model import Relation, Value


class ValueReadError(ValueError):
    """A text that is no value of its type; the message says what is wrong and what to write instead."""


@dataclass(frozen=True, slots=True)
class ValueType:
    """One type of value: how it is read, shown and compared.

    `parse` raises ValueReadError. `relate` and `agrees` take two values of this type and a tolerance
    of the type `tolerance_type` (empty: the type knows no tolerance). `agrees` also takes one of
    `compare`'s words and gives None where the two cannot be compared. `units` are all units that a
    value of the type may have.
    """

    name: str
    parse: Callable[[str], Value]
    show: Callable[[Value], str]
    relate: Callable[[Value, Value, Value | None], Relation]
    agrees: Callable[[Value, Value, str, Value | None], bool | None]
    units: tuple[str, ...] = ()
    tolerance_type: str = ""


def show_number(number: float) -> str:
    """The shortest plain decimal that reads back as the same number, without an exponent."""
    if number == int(number):
        return str(int(number))
    return format(Decimal(repr(number)), "f")


def show_range(value: Value, show_end: Callable[[float], str]) -> str:
    """'a-b', 'up to b', 'at least a' or 'a', each end printed by `show_end`."""
    low, high = value.low, value.high
    if low is not None and high is not None:
        return show_end(low) if low == high else f"{show_end(low)}-{show_end(high)}"
    if high is not None:
        return f"up to {show_end(high)}"
    return f"at least {show_end(low)}" if low is not None else ""


def max_of(value: Value) -> float:
    """The upper end, or the lower one of 'at least', or 0: the size of a tolerance."""
    return (value.high if value.high is not None else value.low) or 0.0
