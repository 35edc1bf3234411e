"""Times of day in minutes after midnight; unit "12h" where the half of the day was left open."""

from __future__ import annotations

from dataclasses import replace

from consistency_check.model import Relation, Value
from consistency_check.values.compare import Ends, agrees_by, ends_of, relate_by
from consistency_check.values.kinds import ValueReadError, ValueType, max_of
from consistency_check.values.scan.whole import read_time_whole

UNITS = ("", "12h")
HALF_DAY, DAY = 720, 1440
_MINUTES = {"second": 1 / 60, "minute": 1.0, "hour": 60.0}


def parse_time(text: str) -> Value:
    """Read '18:30', '6.30 pm', '09:00-17:00', 'until 17:00', '17:30 or 05:30'."""
    halves = text.lower().split(" or ")
    if len(halves) == 2:
        first, second = read_time_whole(halves[0]), read_time_whole(halves[1])
        if first and second and _is_other_half(first, second):
            return Value("time", first.low, first.high, "12h", per=first.per or second.per)
    value = read_time_whole(text)
    if value:
        return Value("time", value.low, value.high, per=value.per)
    raise ValueReadError(
        f"'{text}' is not a time of day; write for example '18:30', '6.30 pm' or '09:00-17:00'"
    )


def _is_other_half(first: Value, second: Value) -> bool:
    """True for 'until 17:00' and '05:00': the same time, twelve hours apart."""
    low, high = _shift(first)
    if first.low is None or first.high is None:
        return second.low == second.high == (low if high is None else high)
    return (low, high) == (second.low, second.high)


def _shift(value: Value) -> tuple[float | None, float | None]:
    """The ends in the other half of the day."""
    low, high = (None if end is None else (end + HALF_DAY) % DAY for end in (value.low, value.high))
    return low, high


def show_time(value: Value) -> str:
    """'18:30', '09:00-17:00', 'until 17:00', 'from 09:00', '17:30 or 05:30', '09:00-17:00 mon-fri'."""
    shown = _show_ends(value.low, value.high)
    if value.unit == "12h":
        shown += " or " + _show_ends(*_shift(value)).removeprefix("until ").removeprefix("from ")
    return f"{shown} {value.per}" if value.per else shown


def _show_ends(low: float | None, high: float | None) -> str:
    if low is not None and high is not None:
        return _show_clock(low) if low == high else f"{_show_clock(low)}-{_show_clock(high)}"
    return f"until {_show_clock(high)}" if high is not None else f"from {_show_clock(low or 0.0)}"


def _show_clock(minutes: float) -> str:
    hour, minute = divmod(int(minutes), 60)
    return f"{hour:02}:{minute:02}"


def _place(a: Value, b: Value) -> tuple[Ends, Ends] | Relation:
    if a.per and b.per and a.per != b.per:
        return Relation.INCOMPATIBLE
    return _unroll(a), _unroll(b)


def _halves(value: Value) -> tuple[Value, ...]:
    """What the value may mean: itself, and where its half of the day is open, the other half."""
    if not value.unit:
        return (value,)
    low, high = _shift(value)
    return replace(value, unit=""), replace(value, low=low, high=high, unit="")


def _distance(a: float | None, b: float | None) -> float:
    return 0.0 if a is None or b is None else abs(a - b)


def _unroll(value: Value) -> Ends:
    """The ends on one line: opening hours that pass midnight end on the next day."""
    ends = ends_of(value, lambda minutes: (minutes, minutes))
    if ends.high[0] < ends.low[0]:
        return Ends(ends.low, (ends.high[0] + DAY, ends.high[1] + DAY))
    return ends


def settle_half(value: Value, expected: Value) -> Value:
    """A time whose half of the day is open, in the half that is nearer to the expected one."""
    if value.unit != "12h":
        return value
    return min(
        _halves(value),
        key=lambda half: _distance(half.low, expected.low) + _distance(half.high, expected.high),
    )


def _widen(tolerance: Value, a: Value, b: Value) -> float:
    return max_of(tolerance) * _MINUTES.get(tolerance.unit, 0.0)


_relate = relate_by(_place, _widen)
_agrees = agrees_by(_place, _widen)
_CLOSEST = (Relation.EQUAL, Relation.COMPATIBLE, Relation.INCOMPATIBLE)


def relate_times(a: Value, b: Value, tolerance: Value | None) -> Relation:
    """The closest relation that the two may have, whichever half of the day was meant."""
    relations = {_relate(first, second, tolerance) for first in _halves(a) for second in _halves(b)}
    return next(relation for relation in _CLOSEST if relation in relations)


def agrees_times(stated: Value, expected: Value, compare: str, tolerance: Value | None) -> bool:
    """True where the two agree in some half of the day."""
    return any(
        _agrees(said, policy, compare, tolerance) for said in _halves(stated) for policy in _halves(expected)
    )


VALUE_TYPE = ValueType(
    name="time",
    parse=parse_time,
    show=show_time,
    relate=relate_times,
    agrees=agrees_times,
    units=UNITS,
    tolerance_type="duration",
)
