"""One time of day: '9am', '6.30', 'half past five', 'quarter to ten', 'eight in the evening'."""

from __future__ import annotations

import re
from typing import NamedTuple

from consistency_check.values.scan.figures import is_digits
from consistency_check.values.scan.lexer import Tokens
from consistency_check.values.scan.numerals import SMALL, TENS, read_number
from consistency_check.values.scan.units import (
    BUSINESS,
    CURRENCY_CODES,
    CURRENCY_SIGNS,
    CURRENCY_WORDS,
    MEASURES,
    NATIONS,
    SUBUNITS,
    TIME_UNITS,
)
from consistency_check.values.scan.words import word_set

HALF_DAY, DAY = 720, 1440
_EARLY = 7
"""An hour before this, with its half of the day left open, is shown as one of the afternoon first."""
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?::\d\d)?$")
_POINT = re.compile(r"(\d{1,2})\.([0-5]\d)$")
_MILITARY = re.compile(r"([01]\d|2[0-3])([0-5]\d)$")
_YEAR = re.compile(r"19\d\d|20[0-5]\d")
_PARTS = {"morning": "am", "am": "am", "afternoon": "pm", "evening": "pm", "pm": "pm", "night": "night"}
HALF_STARTS = word_set("am pm a p in at this that tomorrow last every tonight afternoon evening morning")
_NAMED = {"noon": HALF_DAY, "midday": HALF_DAY, "midnight": 0}
AT = frozenset({"at", "@", "by", "until", "till", "til", "before", "after", "from", "past"})
DAYS = {
    name: day
    for day, names in {
        "mon": "monday mondays mon", "tue": "tuesday tuesdays tue tues",
        "wed": "wednesday wednesdays wed weds",
        "thu": "thursday thursdays thu thur thurs", "fri": "friday fridays fri",
        "sat": "saturday saturdays sat",
        "sun": "sunday sundays sun",
    }.items()
    for name in names.split()
}  # fmt: skip
_BOOKINGS = word_set("booked book down appointment scheduled set alarm pencilled slot meeting moved table")
AFTER_HOUR = word_set(
        ". , ! ? ; ) : on today tonight tomorrow tmrw sharp and or but so if when then weekdays every"
        " daily each that latest as in with - at we you i it they it's please if unless because cos est"
        " pst gmt bst local pacific eastern for this these is"
    ) | frozenset(DAYS) | {""}  # fmt: skip
NOT_HOURS = frozenset({"%", "percent", "per", "'", '"', "x", "pct", "of"}) | frozenset(
    {*TIME_UNITS, *MEASURES, *CURRENCY_CODES, *CURRENCY_SIGNS, *CURRENCY_WORDS, *SUBUNITS, *BUSINESS}
    | NATIONS.keys()
) - {"in"}  # fmt: skip


class Clock(NamedTuple):
    """Minutes after midnight said by tokens up to `end`.

    `half` is 'am' or 'pm' as said, '24' for the 24-hour clock, empty where the half of the day is open.
    `sure` is False for a bare hour ('five'), which needs its surroundings to be a time at all.
    """

    minutes: int
    end: int
    half: str
    sure: bool = True


def read_clock(t: Tokens, i: int) -> Clock | None:
    """One time at token `i`, or a bare hour."""
    word = t.words[i]
    if word in _NAMED:
        return Clock(_NAMED[word], i + 1, "24")
    if word == "mid" and t.words[i + 1] in ("-", "day", "night"):
        j = i + 2 if t.words[i + 1] == "-" else i + 1
        return (
            Clock(HALF_DAY if t.words[j] == "day" else 0, j + 1, "24")
            if t.words[j] in ("day", "night")
            else None
        )
    if word in ("half", "quarter", "a") or word.isdecimal() or word in SMALL or word in TENS:
        found = _read_relative(t, i)
        if found:
            return found
    return _read_figures(t, i) or _read_hour(t, i)


def _read_figures(t: Tokens, i: int) -> Clock | None:
    """'9:30', '6.30am', '2300'."""
    word = t.words[i]
    if len(word) < 4 or not word[0].isdecimal():
        return None
    if found := _CLOCK.match(word):
        hour, minute = int(found[1]), int(found[2])
        if hour > 24 or minute > 59:
            return None
        return _with_half(t, hour, minute, i + 1, len(found[1]) == 2)
    if (found := _POINT.match(word)) and int(found[1]) < 24:
        clock = _with_half(t, int(found[1]), int(found[2]), i + 1, False)
        if clock.end > i + 1:
            return clock
        fits = t.words[i - 1] in AT and t.words[i + 1] not in NOT_HOURS and not t.whole
        fits = fits or (t.words[i - 1] in DAYS and t.words[i + 1] not in NOT_HOURS)
        fits = fits or (t.words[i - 1] in ("shuts", "closes", "opens", "close", "open") and not t.whole)
        return clock if fits else Clock(clock.minutes, i + 1, clock.half, sure=False)
    if found := _MILITARY.match(word):
        clock = _with_half(t, int(found[1]), int(found[2]), i + 1, True)
        hours = t.words[clock.end] in ("hrs", "hours", "hr")
        led = t.words[i - 1] in AT and t.words[i + 1] in AFTER_HOUR and not _YEAR.match(word)
        sure = clock.end > i + 1 or hours or led or _is_paired(t, i)
        return Clock(clock.minutes, clock.end + hours, clock.half) if sure and not t.whole else None
    return None


def _is_paired(t: Tokens, i: int) -> bool:
    """True for either end of '0930-1730'."""
    after = t.words[i + 1] == "-" and t.glued(i + 2) and bool(_MILITARY.match(t.words[i + 2]))
    before = t.words[i - 1] == "-" and t.glued(i) and bool(_MILITARY.match(t.words[i - 2]))
    return (after or before) and t.words[i - (2 if before else 0)][0] in "01"


def _read_hour(t: Tokens, i: int) -> Clock | None:
    """'9am', 'eight in the morning', 'ten thirty pm', 'five o'clock'; a bare hour is not sure."""
    hour = _hour_of(t, i)
    if hour is None:
        return None
    j = i + 1
    if t.words[j] == "oclock" or (t.words[j] == "o" and "clock" in t.words[j + 1 : j + 3]):
        return _with_half(t, hour, 0, j + 1 + (t.words[j] == "o") * (1 + (t.words[j + 1] == "'")), False)
    clock = _with_half(t, hour, 0, j, False)
    if clock.end > j:
        return clock
    minute, k = _read_minutes(t, j)
    if k > j:
        clock = _with_half(t, hour, minute, k, False)
        led = t.words[i - 1] in AT or t.words[i - 1] in ("to", "and", "-") or _is_booked(t, i)
        if clock.end > k or (led and t.words[k] not in NOT_HOURS):
            return Clock(clock.minutes, clock.end, clock.half)
    if t.words[j] in ("noon", "midnight", "midday") and hour == 12:
        return Clock(_NAMED[t.words[j]], j + 1, "24")
    if hour > 24:
        return None
    known = hour > 12 or hour == 0
    guess = HALF_DAY if not known and hour < _EARLY else 0
    return Clock((hour * 60 + guess) % DAY, j, "24" if known else "", sure=False)


def _is_booked(t: Tokens, i: int) -> bool:
    """True in 'booked in for ten thirty' and 'set an alarm for ten forty five'."""
    return t.words[i - 1] == "for" and not _BOOKINGS.isdisjoint(t.words[max(i - 7, 0) : i - 1])


def _hour_of(t: Tokens, i: int) -> int | None:
    word = t.words[i]
    if word.isdecimal() and len(word) <= 2:
        return int(word) if int(word) <= 24 else None
    number = SMALL.get(word, 99)
    if number <= 12 and t.words[i + 1] != "hundred":
        return number if number else None
    return 15 if word == "fifteen" else None


def _read_minutes(t: Tokens, j: int) -> tuple[int, int]:
    """'thirty', 'forty five', '-thirty', '15' after an hour; (0, j) for none."""
    k = j + 1 if t.words[j] == "-" and t.glued(j) and t.words[j + 1] in TENS else j
    word = t.words[k]
    if (word.isdecimal() and len(word) == 2 and not t.glued(k)) or word in TENS or SMALL.get(word, 0) > 9:
        found = read_number(t, k)
        if found and 10 <= found[0] < 60 and found[0] == int(found[0]):
            return int(found[0]), found[1]
    return 0, j


def _read_relative(t: Tokens, i: int) -> Clock | None:
    """'half past five', 'quarter to ten', 'ten past 9', 'three minutes to eight', British 'half eight'."""
    word = t.words[i]
    start = i + 1 if word == "a" else i
    if t.words[start] == "half":
        minutes, j = 30, start + 1
        if t.words[j] != "past":
            return _read_british_half(t, start) if start == i else None
    elif t.words[start] == "quarter":
        minutes, j = 15, start + 1
    elif word == "a":
        return None
    else:
        found = read_number(t, i)
        if not found or found[0] not in range(1, 31):
            return None
        minutes, j = int(found[0]), found[1]
        j += t.words[j] in ("minutes", "mins", "minute")
    if t.words[j] not in ("past", "to", "of", "before", "after") or (
        t.words[j] in ("of", "before", "after") and minutes != 15
    ):
        return None
    sign = -1 if t.words[j] in ("to", "of", "before") else 1
    base = _read_base(t, j + 1)
    if base is None or base.minutes % 60 or not _is_relative(t, i, j, base, minutes):
        return None
    return Clock((base.minutes + sign * minutes) % DAY, base.end, base.half)


def _read_base(t: Tokens, i: int) -> Clock | None:
    """The hour that 'half past' counts from."""
    if t.words[i] in _NAMED:
        return Clock(_NAMED[t.words[i]], i + 1, "24")
    return _read_figures(t, i) or _read_hour(t, i)


def _is_relative(t: Tokens, i: int, j: int, base: Clock, minutes: int) -> bool:
    """Tells 'ten to six' from the range 'five to seven': by a minute word, a part of the day, or 'at'."""
    if t.words[j] == "past" or t.words[j - 1] in ("quarter", "minutes", "mins", "minute"):
        return t.words[base.end] not in NOT_HOURS
    if minutes not in (5, 10, 20, 25, 15) or t.words[base.end] in NOT_HOURS or is_digits(t.words[base.end]):
        return False
    if t.words[i - 1] in ("at", "@", "by"):
        return True
    if base.minutes == HALF_DAY and t.words[j + 1] == "noon":
        return True
    return base.sure and bool(base.half) and (t.words[i] in SMALL or t.words[i] in TENS)


def _read_british_half(t: Tokens, i: int) -> Clock | None:
    """'half eight' is 8:30."""
    j = i + 2 if t.words[i + 1] == "-" else i + 1
    hour = _hour_of(t, j)
    if not hour or hour > 12 or t.words[j + 1] in NOT_HOURS or is_digits(t.words[j + 1]):
        return None
    return _with_half(t, hour, 30, j + 1, False)


def _with_half(t: Tokens, hour: int, minute: int, j: int, padded: bool) -> Clock:
    """The time with the half of the day that follows at token `j`: 'pm', 'in the morning', 'at night'."""
    half, end = _read_half(t, j)
    if hour > 12 or hour == 0 or (hour == 12 and half == "noon"):
        return Clock((hour * 60 + minute) % DAY, end, "24")
    if not half:
        guess = hour % 12 * 60 + minute
        if not padded:
            guess += HALF_DAY if guess < _EARLY * 60 else 0
        return Clock(hour * 60 + minute if padded else guess, end, "24" if padded else "")
    if half == "night":
        half = "pm" if 5 <= hour < 12 else "am"
    return Clock(hour % 12 * 60 + minute + (HALF_DAY if half == "pm" else 0), end, half)


def _read_half(t: Tokens, j: int) -> tuple[str, int]:
    word = t.words[j]
    if word not in HALF_STARTS:
        return "", j
    if word in ("am", "pm"):
        return word, j + 1
    if word in ("a", "p"):
        k = j + 2 if t.words[j + 1] == "." else j + 1
        if t.words[k] == "m":
            return word + "m", k + 2 if k > j + 1 and t.words[k + 1] == "." else k + 1
    if word in ("a", "p") and t.glued(j) and _is_half(t, j) and t.words[j + 1] not in NOT_HOURS:
        return word + "m", j + 1
    if word == "in" and t.words[j + 1] in ("the", "d") and t.words[j + 2] in _PARTS:
        return _PARTS[t.words[j + 2]], j + 3
    if word == "at" and t.words[j + 1] == "night":
        return "night", j + 2
    if word in ("this", "that", "tomorrow", "last", "every") and t.words[j + 1] in (
        "morning",
        "evening",
        "afternoon",
        "night",
    ):
        return _PARTS[t.words[j + 1]], j + 2
    if word == "tonight":
        return "pm", j + 1
    return (_PARTS[word], j + 1) if word in ("afternoon", "evening", "morning") else ("", j)


def _is_half(t: Tokens, j: int) -> bool:
    """Tells '8p' from ten pence and '6a' from a seat, by the words or the figures around it."""
    before, after = t.words[j - 2], t.words[j + 1]
    return (
        before in AT
        or before in ("-", "to", "closes", "opens", "close", "open", "around", "about")
        or after in ("-", "to", "til", "tonight", "today", "sharp")
        or after in DAYS
        or ":" in t.words[j - 1]
    )
