"""All values that a text says, from left to right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import compress

from consistency_check.model import Mention, Value
from consistency_check.values.scan import exclusions, free
from consistency_check.values.scan.contacts import (
    SPELLED,
    find_addresses,
    read_phone,
    read_spoken_address,
    read_spoken_phone,
)
from consistency_check.values.scan.dates import read_dates
from consistency_check.values.scan.days import MONTHS, ORDINALS, WEEKDAYS
from consistency_check.values.scan.figures import SIGNS
from consistency_check.values.scan.hours import read_times
from consistency_check.values.scan.joints import join_matches
from consistency_check.values.scan.lexer import MASK, Tokens, normalise, split_tokens
from consistency_check.values.scan.match import Match
from consistency_check.values.scan.numerals import FRACTIONS, NUMBER_WORDS, SMALL, TENS
from consistency_check.values.scan.quantities import read_quantity
from consistency_check.values.scan.surroundings import AFTER_ARTICLE, PLAIN_UNITS, may_begin
from consistency_check.values.scan.units import (
    BUSINESS,
    CURRENCY_CODES,
    CURRENCY_SIGNS,
    NAMED_SPANS,
    NOTES,
    TIME_UNITS,
)

_DAYS = frozenset({*WEEKDAYS, *MONTHS, *ORDINALS, "today", "tomorrow", "tmrw", "end", "last"}) - {
    "second",
    "third",
}
_CLOCKS = frozenset({"noon", "midday", "midnight", "mid"})
_SPOKEN = frozenset({"oh", "double", "triple", "treble", "dot", "plus"})
_AMOUNTS = frozenset(
    {*NUMBER_WORDS, *NAMED_SPANS, *NOTES, *CURRENCY_SIGNS, *CURRENCY_CODES, *SIGNS, *ORDINALS}
    | {"minus", "negative", "point", "next", "another", "dollar", "billion", "week", "month"}
)
_DIGITS = frozenset("0123456789")
"""ASCII only: other digits are no part of the grammar."""
_NOTHING = Value("")
"""The value of no type, for words to pass over."""
_Reader = Callable[[Tokens, int, int, date | None], Match | None]


def find_mentions(text: str, day: date | None = None, *, month_first: bool = False) -> list[Mention]:
    """All durations, money, percentages, numbers, dates, times and contacts in `text`, in its order.

    Mentions do not overlap; offsets count characters of `text`. `day` is the day of the reply: without
    it 'tomorrow' and 'by Friday' are left out. A numeric date with two readings is day first, or month
    first on request, unless its weekday or the reply's day tells.
    """
    if day and not date.min.year + 1 < day.year < date.max.year - 1:
        day = None
    low = normalise(text)
    written = [Mention(start, end, Value("contact", word=word)) for start, end, word in find_addresses(low)]
    if written:
        low = _mask(low, written)
    found = _read_tokens(split_tokens(text, low, month_first=month_first), day)
    return sorted(written + found, key=lambda mention: mention.start) if written else found


def _mask(low: str, mentions: list[Mention]) -> str:
    """The text with each mention's characters replaced, so that nothing is read inside it."""
    parts: list[str] = []
    at = 0
    for mention in mentions:
        parts += low[at : mention.start], MASK * (mention.end - mention.start)
        at = mention.end
    return "".join([*parts, low[at:]])


def _read_tokens(t: Tokens, day: date | None) -> list[Mention]:
    matches: list[Match] = []
    floor = 0
    readers = list(map(_BEGINNINGS.__getitem__, t.words[: t.size]))
    for i, reader in compress(enumerate(readers), readers):
        if reader is None or i < floor:
            continue
        match = reader(t, i, floor, day)
        if match is not None:
            if match.value.type:
                matches.append(match)
            floor = max(match.after, i + 1)
    joined = join_matches(t, matches) if len(matches) > 1 else matches
    return [Mention(t.starts[match.start], t.end(match.end - 1), match.value) for match in joined]


def _read_opening(t: Tokens, i: int, floor: int, day: date | None) -> Match | None:
    word = t.words[i]
    if word in free.OPENINGS and (end := free.read_free(t, i)) > i:
        return Match(i, end, end, Value("money", 0.0, 0.0))
    if word in exclusions.OPENINGS and (end := exclusions.skip_passage(t, i)) > i:
        return Match(i, end, end, _NOTHING)
    reader = _VALUE_READERS.get(word)
    return reader(t, i, floor, day) if reader else None


def _read_figures(t: Tokens, i: int, floor: int, day: date | None) -> Match | None:
    if t.words[i][0] in _DIGITS:
        if phone := _read_phone(t, i, floor, day):
            return phone
        end = _skip_code(t, i) if t.glued(i) else exclusions.skip_figures(t, i)
        if end > i:
            return Match(i, end, end, _NOTHING)
    return _read_number(t, i, floor, day)


def _read_phone(t: Tokens, i: int, floor: int, day: date | None) -> Match | None:
    phone = read_phone(t, i)
    return Match(i, phone[1], phone[1], Value("contact", word=phone[0])) if phone else None


def _read_minus(t: Tokens, i: int, floor: int, day: date | None) -> Match | None:
    if t.words[i + 1][:1] not in _DIGITS or t.glued(i):
        return None
    return _read_value(t, i, floor)


def _read_digit(t: Tokens, i: int, floor: int, day: date | None) -> Match | None:
    """A word below twenty: a phone number spelled aloud, or a number."""
    spoken = _read_spoken(t, i, floor, day) if t.words[i + 1] in SPELLED else None
    return spoken or _read_number(t, i, floor, day)


def _read_day(t: Tokens, i: int, floor: int, day: date | None) -> Match | None:
    match = read_dates(t, i, floor, day) or _read_nth(t, i)
    return match or (_read_value(t, i, floor) if t.words[i] in FRACTIONS else None)


def _read_number(t: Tokens, i: int, floor: int, day: date | None) -> Match | None:
    if t.words[i + 1] in PLAIN_UNITS:
        return _read_value(t, i, floor)
    dated, timed = may_begin(t, i)
    return (
        (read_dates(t, i, floor, day) if dated else None)
        or (read_times(t, i, floor) if timed else None)
        or _read_nth(t, i)
        or _read_value(t, i, floor)
    )


def _read_after_article(t: Tokens, i: int, floor: int, day: date | None) -> Match | None:
    after = t.words[i + 1]
    if after not in AFTER_ARTICLE and after[:1] not in _DIGITS:
        return None
    if t.words[i] == "the":
        if after in ("first", "second", "third", "fourth", "last") and t.words[i + 2] in WEEKDAYS:
            return read_dates(t, i + 1, floor, day)
        if after[:1] in _DIGITS or after in ORDINALS or after in ("twenty", "thirty"):
            return read_dates(t, i, floor, day)
        return _read_value(t, i, floor) if after in TIME_UNITS and t.words[i + 2] == "before" else None
    return read_times(t, i, floor) or _read_value(t, i, floor)


def _read_spoken(t: Tokens, i: int, floor: int, day: date | None) -> Match | None:
    if t.words[i] == "dot":
        found = read_spoken_address(t, i, floor)
        return Match(found[0], found[1], found[1], Value("contact", word=found[2])) if found else None
    spoken = read_spoken_phone(t, i)
    return Match(i, spoken[1], spoken[1], Value("contact", word=spoken[0])) if spoken else None


def _skip_code(t: Tokens, i: int) -> int:
    """The index after digits glued to letters, as in a code; `i` after a currency or a month."""
    before = t.words[i - 1]
    if (
        not before[-1].isalpha()
        or before in CURRENCY_CODES
        or before in MONTHS
        or before in ("h", "hr", "hrs")
    ):
        return i
    return i + 1


def _read_nth(t: Tokens, i: int) -> Match | None:
    """'the 34th week' and 'the tenth working day' end a duration of that length."""
    word, j = t.words[i], i + 1
    if word.isdecimal() and t.words[j] in ("th", "st", "nd", "rd") and t.glued(j):
        number, j = int(word), j + 1
    elif word in ORDINALS:
        number = ORDINALS[word]
    else:
        return None
    business = t.words[j] in BUSINESS
    unit = TIME_UNITS.get(t.words[j + business])
    if number < 4 or unit not in ("day", "week") or t.words[j + business].endswith("s"):
        return Match(i, j, j, _NOTHING) if word.isdecimal() else None
    end = j + business + 1
    return Match(i, end, end, Value("duration", number, number, f"business {unit}" if business else unit))


def _read_value(t: Tokens, i: int, floor: int, day: date | None = None) -> Match | None:
    """A quantity; a bare number only where it counts something."""
    match = read_quantity(t, i, floor)
    if match and t.glued(match.end) and t.words[match.end][0].isalnum():
        return Match(i, match.end + 1, match.end + 1, _NOTHING)
    if match is None or match.value.type != "number" or match.value.unit:
        return match
    first = max(match.start, i)
    if exclusions.is_bare_value(t, first, match.end):
        return match
    return match._replace(value=_NOTHING) if match.end > first else None


_VALUE_READERS: dict[str, _Reader] = {
    **dict.fromkeys(_AMOUNTS, _read_value),
    **dict.fromkeys((*TENS, *FRACTIONS, *ORDINALS), _read_number),
    **dict.fromkeys(_DAYS, _read_day),
    **dict.fromkeys((*SMALL, "o"), _read_digit),
    **dict.fromkeys(_SPOKEN, _read_spoken),
    **dict.fromkeys(_CLOCKS, lambda t, i, floor, day: read_times(t, i, floor)),
    **dict.fromkeys(CURRENCY_SIGNS, _read_value),
    "(": _read_phone,
    "+": _read_phone,
    "-": _read_minus,
}
_READERS = {
    **_VALUE_READERS,
    **dict.fromkeys(free.OPENINGS.keys() | exclusions.OPENINGS, _read_opening),
    **dict.fromkeys(("a", "an", "the"), _read_after_article),
}
"""First word -> what may begin there: a value, or one of no type, which stands for words to pass over."""


class Beginnings(dict[str, _Reader | None]):
    """What may begin at a word; None at most of them, which are plain. Filled as it is asked.

    So that it cannot grow without end, it keeps short words, and no more than `MOST_KEPT`.
    """

    def __missing__(self, word: str) -> _Reader | None:
        figures = not "@" < word < "{" and (word[0] in _DIGITS or word[-1] in _DIGITS)
        reader = _READERS.get(word, _read_figures if figures else None)
        if len(word) <= LONGEST_KEPT and len(self) < MOST_KEPT:
            self[word] = reader
        return reader


LONGEST_KEPT, MOST_KEPT = 24, 50_000
_BEGINNINGS = Beginnings()
