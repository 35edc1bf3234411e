"""Counts (no unit) and physical measures ('20 kg', '140 cm'), which convert within their dimension."""

from __future__ import annotations

from consistency_check.model import Relation, Value
from consistency_check.values.compare import Ends, agrees_by, ends_of, relate_by
from consistency_check.values.kinds import ValueReadError, ValueType, max_of, show_number, show_range
from consistency_check.values.scan.units import MEASURE_SIZES
from consistency_check.values.scan.whole import read_quantity_whole

UNITS = ("", *MEASURE_SIZES)


def parse_number(text: str) -> Value:
    """Read '3', 'up to 5', '20 kg'; another type's value is an error."""
    value = read_quantity_whole(text)
    if value and value.type == "number":
        return value
    if value:
        raise ValueReadError(
            f"'{text}' is a {value.type}, not a number; set 'type: {value.type}' or leave the unit out"
        )
    raise ValueReadError(f"'{text}' is not a number; write for example '3', 'up to 5' or '20 kg'")


def show_number_value(value: Value) -> str:
    """'3', '3-5', 'up to 3', '20 kg', 'at least 20 kg'."""
    shown = show_range(value, show_number)
    return f"{shown} {value.unit}" if value.unit else shown


def _place(a: Value, b: Value) -> tuple[Ends, Ends] | Relation:
    """A number without a unit compares with one that has any: people leave out 'kg' where it is clear."""
    if a.unit == b.unit or not a.unit or not b.unit:
        return ends_of(a, lambda n: (n, n)), ends_of(b, lambda n: (n, n))
    (dimension, size), (other, other_size) = MEASURE_SIZES[a.unit], MEASURE_SIZES[b.unit]
    if dimension != other or dimension == "temperature":
        return Relation.NOT_COMPARABLE
    return ends_of(a, lambda n: (n * size, n * size)), ends_of(b, lambda n: (n * other_size, n * other_size))


def _widen(tolerance: Value, a: Value, b: Value) -> float:
    size = max_of(tolerance)
    if a.unit == b.unit or not a.unit or not b.unit:
        common = a.unit or b.unit
        if tolerance.unit and common and tolerance.unit != common:
            return size * MEASURE_SIZES[tolerance.unit][1] / MEASURE_SIZES[common][1]
        return size
    return size * MEASURE_SIZES[tolerance.unit or b.unit][1]


VALUE_TYPE = ValueType(
    name="number",
    parse=parse_number,
    show=show_number_value,
    relate=relate_by(_place, _widen),
    agrees=agrees_by(_place, _widen),
    units=UNITS,
    tolerance_type="number",
)
