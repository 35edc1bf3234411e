"""Percentages; 'half price' and 'a quarter off' are 50 and 25."""

from __future__ import annotations

from consistency_check.model import Relation, Value
from consistency_check.values.compare import Ends, agrees_by, ends_of, relate_by
from consistency_check.values.kinds import ValueReadError, ValueType, max_of, show_number, show_range
from consistency_check.values.scan.whole import read_quantity_whole


def parse_percent(text: str) -> Value:
    """Read '25%', '10-15%', 'up to 20 percent'; a number without a sign is an error."""
    value = read_quantity_whole(text)
    if value and value.type == "percent":
        return value
    if value and value.type == "number" and not value.unit:
        raise ValueReadError(f"'{text}' has no percent sign; write '{text.strip()}%'")
    raise ValueReadError(f"'{text}' is not a percentage; write for example '25%' or '10-15%'")


def show_percent(value: Value) -> str:
    """'25%', '10-15%', 'up to 20%'."""
    return show_range(value, show_number) + "%"


def _place(a: Value, b: Value) -> tuple[Ends, Ends] | Relation:
    return ends_of(a, lambda n: (n, n)), ends_of(b, lambda n: (n, n))


def _widen(tolerance: Value, a: Value, b: Value) -> float:
    return max_of(tolerance)


VALUE_TYPE = ValueType(
    name="percent",
    parse=parse_percent,
    show=show_percent,
    relate=relate_by(_place, _widen),
    agrees=agrees_by(_place, _widen),
    units=("%",),
    tolerance_type="percent",
)
