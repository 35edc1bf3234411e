"""What is said of a day: months, weekdays, ordinals, years, and the day that they make."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from consistency_check.values.scan.lexer import Tokens
from consistency_check.values.scan.numerals import SMALL, TENS, read_number
from consistency_check.values.scan.words import split_words

MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ],
        1,
    )
    for name in names.split()
}
_WEEK = (
    "monday mon|tuesday tues tue|wednesday weds wed|thursday thurs thur thu|friday fri|saturday sat"
    "|sunday sun"
)
WEEKDAYS = {name: number for number, names in enumerate(_WEEK.split("|")) for name in names.split()}
"""Monday is 0, as in `datetime`."""
_UNITS = split_words("first second third fourth fifth sixth seventh eighth ninth")
_TEENS = split_words(
    "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
)
ORDINALS = {word: number for number, word in enumerate(_UNITS + _TEENS, 1)} | {
    "twentieth": 20,
    "thirtieth": 30,
}
LATEST = frozenset({"by", "until", "till", "til", "before", "through", "to"})
EARLIEST = frozenset({"from", "after", "since", "starting"})
"""Prepositions that make a date an upper or a lower bound."""
_ORDINAL_ENDS = frozenset({"st", "nd", "rd", "th"})
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Day(NamedTuple):
    """What tokens up to `end` say of a day; 0 for what they leave open. `month_only`: 'March 2026'."""

    year: int
    month: int
    day: int
    end: int
    month_only: bool = False

    @property
    def low(self) -> tuple[float, str] | None:
        """The first day meant, and its unit."""
        return place_day(self.year, self.month, self.day or 1)

    @property
    def high(self) -> tuple[float, str] | None:
        """The last day meant, and its unit."""
        last = self.day or (last_day_of(self.year, self.month) if self.month else 0)
        return place_day(self.year, self.month, last)


def place_day(year: int, month: int, day: int) -> tuple[float, str] | None:
    """A day as the number and unit of a date's Value; year 0 is left open; None for no such day."""
    if not 1 <= month <= 12 or not 1 <= day <= _LENGTHS[month - 1]:
        return None
    if not year:
        return float(month * 100 + day), "month-day"
    try:
        return float(date(year, month, day).toordinal()), "day"
    except ValueError:
        return None


def last_day_of(year: int, month: int) -> int:
    """The number of days of a month; 29 for February of a year left open."""
    return (
        28 if month == 2 and year and (year % 4 or (year % 100 == 0 and year % 400)) else _LENGTHS[month - 1]
    )


def day_of(found: date, end: int) -> Day:
    """A calendar day as read by tokens up to `end`."""
    return Day(found.year, found.month, found.day, end)


def read_month_day(t: Tokens, i: int) -> tuple[int, int] | None:
    """A day of the month, 1 to 31 ('21st', 'twenty-first', 'twenty nine'), and the index after it."""
    word = t.words[i]
    if word.isdecimal():
        number, j = int(word), i + 1
        if t.words[j] in _ORDINAL_ENDS and (t.glued(j) or t.words[j] == "th"):
            j += 1
        return (number, j) if 1 <= number <= 31 and len(word) <= 2 else None
    if word in ORDINALS:
        return ORDINALS[word], i + 1
    if word in ("twenty", "thirty"):
        j = i + 2 if t.words[i + 1] == "-" else i + 1
        number = TENS[word] + (ORDINALS.get(t.words[j], 0) or SMALL.get(t.words[j], 0))
        if TENS[word] < number <= 31 and number - TENS[word] < 10:
            return number, j + 1
        return TENS[word], i + 1
    number = SMALL.get(word, 0)
    return (number, i + 1) if number else None


def is_ordinal(t: Tokens, j: int) -> bool:
    """True for '16th', 'sixteenth', 'twenty-first' at token `j`."""
    if t.words[j] in ("twenty", "thirty"):
        return t.words[j + 1 + (t.words[j + 1] == "-")] in ORDINALS
    return t.words[j] in ORDINALS or (t.words[j].isdecimal() and t.words[j + 1] in _ORDINAL_ENDS)


def read_year(t: Tokens, j: int) -> tuple[int, int]:
    """A year after a day and a month, and the index after it; (0, j) for none."""
    k = j
    while t.words[k] in (",", "of", "in", ".") and k < j + 2:
        k += 1
    word = t.words[k]
    if word.isdecimal() and len(word) == 4 and 1900 <= int(word) <= 2100 and t.words[k + 1] != ":":
        return int(word), k + 1
    if (
        word.isdecimal()
        and len(word) == 2
        and k == j
        and int(word) > 31
        and t.words[k + 1] in ("", ".", ",", ")")
    ):
        return (1900 if int(word) >= 70 else 2000) + int(word), k + 1
    if word == "nineteen" or (word == "two" and t.words[k + 1] == "thousand") or word == "twenty":
        return _read_spoken_year(t, k) or (0, j)
    return 0, j


def _read_spoken_year(t: Tokens, k: int) -> tuple[int, int] | None:
    """'two thousand and eighteen', 'nineteen eighty six', 'nineteen zero one', 'twenty twenty-six'."""
    if t.words[k] == "two":
        found = read_number(t, k)
        return (int(found[0]), found[1]) if found else None
    century = SMALL.get(t.words[k], 20)
    j = k + 2 if t.words[k + 1] == "hundred" else k + 1
    if t.words[j] in ("zero", "oh", "o") and SMALL.get(t.words[j + 1]):
        return century * 100 + SMALL[t.words[j + 1]], j + 2
    found = read_number(t, j)
    return (int(century * 100 + found[0]), found[1]) if found and 10 <= found[0] < 100 else None
