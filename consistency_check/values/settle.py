"""Giving a stated value what its speaker left out, from the value that the policy leads one to expect."""

from __future__ import annotations

from dataclasses import replace

from consistency_check.model import Value
from consistency_check.values.kinds import max_of
from consistency_check.values.money import settle_currency
from consistency_check.values.scan.units import MEASURE_SIZES
from consistency_check.values.time import settle_half

FAR = 20.0
"""A measure that is this many times off a policy's bare number was said in another unit of its dimension."""


def settle_value(stated: Value, expected: Value) -> Value | None:
    """`stated` as a value of the expected type, or None where it cannot be one.

    'Students are on 15' where the policy holds a percentage is 15%; 'fourteen' where it holds days is
    14 days; 'five' where it holds a time is the half of the day nearer to it, and of opening hours the
    end nearer to it; '$40' is in the policy's dollars; 'half' is 50%; 'two fifty' is £2.50 or £250,
    whichever is nearer; '1.5 m' where the policy holds a bare 140 is 150 cm. A value of the expected
    type with nothing left out comes back as it is.
    """
    if stated.type == expected.type:
        return _settle_same(stated, expected)
    if stated.type == "time" and stated.unit and stated.low == stated.high:
        stated = _hour_as_number(stated)
    spoken = stated.type == "money" and not stated.unit
    if expected.type == "time" and (spoken or (stated.type == "number" and not stated.unit)):
        return _settle_hour(stated, expected)
    if expected.type == "number" and not expected.unit:
        return _settle_count(stated)
    if stated.type != "number" or stated.unit:
        return None
    if expected.type == "money":
        return settle_currency(replace(stated, type="money", unit=expected.unit), expected)
    if expected.type == "duration":
        return replace(stated, type="duration", unit=expected.unit)
    return _settle_percent(stated) if expected.type == "percent" else None


def _hour_as_number(stated: Value) -> Value:
    """'Students are at ten' reads as a time where nothing is known of what is asked."""
    minutes = (stated.low or 0.0) % 720
    hour = float(minutes // 60 or 12)
    return Value("number", hour, hour) if minutes % 60 == 0 else stated


def _settle_same(stated: Value, expected: Value) -> Value:
    if stated.type == "money":
        return settle_currency(stated, expected)
    if stated.type == "time":
        return _pick_end(settle_half(stated, expected), expected)
    if stated.type == "number" and stated.unit and not expected.unit:
        return _settle_measure(stated, expected)
    return stated


def _pick_end(stated: Value, expected: Value) -> Value:
    """Of opening hours, the end that answers when it opens or when it shuts."""
    point = expected.low is None or expected.high is None or expected.low == expected.high
    if not point or stated.low is None or stated.high is None or stated.low == stated.high:
        return stated
    wanted = max_of(expected)
    end = min(stated.low, stated.high, key=lambda minutes: abs(minutes - wanted))
    return replace(stated, low=end, high=end)


def _settle_count(stated: Value) -> Value | None:
    """Years of age and spoken hundreds ('two fifty') as plain numbers."""
    if stated.type == "duration" and stated.unit == "year":
        return Value("number", stated.low, stated.high)
    if stated.type == "money" and not stated.unit and stated.low is not None:
        scale = 100 if stated.low != int(stated.low) else 1
        low, high = (None if end is None else float(round(end * scale)) for end in (stated.low, stated.high))
        return Value("number", low, high)
    return None


def _settle_measure(stated: Value, expected: Value) -> Value:
    """A measure in the unit of its dimension in which it comes nearest to a bare expected number."""
    wanted, said = max_of(expected), max_of(stated)
    if min(wanted, said) <= 0 or 1 / FAR < said / wanted < FAR:
        return stated
    dimension, size = MEASURE_SIZES[stated.unit]
    scales = [(unit, size / other) for unit, (kind, other) in MEASURE_SIZES.items() if kind == dimension]
    unit, scale = min(scales, key=lambda pair: abs(said * pair[1] - wanted))
    low, high = (None if end is None else round(end * scale, 9) for end in (stated.low, stated.high))
    return replace(stated, low=low, high=high, unit=unit)


def _settle_percent(stated: Value) -> Value:
    scale = 100.0 if 0 < max_of(stated) < 1 else 1.0
    low, high = (None if end is None else end * scale for end in (stated.low, stated.high))
    return Value("percent", low, high, "%")


def _settle_hour(stated: Value, expected: Value) -> Value | None:
    """A bare '8', '7.30', '2300' or 'five thirty' as a time of day."""
    ends = [None if end is None else _minutes_of(end) for end in (stated.low, stated.high)]
    if any(end is not None and not 0 <= end < 1440 for end in ends):
        return None
    open_half = all(end is None or end < 780 for end in ends)
    return settle_half(Value("time", ends[0], ends[1], "12h" if open_half else ""), expected)


def _minutes_of(number: float) -> float:
    """Minutes after midnight; -1 for a number that is no time."""
    if number == int(number) and number > 99:
        number /= 100
    hour = int(number)
    minute = round((number - hour) * 100)
    return float(hour * 60 + minute) if minute < 60 else -1.0
