"""The ten value types: read them from a knowledge base, find them in text, relate two of them, show them.

Each type is one module of this folder that offers a constant `VALUE_TYPE`; a folder scan finds it.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from consistency_check.model import Relation, Value
from consistency_check.values.kinds import ValueReadError, ValueType
from consistency_check.values.sameness import is_equal_relation
from consistency_check.values.scan.scanner import find_mentions
from consistency_check.values.settle import settle_value

__all__ = [
    "VALUE_TYPES",
    "ValueReadError",
    "ValueType",
    "agrees",
    "find_mentions",
    "is_same",
    "parse_value",
    "relate",
    "settle_value",
    "show_value",
]


REMEMBERED = 20_000
"""Pairs of values whose agreement is worked out once: few values are said again and again."""


def _find_types() -> dict[str, ValueType]:
    found = {}
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
        if not module.ispkg:
            offered = getattr(importlib.import_module(f"{__name__}.{module.name}"), "VALUE_TYPE", None)
            if isinstance(offered, ValueType):
                found[offered.name] = offered
    return found


VALUE_TYPES: Mapping[str, ValueType] = MappingProxyType(_find_types())
"""All value types by name, sorted."""


def parse_value(type_name: str, text: str) -> Value:
    """The value that `text` states in a knowledge base; raises ValueReadError with what to write instead."""
    if type_name not in VALUE_TYPES:
        raise ValueReadError(f"there is no type '{type_name}'; use one of {', '.join(VALUE_TYPES)}")
    return VALUE_TYPES[type_name].parse(text)


def show_value(value: Value) -> str:
    """The value as people write it; `parse_value` reads it back to the same value."""
    return VALUE_TYPES[value.type].show(value)


def relate(a: Value, b: Value, tolerance: Value | None = None) -> Relation:
    """How two values stand to each other, the same in both directions.

    EQUAL: both ends are the same, after converting units and within the tolerance. COMPATIBLE: one
    lies wholly inside the other (30 days in 'up to 30 days'). INCOMPATIBLE: anything else, also ranges
    that only overlap, business and calendar days, two currencies. NOT_COMPARABLE: other types,
    other dimensions, other prose.
    """
    if a.type != b.type:
        return Relation.NOT_COMPARABLE
    return VALUE_TYPES[a.type].relate(a, b, tolerance)


def is_same(a: Value, b: Value) -> bool:
    """Whether the two are one value in two spellings: 14 days are 2 weeks, but a month is not 30 days."""
    return a == b or is_equal_relation(relate(a, b), a, b)


@lru_cache(REMEMBERED)
def agrees(stated: Value, expected: Value, compare: str = "", tolerance: Value | None = None) -> bool | None:
    """Does a stated value agree with the policy's? None where the two cannot be compared.

    Words of a bound are dropped on both sides: 'within 30 days', 'up to 30 days' and '30 days' say the
    same. `compare` is then: `equal`: the same value or the same range; `within`: the stated value, or
    all of the stated range, lies in the policy's range; `at_most`: the upper end is not above the
    policy's; `at_least`: the lower end is not below the policy's; empty: `within` where the policy's
    value is a range, else `equal`. A tolerance widens each of them on both sides.
    """
    if stated.type != expected.type:
        return None
    return VALUE_TYPES[stated.type].agrees(stated, expected, compare, tolerance)
