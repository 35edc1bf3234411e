"""Amounts of money: '$5k', 'EUR 10', 'four dollars and fifty cents', 'ten quid', 'six ninety-five'."""

from __future__ import annotations

from consistency_check.values.scan.figures import is_digits
from consistency_check.values.scan.lexer import Tokens
from consistency_check.values.scan.match import Amount
from consistency_check.values.scan.numerals import SMALL, TENS, read_number
from consistency_check.values.scan.units import (
    CURRENCY_CODES,
    CURRENCY_SIGNS,
    CURRENCY_WORDS,
    DOLLAR_SIGNS,
    MAGNITUDES,
    NATIONS,
    NOTES,
    PER_UNITS,
    SUBUNITS,
    TIME_UNITS,
)
from consistency_check.values.scan.words import word_set

_NO_CENTS = frozenset({"%", "percent", "times", "pm", "am", ":"})
_PER_ALONE = word_set("apiece pp nightly monthly yearly daily weekly annually overnight")
PER_STARTS = _PER_ALONE | {"for", "a", "an", "per", "each", "every", "/", "the"}
"""Words that may begin what an amount is counted by."""


def read_prefixed_price(t: Tokens, i: int) -> Amount | None:
    """'$5', 'EUR 10', '$5k', '$1.5 million', '$25 USD'."""
    word = t.words[i]
    unit = CURRENCY_SIGNS.get(word) or CURRENCY_CODES.get(word) or "$"
    if word in CURRENCY_CODES and t.words[i + 1] in ("$", "€", "£"):
        return read_prefixed_price(t, i + 1)
    if not is_digits(t.words[i + 1]):
        return None
    found = read_number(t, i + 1)
    if not found:
        return None
    number, j = found
    if t.glued(j) and t.words[j] in MAGNITUDES and not t.words[j + 1][:1].isdigit():
        number, j = number * MAGNITUDES[t.words[j]], j + 1
    number = _read_continental(t, number, unit, j)
    if t.words[j] in CURRENCY_CODES:
        unit, j = CURRENCY_CODES[t.words[j]], j + 1
    elif unit == "$" and t.words[j] in NATIONS and t.words[j] != "us":
        unit, j = NATIONS[t.words[j]], j + 1
    start = i
    if word == "$" and (nation := _read_nation(t, i)):
        unit, start = nation, i - 1
    return Amount("money", number, unit, start, j)


def _read_nation(t: Tokens, i: int) -> str:
    """The currency that the letters before a dollar sign name: 'US$', 'A$', 'hk $'; '' where none do."""
    before = t.words[i - 1]
    if before in CURRENCY_CODES:
        return CURRENCY_CODES[before]
    if t.glued(i) or before in ("us", "hk", "nz", "c"):
        return DOLLAR_SIGNS.get(before, "")
    return ""


def _read_continental(t: Tokens, number: float, unit: str, j: int) -> float:
    """'€1.234' and 'R$1.500' group by a point; a price has two decimals."""
    word = t.words[j - 1]
    grouped = unit in ("EUR", "BRL") and word.count(".") == 1 and len(word.rsplit(".", 1)[-1]) == 3
    return number * 1000 if grouped and number >= 1 else number


def read_price(t: Tokens, number: float, start: int, k: int) -> Amount | None:
    """The price that `number`, said from token `start`, makes with the currency at token `k`."""
    word = t.words[k]
    if word == "k" and t.words[k + 1] in CURRENCY_SIGNS:
        return Amount("money", number * 1000, CURRENCY_SIGNS[t.words[k + 1]], start, k + 2)
    if word in NOTES and number >= 1:
        return Amount("money", number * NOTES[word], "", start, k + 1)
    if word in SUBUNITS or (word == "p" and t.glued(k)):
        return Amount("money", number / 100, SUBUNITS.get(word, "GBP"), start, k + 1)
    if word in NATIONS:
        return _read_national(t, number, start, k)
    if word in CURRENCY_SIGNS and not (t.glued(k + 1) and is_digits(t.words[k + 1])):
        unit = CURRENCY_SIGNS[word]
        grouped = _read_continental(t, number, unit, k)
        return Amount("money", grouped, unit, start, k + 1)
    if word in MAGNITUDES and t.words[k + 1] in CURRENCY_WORDS and t.glued(k):
        return Amount("money", number * MAGNITUDES[word], CURRENCY_WORDS[t.words[k + 1]], start, k + 2)
    if word in CURRENCY_CODES and not (word == "rs" and not t.glued(k)):
        unit = CURRENCY_CODES[word]
    elif word in CURRENCY_WORDS and not weighs_pounds(t, start, k):
        unit = CURRENCY_WORDS[word]
    else:
        return None
    j = k + 1
    if t.words[j] in MAGNITUDES and word in CURRENCY_CODES:
        number, j = number * MAGNITUDES[t.words[j]], j + 1
    if unit == "$" and t.words[j] in NATIONS:
        unit, j = NATIONS[t.words[j]], j + 1
    return _read_subunits(t, Amount("money", number, unit, start, j))


def _read_national(t: Tokens, number: float, start: int, k: int) -> Amount | None:
    """'25 US dollars', 'forty Canadian', '100 chinese yuan'."""
    word, after = t.words[k], t.words[k + 1]
    if after in CURRENCY_WORDS:
        return Amount("money", number, NATIONS[word], start, k + 2)
    return Amount("money", number, NATIONS[word], start, k + 1) if word == "canadian" else None


def weighs_pounds(t: Tokens, start: int, k: int) -> bool:
    """True where 'pounds' are a weight: '25 pounds of meat', 'a bag weighing 50 pounds'."""
    if t.words[k] not in ("pound", "pounds"):
        return False
    near = t.words[max(start - 5, 0) : start] + t.words[k + 1 : k + 4]
    return t.words[k + 1] == "of" or any(
        word.startswith(("weigh", "baggage", "luggage", "heavi", "heavy", "suitcase")) for word in near
    )


def _read_subunits(t: Tokens, amount: Amount) -> Amount:
    """'four dollars and fifty cents', 'twelve pounds fifty', '20 dollar 43c'."""
    j = amount.end
    k = j + 1 if t.words[j] == "and" else j
    found = read_number(t, k) if is_digits(t.words[k]) or t.words[k] in SMALL or t.words[k] in TENS else None
    if not found or not 0 < found[0] < 100 or found[0] != int(found[0]):
        return amount
    part, after = found
    word = t.words[after]
    if word in SUBUNITS or (word in ("c", "p") and t.glued(after)):
        return amount._replace(number=round(amount.number + part / 100, 2), end=after + 1)
    bare = k == j and part >= 10 and t.words[j - 1] not in CURRENCY_SIGNS
    if (
        bare
        and word not in TIME_UNITS
        and word not in CURRENCY_WORDS | CURRENCY_CODES.keys()
        and word not in _NO_CENTS
    ):
        return amount._replace(number=round(amount.number + part / 100, 2), end=after)
    return amount


def read_per(t: Tokens, j: int) -> tuple[str, int]:
    """'a month', 'per night', '/yr', 'each', 'a head': what money is counted by, and the index after it."""
    word, k = t.words[j], j + 1
    if word == "for" and t.words[k] in ("each", "every", "the"):
        word, k = "each" if t.words[k] != "the" else "the", k + 1
    if word in ("a", "an", "per", "each", "every", "/", "the"):
        if t.words[k] in ("additional", "extra", "calendar", "single", "adult", "full"):
            k += 1
        unit = PER_UNITS.get(t.words[k], "")
        if word == "the":
            return ("year", k + 1) if unit == "year" else ("", j)
        if unit and not (word == "an" and unit != "hour"):
            return unit, k + 1
        return ("each", j + 1) if word == "each" else ("", j)
    return (PER_UNITS[word], k) if word in _PER_ALONE else ("", j)
