"""Dates in figures: '2026-02-16', '31/12/2026', '3/30', with the reading that fits of two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from consistency_check.values.scan.days import Day, last_day_of, place_day, read_year
from consistency_check.values.scan.lexer import Tokens
from consistency_check.values.scan.units import TIME_UNITS

_NUMERIC = re.compile(r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})$")
_PAIR = re.compile(r"(\d{1,2})[/.](\d{1,2})$")


def _readings(t: Tokens, a: int, b: int) -> tuple[tuple[int, int], tuple[int, int]]:
    return ((a, b), (b, a)) if t.month_first else ((b, a), (a, b))


def _is_date_context(t: Tokens, i: int) -> bool:
    """True where '7/2' or '4.22' is a date and no fraction, ratio or decimal."""
    before = t.words[i - 1]
    if "." in t.words[i]:
        return before == "on" and t.words[i + 1] not in TIME_UNITS
    if t.words[i + 1] in ("-",) and _PAIR.match(t.words[i + 2]):
        return True
    ended = t.words[i + 1] not in ("of", "off", "cup", "day", "hour", "stars", "x") and not t.glued(i + 1)
    return ended or t.words[i + 1] in (".", ",", "!", "?", ")", ":", ";", "-")


def read_numeric_day(t: Tokens, i: int, day: date | None, weekday: int | None) -> Day | None:
    """'2026-02-16', '31/12/2026'; of two readings day first, or the one on the weekday that is named."""
    found = _NUMERIC.match(t.words[i])
    if not found:
        return read_pair(t, i, day, weekday) if _is_date_context(t, i) else None
    a, b, c = (int(part) for part in found.groups())
    if len(found[1]) == 4:
        return Day(a, b, c, i + 1)
    if len(found[1]) == 3 or len(found[3]) in (1, 3):
        return None
    year = c if c > 99 else c + (2000 if c < 70 else 1900)
    for month, number in _readings(t, a, b):
        if place_day(year, month, number) and (
            weekday is None or date(year, month, number).weekday() == weekday
        ):
            return Day(year, month, number, i + 1)
    for month, number in _readings(t, a, b):
        if place_day(year, month, number):
            return Day(year, month, number, i + 1)
    return None


def read_pair(t: Tokens, i: int, day: date | None, weekday: int | None) -> Day | None:
    """'3/30' or '15/05': of two readings the one on the named weekday, else the one nearer to `day`."""
    found = _PAIR.match(t.words[i])
    if not found and t.words[i].isdecimal() and t.words[i + 1] == "-" and t.words[i + 2].isdecimal():
        found = _PAIR.match(f"{t.words[i]}/{t.words[i + 2]}") if weekday is not None else None
        return _choose(t, found, day, weekday, i + 3) if found else None
    if found and "." in t.words[i] and len(found[2]) == 2 and int(found[1]) < 24 and t.words[i - 1] != "on":
        return None
    if not found or (t.words[i] in ("24/7", "1/2", "1/4", "1/3", "2/3", "3/4") and weekday is None):
        return None
    year, end = read_year(t, i + 1) if t.words[i + 1] == "," else (0, i + 1)
    chosen = _choose(t, found, day, weekday, end)
    return chosen._replace(year=year) if chosen else None


def _choose(t: Tokens, found: re.Match[str], day: date | None, weekday: int | None, end: int) -> Day | None:
    a, b = int(found[1]), int(found[2])
    usual = [Day(0, m, d, end) for m, d in _readings(t, a, b) if place_day(0, m, d)]
    if len(usual) < 2 or day is None:
        return usual[0] if usual else None
    if weekday is not None:
        for reading in usual:
            if any(near.weekday() == weekday for near in _near_years(reading, day)[:1]):
                return reading
    return min(usual, key=lambda reading: min(abs((near - day).days) for near in _near_years(reading, day)))


def _near_years(reading: Day, day: date) -> list[date]:
    """The day in the years around, the nearest to `day` first."""
    return sorted(_in_years(reading, day), key=lambda near: abs((near - day).days))


def _in_years(reading: Day, day: date) -> Iterator[date]:
    for year in (day.year - 1, day.year, day.year + 1):
        if reading.day <= last_day_of(year, reading.month):
            yield date(year, reading.month, reading.day)
