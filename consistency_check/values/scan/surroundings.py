"""What the words around a number tell of it, so that no rule is tried that cannot hold."""

from __future__ import annotations

from consistency_check.values.scan.clock import AT, NOT_HOURS
from consistency_check.values.scan.dates import AFTER_DAY
from consistency_check.values.scan.days import MONTHS, ORDINALS, WEEKDAYS
from consistency_check.values.scan.hours import AFTER_BARE_HOUR
from consistency_check.values.scan.lexer import Tokens
from consistency_check.values.scan.numerals import CARDINALS, NUMBER_WORDS
from consistency_check.values.scan.units import (
    BUSINESS,
    CURRENCY_CODES,
    CURRENCY_WORDS,
    MEASURES,
    NAMED_SPANS,
    NOTES,
    TIME_ADJECTIVES,
    TIME_UNITS,
)

AFTER_ARTICLE = frozenset(
    {
        *TIME_UNITS,
        *NAMED_SPANS,
        *NOTES,
        *NUMBER_WORDS,
        *CURRENCY_WORDS,
        *TIME_ADJECTIVES,
        *BUSINESS,
        *ORDINALS,
    }
    | {name for name in MEASURES if len(name) > 1}
    | {"last"}
)
PLAIN_UNITS = (
    frozenset({*TIME_UNITS, *BUSINESS, *CURRENCY_WORDS, *CURRENCY_CODES, "%", "percent"}) | AFTER_ARTICLE
) - {"minutes", "minute", "mins", "and", "day", "last", *NUMBER_WORDS, *ORDINALS}
"""Units that settle what the number before them is, with no need to try a date or a time."""
_RANGE_UNITS = PLAIN_UNITS & NOT_HOURS
"""Units that settle also what both numbers of a range before them are."""
_LAST_DAY = 31
_DAY_AFTER_DASH = frozenset(
    {*WEEKDAYS, *MONTHS, *ORDINALS, *CARDINALS, "today", "tomorrow", "tmrw", "tmr", "tomoz", "end", "last"}
    | {"the", "of", "in", ".", "-", "/"}
)
_HOUR_AFTER_DASH = frozenset({*CARDINALS, "noon", "midday", "midnight", "mid", "half", "quarter", "a", "to"})
"""One of these or figures follow where a bare number and a dash begin a date or a time."""


def may_begin(t: Tokens, i: int) -> tuple[bool, bool]:
    """Whether a date and a time may begin at a number: the words around a bare one tell, without trying."""
    number, before, after = _bare_number(t.words[i]), t.words[i - 1], t.words[i + 1]
    if number is None:
        return True, True
    if number > _LAST_DAY:
        return False, False
    led = before in AT or before == "to"
    if after in ("-", "to") and t.words[i + 3] in _RANGE_UNITS and _bare_number(t.words[i + 2]) is not None:
        return False, led
    if after == "-":
        after = t.words[i + 2]
        figures = after[:1].isdecimal()
        return figures or after in _DAY_AFTER_DASH, figures or led or after in _HOUR_AFTER_DASH
    return after in AFTER_DAY, led or after in AFTER_BARE_HOUR or after[:1].isdecimal()


def _bare_number(word: str) -> float | None:
    """The number that one word or figures say; None for four figures, which may be a year or a time."""
    if word.isdecimal():
        return float(word) if len(word) != 4 else None
    return CARDINALS.get(word)
