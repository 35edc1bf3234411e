"""One amount, a number and what it counts: time, money, percent, a measure or nothing."""

from __future__ import annotations

from consistency_check.values.scan.figures import SIGNS, is_digits
from consistency_check.values.scan.lexer import Tokens
from consistency_check.values.scan.match import Amount
from consistency_check.values.scan.measures import read_measure
from consistency_check.values.scan.numerals import FRACTIONS, GOES_ON, SMALL, TENS, read_number
from consistency_check.values.scan.prices import read_prefixed_price, read_price
from consistency_check.values.scan.spans import extend_span, read_named_day, read_span
from consistency_check.values.scan.units import (
    CURRENCY_CODES,
    CURRENCY_SIGNS,
    MEASURES,
    NAMED_SPANS,
    NOTES,
    TIME_UNITS,
    UNIT_STARTS,
)
from consistency_check.values.scan.words import word_set

_SCALED = frozenset({"hundred", "thousand", "million", "percent", "%", "am", "pm", "st", "th", "point"})
_AFTER_GRAND = frozenset(
    {"for", "on", "off", "a", "per", "each", "to", "is", "and", "or", "if", "in", "at", "more", "back"}
)
_OFF = frozenset({"off", "price", "less", "cheaper", "back", "upfront", "discount"})
_BEFORE_UNIT = frozenset({"-", "(", "{", "a", "an", "of"})
_PRICES = word_set("price cost total bill charge fare fee tax amount value")


def read_amount(t: Tokens, i: int) -> Amount | None:
    """The amount that begins at token `i`, if any."""
    word = t.words[i]
    if word[:1].isdecimal():
        return _read_counted(t, i)
    if word in CURRENCY_SIGNS or word in CURRENCY_CODES or word in ("dollar", "gbp"):
        return read_prefixed_price(t, i)
    if word in ("a", "an", "another", "the", "one"):
        found = _read_single(t, i)
        if found or word in ("the", "another"):
            return found
    if word in NAMED_SPANS:
        return extend_span(t, Amount("duration", *NAMED_SPANS[word], i, i + 1))
    if word in NOTES and word != "grand":
        return Amount("money", NOTES[word], "", i, i + 1)
    if word in ("next", "week", "month", "day"):
        return read_named_day(t, i)
    if t.words[i + 1] in GOES_ON and (spoken := _read_spoken_price(t, i)):
        return spoken
    return _read_counted(t, i)


def _read_counted(t: Tokens, i: int) -> Amount | None:
    numeral = read_number(t, i)
    return read_unit(t, numeral[0], i, numeral[1]) if numeral else None


def _read_single(t: Tokens, i: int) -> Amount | None:
    """'a week', 'an hour', 'another business day', 'a tenner', 'a dollar', 'a kilo', 'the day before'."""
    word = t.words[i + 1]
    if t.words[i] == "the":
        before = word in TIME_UNITS and t.words[i + 2] == "before"
        if before:
            return Amount("duration", 1.0, TIME_UNITS[word], i, i + 3)
        return read_amount(t, i + 1) if word in NAMED_SPANS else None
    if word in NOTES and (word != "grand" or not t.words[i + 2].isalpha() or t.words[i + 2] in _AFTER_GRAND):
        return Amount("money", NOTES[word], "", i, i + 2)
    if word in NAMED_SPANS:
        return extend_span(t, Amount("duration", *NAMED_SPANS[word], i, i + 2))
    if word in SMALL or word in TENS or is_digits(word):
        return None
    if _is_rate(t, i):
        return None
    found = read_unit(t, 1.0, i, i + 1)
    return None if found.type == "number" and not found.unit else found


def _is_rate(t: Tokens, i: int) -> bool:
    """True for the 'a week' of 'twice a week' and '3 visits a week'."""
    before = t.words[i - 1]
    if before == "in":
        counter = t.words[i - 2]
        plural = counter.endswith("s") and len(counter) > 4
        return is_digits(counter) or (
            plural and (is_digits(t.words[i - 3]) or t.words[i - 3] in SMALL or t.words[i - 3] == "fees")
        )
    counted = before.endswith("s") and (is_digits(t.words[i - 2]) or t.words[i - 2] in SMALL)
    return before in ("once", "twice", "times", "per") or counted


def _read_spoken_price(t: Tokens, i: int) -> Amount | None:
    """'six ninety-five' is 6.95 in a currency that is not said; 'two fifty grams' are 250."""
    whole = _read_below_hundred(t, i)
    if not whole or not whole[0]:
        return None
    j = whole[1] + (t.words[whole[1]] == "-" and t.glued(whole[1]))
    part = _read_below_hundred(t, j)
    if not part or part[0] < 10:
        return None
    after = part[1]
    if (
        t.words[after] in TIME_UNITS
        or t.words[after] in _SCALED
        or (t.words[after] == "-" and t.glued(after))
    ):
        return None
    united = read_unit(t, whole[0] * 100 + part[0], i, after)
    return united if united.marked else Amount("money", whole[0] + part[0] / 100, "", i, after)


def _read_below_hundred(t: Tokens, i: int) -> tuple[int, int] | None:
    """A number word below 100 and the index after it."""
    word = t.words[i]
    if word in SMALL:
        return SMALL[word], i + 1
    if word not in TENS:
        return None
    j = i + 2 if t.words[i + 1] == "-" and t.glued(i + 1) else i + 1
    unit = SMALL.get(t.words[j], 0)
    return (TENS[word] + unit, j + 1) if 0 < unit < 10 else (TENS[word], i + 1)


def read_unit(t: Tokens, number: float, start: int, j: int) -> Amount:
    """The amount of `number`, whose words end before token `j`, by the unit that follows, if any."""
    k = _skip_to_unit(t, number, j) if t.words[j] in _BEFORE_UNIT else j
    if number >= 1 and t.words[k] not in UNIT_STARTS:
        return Amount("number", number, "", start, j, marked=False)
    if k > j and t.words[k - 1] in ("(", "{"):
        return Amount("number", number, MEASURES[t.words[k]], start, k + 2)
    span = read_span(t, number, start, k) if t.words[k] in TIME_UNITS else None
    return (
        span
        or _read_percent(t, number, start, j)
        or read_price(t, number, start, k)
        or read_span(t, number, start, k)
        or read_measure(t, number, start, k)
        or Amount("number", number, "", start, j, marked=False)
    )


def _skip_to_unit(t: Tokens, number: float, j: int) -> int:
    """The index of the unit in '5-day', '20 (kg)' and 'half of an hour'; `j` where nothing joins it."""
    word, after = t.words[j], t.words[j + 1]
    if word == "-":
        return j + 1 if t.glued(j) and after and not is_digits(after) else j
    if word in ("(", "{"):
        return j + 1 if after in MEASURES and t.words[j + 2] in (")", "}") else j
    if not 0 < number < 1:
        return j
    return j + 2 if word == "of" and after in ("a", "an") else j + 1


def _read_percent(t: Tokens, number: float, start: int, j: int) -> Amount | None:
    word = t.words[j]
    if word in ("%", "percent", "percents", "percentage", "pct"):
        return Amount("percent", number, "%", start, j + 1)
    if word == "per" and t.words[j + 1] == "cent":
        return Amount("percent", number, "%", start, j + 2)
    if word == "times" and t.words[j + 1] == "the" and not _PRICES.isdisjoint(t.words[j + 2 : j + 5]):
        return Amount("percent", (number - 1) * 100, "%", start, j + 1)
    part = t.words[j - 1] in FRACTIONS or t.words[j - 1] in SIGNS
    if part and 0 < number < 1:
        dash = word == "-" and t.glued(j)
        if (t.words[j + 1] if dash else word) in _OFF or t.phrase(j, j + 2) == "up front":
            end = j + 2 if word == "up" or dash else j + 1
            return Amount("percent", number * 100, "%", start, end)
        of = j + 1 if word == "of" else j
        if t.words[of] in ("the", "your", "their") and not _PRICES.isdisjoint(t.words[of + 1 : of + 4]):
            return Amount("percent", number * 100, "%", start, j)
    return None
