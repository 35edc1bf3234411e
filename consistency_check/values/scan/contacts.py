"""E-mail and web addresses and phone numbers, written or spelled aloud."""

from __future__ import annotations

import re

from consistency_check.values.scan.lexer import Tokens
from consistency_check.values.scan.numerals import SMALL
from consistency_check.values.scan.words import split_words, word_set

_ADDRESS = re.compile(
    r"(?<![\w.@+-])[\w.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,6}(?<![.-])"
    r"|(?<![\w.@/-])(?:https?://|www\.)[^\s<>()\"']{3,300}(?<![.,;:!?])"
    r"|(?<![\w.@/-])[a-z0-9][a-z0-9-]{1,62}(?:\.[a-z0-9-]{1,63}){0,4}"
    r"\.(?:com|org|net|co\.uk|ac\.uk|gov\.uk|gov|edu|io|eu|ie|ca|de|fr|com\.au|co\.nz|example|info|shop)"
    r"(?:/[^\s<>()\"']{1,300}(?<![.,;:!?]))?(?![\w@-]|\.[a-z])"
)
_PHONE = re.compile(
    r"(?<![\w.,$£€/+-])(?:\+\d{1,3}|\(\d{2,5}\)|\d)(?:[ .()-]{0,2}\d){6,14}(?![\w%]|[.,/:]\d)"
    r"|(?<![\w.-])1-[89]\d\d-(?:[a-z]{2,8}-[a-z]{2,8}|[a-z]{6,10})(?!\w)"
)
_DOTTED = re.compile(r"\.[a-z]{2}")
_CALLS = word_set("call calling phone tel telephone text ring dial number line desk team on")
_DATE_LIKE = re.compile(r"\d{4}-\d\d?-\d\d?|\d\d?-\d\d?-\d{2,4}")
_KEYS = {
    letter: digit
    for digit, letters in enumerate(split_words("abc def ghi jkl mno pqrs tuv wxyz"), 2)
    for letter in letters
}
_OH = frozenset({"oh", "o", "zero", "nought", "naught"})
_TIMES = {"double": 2, "triple": 3, "treble": 3}
_LONGEST = 16
"""Fifteen digits (ITU-T E.164) and a plus sign."""
_SEPARATORS = frozenset({",", "-", "then", "and", "."})
SPELLED = _SEPARATORS | _OH | _TIMES.keys() | SMALL.keys() | {"hundred"}
"""What may follow the first digit of a number spelled aloud."""


def find_addresses(low: str) -> list[tuple[int, int, str]]:
    """Each e-mail and web address in the normalised text: where it stands and its canonical form."""
    if "://" not in low and not _DOTTED.search(low):
        return []
    return [(*found.span(), canonical_address(found[0])) for found in _ADDRESS.finditer(low)]


def read_phone(t: Tokens, i: int) -> tuple[str, int] | None:
    """A phone number in figures from token `i`, and the index after it."""
    found = _PHONE.match(t.low, t.starts[i])
    if not found or not is_phone(found[0], t.words[i - 1] in _CALLS or t.words[i - 2] in _CALLS):
        return None
    j = i
    while j < t.size and t.starts[j] < found.end():
        j += 1
    return canonical_phone(found[0]), j


def canonical_address(written: str) -> str:
    """An address in lower case without scheme, 'www.' and the last slash."""
    return re.sub(r"^(?:mailto:)?(?:https?://)?(?:www\.)?", "", written.lower()).rstrip("/.")


def canonical_phone(written: str) -> str:
    """The digits of a number with its plus sign: letters as on a phone's keys, '+44 (0)' as +44."""
    if written.startswith("+"):
        written = written.replace("(0)", "")
    digits = "".join(str(_KEYS.get(char, char)) for char in written if char.isdecimal() or char in _KEYS)
    if written.startswith("+"):
        return "+" + digits
    return "+" + digits[2:] if digits.startswith("00") and len(digits) > 10 else digits


def is_phone(written: str, called: bool) -> bool:
    """Tells a phone number from a date or an order number; `called` where a word says to call it."""
    digits = [char for char in written if char.isdecimal()]
    if any(char.isalpha() for char in written):
        return True
    if not 7 <= len(digits) <= 15 or _DATE_LIKE.fullmatch(written):
        return False
    if written[0] in "+(":
        return len(digits) >= 8
    if written[0] == "0":
        return len(digits) >= 9 or called
    if written.isdecimal():
        return False
    if len(digits) == 7:
        return bool(re.fullmatch(r"\d{3}-\d{4}", written)) and (called or written.startswith("555"))
    dashed = bool(re.fullmatch(r"(?:1[-. ])?\(?\d{3}\)?[-. ]+\d{3}[-. ]\d{4}", written))
    return dashed or written.startswith(("1300 ", "1800 ", "13 "))


def read_spoken_phone(t: Tokens, i: int) -> tuple[str, int] | None:
    """A number spelled aloud from token `i`: 'oh eight hundred, double two', and the index after it."""
    digits, j, spelled, end = "", i, 0, i
    while j < t.size and len(digits) <= _LONGEST:
        word = t.words[j]
        if word in _TIMES and (one := _digit(t.words[j + 1 + (t.words[j + 1] == "-")])):
            j += 1 + (t.words[j + 1] == "-")
            digits, spelled = digits + one * _TIMES[word], spelled + 1
        elif one := _digit(word):
            digits, spelled = digits + one, spelled + 1
        elif word == "hundred" and digits[-1:] not in ("", "0"):
            digits += "00"
        elif word == "plus" and not digits:
            digits = "+"
        elif word in _SEPARATORS and digits and j + 1 < t.size:
            j += 1
            continue
        else:
            break
        j = end = j + 1
    count = len(digits.lstrip("+"))
    return (canonical_phone(digits), end) if 7 <= count <= 15 and spelled >= 6 else None


def _digit(word: str) -> str:
    if word in _OH:
        return "0"
    number = SMALL.get(word, 99)
    return str(number) if number < 10 else ""


def read_spoken_address(t: Tokens, i: int, floor: int) -> tuple[int, int, str] | None:
    """An address around the spoken 'dot' at token `i`: 'help at shop dot example'."""
    host, begin = [t.words[i - 1 - (t.words[i - 1] == ",")]], i - 1 - (t.words[i - 1] == ",")
    end, j = i, i
    while t.words[j] == "dot":
        k = j + 1 + (t.words[j + 1] == ",")
        if not t.words[k].isalpha():
            break
        host.append(t.words[k])
        end = j = k + 1
        j += t.words[j] == "," and t.words[j + 1] == "dot"
    if len(host) < 2 or not host[0].isalnum():
        return None
    if begin < floor:
        return None
    at = begin - 1 - (t.words[begin - 1] == ",")
    if t.words[at] != "at" or at <= floor:
        return begin, end, ".".join(host)
    name, begin = _read_mailbox(t, at - 1)
    return (begin, end, f"{name}@{'.'.join(host)}") if name and begin >= floor else None


def _read_mailbox(t: Tokens, i: int) -> tuple[str, int]:
    """The name before the spoken 'at', without its spelling in letters, and where it begins."""
    i -= t.words[i] == ","
    letters = []
    while len(t.words[i]) == 1 and t.words[i].isalpha() and t.words[i - 1] != "'":
        letters.append(t.words[i])
        i -= 2 if t.words[i - 1] == "-" else 1
    if len(letters) > 2:
        while t.words[i] in ("that's", "that", "'", "s", ",", "is", "spelt", "spelled"):
            i -= 1
        return "".join(reversed(letters)), i
    name, begin = t.words[i], i
    while t.words[begin - 1] in ("dot", "and") and t.words[begin - 2].isalpha():
        joint = "." if t.words[begin - 1] == "dot" else "and"
        name, begin = f"{t.words[begin - 2]}{joint}{name}", begin - 2
    return (name, begin) if name.isalnum() or "." in name else ("", i)
