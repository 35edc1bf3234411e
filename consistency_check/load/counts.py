"""Times as systems count them: seconds, milliseconds or microseconds since 1970."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from consistency_check.load.times import check_year

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_UNITS = {1: "seconds", 1_000: "milliseconds", 1_000_000: "microseconds"}


def parse_count(text: str, per_second: int) -> datetime:
    """The UTC time so many units after 1970, of which `per_second` (1, 1,000 or 1,000,000) make a second.

    Raises ValueError, in words that a Problem can hold, for what is no number or no time of this calendar.
    """
    try:
        moment = _EPOCH + timedelta(seconds=float(text) / per_second)
    except (OverflowError, ValueError):
        unit = _UNITS[per_second]
        raise ValueError(
            f"the time {text[:40]!r} is no count of {unit} since 1970; export the file again"
        ) from None
    return check_year(moment, text)
