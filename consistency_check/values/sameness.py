"""Whether two values are one value in two spellings: "14 days" and "2 weeks", "1 kg" and "1000 g"."""

from __future__ import annotations

from consistency_check.model import Relation, Value
from consistency_check.values.duration import BUSINESS_DAYS, MINUTES, MONTHS
from consistency_check.values.scan.units import MEASURE_SIZES

EXACT = {
    "duration": (frozenset(MINUTES), frozenset(MONTHS), frozenset(BUSINESS_DAYS)),
    "number": (frozenset(MEASURE_SIZES),),
}
"""Units that convert without a rest. A month is 28 to 31 days, so it is in no group with days."""


def can_convert(one: Value, other: Value) -> bool:
    """True where the units are the same, or each is a fixed number of the other."""
    groups = EXACT.get(one.type, ())
    return one.unit == other.unit or any({one.unit, other.unit} <= group for group in groups)


def is_equal_relation(relation: Relation, one: Value, other: Value) -> bool:
    """True where values that stand in this relation are one value, and not merely near enough to agree."""
    return relation is Relation.EQUAL and one.per == other.per and can_convert(one, other)
