"""Amounts of money in a currency's main unit (ISO 4217); '$' is a dollar of a country that was not named."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from consistency_check.model import Relation, Value
from consistency_check.values.compare import Ends, agrees_by, ends_of, relate_by
from consistency_check.values.kinds import ValueReadError, ValueType, max_of, show_number, show_range
from consistency_check.values.scan.units import CURRENCY_CODES, DOLLARS, PER_UNITS
from consistency_check.values.scan.whole import is_free_whole, read_quantity_whole

UNITS = ("", "$", *sorted(set(CURRENCY_CODES.values())))
"""All currencies read; "" is an amount in no currency ('free', 'a tenner') and equals any."""
_SIGNS = {"$": "$", "GBP": "£", "EUR": "€"}
_UNSAID = " (currency not said)"
_FIGURE = re.compile(r"(\d)")
_CENTS = re.compile(r"\.\d$")
_PERSONS = frozenset({"person", "each"})
_EXAMPLE = "write for example '$6.95', 'CAD 40', '€5-€15' or 'free'"


def parse_money(text: str) -> Value:
    """Read '$6.95', 'CAD 40', '$10 per month', 'free'; a number without a currency is an error."""
    if is_free_whole(text):
        return Value("money", 0.0, 0.0)
    if text.strip().endswith(_UNSAID):
        unsaid = read_quantity_whole(_FIGURE.sub(r"$\1", text.strip().removesuffix(_UNSAID), count=1))
        if unsaid and unsaid.unit == "$":
            return replace(unsaid, unit="")
    value = read_quantity_whole(text)
    if value and value.type == "money":
        return value
    if value and value.type == "number" and not value.unit:
        raise ValueReadError(
            f"'{text}' has no currency; write for example '${text.strip()}' or 'EUR {text.strip()}'"
        )
    raise ValueReadError(f"'{text}' is not an amount of money; {_EXAMPLE}")


def show_money(value: Value) -> str:
    """'$6.95', 'CAD 40', '€5-€15', 'up to £200', '$10 per month', 'free'."""
    if value == Value("money", 0.0, 0.0):
        return "free"
    shown = show_range(value, lambda amount: _show_amount(amount, value.unit))
    if value.per:
        shown += " each" if value.per == "each" else f" per {value.per}"
    return shown if value.unit else shown + _UNSAID


def _show_amount(amount: float, unit: str) -> str:
    shown = show_number(amount)
    if _CENTS.search(shown):
        shown += "0"
    if unit in _SIGNS:
        return _SIGNS[unit] + shown
    return f"{unit} {shown}" if unit else shown


def _same_currency(a: Value, b: Value) -> bool:
    if a.unit == b.unit or not a.unit or not b.unit:
        return True
    return "$" in (a.unit, b.unit) and {a.unit, b.unit} <= DOLLARS | {"$"}


def _same_count(a: Value, b: Value) -> bool:
    """True unless the two are counted by different things; 'each' may be said of persons and of things."""
    if a.per == b.per or not a.per or not b.per:
        return True
    return {a.per, b.per} <= _PERSONS


def _place(a: Value, b: Value) -> tuple[Ends, Ends] | Relation:
    if not _same_currency(a, b) or not _same_count(a, b):
        zero = a.low == a.high == 0 and b.low == b.high == 0
        return Relation.EQUAL if zero else Relation.INCOMPATIBLE
    return ends_of(a, lambda n: (n, n)), ends_of(b, lambda n: (n, n))


def _widen(tolerance: Value, a: Value, b: Value) -> float:
    return max_of(tolerance)


def settle_currency(value: Value, expected: Value) -> Value:
    """An amount in no currency or in bare dollars, in the currency that was expected where that fits.

    Of an amount said without a currency, 'two fifty', the nearer of 2.50 and 250 is meant.
    """
    if not value.unit and value.low is not None and value.low != int(value.low):
        value = min(
            value, replace(value, low=_times(value.low), high=_times(value.high)), key=_distance_to(expected)
        )
    fits = not value.unit or (value.unit == "$" and expected.unit in DOLLARS)
    return replace(value, unit=expected.unit) if fits else value


def _times(end: float | None) -> float | None:
    return None if end is None else round(end * 100)


def _distance_to(expected: Value) -> Callable[[Value], float]:
    return lambda value: abs((value.low or 0.0) - max_of(expected))


VALUE_TYPE = ValueType(
    name="money",
    parse=parse_money,
    show=show_money,
    relate=relate_by(_place, _widen),
    agrees=agrees_by(_place, _widen),
    units=UNITS,
    tolerance_type="money",
)
PERIODS = tuple(sorted(set(PER_UNITS.values())))
"""What money may be counted by (`Value.per`)."""
