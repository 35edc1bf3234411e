"""Durations, in the unit they were stated in; a month is 28 to 31 days, a year 365 or 366."""

from __future__ import annotations

from consistency_check.model import Relation, Value
from consistency_check.values.compare import End, Ends, agrees_by, ends_of, relate_by
from consistency_check.values.kinds import ValueReadError, ValueType, max_of, show_number, show_range
from consistency_check.values.scan.whole import read_quantity_whole

MINUTES = {"second": 1 / 60, "minute": 1.0, "hour": 60.0, "day": 1440.0, "week": 10080.0}
MONTHS = {"month": 1.0, "year": 12.0}
BUSINESS_DAYS = {"business day": 1.0, "business week": 5.0}
UNITS = (*MINUTES, *MONTHS, "business hour", *BUSINESS_DAYS)
_EXAMPLE = "write for example '30 days', '3-5 business days' or 'up to 2 hours'"


def parse_duration(text: str) -> Value:
    """Read '30 days', '3-5 business days', 'up to 2 hours'; a number without a unit is an error."""
    value = read_quantity_whole(text)
    if value and value.type == "duration":
        return value
    if value and value.type == "number" and not value.unit:
        raise ValueReadError(f"'{text}' has no unit; write for example '{text.strip()} days'")
    raise ValueReadError(f"'{text}' is not a duration; {_EXAMPLE}")


def show_duration(value: Value) -> str:
    """'30 days', '3-5 business days', 'up to 1 hour'."""
    plural = value.high if value.high is not None else value.low
    single = plural == 1 and value.low in (None, 1)
    return f"{show_range(value, show_number)} {value.unit}{'' if single else 's'}"


def _scale(value: Value) -> tuple[str, Ends]:
    """The family of units that convert into each other, and the value's ends in minutes or business units."""
    unit = value.unit
    if unit in BUSINESS_DAYS:
        return "business day", ends_of(value, lambda n: (n * BUSINESS_DAYS[unit], n * BUSINESS_DAYS[unit]))
    if unit == "business hour":
        return unit, ends_of(value, lambda n: (n, n))
    if unit in MONTHS:
        return "", ends_of(value, lambda n: _months_in_minutes(n * MONTHS[unit]))
    return "", ends_of(value, lambda n: (n * MINUTES[unit], n * MINUTES[unit]))


def _months_in_minutes(months: float) -> End:
    """12 months are a year of 365 or 366 days, any other number of months 28 to 31 days each."""
    if months and months % 12 == 0:
        return months / 12 * 365 * 1440, months / 12 * 366 * 1440
    return months * 28 * 1440, months * 31 * 1440


def _place(a: Value, b: Value) -> tuple[Ends, Ends] | Relation:
    family, first = _scale(a)
    other, second = _scale(b)
    if family == other:
        if a.unit in MONTHS and b.unit in MONTHS:
            return (
                ends_of(a, lambda n: (n * MONTHS[a.unit], n * MONTHS[a.unit])),
                ends_of(b, lambda n: (n * MONTHS[b.unit], n * MONTHS[b.unit])),
            )
        return first, second
    zero = a.low == a.high == 0 and b.low == b.high == 0
    return Relation.EQUAL if zero else Relation.INCOMPATIBLE


def _widen(tolerance: Value, a: Value, b: Value) -> float:
    """The tolerance in what the two are compared in: minutes, months, business days or business hours."""
    size = max_of(tolerance)
    unit = tolerance.unit
    if a.unit in BUSINESS_DAYS:
        return size * (BUSINESS_DAYS.get(unit) or {"day": 1.0, "week": 5.0}.get(unit, 0.0))
    if a.unit == "business hour":
        return size if unit in ("business hour", "hour") else 0.0
    if a.unit in MONTHS and b.unit in MONTHS:
        return size * (MONTHS[unit] if unit in MONTHS else MINUTES.get(unit, 0.0) * 12 / 365 / 1440)
    return size * (MONTHS[unit] * 31 * 1440 if unit in MONTHS else MINUTES.get(unit, 0.0))


VALUE_TYPE = ValueType(
    name="duration",
    parse=parse_duration,
    show=show_duration,
    relate=relate_by(_place, _widen),
    agrees=agrees_by(_place, _widen),
    units=UNITS,
    tolerance_type="duration",
)
