"""Passages that look like values and are none: order numbers, '24/7', ratings, model names, list numbers."""

from __future__ import annotations

import re

from consistency_check.values.scan.figures import is_digits
from consistency_check.values.scan.lexer import Tokens
from consistency_check.values.scan.numerals import SMALL
from consistency_check.values.scan.units import TIME_UNITS
from consistency_check.values.scan.words import word_set

_LABELS = word_set(
    "order ticket ref reference case invoice booking tracking claim confirmation parcel consignment"
    " item id sku certificate card code pcn flight route gate room flat unit apt suite section step"
    " page chapter clause tier article version zone platform terminal bay row question stage level"
    " phase part option account policy"
)
_NAMES = word_set(
    "size windows iphone galaxy playstation xbox ios android grade type class model no nr number"
)
_AFTER_LABEL = re.compile(
    r"(?: (?:no|number|nr|id))?\.?:? ?#? ?(?:[a-z]{0,3}-?)?\d[\w.-]*(?<![.-])(?! ?[%$£€¢])"
    r"(?! ?(?:-|to) ?\d)(?! ?(?:days?|hours?|hrs?|weeks?|months?|minutes?|mins?|business|working|years?"
    r"|points?|euros?"
    r"|pounds?|kg|kilos?|cm|lbs?|p|am|pm)\b)(?![:/]\d)"
)
_ENDING = re.compile(r"end(?:ing|s|ed) (?:in |with )?\d{2,6}(?!\w|[.:,]\d)")
_PHRASES = frozenset(
    {"no one", "no - one", "one another", "one moment", "one of", "one - way", "one way", "one by",
     "one time", "one - time", "one - off", "one - stop", "one thing", "any one", "every one", "each one"}
)  # fmt: skip
_STREETS = word_set("street road avenue lane drive close square boulevard st rd ave")
_NOUN_STOPS = word_set(
    "i you he she it we they that who which with from for on in at is was to and or of as can could"
    " would will may might must has had have are be but if when where because"
) | frozenset({".", ",", "?", "!", ":", ";", ")", "'s", "'d", "'ll", "", "'"})
_BEFORE_ONE = word_set(
    "this that the no any every each which another good new other wrong right same first last next"
    " old big small red blue green black select choose pick your my our smaller bigger better cheaper"
    " day number"
)
_ORDINAL_UNITS = word_set("first second third fourth fifth sixth seventh eighth ninth")
OPENINGS = _LABELS | {"ending", "ends", "ended", "#", "no", "one"}
"""Words from which `skip_passage` may find something to pass over."""


def skip_passage(t: Tokens, i: int) -> int:
    """The index after a passage from token `i` that holds no value; `i` where there is none."""
    word = t.words[i]
    if word == "#" and t.words[i + 1][:1].isalnum():
        return i + 2
    if word in ("no", "one"):
        for size in (2, 3):
            if t.phrase(i, i + size) in _PHRASES:
                return i + size
        return i
    pattern = _ENDING if word.startswith("end") else _AFTER_LABEL
    found = pattern.match(t.low, t.starts[i] if word.startswith("end") else t.end(i))
    return _index_after(t, i, found.end()) if found else i


def _index_after(t: Tokens, i: int, offset: int) -> int:
    while i < t.size and t.starts[i] < offset:
        i += 1
    return i


def skip_figures(t: Tokens, i: int) -> int:
    """The index after figures from token `i` that are a rating, an address or a list number; else `i`."""
    if t.words[i] == "24/7":
        return i + 1
    if _is_list_number(t, i):
        return i + 2
    after = t.words[i + 1]
    if after == "out" and t.words[i + 2] == "of" and (is_digits(t.words[i + 3]) or t.words[i + 3] in SMALL):
        return i + 5 if t.words[i + 4] == "stars" else i + 4
    if after in ("star", "stars") or (after == "-" and t.words[i + 2] == "star"):
        return i + 2
    if after.isalpha() and (
        t.words[i + 2] in _STREETS or (t.words[i + 3] in _STREETS and t.words[i + 2].isalpha())
    ):
        return i + 3 if after not in TIME_UNITS else i
    return i


def _is_list_number(t: Tokens, i: int) -> bool:
    """True for the '1.' or '2)' at the start of a line that goes on."""
    if t.words[i + 1] not in (")", ".") or not t.words[i].isdecimal() or i + 2 >= t.size or t.glued(i + 2):
        return False
    return len(t.words[i]) < 3 and (i == 0 or "\n" in t.low[t.end(i - 1) : t.starts[i]]) and not t.whole


def is_bare_value(t: Tokens, start: int, end: int) -> bool:
    """True where tokens `start` to before `end` may be a number with a meaning of its own."""
    if t.whole:
        return True
    word, after = t.words[start], t.words[end]
    if end == start + 1 and not _is_plain(t, start):
        return False
    if after == "-" and t.words[end + 1] in _ORDINAL_UNITS:
        return False
    if after == "." and t.glued(end) and t.glued(end + 1) and is_digits(t.words[end + 1]):
        return False
    if t.glued(start) and t.words[start - 1][-1:].isalpha():
        return False
    if (
        t.words[start - 1] == "-"
        and t.glued(start)
        and t.words[start - 2][-1:].isalnum()
        and t.glued(start - 1)
    ):
        return False
    if is_digits(word) and (t.words[start - 1] in _NAMES or _follows_name(t, start)):
        return False
    if word in ("half", "quarter", "third", "fifth", "tenth") and after in (
        "-",
        "way",
        "past",
        "term",
        "day",
        "board",
    ):
        return False
    return word not in ("second", "point")


def _is_plain(t: Tokens, i: int) -> bool:
    """False for a year, a long code and a 'one' that counts nothing."""
    word = t.words[i]
    if word == "one":
        return _is_counted_one(t, i)
    if not word.isdecimal() or t.size == 1:
        return True
    return (
        not (len(word) == 4 and 1900 <= int(word) <= 2099)
        and len(word) <= 6
        and (len(word) == 1 or word[0] != "0")
    )


def _is_counted_one(t: Tokens, i: int) -> bool:
    """'one item', 'only one.' count; 'the one I meant' and 'select one' do not."""
    after = t.words[i + 1]
    if t.size == 1:
        return True
    if t.words[i - 1] in ("only", "just", "exactly", "least", "most", "to", "than"):
        return after not in ("i", "you", "who", "that", "which")
    if t.words[i - 1] == "the" and t.words[i - 2] in ("just", "only"):
        return after not in _NOUN_STOPS
    return t.words[i - 1] not in _BEFORE_ONE and after not in _NOUN_STOPS


def _follows_name(t: Tokens, i: int) -> bool:
    """True after a capitalised name that does not begin its sentence: 'iPhone 15', 'a Galaxy 9'."""
    if i == 0 or t.starts[i] != t.end(i - 1) + 1 or not t.words[i - 1].isalpha():
        return False
    name = t.text[t.starts[i - 1] : t.end(i - 1)]
    if name.islower():
        return False
    if name[1:] != name[1:].lower() and name != name.upper():
        return True
    if name.isupper() and len(name) in (2, 3) and len(t.words[i]) > 2 and not t.text.isupper():
        return True
    begins = i == 1 or t.words[i - 2] in (".", "!", "?", ":", '"', ",", "-")
    ended = t.words[i + 1] in ("", ".", ",", "and", "or", "!", "?")
    return name[0].isupper() and not begins and len(name) > 3 and ended
