"""Numbers in figures: '1,234.50', '1.234,56', '25,00', '1/2', '½'."""

from __future__ import annotations

import re

SIGNS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅙": 1 / 6, "⅛": 0.125, "⅕": 0.2}
_LONGEST = 15
"""More digits are a code and no number; a float holds fifteen."""
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?$")
_CONTINENTAL = re.compile(r"\d{1,3}(?:\.\d{3})+,\d{1,2}$")
_DECIMAL_COMMA = re.compile(r"\d+,\d+$")


def read_digits(word: str) -> float | None:
    """A number in digits; None for '9:30', a date and anything else that is not one number."""
    if word.isdecimal():
        return float(word) if len(word) <= _LONGEST else None
    if len(word.replace(",", "").split(".")[0]) > _LONGEST or len(word) > 2 * _LONGEST:
        return None
    if _THOUSANDS.match(word):
        return float(word.replace(",", ""))
    if _CONTINENTAL.match(word):
        return float(word.replace(".", "").replace(",", "."))
    if _DECIMAL_COMMA.match(word):
        return float(word.replace(",", "."))
    if "/" in word:
        return read_fraction(word)
    try:
        return float(word)
    except ValueError:
        return None


def read_fraction(word: str) -> float | None:
    """'1/2' but not '15/05': a numerator of one or two over a small denominator, or three quarters."""
    parts = word.split("/")
    if len(parts) != 2 or not (parts[0].isdecimal() and parts[1].isdecimal()):
        return None
    above, below = int(parts[0]), int(parts[1])
    usual = (above == 1 and below in (2, 3, 4, 5, 8, 10)) or (above, below) in ((2, 3), (3, 4))
    return above / below if usual else None


def is_digits(word: str) -> bool:
    """True for a token that starts with a digit, '.5' or a fraction sign."""
    return bool(word) and (word[0].isdecimal() or (word[0] == "." and len(word) > 1) or word in SIGNS)
