"""Dates that the reply's day settles: 'tomorrow', 'by Friday', 'the 16th', 'the first Monday in March'."""

from __future__ import annotations

from datetime import date, timedelta

from consistency_check.values.scan.days import (
    EARLIEST,
    LATEST,
    MONTHS,
    ORDINALS,
    WEEKDAYS,
    Day,
    day_of,
    is_ordinal,
    last_day_of,
    read_month_day,
    read_year,
)
from consistency_check.values.scan.lexer import Tokens

_LEADS = frozenset(
    {*LATEST, *EARLIEST, "on", "this", "next", "for", "the", "is", "coming", "date", "due", "of", "between"}
)
_ALONE = frozenset({*LATEST, *EARLIEST, "on", "for", "is", "its", "s", "be", "been", "was", ","})


def read_relative_day(t: Tokens, i: int, day: date) -> Day | None:
    """'today', 'tomorrow', 'the 16th', 'end of the month', 'the first Monday in March'."""
    word = t.words[i]
    if (word in ORDINALS or word == "last") and t.words[i + 1] in WEEKDAYS:
        return _read_nth_weekday(t, i, day)
    if word == "today":
        return day_of(day, i + 1)
    if word in ("tomorrow", "tmrw", "tmr", "tomoz"):
        return day_of(day + timedelta(days=1), i + 1)
    if (
        word == "end"
        and t.words[i + 1] == "of"
        and t.words[i + 2] in ("the", "this")
        and t.words[i + 3] == "month"
    ):
        return Day(day.year, day.month, last_day_of(day.year, day.month), i + 4)
    if word == "the" and is_ordinal(t, i + 1) and _stands_alone(t, i):
        return next_day_of_month(t, i + 1, day)
    return None


def next_day_of_month(t: Tokens, j: int, day: date) -> Day | None:
    """'the 16th': that day of this month, or of the next one where it has passed."""
    found = read_month_day(t, j)
    if not found:
        return None
    number, end = found
    year, month = day.year, day.month
    if number < day.day:
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return Day(year, month, number, end) if number <= last_day_of(year, month) else None


def _read_nth_weekday(t: Tokens, i: int, day: date) -> Day | None:
    """'the first Monday in March', 'last Friday in May': of the year in which it is nearest to `day`."""
    if t.words[i + 2] not in ("in", "of") or t.words[i + 3] not in MONTHS:
        return None
    month, weekday = MONTHS[t.words[i + 3]], WEEKDAYS[t.words[i + 1]]
    year, end = read_year(t, i + 4)
    years = (year,) if year else (day.year - 1, day.year, day.year + 1)
    found = [
        near for each in years if (near := _nth_weekday(each, month, weekday, ORDINALS.get(t.words[i], 0)))
    ]
    return day_of(min(found, key=lambda near: abs((near - day).days)), end) if found else None


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The nth such weekday of the month; 0 for the last one."""
    days = [n for n in range(1, last_day_of(year, month) + 1) if date(year, month, n).weekday() == weekday]
    return date(year, month, days[nth - 1]) if nth <= len(days) else None


def _stands_alone(t: Tokens, i: int) -> bool:
    """True where 'the 14th' names a day and not the 14th of something."""
    found = read_month_day(t, i + 1)
    if not found or (t.words[i + 1] in ORDINALS and ORDINALS[t.words[i + 1]] < 4):
        return False
    after = t.words[found[1]]
    led = t.words[i - 1] in _ALONE
    return led and (
        after
        in (
            "",
            ".",
            ",",
            "!",
            "?",
            ";",
            ")",
            "and",
            "is",
            "at",
            "as",
            "so",
            "if",
            "or",
            "then",
            "by",
            "it",
            "we",
            "when",
            "but",
            "-",
        )
    )


def read_weekday_alone(t: Tokens, i: int, weekday: int, day: date) -> Day | None:
    """'Friday' is the first one after `day`; none in 'every Friday', 'Mon-Fri' and 'the sun'."""
    after = t.words[i + 1]
    if len(t.words[i]) < 5 and t.words[i - 1] == "the":
        return None
    ended = after in ("", ".", ",", "!", "?")
    if len(t.words[i]) < 5 and t.words[i - 1] not in _LEADS and not ended:
        return None
    if after in ("-", "to", "and", "&", "through", "till", "til") and t.words[i + 2] in WEEKDAYS:
        return None
    if t.words[i - 1] in ("a", "last", "every", "each", "per", "any", "-", "first", "of"):
        return None
    ahead = (weekday - day.weekday() - 1) % 7 + 1
    return day_of(day + timedelta(days=ahead), i + 1)
