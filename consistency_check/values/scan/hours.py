"""Times with their bounds, opening hours and days: 'until five', '8 til 1', '09:00-17:00 mon-fri'."""

from __future__ import annotations

from consistency_check.model import Value
from consistency_check.values.scan.clock import (
    AFTER_HOUR,
    AT,
    DAYS,
    HALF_DAY,
    HALF_STARTS,
    NOT_HOURS,
    Clock,
    read_clock,
)
from consistency_check.values.scan.figures import is_digits
from consistency_check.values.scan.lexer import Tokens
from consistency_check.values.scan.match import Match
from consistency_check.values.scan.numerals import GOES_ON, SMALL
from consistency_check.values.scan.units import TIME_ADJECTIVES
from consistency_check.values.scan.words import word_set

_JOINTS = frozenset({"-", "to", "until", "till", "til", "through", "thru", "and", "up", "~"})
_COUNTED = frozenset({"size", "sizes", "step", "steps", "ages", "aged", "score", "down", "reduced"})
_LIMITS = frozenset({"capped", "limited", "fixed", "priced", "set", "start", "starts", "starting", "valued"})
_MAX = frozenset({"by", "until", "till", "til", "before", "through", "to"})
_MIN = frozenset({"from", "after"})
_OPENING = word_set(
    "open opens opening hours staffed phones lines desk counter close closes closed shut shuts"
    " closing store shop weekdays weekends daily sundays saturdays mondays fridays tuesdays wednesdays"
    " thursdays office breakfast"
)
AFTER_BARE_HOUR = (
    _JOINTS
    | HALF_STARTS
    | GOES_ON
    | {"past", "of", "before", "after", "minutes", "mins", "minute"}
    | {"oclock", "o", "noon", "midday", "midnight"}
)
"""One of these or figures follow where a bare number begins a time, unless a word before it tells."""
_PLURAL_DAYS = frozenset(name for name in DAYS if name.endswith("days"))


def read_times(t: Tokens, i: int, floor: int) -> Match | None:
    """A time or a range of times that begins at token `i`; the preposition before it gives the bound."""
    first = read_clock(t, i)
    if first is None:
        return None
    ranged = _read_until(t, i, first, floor)
    if ranged:
        return ranged
    if not first.sure and not _is_hour(t, i, first):
        return None
    return _finish_point(t, i, first, floor)


def _finish_point(t: Tokens, i: int, clock: Clock, floor: int) -> Match:
    begin, direction = i, ""
    before = t.words[i - 1] if i > floor else ""
    if (before in _MAX and not (before == "to" and t.words[i - 2] != "up")) or before in _MIN:
        begin, direction = i - 1, "max" if before in _MAX else "min"
        if before in ("to", "until", "till", "til") and t.words[i - 2] in ("up", "open"):
            begin = i - 2 if before == "to" and i - 2 >= floor else begin
    elif before == "than" and t.words[i - 2] in ("later", "earlier") and i - 3 >= floor:
        begin, direction = i - 3, "max" if t.words[i - 2] == "later" else "min"
    elif before == "of" and t.words[i - 2] == "as" and i - 2 >= floor:
        begin, direction = i - 2, "min"
    end = clock.end
    if not direction and t.words[end] in ("onwards", "onward"):
        direction, end = "min", end + 1
    elif not direction and t.phrase(end, end + 3) in ("at the latest", "or any earlier"):
        direction, end = "max", end + 3
    minutes = float(clock.minutes)
    per, after = _read_days(t, end, point=not t.whole)
    value = Value(
        "time",
        None if direction == "max" else minutes,
        None if direction == "min" else minutes,
        "" if clock.half else "12h",
        per=per,
    )
    return Match(begin, end, max(after, end), value)


def _is_hour(t: Tokens, i: int, clock: Clock) -> bool:
    """True where a bare hour is a time by its surroundings: 'until five', 'at 6.', 'by seven on Sunday'."""
    if t.whole:
        return False
    before, after = t.words[i - 1], t.words[clock.end]
    if after == "," and (is_digits(t.words[clock.end + 1]) or t.words[clock.end + 1] in SMALL):
        return False
    if before in ("until", "till", "til"):
        return after not in NOT_HOURS and not is_digits(after)
    if before == "to" and t.words[i - 2] == "open":
        return after in AFTER_HOUR
    if before not in AT or (before == "at" and t.words[i - 2] in _LIMITS):
        return False
    if before == "from" and after != "on" and after not in DAYS:
        return False
    return after != "-" and (after in AFTER_HOUR or not (after[0].isalnum() or after in NOT_HOURS))


def _read_until(t: Tokens, i: int, first: Clock, floor: int) -> Match | None:
    """A range that begins with `first`: 'nine to five', '8am - 8pm', 'between 10:10pm and 3'."""
    joint, k = t.words[first.end], first.end + 1
    if joint not in _JOINTS:
        return None
    before = t.words[i - 1] if i > floor else ""
    if joint == "and" and before != "between":
        return None
    k += (joint == "up" and t.words[k] == "to") + (joint == "-" and t.words[k] == "to")
    second = read_clock(t, k)
    if second is None or (t.words[second.end] in NOT_HOURS and not second.half):
        return None
    per, after = _read_days(t, second.end)
    if not _are_hours(t, i, first, second, joint, bool(per)):
        return None
    low, high, known = _settle_halves(first, second)
    begin = i - 1 if before in ("between", "from") else i
    value = Value("time", float(low), float(high), "" if known else "12h", per=per)
    return Match(begin, second.end, max(after, second.end), value)


def _are_hours(t: Tokens, i: int, first: Clock, second: Clock, joint: str, on_days: bool) -> bool:
    """True where two clock readings are a range of times and not of numbers."""
    if t.words[second.end] in NOT_HOURS and not second.sure:
        return False
    if t.words[second.end] in TIME_ADJECTIVES or (t.words[second.end] == "-" and not second.sure):
        return False
    if first.sure or second.sure:
        return True
    if on_days or t.whole:
        return first.minutes != second.minutes or on_days
    if joint in ("til", "till") or (joint == "until" and t.words[second.end] in AFTER_HOUR):
        return True
    if t.words[second.end] not in AFTER_HOUR or t.words[i - 1] in _COUNTED:
        return False
    open_halves = not first.half and not second.half
    falls = open_halves and first.minutes % HALF_DAY > second.minutes % HALF_DAY and joint != "-"
    return falls or not _OPENING.isdisjoint(t.words[max(i - 6, 0) : i])


def _settle_halves(first: Clock, second: Clock) -> tuple[int, int, bool]:
    """Both ends in minutes, each taking its half of the day from the other where it has none."""
    low, high = first.minutes, second.minutes
    if first.half and second.half:
        return low, high, True
    if second.half:
        early, late = low % HALF_DAY, low % HALF_DAY + HALF_DAY
        if second.half == "am":
            return (early if early < high else late), high, True
        return (late if second.half == "pm" and late < high else early), high, True
    if first.half:
        early, late = high % HALF_DAY, high % HALF_DAY + HALF_DAY
        return low, (early if early > low else late if late > low else early), True
    low, high = low % HALF_DAY, high % HALF_DAY
    if low >= high:
        return low, high + HALF_DAY, True
    shift = HALF_DAY if low < 5 * 60 else 0
    return low + shift, high + shift, False


def _read_days(t: Tokens, j: int, *, point: bool = False) -> tuple[str, int]:
    """The days that opening hours hold for ('mon-fri', 'sat', 'daily') and the index after them."""
    k = j + 1 if t.words[j] in (",", "(") else j
    if t.words[k] == "on":
        k += 1
    if t.words[k] in ("a", "the") and t.words[k + 1] in DAYS:
        return DAYS[t.words[k + 1]], k + 2
    word, after = t.words[k], t.words[k + 1]
    if word in DAYS and (not point or word in _PLURAL_DAYS):
        if after in ("-", "to", "through", "thru", "till", "til") and t.words[k + 2] in DAYS:
            return f"{DAYS[word]}-{DAYS[t.words[k + 2]]}", k + 3
        if after in ("and", "&") and t.words[k + 2] in DAYS:
            return f"{DAYS[word]}-{DAYS[t.words[k + 2]]}", k + 3
        return DAYS[word], k + 1
    if word in ("weekdays", "weeknights") or (word == "in" and t.phrase(k + 1, k + 3) == "the week"):
        return "mon-fri", k + 3 if word == "in" else k + 1
    if word == "weekends":
        return "sat-sun", k + 1
    if word == "daily" or t.phrase(k, k + 2) in ("every day", "each day"):
        return "daily", k + 1 if word == "daily" else k + 2
    return "", j
