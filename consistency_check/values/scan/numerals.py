"""Numbers in words and figures: 'two and a half', 'thirty (30)', '5 hundred', '1 234 567', '2 1/4'."""

from __future__ import annotations

import re

from consistency_check.values.scan.figures import SIGNS, is_digits, read_digits, read_fraction
from consistency_check.values.scan.lexer import Tokens
from consistency_check.values.scan.words import split_words

SMALL = {
    word: number
    for number, word in enumerate(
        split_words(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
            " sixteen seventeen eighteen nineteen"
        )
    )
} | {"nought": 0, "naught": 0, "nil": 0}
TENS = {
    word: number * 10
    for number, word in enumerate(split_words("twenty thirty forty fifty sixty seventy eighty ninety"), 2)
} | {"fourty": 40}
SCALES = {
    "thousand": 1e3, "thousands": 1e3, "million": 1e6, "millions": 1e6, "mil": 1e6, "mln": 1e6,
    "billion": 1e9, "billions": 1e9, "bn": 1e9, "lakh": 1e5, "lakhs": 1e5, "k": 1e3,
}  # fmt: skip
FRACTIONS = {
    "half": 0.5, "halves": 0.5, "quarter": 0.25, "quarters": 0.25, "third": 1 / 3, "thirds": 1 / 3,
    "fifth": 0.2, "fifths": 0.2, "tenth": 0.1, "tenths": 0.1, "eighth": 0.125, "eighths": 0.125,
}  # fmt: skip
GROUPS = {"dozen": 12, "dozens": 12, "couple": 2}
NUMBER_WORDS = frozenset({*SMALL, *TENS, *FRACTIONS, *GROUPS, "hundred", "thousand", "million"})
CARDINALS = {word: float(number) for word, number in (SMALL | TENS).items()}
_TAILS = frozenset({*SCALES, *FRACTIONS, *SIGNS, "hundred", "dozen", "dozens", "point", "and", "-"})
GOES_ON = _TAILS | {*SMALL, *TENS, "(", "&"}
"""Words that a number may take in after its first word; it may take in figures too."""
_STARTS = frozenset({*NUMBER_WORDS, *SCALES, "a", "an", "minus", "negative", "-", "point"})
_GROUP = re.compile(r"\d{3}(?:,\d\d)?")
_FRACTION = re.compile(r"[1-3]/[2-8]")

Numeral = tuple[float, int]
"""The number and the index of the token after it."""


def read_number(t: Tokens, i: int) -> Numeral | None:
    """A number that starts at token `i`, with its sign, fraction, scale and repetition in brackets."""
    word, after = t.words[i], t.words[i + 1]
    if after not in GOES_ON and not after[:1].isdecimal():
        if word in CARDINALS:
            return CARDINALS[word], i + 1
        if word.isdecimal():
            return None if (number := read_digits(word)) is None else (number, i + 1)
    if word not in _STARTS and not is_digits(word):
        return None
    sign, start = _read_sign(t, i)
    found = _read_plain(t, start)
    if found is None:
        return None
    number, j = _read_tail(t, *found)
    return sign * number, _skip_repetition(t, number, j)


def _read_sign(t: Tokens, i: int) -> tuple[float, int]:
    word = t.words[i]
    if word in ("minus", "negative"):
        return -1.0, i + 1
    if word == "-" and not t.glued(i) and t.glued(i + 1) and is_digits(t.words[i + 1]):
        return -1.0, i + 1
    return 1.0, i


def _read_plain(t: Tokens, i: int) -> Numeral | None:
    word = t.words[i]
    if is_digits(word):
        return _read_figures(t, i)
    if word in ("a", "an"):
        after = t.words[i + 1]
        if after in ("hundred", "thousand", "million", "billion"):
            return _read_words(t, i + 1)
        if after in FRACTIONS and t.words[i + 2] not in ("past", "to"):
            return FRACTIONS[after], i + 2
        return _read_group(t, i + 1, 1.0)
    if word in FRACTIONS or word in GROUPS:
        return _read_leading_fraction(t, i) or _read_group(t, i, 1.0)
    if word == "point":
        return _read_decimals(t, 0.0, i)
    return _read_words(t, i)


def _read_figures(t: Tokens, i: int) -> Numeral | None:
    word = t.words[i]
    if word in SIGNS:
        return SIGNS[word], i + 1
    number = read_digits(word)
    if number is None:
        return None
    j = i + 1
    if t.words[j][:1].isdecimal() and word.isdecimal() and len(word) <= 3 and word[0] != "0":
        number, j = _read_spaced_groups(t, i)
    return number, j


def _read_spaced_groups(t: Tokens, i: int) -> Numeral:
    """'1 234 567' and '1 234,56': groups of exactly three digits, one space apart."""
    digits, j = t.words[i], i + 1
    while _GROUP.fullmatch(t.words[j]) and t.starts[j] == t.end(j - 1) + 1 and "." not in digits:
        digits += t.words[j].replace(",", ".")
        j += 1
    if is_digits(t.words[j]) and j > i + 1:
        return float(t.words[i]), i + 1
    return float(digits), j


def _read_leading_fraction(t: Tokens, i: int) -> Numeral | None:
    """'half a million', 'quarter million', 'half a dozen', 'half a day', 'half'."""
    if t.words[i] not in ("half", "quarter", "third"):
        return None
    part, j = FRACTIONS[t.words[i]], i + 1
    skip = j + 1 if t.words[j] in ("a", "an", "of") else j
    if t.words[skip] in SCALES:
        return part * SCALES[t.words[skip]], skip + 1
    if t.words[skip] == "dozen":
        return part * 12, skip + 1
    return part, j


def _read_group(t: Tokens, i: int, number: float) -> Numeral | None:
    """'couple of', 'dozen'; the index after 'of'."""
    word = t.words[i]
    if word not in GROUPS:
        return None
    after_of = word == "couple" and t.words[i + 1] == "of"
    return number * GROUPS[word], i + 2 if after_of else i + 1


def _read_words(t: Tokens, i: int) -> Numeral | None:
    """Cardinal words from `i`: hundreds, tens and units, scales falling from left to right."""
    total, current, last, j = 0.0, -1.0, "", i
    while True:
        word = t.words[j]
        joined = j
        if j > i and word in ("and", "&", "-"):
            joined = _after_joint(t, j, last)
            word = t.words[joined] if joined > j else ""
        step = _extend(word, current, last)
        if step is None:
            break
        if step[1] == "scale":
            total, current = total + step[0], 0.0
        else:
            current = step[0]
        last, j = step[1], joined + 1
    if j == i:
        return None
    return total + max(current, 0.0), j


def _extend(word: str, current: float, last: str) -> tuple[float, str] | None:
    """The group's value and kind with one more word, or None where the word does not continue it."""
    fresh = last in ("", "scale")
    if word in SMALL:
        number = SMALL[word]
        if fresh or last == "hundred":
            return max(current, 0.0) + number, "small"
        return (current + number, "small") if last == "tens" and 0 < number < 10 else None
    if word in TENS:
        return (max(current, 0.0) + TENS[word], "tens") if fresh or last == "hundred" else None
    if word == "hundred":
        if last in ("", "small", "tens") and current < 100:
            return (current if current > 0 else 1.0) * 100, "hundred"
        return None
    if word in SCALES and word != "k" and last != "scale":
        return (current if current >= 0 else 1.0) * SCALES[word], "scale"
    return None


def _after_joint(t: Tokens, j: int, last: str) -> int:
    """The index after 'and' or a hyphen that joins number words, else `j`."""
    word = t.words[j + 1]
    if t.words[j] == "-":
        joined = last == "tens" and t.glued(j) and t.glued(j + 1) and 0 < SMALL.get(word, 0) < 10
        return j + 1 if joined or (last in ("small", "tens") and word == "hundred") else j
    return j + 1 if last in ("hundred", "scale") and (word in SMALL or word in TENS) else j


def _read_tail(t: Tokens, number: float, j: int) -> Numeral:
    """Decimals in words, a scale after figures, dozens, 'and a half', '2 1/4'."""
    word = t.words[j]
    if word not in _TAILS and "/" not in word:
        return number, j
    if word == "point":
        return _read_decimals(t, number, j) or (number, j)
    if (
        word in SCALES
        and is_digits(t.words[j - 1])
        and (word != "k" or (not is_digits(t.words[j + 1]) and t.words[j + 1] != "'"))
    ):
        number, j = _read_mixed_scale(t, number * SCALES[word], j + 1)
    elif word == "hundred" and is_digits(t.words[j - 1]):
        number, j = _read_mixed_scale(t, number * 100, j + 1)
    elif word in ("dozen", "dozens"):
        number, j = number * 12, j + 1
    elif word in ("million", "billion", "thousand") and number < 1:
        number, j = number * SCALES[word], j + 1
    return _read_fraction_tail(t, number, j)


def _read_mixed_scale(t: Tokens, number: float, j: int) -> Numeral:
    """'4 thousand 3 hundred and 21': what follows a scale, in figures or words."""
    k = j + 1 if t.words[j] == "and" else j
    word = t.words[k]
    if k > j and (found := _read_words(t, k)) and found[0] < 100:
        return number + found[0], found[1]
    if not (word.isdecimal() and len(word) <= 3) or t.glued(k):
        return number, j
    rest, after = float(word), k + 1
    if t.words[after] == "hundred":
        rest, after = rest * 100, after + 1
        last = after + 1 if t.words[after] == "and" else after
        if t.words[last].isdecimal() and len(t.words[last]) < 3:
            rest, after = rest + float(t.words[last]), last + 1
    return (number + rest, after) if rest < number and number % 100 == 0 else (number, j)


def _read_fraction_tail(t: Tokens, number: float, j: int) -> Numeral:
    word = t.words[j]
    if word in SIGNS or _FRACTION.fullmatch(word):
        part = SIGNS.get(word) or read_fraction(word)
        if part and number == int(number):
            return number + part, j + 1
    if word in ("half", "quarters", "thirds", "tenths") and number in (1, 2, 3):
        number, j = number * FRACTIONS[word], j + 1
    if word in ("quarter", "third", "fifth", "tenth") and number == 1:
        return FRACTIONS[word], j + 1
    if word == "-" and t.glued(j) and number == 1 and t.words[j + 1] in FRACTIONS:
        return FRACTIONS[t.words[j + 1]], j + 2
    if word == "and":
        part, after = read_fraction_phrase(t, j + 1)
        if part:
            number, j = number + part, after
    if t.words[j] in ("thousand", "million", "billion") and number != int(number):
        return number * SCALES[t.words[j]], j + 1
    return number, j


def read_fraction_phrase(t: Tokens, j: int) -> Numeral:
    """'a half', 'half', 'a quarter', 'three quarters' after 'and'; (0, j) for anything else."""
    k = j + 1 if t.words[j] in ("a", "an", "one") else j
    after = t.words[k + 1]
    if (
        t.words[k] in ("half", "quarter")
        and (k > j or after != "of")
        and after not in ("past", "to", "a", "an", "price")
    ):
        return FRACTIONS[t.words[k]], k + 1
    if t.words[j] in ("two", "three") and t.words[j + 1] in ("quarters", "thirds"):
        return SMALL[t.words[j]] * FRACTIONS[t.words[j + 1]], j + 2
    return 0.0, j


def _read_decimals(t: Tokens, number: float, j: int) -> Numeral | None:
    """'point five', 'point nought four', 'point seventy-one', '1 point 1'."""
    digits, k = "", j + 1
    while t.words[k] in SMALL and SMALL[t.words[k]] < 10:
        digits += str(SMALL[t.words[k]])
        k += 1
    if not digits and t.words[k].isdecimal():
        digits, k = t.words[k], k + 1
    if not digits and t.words[k] in TENS and (found := _read_words(t, k)):
        digits, k = str(int(found[0])), found[1]
    return (number + float("0." + digits), k) if digits else None


def _skip_repetition(t: Tokens, number: float, j: int) -> int:
    """The index after '(30)' or '(thirty)' where it repeats the number."""
    if t.words[j] != "(":
        return j
    again = _read_plain(t, j + 1)
    return again[1] + 1 if again and again[0] == number and t.words[again[1]] == ")" else j
