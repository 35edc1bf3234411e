"""Numbers that are personal by their own check digits, whoever's they are; handles; and dates of birth."""

from __future__ import annotations

import re
from collections.abc import Iterator

_FIGURE = re.compile(r"[0-9]")
_CARD = re.compile(r"(?<![\w.-])\d(?:[ -]?\d){11,18}(?![\w-])")
_IBAN = re.compile(r"\b[A-Za-z]{2}\d{2}(?: ?[A-Za-z0-9]{4}){2,7}(?: ?[A-Za-z0-9]{1,3})?\b")
_HANDLE = re.compile(r"(?<![\w.@/+-])@[A-Za-z0-9_](?:[\w.]{0,28}\w)?")
_BORN = re.compile(
    r"(?i:\b(?:born(?: on)?|date of birth|birth ?date|birthday|d\.?o\.?b\.?)(?: is| was|:)*) "
    r"(?:the )?(?P<day>\d{1,4}(?:st|nd|rd|th)?[ ./-](?:of )?(?:\d{1,2}|[A-Za-z]{3,9})[ ./,-]{1,2}\d{2,4})\b"
)


def find_numbers(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Each with start, end, kind, and how it is compared: card numbers, IBANs, dates of birth, handles."""
    if _FIGURE.search(text):
        yield from _find_figures(text)
    if "@" in text:
        for found in _HANDLE.finditer(text):
            yield *found.span(), "handle", found[0].removeprefix("@").casefold()


def _find_figures(text: str) -> Iterator[tuple[int, int, str, str]]:
    for found in _CARD.finditer(text):
        digits = re.sub(r"\D", "", found[0])
        if has_luhn(digits):
            yield *found.span(), "card", digits
    for found in _IBAN.finditer(text):
        for end in _list_ends(found):
            signs = text[found.start() : end].replace(" ", "").upper()
            if has_iban_check(signs):
                yield found.start(), end, "iban", signs
                break
    for found in _BORN.finditer(text):
        yield *found.span("day"), "birth", found["day"]


def _list_ends(found: re.Match[str]) -> Iterator[int]:
    """Where an IBAN may end: behind each of the words that look like its groups, the last first."""
    yield found.end()
    for space in reversed([each.start() for each in re.finditer(" ", found[0])]):
        yield found.start() + space


def has_luhn(digits: str) -> bool:
    """The check digit of cards (ISO/IEC 7812-1, annex B); a row of one digit is none."""
    doubled = (int(digit) * 2 for digit in digits[-2::-2])
    total = sum(map(int, digits[::-2])) + sum(number // 10 + number % 10 for number in doubled)
    return total % 10 == 0 and len(set(digits)) > 1


def has_iban_check(signs: str) -> bool:
    """The check digits of an IBAN (ISO 13616-1: modulo 97), which has 15 to 34 letters and digits."""
    if not 15 <= len(signs) <= 34:
        return False
    return int("".join(str(int(sign, 36)) for sign in signs[4:] + signs[:4])) % 97 == 1
