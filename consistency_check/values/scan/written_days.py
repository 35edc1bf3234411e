"""One date: '5 May 2026', 'Thu Feb 5', '31/12/2026', or one that the reply's day settles."""

from __future__ import annotations

import re
from datetime import date

from consistency_check.values.scan.days import (
    MONTHS,
    ORDINALS,
    WEEKDAYS,
    Day,
    is_ordinal,
    read_month_day,
    read_year,
)
from consistency_check.values.scan.lexer import Tokens
from consistency_check.values.scan.numerals import SMALL, TENS
from consistency_check.values.scan.numeric_days import read_numeric_day, read_pair
from consistency_check.values.scan.relative_days import (
    next_day_of_month,
    read_relative_day,
    read_weekday_alone,
)
from consistency_check.values.scan.units import CURRENCY_SIGNS, TIME_UNITS

_MONTH_YEAR = re.compile(r"(\d{1,2})/((?:19|20)\d\d)$")


def read_day(t: Tokens, i: int, day: date | None) -> Day | None:
    """One date at token `i`: absolute, or relative to `day`."""
    word = t.words[i]
    if word in WEEKDAYS:
        return _read_weekday(t, i, day)
    if word in MONTHS:
        return _read_month_first(t, i)
    if word[0:1].isdigit():
        if found := read_numeric_day(t, i, day, None):
            return found
        if parts := _MONTH_YEAR.match(word):
            return Day(int(parts[2]), int(parts[1]), 0, i + 1, month_only=True)
    found = _read_day_first(t, i)
    return found or (read_relative_day(t, i, day) if day else None)


def _read_weekday(t: Tokens, i: int, day: date | None) -> Day | None:
    """'Thu Feb 5', 'Wednesday the eighteenth of February', 'Wed 5/6', 'Friday' by the reply's day."""
    weekday, j = WEEKDAYS[t.words[i]], i + 1
    while t.words[j] in (",", ".") or (t.words[j] == "the" and t.words[j + 1] != "day"):
        j += 1
    word = t.words[j]
    found: Day | None = None
    if word in MONTHS:
        found = _read_month_first(t, j)
    elif word[:1].isdigit() or word in ORDINALS or word in SMALL or word in TENS:
        found = read_numeric_day(t, j, day, weekday) or read_pair(t, j, day, weekday) or _read_day_first(t, j)
        if found is None and day and (t.words[j - 1] == "the" or is_ordinal(t, j)):
            found = next_day_of_month(t, j, day)
    if found:
        return found
    if day is None or (t.words[i - 1] in ("-", "to", "and", "&") and t.words[i - 2] in WEEKDAYS):
        return None
    return read_weekday_alone(t, i, weekday, day)


def _read_month_first(t: Tokens, i: int) -> Day | None:
    """'February 5', 'May twenty-second', 'Jan. 12, 2016', 'March 2026'."""
    month, j = MONTHS[t.words[i]], i + 1
    while t.words[j] in (".", ",", "the") or (t.words[j] in ("/", "-") and t.words[j + 1].isdecimal()):
        j += 1
        if j > i + 3:
            return None
    found = read_month_day(t, j)
    listed = t.words[j - 1] == "," and not t.words[j].isdecimal() and t.words[j] not in ORDINALS
    if found and not listed and not _is_counted(t, i, found[1]):
        year, end = read_year(t, found[1])
        return Day(year, month, found[0], end)
    year, end = read_year(t, i + 1)
    return Day(year, month, 0, end, month_only=True)


def _is_counted(t: Tokens, i: int, j: int) -> bool:
    """True for the 'may 2 weeks' that is no date."""
    after = t.words[j]
    return (
        after in TIME_UNITS
        or after in ("%", "percent")
        or after in CURRENCY_SIGNS
        or (after == ":" and t.glued(j))
    )


def _read_day_first(t: Tokens, i: int) -> Day | None:
    """'5 May 2026', 'the 16th of February', 'sixteenth of February', '05-Aug-2016', '2018 March 18'."""
    j = i + 1 if t.words[i] == "the" else i
    word = t.words[j]
    if word.isdecimal() and len(word) == 4 and 1900 <= int(word) <= 2100:
        return _read_year_first(t, j)
    found = read_month_day(t, j)
    if not found:
        return None
    number, k = found
    k += t.words[k] == "day"
    while t.words[k] in ("of", ".", "in") or (t.words[k] in ("-", "/") and t.glued(k)):
        k += 1
        if k > found[1] + 2:
            return None
    if t.words[k] not in MONTHS or (t.words[k] == "may" and not _may_be_month(t, k)):
        return None
    end = k + 1
    while t.words[end] in ("-", "/", ".") and t.words[end + 1][:1].isdigit() and t.glued(end + 1):
        end += 1
    year, end = read_year(t, end)
    return Day(year, MONTHS[t.words[k]], number, end)


def _may_be_month(t: Tokens, k: int) -> bool:
    """Tells '14 May' from 'the first may be': no verb follows a month."""
    return t.words[k + 1] not in (
        "be",
        "not",
        "have",
        "take",
        "well",
        "also",
        "only",
        "need",
        "vary",
        "differ",
    )


def _read_year_first(t: Tokens, j: int) -> Day | None:
    """'2018 March 18', '2019-aug-1', '2020/23/Sep'."""
    parts = [k for k in range(j + 1, j + 6) if t.words[k] not in ("-", "/", "")][:2]
    if len(parts) < 2:
        return None
    for month, day in (parts, parts[::-1]):
        if t.words[month] in MONTHS and t.words[day].isdecimal() and len(t.words[day]) <= 2:
            return Day(int(t.words[j]), MONTHS[t.words[month]], int(t.words[day]), max(parts) + 1)
    return None
