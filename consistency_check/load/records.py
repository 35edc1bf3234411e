"""A record with the canonical field names into a reply, or a problem in words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import lru_cache

from consistency_check.load.asked import wants_answer
from consistency_check.load.times import parse_time
from consistency_check.model import LeftOut, Problem, Reply, Source, name_field

FIELDS = (
    "id",
    "channel",
    "text",
    "question",
    "sent_at",
    "asked_at",
    "conversation_id",
    "agent",
    "team",
    "customer_id",
    "email",
    "phone",
    "name",
    "handle",
)
_KNOWN = frozenset(FIELDS)
# Offsets refer to the words as given, so these alone are not trimmed.
_VERBATIM = frozenset({"text", "question"})
_NUMBERED = ("id", "conversation_id", "customer_id", "phone")
# How a spreadsheet shows, and saves, a long number: its last digits are lost.
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?E\+\d{2}", re.IGNORECASE)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Record:
    """One record of an export: canonical and other field names to text, empty ones left out.

    `is_spoken` where it was made from a turn; else somebody wrote it as a record, and it stays as it is.
    """

    fields: dict[str, str]
    source: Source
    is_spoken: bool = False


@lru_cache(maxsize=4096)
def normalise_name(name: str) -> str:
    """A field's canonical name: "Customer ID" and " customer-id" are `customer_id`."""
    return name_field(mend_text(name))


def mend_text(text: str) -> str:
    """The text with each half of a surrogate pair as U+FFFD.

    An emoji that an exporter cut in two, or a file name that is not UTF-8, cannot be written to any
    output otherwise; the replacement keeps the offsets.
    """
    return text if text.isascii() else _LONE_SURROGATE.sub("\ufffd", text)


def keep_given(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The fields that hold something, all but the words themselves trimmed."""
    fields = {}
    for name, text in pairs:
        if trimmed := text.strip():
            fields[name] = mend_text(text if name in _VERBATIM else trimmed)
    return fields


def explain_rounded(name: str, number: str) -> str:
    """The message for an id or phone number that a spreadsheet has made a quantity."""
    return (
        f"`{name}` holds {number[:40]!r}: a spreadsheet has cut off its digits; make the column text there "
        "and export it again"
    )


def make_reply(record: Record, channel: str, fallback: str, zone: tzinfo) -> Reply | LeftOut | Problem:
    """The reply that a record holds, or what is wrong with it.

    `channel` is the command line's and wins; `fallback` is used where the record names none. A record with a
    question and no text is a question that nobody answered, and its time is when it was asked; where it wants
    no answer, it is left out.
    """
    fields, source = record.fields, record.source
    get = fields.get
    text, question = get("text", ""), get("question", "")
    if not (text or question):
        return Problem(source, "the record has no text; write what the company said in the field `text`")
    for name in _NUMBERED:
        if (number := get(name)) and _ROUNDED.fullmatch(number):
            return Problem(source, explain_rounded(name, number))
    try:
        sent_at, asked_at = (_read_time(get(name), zone) for name in ("sent_at", "asked_at"))
    except ValueError as error:
        return Problem(source, str(error))
    if not text and not wants_answer(question):
        return LeftOut(source, "last words that ask nothing")
    return Reply(
        id=get("id") or str(source),
        channel=(channel or get("channel") or fallback).casefold(),
        text=text,
        question=question,
        sent_at=sent_at if text else None,
        conversation_id=get("conversation_id", ""),
        agent=get("agent", ""),
        team=get("team", ""),
        customer_id=get("customer_id", ""),
        email=get("email", ""),
        phone=get("phone", ""),
        name=get("name", ""),
        handle=get("handle", ""),
        attributes={name: word for name, word in fields.items() if name not in _KNOWN},
        source=source,
        asked_at=asked_at if text else asked_at or sent_at,
    )


def _read_time(written: str | None, zone: tzinfo) -> datetime | None:
    return parse_time(written, zone) if written else None
