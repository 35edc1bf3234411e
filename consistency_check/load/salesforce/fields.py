"""What every table of a Salesforce export has: ids, names of people, times, and the company's own fields."""

from __future__ import annotations

from datetime import datetime

from consistency_check.load.records import Record
from consistency_check.load.times import parse_naive_time
from consistency_check.model import Attributes

_ATTRIBUTES = frozenset({"type", "reason", "priority"})
_LONGEST_ATTRIBUTE = 80
"""Characters; what is longer is prose, and no kind of case."""


class RowError(Exception):
    """A row cannot be used; the message says why, and what to do instead."""


def find_id(row: Record, name: str) -> str:
    """The id as written; zeros, with or without a checksum, stand for none."""
    written = row.fields.get(name, "")
    return written if written[:15].strip("0") else ""


def find_key(row: Record, name: str) -> str:
    """The id as it is compared: without the checksum."""
    return find_id(row, name)[:15]


def find_handle(row: Record, name: str) -> str:
    """The id as a handle: it is known to this system alone."""
    id_ = find_id(row, name)
    return f"salesforce:{id_}" if id_ else ""


def name_person(row: Record) -> str:
    """The full name of a contact or user, "" where there is none."""
    fields = row.fields
    return fields.get("name") or f"{fields.get('firstname', '')} {fields.get('lastname', '')}".strip()


def find_attributes(row: Record) -> Attributes:
    """The fields that a company made for itself (`Tier__c`), and those that tell what a case is about."""
    return {
        name.removesuffix("__c"): text
        for name, text in row.fields.items()
        if (name.endswith("__c") or name in _ATTRIBUTES) and len(text) <= _LONGEST_ATTRIBUTE
    }


def find_time(row: Record, *names: str) -> datetime:
    """The first of the times that the row has. Raises RowError where it has none that can be read."""
    written = next((row.fields[name] for name in names if name in row.fields), "")
    if not written:
        raise RowError(f"the row has no time; left out; export the table with {names[0]}")
    try:
        return parse_naive_time(written)
    except ValueError as error:
        raise RowError(str(error)) from None


def is_true(row: Record, name: str) -> bool:
    """Whether a checkbox is set: the weekly export writes 1, Data Loader true."""
    return row.fields.get(name, "").casefold() in {"1", "true"}
