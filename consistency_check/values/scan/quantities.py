"""Amounts with their bounds and ranges: 'up to 30 days', '$5 to 10', 'between one and two weeks'."""

from __future__ import annotations

from consistency_check.model import Value
from consistency_check.values.scan.amounts import read_amount
from consistency_check.values.scan.bounds import (
    BEFORE_VALUE,
    CONNECTORS,
    FILLERS,
    SUFFIX_STARTS,
    find_connector,
    find_prefix,
    find_suffix,
)
from consistency_check.values.scan.lexer import Tokens
from consistency_check.values.scan.match import Amount, Match
from consistency_check.values.scan.prices import PER_STARTS, read_per
from consistency_check.values.scan.spans import INTO
from consistency_check.values.scan.units import DOLLARS, MEASURE_SIZES, TIME_UNITS

_ALWAYS = frozenset({(24.0, "hour"), (7.0, "day")})
"""'24 hours a day, 7 days a week' is no length of time."""
_OPENERS = frozenset({"between", "from", "anywhere", "somewhere", "anything"})
_AFTER_AMOUNT = CONNECTORS | SUFFIX_STARTS | PER_STARTS | {",", "in"}
"""Words that may make an amount a range or a bound, or say what it is counted by."""


def read_quantity(t: Tokens, i: int, floor: int) -> Match | None:
    """A duration, an amount of money, a percentage or a number that begins at token `i`.

    Its bound's words may begin before `i`, but not before token `floor`.
    """
    first = read_amount(t, i)
    if first is None:
        return None
    i, end = max(first.start, floor), first.end
    if t.words[i - 1] not in BEFORE_VALUE and t.words[end] not in _AFTER_AMOUNT:
        return Match(i, end, end, Value(first.type, first.number, first.number, first.unit))
    direction, begin = find_prefix(t, i, floor)
    second = _read_second(t, first, floor, direction)
    if second:
        begin = min(_find_opener(t, i, floor), begin if direction else i)
        return _finish(t, first, second[0], begin, second[1])
    if direction == "min" and _spans_whole(t, i):
        direction = ""
    if not direction:
        begin = i
        direction, end = find_suffix(t, end)
    return _finish_single(t, first, direction, begin, end)


def _spans_whole(t: Tokens, i: int) -> bool:
    """'over a full year' lasts a year; 'over a year' is more than one."""
    return t.words[i] in ("a", "the") and t.words[i + 1] in ("full", "whole", "entire")


def _find_opener(t: Tokens, i: int, floor: int) -> int:
    """The index of the word that opens a range before token `i`: 'between', 'anywhere between'; else `i`."""
    j = i
    while j > floor and (t.words[j - 1] in FILLERS or t.words[j - 1] in _OPENERS):
        j -= 1
        if t.words[j] in _OPENERS:
            return j if "between" in t.words[j : j + 2] else i
    return i


def _read_second(
    t: Tokens, first: Amount, floor: int, direction: str
) -> tuple[tuple[Amount, Amount], int] | None:
    """Both ends of a range and the index after it, where something joins `first` to a second amount."""
    if t.words[first.end] == ",":
        return _read_list(t, first)
    word, k = find_connector(t, first.end)
    if not word or not t.words[k]:
        return None
    i = max(first.start, floor)
    if (word == "and" and _find_opener(t, i, floor) == i) or (word == "bound" and direction != "min"):
        return None
    second = read_amount(t, k)
    if second and word == "to" and first.marked and second.marked and t.words[first.start - 1] == "by":
        return None
    if second is None or (word == "or" and not _adjoins(first, second)):
        return None
    joined = unify(first, second)
    return (joined, second.end) if joined else None


def _adjoins(first: Amount, second: Amount) -> bool:
    """'a day or two', 'three or four weeks', but not '14 days or 30 days'."""
    both = first.marked and second.marked
    return not both and second.number > first.number and second.number - first.number <= max(2, first.number)


def _read_list(t: Tokens, first: Amount) -> tuple[tuple[Amount, Amount], int] | None:
    """'three, four weeks' and 'thirty, thirty-five dollars': numbers that rise up to one with a unit."""
    if first.marked:
        return None
    last = first
    for _ in range(3):
        if last.marked or t.words[last.end] != ",":
            break
        following = read_amount(t, last.end + 1)
        if following is None or not last.number < following.number <= last.number * 2 + 1:
            return None
        last = following
    if not last.marked or last.type == "number":
        return None
    return (first._replace(type=last.type, unit=last.unit), last), last.end


def unify(first: Amount, second: Amount) -> tuple[Amount, Amount] | None:
    """Both ends in one unit with the lower first, or None where they are no range."""
    if not first.marked and second.marked:
        number = (
            first.number / 100 if second.type == "money" and second.number < first.number else first.number
        )
        first = first._replace(number=number, type=second.type, unit=second.unit)
    elif first.marked and not second.marked:
        second = second._replace(type=first.type, unit=first.unit)
    if first.type != second.type:
        return None
    if first.unit != second.unit:
        converted = _convert(first, second)
        if converted is None:
            return None
        first, second = converted
    return (first, second) if first.number < second.number else None


def _convert(first: Amount, second: Amount) -> tuple[Amount, Amount] | None:
    if (first.unit, second.unit) in INTO:
        return first._replace(number=first.number * INTO[first.unit, second.unit], unit=second.unit), second
    if (second.unit, first.unit) in INTO:
        return first, second._replace(number=second.number * INTO[second.unit, first.unit], unit=first.unit)
    if first.type == "money" and "$" in (first.unit, second.unit):
        unit = first.unit if second.unit == "$" else second.unit
        return (first._replace(unit=unit), second._replace(unit=unit)) if unit in DOLLARS else None
    ours, theirs = MEASURE_SIZES.get(first.unit), MEASURE_SIZES.get(second.unit)
    if ours and theirs and ours[0] == theirs[0]:
        return first._replace(number=round(first.number * ours[1] / theirs[1], 9), unit=second.unit), second
    return None


def _finish(t: Tokens, first: Amount, pair: tuple[Amount, Amount], begin: int, end: int) -> Match:
    low, high = pair
    per, after = _find_per(t, low.type, low.unit, end)
    value = Value(low.type, low.number, high.number, low.unit, per=per)
    _, stop = find_suffix(t, end) if t.words[end] in ("max", "maximum", "tops") else ("", end)
    return Match(begin, max(stop, end), max(after, stop), value)


def _find_per(t: Tokens, kind: str, unit: str, end: int) -> tuple[str, int]:
    """What money is counted by; of hours a week only the index after it."""
    if kind == "money":
        return read_per(t, end)
    if (
        kind == "duration"
        and unit in ("minute", "hour", "day")
        and t.words[end] in ("a", "per", "/", "each", "every", "in")
    ):
        skip = end + 2 if t.words[end] == "in" and t.words[end + 1] in ("any", "a") else end + 1
        if TIME_UNITS.get(t.words[skip]) in ("day", "week", "month", "year"):
            return "", skip + 1
    if kind == "number" and t.words[end] in ("a", "per", "/", "each") and t.words[end + 1] in TIME_UNITS:
        return "", end + 2
    return "", end


def _finish_single(t: Tokens, amount: Amount, direction: str, begin: int, end: int) -> Match:
    number = amount.number
    per, after = _find_per(t, amount.type, amount.unit, end)
    if after > end and (number, amount.unit) in _ALWAYS:
        return Match(begin, end, after, Value(""))
    if after > end and not direction:
        direction, stop = find_suffix(t, after)
        end, after = (stop, stop) if direction else (end, after)
    low = None if direction == "max" else number
    high = None if direction == "min" else number
    return Match(begin, end, max(after, end), Value(amount.type, low, high, amount.unit, per=per))
