"""A message's headers as text: encoded words decoded, wrong charsets borne, people and ids taken apart."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from consistency_check.load.cleaning.charsets import decode_text
from consistency_check.load.people import Person
from consistency_check.load.times import check_year

_HEADER_LIMIT = 16 * 1024
_ID = re.compile(r"<([^<>\s]{1,500})>")
_SPACES = re.compile(r"\s+")


def read_header(message: Message, name: str) -> str:
    """A header as one line of text, "" where there is none."""
    return decode_value(next(iter(_read_raw(message, name)), ""))


def _read_raw(message: Message, *names: str) -> list[str]:
    """The values of some headers as they were written; `get` loses bytes that are not ASCII."""
    found: dict[str, list[str]] = {name.lower(): [] for name in names}
    for name, value in message.raw_items():
        if (lower := name.lower()) in found:
            found[lower].append(str(value)[:_HEADER_LIMIT])
    return [value for name in names for value in found[name.lower()]]


def decode_value(raw: str) -> str:
    """A header's value with encoded words (RFC 2047) and raw bytes decoded."""
    if not raw.isascii():
        raw = decode_text(raw.encode("utf-8", "surrogateescape"))
    if "=?" in raw:
        try:
            pieces = decode_header(raw)
        except (HeaderParseError, ValueError):
            pieces = [(raw, None)]
        raw = "".join(
            piece if isinstance(piece, str) else decode_text(piece, charset or "")
            for piece, charset in pieces
        )
    return _SPACES.sub(" ", raw).strip()


def read_people(message: Message, *names: str) -> list[Person]:
    """The people of some headers, in order: name and address, the address in lower case."""
    people = []
    for name, address in getaddresses(_read_raw(message, *names)):
        email = decode_value(address).lower()
        shown = decode_value(name).strip("'\" ")
        if "@" in email:
            people.append(Person(name="" if shown.lower() == email else shown, email=email))
    return people


def read_ids(message: Message, *names: str) -> list[str]:
    """The message ids of some headers, without their brackets, in order."""
    return [id_ for value in _read_raw(message, *names) for id_ in _ID.findall(value)]


def read_time(message: Message) -> datetime | None:
    """When it was sent, by its own date or else by the last server's; None where neither can be read."""
    received = str(message.get("Received", "")).rpartition(";")[2]
    for written in (message.get("Date"), received):
        try:
            plain = _SPACES.sub(" ", str(written)).strip()[:100]
            time = check_year(parsedate_to_datetime(plain), plain)
        except (TypeError, ValueError, IndexError, OverflowError):
            continue
        # "-0000" is UTC of an unknown place (RFC 5322).
        return time if time.tzinfo else time.replace(tzinfo=UTC)
    return None
