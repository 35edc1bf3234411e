"""Numbers that are personal by their own check digits, whoever's they are; handles; and dates of birth."""

from __future__ import annotations

import re
from collections.abc import Iterator

_FIGURE = re.compile(r"[0-9]")
_BETWEEN = r"[\s.–-]"
"""What stands between the groups of a number, as people type it and as pages are copied."""
_CARD = re.compile(rf"(?<![\w.-])\d(?:{_BETWEEN}{{0,2}}\d){{11,18}}(?![\w-])")
_TIGHT = re.compile(r"\d(?:[ -]?\d)+")
_GROUPED = re.compile(rf"[2-6]\d{{3,}}(?:{_BETWEEN}+\d{{4,}}){{1,3}}(?:{_BETWEEN}+\d{{1,3}})?")
"""Cards are numbered from 2 on (ISO/IEC 7812-1), in groups of four or more: no rows of small figures."""
_IBAN = re.compile(
    rf"\b[A-Za-z]{{2}}\d{{2}}(?:{_BETWEEN}{{0,2}}[A-Za-z0-9]{{4}}){{2,7}}"
    rf"(?:{_BETWEEN}{{0,2}}[A-Za-z0-9]{{1,3}})?\b"
)
_HANDLE = re.compile(r"(?<![\w.@/+-])@[A-Za-z0-9_](?:[\w.]{0,28}\w)?")
_BORN = re.compile(
    r"(?i:\b(?:born(?: on)?|date of birth|birth ?date|birthday|d\.?o\.?b\.?)(?: is| was|:)*) "
    r"(?:the )?(?P<day>\d{1,4}(?:st|nd|rd|th)?[ ./-](?:of )?(?:\d{1,2}|[A-Za-z]{3,9})[ ./,-]{1,2}\d{2,4}"
    r"|[A-Z][a-z]{2,8}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4})\b"
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
        if has_luhn(digits) and (_TIGHT.fullmatch(found[0]) or _GROUPED.fullmatch(found[0])):
            yield *found.span(), "card", digits
    for found in _IBAN.finditer(text):
        for end in _list_ends(found):
            signs = re.sub(_BETWEEN, "", text[found.start() : end]).upper()
            if has_iban_check(signs):
                yield found.start(), end, "iban", signs
                break
    for found in _BORN.finditer(text):
        yield *found.span("day"), "birth", found["day"]


def _list_ends(found: re.Match[str]) -> Iterator[int]:
    """Where an IBAN may end: behind each of the words that look like its groups, the last first."""
    yield found.end()
    for gap in reversed([each.start() for each in re.finditer(f"{_BETWEEN}+", found[0])]):
        yield found.start() + gap


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
