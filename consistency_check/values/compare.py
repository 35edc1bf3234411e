"""Comparing two values once their ends stand on one scale.

An end is itself an interval, because some units are: a month is 28 to 31 days. Two ends are the same
where their intervals touch.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import inf

from consistency_check.model import Relation, Value

End = tuple[float, float]
NEAR = 1e-9
"""Relative error that conversion between units may leave, far below any unit that people write."""


@dataclass(frozen=True, slots=True)
class Ends:
    """The two ends of a value on some scale; an open end is at infinity."""

    low: End
    high: End

    def contains(self, other: Ends, slack: float) -> bool:
        """True where `other` may lie wholly inside this one, widened by `slack` on both sides."""
        return not_above(self.low[0], other.low[1], slack) and not_above(other.high[0], self.high[1], slack)

    def equals(self, other: Ends, slack: float) -> bool:
        """True where both ends may be the same."""
        return touch(self.low, other.low, slack) and touch(self.high, other.high, slack)


Placing = Callable[[Value, Value], tuple[Ends, Ends] | Relation]
Widening = Callable[[Value, Value, Value], float]
"""A tolerance on the scale that the two other values are compared on."""


def not_above(a: float, b: float, slack: float) -> bool:
    """A <= b, but for `slack` and the noise of conversion."""
    if a == b:
        return True
    if inf in (abs(a), abs(b)):
        return a < b
    return a <= b + slack + NEAR * max(1.0, abs(a), abs(b))


def touch(a: End, b: End, slack: float) -> bool:
    """True where the two intervals have a point in common."""
    return not_above(a[0], b[1], slack) and not_above(b[0], a[1], slack)


def ends_of(value: Value, scale: Callable[[float], End]) -> Ends:
    """The ends of a value, each put on a scale."""
    low = (-inf, -inf) if value.low is None else scale(value.low)
    high = (inf, inf) if value.high is None else scale(value.high)
    return Ends(low, high)


def drop_bound(value: Value) -> Value:
    """'up to 30 days' and 'at least 30 days' as '30 days'; anything else as it is."""
    if value.low is None:
        return replace(value, low=value.high)
    return replace(value, high=value.low) if value.high is None else value


def relate_by(place: Placing, widen: Widening) -> Callable[[Value, Value, Value | None], Relation]:
    """A `relate` for quantities: `place` puts both on one scale, `widen` a tolerance."""

    def relate(a: Value, b: Value, tolerance: Value | None) -> Relation:
        placed = place(a, b)
        if isinstance(placed, Relation):
            return placed
        slack = widen(tolerance, a, b) if tolerance else 0.0
        first, second = placed
        if first.equals(second, slack):
            return Relation.EQUAL
        if first.contains(second, slack) or second.contains(first, slack):
            return Relation.COMPATIBLE
        return Relation.INCOMPATIBLE

    return relate


def agrees_by(place: Placing, widen: Widening) -> Callable[[Value, Value, str, Value | None], bool | None]:
    """An `agrees` for quantities; see `consistency_check.values.agrees` for what it decides."""

    def agrees(stated: Value, expected: Value, compare: str, tolerance: Value | None) -> bool | None:
        placed = place(drop_bound(stated), drop_bound(expected))
        if isinstance(placed, Relation):
            return {Relation.NOT_COMPARABLE: None}.get(placed, placed is Relation.EQUAL)
        slack = widen(tolerance, stated, expected) if tolerance else 0.0
        said, policy = placed
        if compare == "at_most":
            return not_above(said.high[0], policy.high[1], slack)
        if compare == "at_least":
            return not_above(policy.low[0], said.low[1], slack)
        if compare == "within" or (not compare and policy.low != policy.high):
            return policy.contains(said, slack)
        return policy.equals(said, slack)

    return agrees


def relate_words(same: Callable[[Value, Value], bool]) -> Callable[[Value, Value, Value | None], Relation]:
    """A `relate` for types that hold a word: equal or incompatible."""

    def relate(a: Value, b: Value, tolerance: Value | None) -> Relation:
        return Relation.EQUAL if same(a, b) else Relation.INCOMPATIBLE

    return relate


def agrees_words(
    same: Callable[[Value, Value], bool],
) -> Callable[[Value, Value, str, Value | None], bool | None]:
    """An `agrees` for types that hold a word: the same word or not."""

    def agrees(stated: Value, expected: Value, compare: str, tolerance: Value | None) -> bool | None:
        return same(stated, expected)

    return agrees
