"""How the exceptions of one policy differ between two versions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

from consistency_check.model import ChangeKind, Policy, PolicyException, Source
from consistency_check.policies.difference.timeline import compare_timelines, is_same_timeline, show_timeline
from consistency_check.policies.lint.conditions import can_both_hold, read_condition

Key = tuple[tuple[tuple[str, tuple[str, ...]], ...], int]


class ExceptionStep(NamedTuple):
    """One change of the exceptions: `part` is the case, and from when."""

    part: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    source: Source
    kind: ChangeKind = ChangeKind.EXCEPTION


def compare_exceptions(old: Policy, new: Policy) -> Iterator[ExceptionStep]:
    """Each exception that was added, removed, answers differently, or stands before another than it did."""
    was, will = key_exceptions(old), key_exceptions(new)
    for key in sorted({*was, *will}):
        before, after = was.get(key), will.get(key)
        if before and after:
            case = show_case(after)
            for step in compare_timelines(before.values, after.values):
                part = ", ".join(text for text in (case, step.part) if text)
                yield ExceptionStep(part, step.before, step.after, after.source)
        elif after:
            yield ExceptionStep(show_case(after), (), (show_timeline(after.values),), after.source)
        elif before:
            yield ExceptionStep(show_case(before), (show_timeline(before.values),), (), before.source)
    yield from _compare_order(was, will)


def key_exceptions(policy: Policy) -> Mapping[Key, PolicyException]:
    """The exceptions by their case, however it is written; the second of one case is another one."""
    seen: Counter[object] = Counter()
    found = {}
    for exception in policy.exceptions:
        case = tuple(
            sorted((name, tuple(sorted({w.casefold() for w in words}))) for name, words in exception.when)
        )
        found[case, seen[case]] = exception
        seen[case] += 1
    return found


def show_case(exception: PolicyException) -> str:
    """`tier: gold or silver, region: north`."""
    return ", ".join(f"{name}: {' or '.join(words)}" for name, words in sorted(exception.when))


def _compare_order(
    was: Mapping[Key, PolicyException], will: Mapping[Key, PolicyException]
) -> Iterator[ExceptionStep]:
    """Pairs in which the first wins, and another is first now."""
    places = {key: place for place, key in enumerate(will)}
    for one, other in combinations([key for key in was if key in will], 2):
        if places[one] < places[other] or len(one[0]) != len(other[0]):
            continue
        first, second = will[other], will[one]
        overlap = can_both_hold(read_condition(first), read_condition(second))
        if overlap and not is_same_timeline(first.values, second.values):
            part = f"{show_case(second)} and {show_case(first)} together"
            yield ExceptionStep(
                part, (show_timeline(second.values),), (show_timeline(first.values),), first.source
            )
