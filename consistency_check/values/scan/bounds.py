"""Words that make a value a bound ('up to', 'at least', 'or more') or join two into a range ('to', '-')."""

from __future__ import annotations

from consistency_check.values.scan.lexer import Tokens
from consistency_check.values.scan.words import word_set

_UP_TO = """up to|upto|anything up to|up to and including|within|within the next|in under|under|less than
|fewer than|no more than|not more than|no later than|not later than|no longer than|not longer than
|at most|at the most|maximum of|a maximum of|maximum|max|max of|as many as|as much as|as long as
|inside|inside of|below|beneath|not exceed|not exceeding|cannot exceed|lower than|smaller than
|shorter than|less or equal than|less than or equal to|equal to or less than|smaller or equal than
|lower or equal than|any time up to|right up to|at the latest|in no more than|not above
|nothing above|not over|a max of|for up to"""
_AT_LEAST = """at least|minimum of|a minimum of|minimum|min|min of|more than|over|above|older than|longer than
|greater than|larger than|bigger than|higher than|exceed|exceeds|exceeding|exceeded|in excess of
|no less than|not less than|no fewer than|no sooner than|no earlier than|not under|upwards of
|starting at|starting from|starts at|start at|from|equal to or more than|higher or equal than
|bigger or equal than|greater than or equal to|more than or equal to|anything over|anything from
|upward of"""
PREFIXES = {
    " ".join(phrase.split()): direction
    for direction, phrases in (("max", _UP_TO), ("min", _AT_LEAST))
    for phrase in phrases.split("|")
}
_LAST_WORDS = frozenset(phrase.rsplit(" ", 1)[-1] for phrase in PREFIXES)
FILLERS = word_set(
    "about around roughly approximately approx just only a an the some say maybe exactly circa"
)
_LINKS = frozenset({"is", "of", "are", ":", "be"})
BEFORE_VALUE = FILLERS | _LAST_WORDS | _LINKS

_OR_LESS = """or less|or fewer|or under|or below|or younger|or sooner|and under|and below|and younger|& under
|n under|max|maximum|tops|at most|at the most|at the latest|at the outside|at the very outside
|at the very latest|at most only|at maximum|as a maximum|or so max|or equal|and no more|and no later
|or lower|or smaller"""
_OR_MORE = """or more|or over|or above|or older|or longer|or greater|or greater than|or higher|or up
|or upwards|and over|and above|and up|and upwards|and older|and more|plus|minimum|min|at least|at minimum
|as a minimum|upwards|upward|onwards|onward|up|& over|& up|n over|or better|or later"""
SUFFIXES = {
    " ".join(phrase.split()): direction
    for direction, phrases in (("max", _OR_LESS), ("min", _OR_MORE))
    for phrase in phrases.split("|")
}
SUFFIX_STARTS = frozenset(phrase.split(" ", 1)[0] for phrase in SUFFIXES) | {"+"}

CONNECTORS = frozenset({"-", "to", "~", "through", "thru", "up", "max", "or", "and"})
_SECOND_BOUNDS = (
    "less than or equal to", "less or equal than", "lower or equal than", "no later than", "no more than",
    "not more than", "less than", "lower than", "at most", "up to", "max", "maximum", "under", "below",
)  # fmt: skip
_SECOND_STARTS = frozenset(phrase.split(" ", 1)[0] for phrase in _SECOND_BOUNDS)


def find_prefix(t: Tokens, i: int, floor: int) -> tuple[str, int]:
    """The direction that the words before token `i` give ('max', 'min', '') and where they begin."""
    if t.words[i - 1] not in BEFORE_VALUE:
        return "", i
    j = i
    while j > floor and t.words[j - 1] in FILLERS:
        j -= 1
    for stop in (j, i) if j != i else (i,):
        if stop > floor and t.words[stop - 1] in _LAST_WORDS:
            for size in (5, 4, 3, 2, 1):
                begin = stop - size
                if begin >= floor and (direction := PREFIXES.get(t.phrase(begin, stop))):
                    return direction, begin
    return _find_limit(t, j, floor)


def _find_limit(t: Tokens, i: int, floor: int) -> tuple[str, int]:
    """'minimum order is', 'the maximum refund is', 'limited to just'."""
    if i - 1 > floor and t.words[i - 1] in _LINKS:
        for k in range(i - 2, max(i - 5, floor - 1), -1):
            if t.words[k] in ("maximum", "max"):
                return "max", k
            if t.words[k] in ("minimum", "min"):
                return "min", k
    return "", i


def find_suffix(t: Tokens, j: int) -> tuple[str, int]:
    """The direction that the words from token `j` give and the index after them."""
    word = t.words[j]
    if word not in SUFFIX_STARTS:
        return "", j
    if word == "+":
        sums = t.words[j + 1] and not t.glued(j)
        return ("", j) if sums or not t.glued(j) else ("min", j + 1)
    for size in (4, 3, 2, 1):
        if direction := SUFFIXES.get(t.phrase(j, j + size)):
            single = (
                size == 1 and word in ("up", "min", "minimum", "plus", "maximum", "max") and _opens(t, j + 1)
            )
            return ("", j) if single else (direction, j + size)
    return "", j


def _opens(t: Tokens, j: int) -> bool:
    """True where the bound word rather belongs to what follows ('10 max 15', '5 up front', '3 plus VAT')."""
    word = t.words[j]
    return word[:1].isdigit() or word in ("to", "of", "front", "in", "a", "the", "and", "your")


def find_connector(t: Tokens, j: int) -> tuple[str, int]:
    """The word that may join a range at token `j`, and the index after it; ('', j) for none."""
    word = t.words[j]
    if word not in CONNECTORS:
        return "", j
    if word == "and":
        return _read_second_bound(t, j + 1) or ("and", _skip_about(t, j + 1))
    if word == "up":
        return ("to", j + 2) if t.words[j + 1] == "to" else ("", j)
    if word == "-" and t.words[j + 1] == "to":
        return "to", j + 2
    if word == "max":
        return "bound", j + 1
    return word if word in ("or", "-") else "to", _skip_about(t, j + 1)


def _read_second_bound(t: Tokens, j: int) -> tuple[str, int] | None:
    """'no more than' and its like after 'at least 5 and'."""
    if t.words[j] in _SECOND_STARTS:
        for phrase in _SECOND_BOUNDS:
            size = phrase.count(" ") + 1
            if t.phrase(j, j + size) == phrase:
                return "bound", j + size
    return None


def _skip_about(t: Tokens, j: int) -> int:
    return j + 1 if t.words[j] in ("about", "around", "roughly", "maybe", "the") else j
