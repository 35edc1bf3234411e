"""Words that begin with a capital, for this reason or that: what may be a name, and what is none."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

WORD = re.compile(r"[^\W\d_]+")
_MONTHS = frozenset({"april", "may", "june", "august", "march"})
_VERBS = frozenset({"may", "will"})
_DAY = re.compile(r",? ?\d")
_ASKED = re.compile(
    r" (?:I|we|you|he|she|it|they|this|that|there|these|those|the|an?|my|our|your|his|her|their|any|all|be|"
    r"do|not|have|need|only|also|take|get|send)\b"
)
_ADDRESSED = re.compile(r" (?:Customer|Member|Guest|Holder|Resident|Student|Traveller|Team|Desk|Support)s?\b")


@cache
def read_plain_words() -> frozenset[str]:
    """Words that are nobody's name, though they begin with a capital."""
    return _read_words("plain_words.txt")


@cache
def read_name_words() -> frozenset[str]:
    """Names that are words as well."""
    return _read_words("name_words.txt")


def is_word_here(word: str, text: str, end: int) -> bool:
    """Whether a folded name that is a word as well says, ending at `end`, only what the word says.

    As in "Hello, May I ask", "thanks, June 5 it is" and "Dear Gold Member".
    """
    if word not in read_name_words():
        return False
    if _ADDRESSED.match(text, end):
        return True
    return bool((word in _MONTHS and _DAY.match(text, end)) or (word in _VERBS and _ASKED.match(text, end)))


def _read_words(name: str) -> frozenset[str]:
    lines = files(__package__).joinpath(name).read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
