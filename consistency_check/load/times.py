"""Times of sending: ISO 8601 in, aware datetimes out, in years that a customer can have lived in."""

from __future__ import annotations

from datetime import datetime, tzinfo
from difflib import get_close_matches
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from consistency_check.load.sources import InputError

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""Systems write a day far off, such as 9999-12-31, for none; nothing can be counted from there on."""


def find_zone(name: str) -> ZoneInfo:
    """The time zone of an IANA name. Raises InputError, with the most similar name, where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        known = {zone.rpartition("/")[2].casefold(): zone for zone in sorted(available_timezones())}
        known |= {zone.casefold(): zone for zone in available_timezones()}
        close = get_close_matches(name.strip().replace(" ", "_").casefold(), known, n=1, cutoff=0.6)
        advice = f"did you mean {known[close[0]]}?" if close else "write a name such as Europe/London or UTC"
        raise InputError(f"{name!r}: there is no time zone of this name; {advice}") from error


def parse_time(text: str, zone: tzinfo) -> datetime:
    """An ISO 8601 date or time; without an offset it is in `zone`. Raises ValueError in words."""
    time = parse_naive_time(text)
    return time if time.tzinfo else time.replace(tzinfo=zone)


def parse_naive_time(text: str) -> datetime:
    """An ISO 8601 date or time, naive where it has no offset. Raises ValueError in words."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(
            f"the time {text[:40]!r} is not ISO 8601; write it as 2026-03-31 or 2026-03-31T14:05:00+01:00"
        ) from None
    return check_year(moment, text)


def check_year(moment: datetime, text: str) -> datetime:
    """The moment, which `text` told. Raises ValueError in words where its year is no reply's."""
    if FIRST_YEAR <= moment.year <= LAST_YEAR:
        return moment
    raise ValueError(
        f"the time {text[:40]!r} is not of the years {FIRST_YEAR} to {LAST_YEAR}; "
        "write when it was, or nothing"
    )
