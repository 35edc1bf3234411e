"""Reading a text that is one value and nothing else, as a knowledge base states it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from consistency_check.model import Value
from consistency_check.values.scan.contacts import find_addresses, read_phone
from consistency_check.values.scan.dates import read_dates
from consistency_check.values.scan.free import OPENINGS, read_free
from consistency_check.values.scan.hours import read_times
from consistency_check.values.scan.lexer import Tokens, normalise, split_tokens
from consistency_check.values.scan.match import Match
from consistency_check.values.scan.quantities import read_quantity


def read_quantity_whole(text: str) -> Value | None:
    """The duration, money, percentage or number that the whole text states, else None."""
    return _read_whole(text, lambda t, i: read_quantity(t, i, 0))


def read_time_whole(text: str) -> Value | None:
    """The time or range of times that the whole text states, else None."""
    return _read_whole(text, lambda t, i: read_times(t, i, 0))


def read_date_whole(text: str, day: date | None = None) -> Value | None:
    """The date or range of dates that the whole text states, else None."""
    return _read_whole(text, lambda t, i: read_dates(t, i, 0, day))


def is_free_whole(text: str) -> bool:
    """True where the whole text says that there is no charge."""
    stripped = text.strip()
    t = split_tokens(stripped, normalise(stripped), whole=True)
    return t.words[0] in OPENINGS and read_free(t, 0) == t.size


def read_contact_whole(text: str) -> str:
    """The canonical form of the address or phone number that the whole text is, else ''."""
    low = normalise(text.strip())
    for start, end, word in find_addresses(low):
        return word if start == 0 and end == len(low) else ""
    t = split_tokens(low, low, whole=True)
    phone = read_phone(t, 0) if t.size else None
    return phone[0] if phone and phone[1] == t.size else ""


def _read_whole(text: str, read: Callable[[Tokens, int], Match | None]) -> Value | None:
    stripped = text.strip()
    t = split_tokens(stripped, normalise(stripped), whole=True)
    for i in range(min(t.size, 8)):
        match = read(t, i)
        if match:
            whole = match.start == 0 and max(match.end, match.after) == t.size
            return match.value if whole else None
    return None
