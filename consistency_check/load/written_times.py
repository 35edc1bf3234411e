"""Dates and times as spreadsheets and people write them: 31/03/2026 14:05, 3/31/26 2:05 PM, 31 Mar 2026."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

from consistency_check.load.times import check_year

ORDERS = ("dmy", "mdy", "ymd")
_NAMES = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_LONG_NAMES = ("january", "february", "march", "april", "june", "july", "august", "september", "sept")
_LATE_NAMES = ("october", "november", "december")
_MONTHS = {name: _NAMES.index(name[:3]) + 1 for name in (*_NAMES, *_LONG_NAMES, *_LATE_NAMES)}
_CLOCK = (
    r"(?:,?\s+(?:at\s+)?|T)(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r"\s*(?P<half>[ap]\.?\s?m\.?)?\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?"
)
_NUMBERS = re.compile(
    rf"(?P<a>\d{{1,4}})(?P<mark>[-/.])(?P<b>\d{{1,2}})(?P=mark)(?P<c>\d{{1,4}})(?:{_CLOCK})?", re.I
)
_DAY_FIRST = re.compile(
    rf"(?:[a-z]{{3,9}}\.?,?\s+)?(?P<d>\d{{1,2}})[\s-](?P<m>[a-z]{{3,9}})\.?[\s,-]+(?P<y>\d{{4}}|\d{{2}})(?:{_CLOCK})?",
    re.I,
)
_MONTH_FIRST = re.compile(
    rf"(?:[a-z]{{3,9}}\.?,?\s+)?(?P<m>[a-z]{{3,9}})\.?\s(?P<d>\d{{1,2}}),?\s+(?P<y>\d{{4}})(?:{_CLOCK})?",
    re.I,
)
# Spaces that clocks are written with in some languages.
_SPACES = str.maketrans({"\u202f": " ", "\u00a0": " ", "\u200e": None, "\u200f": None})
_LONGEST = 60


def read_written_time(text: str, order: str = "") -> datetime:
    """The moment, naive where it has no offset. Raises ValueError, in words, where `order` would tell.

    `order` is that of the numbers of a date: one of `ORDERS`, or "" where it is not known.
    """
    plain = text.translate(_SPACES).strip()[:_LONGEST]
    if found := _NUMBERS.fullmatch(plain):
        year, month, day = _order_numbers(found, order, text)
    elif found := _DAY_FIRST.fullmatch(plain) or _MONTH_FIRST.fullmatch(plain):
        year, month, day = _widen_year(found["y"]), _MONTHS.get(found["m"].casefold(), 0), int(found["d"])
    else:
        raise ValueError(explain_time(text))
    try:
        moment = _add_clock(datetime(year, month, day), found)
    except ValueError:
        raise ValueError(explain_time(text)) from None
    return check_year(moment, text)


def explain_time(text: str) -> str:
    """The message for what is no time."""
    return f"the time {text[:40]!r} cannot be read; write it as 2026-03-31 or 2026-03-31T14:05:00+01:00"


@lru_cache(maxsize=4096)
def find_order(text: str) -> str | None:
    """The order that a date of numbers shows by itself; "" where it shows none, None for other writing."""
    found = _NUMBERS.fullmatch(text.translate(_SPACES).strip()[:_LONGEST])
    if found is None:
        return None
    if len(found["a"]) == 4:
        return "ymd"
    first, second = int(found["a"]), int(found["b"])
    if first > 12 >= second:
        return "dmy"
    return "mdy" if second > 12 >= first else ""


def infer_order(texts: Iterable[str]) -> str | None:
    """The order that one of the dates shows; "" where all leave it open, None where no date is of numbers."""
    order: str | None = None
    for text in texts:
        shown = find_order(text)
        if shown:
            return shown
        order = shown if order is None else order
    return order


def _order_numbers(found: re.Match[str], order: str, text: str) -> tuple[int, int, int]:
    first, second, third = found["a"], found["b"], found["c"]
    order = "ymd" if len(first) == 4 else (order or find_order(text) or "")
    if not order:
        raise ValueError(
            f"the date {text[:40]!r} may have the day or the month first; say --day-order dmy or mdy"
        )
    by_letter = dict(zip(order, (first, second, third), strict=True))
    return _widen_year(by_letter["y"]), int(by_letter["m"]), int(by_letter["d"])


def _widen_year(year: str) -> int:
    return int(year) + 2000 if len(year) <= 2 else int(year)


def _add_clock(day: datetime, found: re.Match[str]) -> datetime:
    if not found["hour"]:
        return day
    hour = int(found["hour"])
    if half := found["half"]:
        if not 1 <= hour <= 12:
            raise ValueError(found[0])
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    time = day.replace(hour=hour, minute=int(found["minute"]), second=int(found["second"] or 0))
    return time.replace(tzinfo=_read_offset(found["zone"])) if found["zone"] else time


def _read_offset(text: str) -> timezone:
    if text[0] not in "+-":
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))
