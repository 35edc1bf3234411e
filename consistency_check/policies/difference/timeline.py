"""How the dated values of one policy or exception differ between two versions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from consistency_check.model import ChangeKind, DatedValue, Value, value_on
from consistency_check.values import is_same, show_value

Values = tuple[DatedValue, ...]


class Step(NamedTuple):
    """One change of a timeline: `part` says from when, `before` and `after` are empty for no value."""

    kind: ChangeKind
    part: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def trim_timeline(values: Values) -> Values:
    """The values without those that only repeat the one before them."""
    kept: list[DatedValue] = []
    for dated in values:
        if not kept or not are_alike(kept[-1].value, dated.value):
            kept.append(dated)
    return tuple(kept)


def are_alike(one: Value | None, other: Value | None) -> bool:
    """True for one value in two spellings, or none twice."""
    return one is other if one is None or other is None else is_same(one, other)


def is_same_timeline(old: Values, new: Values) -> bool:
    """True where the two answer the same on every day."""
    return not any(compare_timelines(old, new))


def compare_timelines(old: Values, new: Values) -> Iterator[Step]:
    """Each stretch of days on which the two answer differently; where only days moved, each day instead."""
    old, new = trim_timeline(old), trim_timeline(new)
    if len(old) == len(new) and all(are_alike(a.value, b.value) for a, b in zip(old, new, strict=True)):
        for a, b in zip(old, new, strict=True):
            if a.since != b.since:
                yield Step(ChangeKind.DATE, show_dated(a), (show_since(a.since),), (show_since(b.since),))
        return
    told: tuple[str, ...] | None = None
    for day in sorted({dated.since or date.min for dated in (*old, *new)}):
        before, after = value_on(old, day), value_on(new, day)
        if is_alike_on(before, after):
            told = None
            continue
        shown = (show_dated(before), show_dated(after))
        if shown != told:
            told = shown
            since = "" if day == date.min else f"from {day}"
            yield Step(ChangeKind.VALUE, since, wrap_text(shown[0]), wrap_text(shown[1]))


def is_alike_on(before: DatedValue | None, after: DatedValue | None) -> bool:
    """True where both answer the same, or neither answers anything yet."""
    if before is None or after is None:
        return before is after
    return are_alike(before.value, after.value)


def show_dated(dated: DatedValue | None) -> str:
    """The value as people write it; empty where none is in force."""
    if dated is None:
        return ""
    return "any" if dated.value is None else show_value(dated.value)


def show_since(since: date | None) -> str:
    """`from 2026-03-01`, or `always`."""
    return "always" if since is None else f"from {since}"


def show_timeline(values: Values) -> str:
    """`60 days; from 2026-03-01 45 days`."""
    dated = ((show_since(one.since), show_dated(one)) for one in values)
    return "; ".join(value if since == "always" else f"{since} {value}" for since, value in dated)


def wrap_text(text: str) -> tuple[str, ...]:
    """A text as a list of one, an empty one as an empty list."""
    return (text,) if text else ()
