"""How far two written names, or two sets of them, agree."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from consistency_check.identify.keys import CACHE_SIZE
from consistency_check.identify.names import Likeness, PersonName, compare_names, is_same_given, parse_name
from consistency_check.identify.weights import (
    DIFFERENT,
    FULL,
    INITIAL,
    OTHER_SURNAME,
    PART,
    VARIANT,
)

# A customer is written in few ways; what has more names is a shared desk, and these are enough to see it.
MOST_NAMES = 12


@lru_cache(maxsize=2 * CACHE_SIZE)
def rate_names(first: str, second: str) -> str:
    """The level at which two names agree, "" where they neither agree nor differ; symmetric.

    `FULL` is the same given name and surname, `VARIANT` with a nickname, a typing error or another
    spelling, `INITIAL` an initial and the surname, `PART` a given name or a surname alone; `OTHER_SURNAME`
    and `DIFFERENT` speak against one person.
    """
    likeness = compare_names(first, second)
    a, b = parse_name(first), parse_name(second)
    if likeness == Likeness.DIFFERENT:
        return OTHER_SURNAME if _has_same_given(a, b) and a.generation == b.generation else DIFFERENT
    if likeness == Likeness.SAME:
        if not (a.rest and b.rest):
            return PART
        return FULL if (a.given, a.rest) == (b.given, b.rest) else VARIANT
    return _rate_open(a, b)


def _rate_open(a: PersonName, b: PersonName) -> str:
    words_a, words_b = {a.given, *a.rest} - {""}, {b.given, *b.rest} - {""}
    if not words_a or not words_b:
        return ""
    shared = {word for word in words_a & words_b if len(word) > 1}
    if a.given and b.given and a.rest and b.rest:
        is_crossed = words_a & {b.given} or words_b & {a.given}
        return PART if is_crossed else INITIAL
    return PART if shared or _has_same_given(a, b) else ""


def _has_same_given(a: PersonName, b: PersonName) -> bool:
    return len(a.given) > 2 and len(b.given) > 2 and is_same_given(a.given, b.given)


def compare_name_sets(first: Collection[str], second: Collection[str]) -> tuple[str, str]:
    """The level at which two people's names agree and the names that do: the best, unless they differ.

    A person written in several ways is one person, so one pair that is the same outweighs one that differs.
    """
    levels: dict[str, str] = {}
    for mine in sorted(first)[:MOST_NAMES]:
        for theirs in sorted(second)[:MOST_NAMES]:
            if level := rate_names(mine, theirs):
                levels.setdefault(level, " / ".join(sorted({mine, theirs})))
    for level in (FULL, VARIANT, DIFFERENT, OTHER_SURNAME, INITIAL, PART):
        if level in levels:
            return level, levels[level]
    return "", ""
