"""Physical measures: '20 kg', '7 feet 10 inches', 'a metre forty', '188 miles an hour'."""

from __future__ import annotations

from consistency_check.values.scan.figures import is_digits
from consistency_check.values.scan.lexer import Tokens
from consistency_check.values.scan.match import Amount
from consistency_check.values.scan.numerals import TENS, read_fraction_phrase, read_number
from consistency_check.values.scan.prices import weighs_pounds
from consistency_check.values.scan.units import MEASURE_SIZES, MEASURES

_CLAUSE_ENDS = frozenset({"", ".", ",", "!", "?", ";", ")"})


def read_measure(t: Tokens, number: float, start: int, k: int) -> Amount | None:
    """The measure that `number`, said from token `start`, makes with the unit at token `k`."""
    found = read_measure_unit(t, k, number)
    if not found:
        return None
    unit, j = found
    amount = Amount("number", number, unit, start, j)
    if t.words[j] == "and" and (half := read_fraction_phrase(t, j + 1))[0]:
        return amount._replace(number=number + half[0], end=half[1])
    if unit == "m" and t.words[j] in TENS and (cm := read_number(t, j)) and t.words[cm[1]] not in MEASURES:
        return amount._replace(number=number + cm[0] / 100, end=cm[1])
    return _extend_measure(t, amount)


def read_measure_unit(t: Tokens, k: int, number: float) -> tuple[str, int] | None:
    """The measure named at token `k` and the index after it."""
    word, after = t.words[k], t.words[k + 1]
    if word in ("square", "sq") and (unit := MEASURES.get(after)) in ("m", "km", "ft"):
        return f"sq {unit}", k + 2
    if word == "metric" and after in ("ton", "tons", "tonnes"):
        return "t", k + 2
    if word in ("pound", "pounds") and weighs_pounds(t, k - 1, k):
        return "lb", k + 1
    if word == '"' and t.glued(k) and is_digits(t.words[k - 1]):
        return "inch", k + 1
    if word == "in" and is_digits(t.words[k - 1]):
        return ("inch", k + 1) if t.glued(k) or after in _CLAUSE_ENDS else None
    if word == "°" and after in ("c", "celsius", "f", "fahrenheit"):
        return "°" + after[0].upper(), k + 2
    if (word == "k" and t.phrase(k + 1, k + 3) == "' s") or word in ("ks", "kays"):
        return "km", k + (3 if word == "k" else 1)
    unit = MEASURES.get(word)
    if not unit or (len(word) == 1 and not is_digits(t.words[k - 1])):
        return None
    j = k + 1
    if unit in ("mile", "km") and (speed := _read_speed(t, j)):
        return ("mph" if unit == "mile" else "km/h"), speed
    return unit, j


def _read_speed(t: Tokens, j: int) -> int:
    """The index after 'an hour', 'per hour', '/h'; 0 where there is none."""
    return j + 2 if t.words[j] in ("an", "per", "/") and t.words[j + 1] in ("hour", "hr", "h") else 0


def _extend_measure(t: Tokens, amount: Amount) -> Amount:
    """Adds smaller units of the same dimension: '7 feet 10 inches', '2 yards, 7 feet'."""
    while True:
        j = amount.end
        k = j + 1 if t.words[j] in ("and", ",") else j
        if not is_digits(t.words[k]) or not (found := read_number(t, k)):
            return amount
        number, after = found
        unit = read_measure_unit(t, after, number)
        if not unit and t.words[after] == "in" and amount.unit == "ft":
            unit = "inch", after + 1
        if not unit:
            return amount
        dimension, size = MEASURE_SIZES[amount.unit]
        other, smaller = MEASURE_SIZES[unit[0]]
        if dimension != other or dimension != "length" or smaller >= size:
            return amount
        total = round(amount.number * size / smaller + number, 9)
        amount = amount._replace(number=total, unit=unit[0], end=unit[1])
