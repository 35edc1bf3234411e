"""One value said in two places: 'usually five days, seven tops', 'opens at nine and shuts at five'."""

from __future__ import annotations

from dataclasses import replace

from consistency_check.values.scan.clock import HALF_DAY
from consistency_check.values.scan.lexer import Tokens
from consistency_check.values.scan.match import Match
from consistency_check.values.scan.words import word_set

_OPENS = word_set("open opens opened opening start starts from begin begins kicked")
_SHUTS = word_set("until till til shut shuts close closes closing finish finishes finished")
_STOPS = frozenset({".", "!", "?", ";"})


def join_matches(t: Tokens, matches: list[Match]) -> list[Match]:
    """The matches of a text, with those that are two halves of one value joined."""
    joined: list[Match] = []
    for match in matches:
        last, kind = joined[-1] if joined else None, match.value.type
        if last and kind == "number" and _is_top(t, last, match):
            value = replace(last.value, high=match.value.high)
            joined[-1] = Match(last.start, match.end, match.after, value)
        elif last and kind == "time" and _is_closing(t, last, match):
            joined[-1] = _join_hours(last, match)
        else:
            joined.append(match)
    return joined


def _is_top(t: Tokens, last: Match, match: Match) -> bool:
    """A bare upper bound close after an amount, in one sentence with it."""
    low, high = last.value, match.value
    bare = not high.unit and high.low is None and high.high is not None
    if not bare or low.type not in ("duration", "money", "percent") or low.low is None or low.low != low.high:
        return False
    between = t.words[last.end : match.start]
    near = (
        len(between) <= 7 and "," in between and t.words[match.start] != "up" and _STOPS.isdisjoint(between)
    )
    return near and high.high is not None and low.low < high.high <= low.low * 4


def _is_closing(t: Tokens, last: Match, match: Match) -> bool:
    """A closing time close after an opening time, in one sentence with it."""
    low, high = last.value, match.value
    if low.type != "time" or low.low is None or high.high is None:
        return False
    if low.high not in (None, low.low) or high.low not in (None, high.high):
        return False
    between = t.words[last.end : match.end]
    near = len(between) <= 16 and _STOPS.isdisjoint(between) and not _SHUTS.isdisjoint(between)
    return near and not _OPENS.isdisjoint(t.words[max(last.start - 4, 0) : last.end + 3])


def _join_hours(last: Match, match: Match) -> Match:
    low, high = last.value.low or 0.0, match.value.high or 0.0
    if last.value.unit:
        low = low % HALF_DAY
    if match.value.unit:
        high = high % HALF_DAY + HALF_DAY
    value = replace(last.value, low=low, high=high, unit="", per=last.value.per or match.value.per)
    return Match(last.start, match.end, match.after, value)
