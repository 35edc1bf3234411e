"""Phone numbers, e-mail and web addresses in a canonical form."""

from __future__ import annotations

from consistency_check.model import Value
from consistency_check.values.compare import agrees_words, relate_words
from consistency_check.values.kinds import ValueReadError, ValueType
from consistency_check.values.scan.contacts import canonical_address, canonical_phone
from consistency_check.values.scan.whole import read_contact_whole

NATIONAL_DIGITS = 9
"""Numbers that share their last nine digits are one: with and without a country's code or the leading 0."""


def parse_contact(text: str) -> Value:
    """Read a phone number, an e-mail or a web address."""
    stripped = text.strip()
    word = read_contact_whole(stripped)
    if word:
        return Value("contact", word=word)
    digits = canonical_phone(stripped.lower())
    if stripped and not stripped.strip("+0123456789 ().-/") and len(digits.lstrip("+")) >= 3:
        return Value("contact", word=digits)
    if "." in stripped and " " not in stripped and stripped.strip("./:"):
        return Value("contact", word=canonical_address(stripped))
    raise ValueReadError(
        f"'{text}' is no phone number, e-mail or web address; write for example '+44 20 7946 0142'"
        " or 'help@shop.example'"
    )


def show_contact(value: Value) -> str:
    """The canonical form."""
    return value.word


def _same(a: Value, b: Value) -> bool:
    first, second = a.word.lstrip("+"), b.word.lstrip("+")
    if not (first.isdecimal() and second.isdecimal()):
        return a.word == b.word
    first, second = first.lstrip("0"), second.lstrip("0")
    if min(len(first), len(second)) >= NATIONAL_DIGITS:
        return first[-NATIONAL_DIGITS:] == second[-NATIONAL_DIGITS:]
    return first == second


VALUE_TYPE = ValueType("contact", parse_contact, show_contact, relate_words(_same), agrees_words(_same))
