"""Dates with their bounds and ranges: 'by 5 May', 'June 1-15', '10 August - 12 September 2013'."""

from __future__ import annotations

from datetime import date

from consistency_check.model import Value
from consistency_check.values.scan.days import EARLIEST, LATEST, MONTHS, ORDINALS, Day, read_month_day
from consistency_check.values.scan.lexer import Tokens
from consistency_check.values.scan.match import Match
from consistency_check.values.scan.numerals import SMALL
from consistency_check.values.scan.units import TIME_UNITS
from consistency_check.values.scan.written_days import read_day

_JOINTS = frozenset({"-", "to", "until", "till", "til", "through", "thru", "and", "~"})
AFTER_DAY = _JOINTS | {*MONTHS, *ORDINALS, *SMALL, "st", "nd", "rd", "th", "day", "of", "in", ".", "/"}
"""One of these follows where a bare number begins a date."""


def read_dates(t: Tokens, i: int, floor: int, day: date | None) -> Match | None:
    """A date or a range of dates that begins at token `i`; relative ones need the reply's `day`."""
    first = read_day(t, i, day)
    ranged = _read_range(t, i, first, floor, day)
    if ranged:
        return ranged
    if first is None or (not first.month and not first.year):
        return None
    if first.month_only and not _is_month(t, i, first):
        return None
    return _finish(t, i, first, first, first.end, floor)


def _is_month(t: Tokens, i: int, found: Day) -> bool:
    """True where a month alone is a span of days: 'in March', 'Feb 2018'."""
    return found.year > 0 or t.words[i - 1] in ("in", "during") or (t.whole and t.words[i] != "may")


def _finish(t: Tokens, i: int, first: Day, last: Day, end: int, floor: int) -> Match | None:
    low, high = first.low, last.high
    if low is None or high is None or low[1] != high[1]:
        return None
    begin, direction = _read_bound(t, i, floor)
    if first is not last:
        direction = ""
        begin = begin if t.words[begin] in ("from", "between") else i
    elif not direction and t.words[end] in ("onwards", "onward"):
        direction, end = "min", end + 1
    value = Value(
        "date",
        None if direction == "max" else low[0],
        None if direction == "min" else high[0],
        low[1],
    )
    return Match(begin, end, end, value)


def _read_bound(t: Tokens, i: int, floor: int) -> tuple[int, str]:
    j = i - 1
    while j > floor and t.words[j] in ("the", "this", "next", "coming", ","):
        j -= 1
    before = t.words[j]
    if j < floor:
        return i, ""
    if before == "than" and t.words[j - 1] in ("later", "earlier") and j - 2 >= floor:
        return j - 2, "max" if t.words[j - 1] == "later" else "min"
    if before == "to" and t.words[j - 1] == "up":
        return j - 1, "max"
    if before in LATEST and before != "to":
        return j, "max"
    if before in EARLIEST or before == "between":
        return j, "min" if before in EARLIEST else ""
    return i, ""


def _read_range(t: Tokens, i: int, first: Day | None, floor: int, day: date | None) -> Match | None:
    """'June 1-15', '1 to 15 June', '10 August - 12 September 2013'."""
    start = first or _read_bare_day(t, i)
    if start is None or (start.month_only and t.words[start.end] != "between"):
        return None
    if start.month_only:
        return _read_between(t, i, start)
    joint, k = t.words[start.end], start.end + 1
    if joint not in _JOINTS:
        return None
    if joint == "and" and not (i > floor and "between" in t.words[max(i - 2, 0) : i]):
        return None
    k += t.words[k] == "the"
    second = read_day(t, k, day) or _read_bare_day(t, k)
    if second is None or (second.month_only and not second.year):
        return None
    first, second = _share(start, second)
    if not first.month or not second.month:
        return None
    low, high = first.low, second.low
    if low is None or high is None or low[1] != high[1] or (low[0] > high[0] and low[1] == "day"):
        return None
    return _finish(t, i, first, second._replace(day=second.day or 1), second.end, floor)


def _read_between(t: Tokens, i: int, month: Day) -> Match | None:
    """'November between 19 and 20'."""
    low = _read_bare_day(t, month.end + 1)
    high = _read_bare_day(t, low.end + 1) if low and t.words[low.end] == "and" else None
    if not low or not high:
        return None
    first, last = month._replace(day=low.day), month._replace(day=high.day)
    return _finish(t, i, first, last, high.end, i)


def _share(first: Day, second: Day) -> tuple[Day, Day]:
    """Gives each end the month and the year that only the other one states."""
    if not second.month:
        second = second._replace(month=first.month)
    if not first.month:
        first = first._replace(month=second.month)
    if not second.year:
        second = second._replace(year=first.year)
    if not first.year:
        first = first._replace(year=second.year)
    return first, second


def _read_bare_day(t: Tokens, i: int) -> Day | None:
    """'4', '22nd', 'eighth', as an end of a range whose other end has a month; not a quantity."""
    i += t.words[i] == "the"
    found = read_month_day(t, i)
    if not found or t.words[found[1]] in TIME_UNITS or t.words[found[1]] in ("%", ":"):
        return None
    number, j = found
    if t.words[j] == "of":
        return None
    return Day(0, 0, number, j)
