"""Lengths of time: '30 business days', '1 hr 30 mins', 'a year and a half', 'next working day', 'week 36'."""

from __future__ import annotations

from consistency_check.values.scan.figures import is_digits
from consistency_check.values.scan.lexer import Tokens
from consistency_check.values.scan.match import Amount
from consistency_check.values.scan.numerals import SMALL, TENS, read_fraction_phrase, read_number
from consistency_check.values.scan.units import (
    BUSINESS,
    GLUED_TIME_UNITS,
    NAMED_SPANS,
    TIME_ADJECTIVES,
    TIME_UNITS,
)

INTO = {
    ("minute", "second"): 60, ("hour", "second"): 3600, ("hour", "minute"): 60, ("day", "second"): 86400,
    ("day", "minute"): 1440, ("day", "hour"): 24, ("week", "day"): 7, ("week", "hour"): 168,
    ("year", "month"): 12, ("month", "day"): 30, ("month", "week"): 30 / 7, ("year", "day"): 365,
    ("year", "week"): 365 / 7, ("month", "hour"): 720, ("year", "hour"): 8760, ("month", "second"): 2592000,
    ("year", "second"): 31536000, ("month", "minute"): 43200, ("year", "minute"): 525600,
    ("week", "minute"): 10080, ("week", "second"): 604800,
}  # fmt: skip
"""How many of the finer unit are in one of the coarser; in sums a month is 30 days, a year 365."""
_CLAUSE_ENDS = frozenset({"", ".", ",", "!", "?", ";", ")"})


def read_named_day(t: Tokens, i: int) -> Amount | None:
    """'next day' as one day, 'next working day' as one business day; 'week 36' as 36 weeks."""
    if t.words[i] != "next":
        found = read_number(t, i + 1)
        unit = TIME_UNITS[t.words[i]]
        counted = (
            found
            and found[0] > 3
            and t.words[i - 1] not in ("this", "a", "per", "next", "last", "each", "every")
        )
        return Amount("duration", found[0], unit, i, found[1]) if found and counted else None
    j = i + 2 if t.words[i + 1] == "-" else i + 1
    business = t.words[j] in BUSINESS
    j += business
    if t.words[j] == "-":
        j += 1
    if t.words[j] != "day":
        return None
    return Amount("duration", 1.0, "business day" if business else "day", i, j + 1)


def read_span(t: Tokens, number: float, start: int, k: int) -> Amount | None:
    """The length of time that `number`, said from token `start`, makes with the unit at token `k`."""
    business, j = False, k
    while (
        t.words[j] in BUSINESS
        or t.words[j] in TIME_ADJECTIVES
        or (t.words[j] == "-" and t.glued(j) and j > k)
    ):
        business = business or t.words[j] in BUSINESS
        j += 1
        if j > k + 4:
            return None
    word = t.words[j]
    if word in NAMED_SPANS and number != int(number):
        return None
    unit = TIME_UNITS.get(word) or (
        GLUED_TIME_UNITS.get(word) if t.glued(j) and is_digits(t.words[j - 1]) else None
    )
    if word in GLUED_TIME_UNITS and word != "h" and t.glued(j + 1) and t.words[j + 1][:1].isalnum():
        return None
    if word in NAMED_SPANS:
        number, unit = number * NAMED_SPANS[word][0], NAMED_SPANS[word][1]
    if not unit and word == "m" and is_digits(t.words[j - 1]) and t.words[start - 1] in ("h", "hr", "hour"):
        unit = "minute"
    ordinal = word == "second" and (t.words[k - 1] in ("a", "the") or (number > 1 and t.words[j - 1] == "-"))
    if not unit or ordinal:
        return None
    if business and unit not in ("hour", "day", "week"):
        business = False
    amount = Amount(
        "duration", number, f"business {unit}" if business else unit, start, _skip_plural(t, j + 1)
    )
    return amount if business else extend_span(t, amount)


def _skip_plural(t: Tokens, j: int) -> int:
    """The index after '(s)' and the apostrophe of 'days\\''."""
    if t.words[j] == "(" and t.words[j + 1] == "s" and t.words[j + 2] == ")":
        return j + 3
    return j


def extend_span(t: Tokens, amount: Amount) -> Amount:
    """Adds what follows: '1 hr 30 mins', 'an hour and a half', '2 years and 3 months'."""
    while True:
        j = amount.end
        k = j + 1 if t.words[j] == "and" else j
        part, after = read_fraction_phrase(t, k) if k > j else (0.0, k)
        if part:
            amount = amount._replace(number=amount.number + part, end=after)
            break
        more = _read_smaller(t, amount, k, k > j)
        if more is None:
            break
        factor = INTO[amount.unit, more.unit]
        amount = amount._replace(number=amount.number * factor + more.number, unit=more.unit, end=more.end)
    figures = is_digits(t.words[amount.start]) and "." in t.words[amount.start]
    return amount if figures else _in_finer_unit(amount)


def _read_smaller(t: Tokens, amount: Amount, k: int, joined: bool) -> Amount | None:
    if not (is_digits(t.words[k]) or t.words[k] in SMALL or t.words[k] in TENS):
        return None
    found = read_number(t, k)
    if not found:
        return None
    number, j = found
    word = t.words[j]
    unit = TIME_UNITS.get(word) or (GLUED_TIME_UNITS.get(word) if t.glued(j) else None)
    if word == "m" and t.glued(j) and amount.unit == "hour":
        unit = "minute"
    if unit and (amount.unit, unit) in INTO:
        return Amount("duration", number, unit, k, j + 1)
    if joined and amount.unit == "hour" and number < 60 and t.words[j] in _CLAUSE_ENDS:
        return Amount("duration", number, "minute", k, j)
    return None


def _in_finer_unit(amount: Amount) -> Amount:
    """'half an hour' as 30 minutes, 'half a day' as 12 hours, 'half a year' as 6 months."""
    finer = {"hour": "minute", "day": "hour", "year": "month"}.get(amount.unit)
    if finer and 0 < amount.number < 1:
        return amount._replace(number=amount.number * INTO[amount.unit, finer], unit=finer)
    return amount
