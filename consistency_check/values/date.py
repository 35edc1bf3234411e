"""Dates: proleptic ordinals (unit "day"), or month * 100 + day where no year was said ("month-day")."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from consistency_check.model import Relation, Value
from consistency_check.values.compare import End, Ends, agrees_by, ends_of, relate_by
from consistency_check.values.kinds import ValueReadError, ValueType, max_of
from consistency_check.values.scan.whole import read_date_whole
from consistency_check.values.scan.words import split_words

UNITS = ("day", "month-day")
_LEAP = 2000
"""A leap year: on it every month and day without a year has a place."""
_MONTHS = split_words("January February March April May June July August September October November December")
_DAYS = {"day": 1.0, "week": 7.0, "month": 31.0, "year": 366.0, "hour": 1 / 24, "business day": 1.0}


def parse_date(text: str) -> Value:
    """Read '2 March 2026', '2026-03-02', '16 February', '1-15 June 2026'."""
    value = read_date_whole(text)
    if value:
        return value
    raise ValueReadError(
        f"'{text}' is not a date; write for example '2026-03-02', '2 March 2026' or '16 February'"
    )


def show_date(value: Value) -> str:
    """'2026-03-02', '16 February', '2026-06-01 to 2026-06-15', 'until 2026-03-02', 'from 16 February'."""
    show = _show_full if value.unit == "day" else _show_yearless
    if value.low is not None and value.high is not None:
        return show(value.low) if value.low == value.high else f"{show(value.low)} to {show(value.high)}"
    return f"until {show(value.high)}" if value.high is not None else f"from {show(value.low or 0.0)}"


def _show_full(number: float) -> str:
    return datetime.date.fromordinal(int(number)).isoformat()


def _show_yearless(number: float) -> str:
    month, day = divmod(int(number), 100)
    return f"{day} {_MONTHS[month - 1]}"


def _day_of_year(number: float, unit: str) -> End:
    day = datetime.date.fromordinal(int(number)) if unit == "day" else None
    month, number_of_day = (day.month, day.day) if day else divmod(int(number), 100)
    ordinal = float(datetime.date(_LEAP, month, number_of_day).timetuple().tm_yday)
    return ordinal, ordinal


def _exact(number: float) -> End:
    return number, number


def _yearless(unit: str) -> Callable[[float], End]:
    return lambda number: _day_of_year(number, unit)


def _place(a: Value, b: Value) -> tuple[Ends, Ends] | Relation:
    """Full dates by their days; where one has no year, both by month and day."""
    if a.unit == b.unit == "day":
        return ends_of(a, _exact), ends_of(b, _exact)
    return ends_of(a, _yearless(a.unit)), ends_of(b, _yearless(b.unit))


def _widen(tolerance: Value, a: Value, b: Value) -> float:
    return max_of(tolerance) * _DAYS.get(tolerance.unit, 0.0)


VALUE_TYPE = ValueType(
    name="date",
    parse=parse_date,
    show=show_date,
    relate=relate_by(_place, _widen),
    agrees=agrees_by(_place, _widen),
    units=UNITS,
    tolerance_type="duration",
)
