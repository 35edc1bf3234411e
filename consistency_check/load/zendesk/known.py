"""What the users and tickets of an export say of those who write, and the fields of any record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from consistency_check.load.disk import Register
from consistency_check.load.paths import show_scalar
from consistency_check.load.people import NOBODY, Person, Role
from consistency_check.load.times import parse_naive_time
from consistency_check.load.written_times import read_written_time
from consistency_check.model import Source

KEY = "zendesk"
_CHANNELS = {"native_messaging": "chat", "voice": "phone", "chat_transcript": "chat"}
_ROLES = {"end-user": Role.CUSTOMER, "agent": Role.AGENT, "admin": Role.AGENT}
_SYSTEM = "-1"


@dataclass(slots=True)
class Known:
    """What other records say of a ticket or a person, by id."""

    users: Register = field(default_factory=Register)
    tickets: Register = field(default_factory=Register)
    bare: Source | None = None
    """A ticket that came without comments."""
    has_comments: bool = False

    def find_person(self, id_: str) -> Person:
        """The user of this id; without the users, the id alone."""
        user = self.users.get(id_)
        if not user:
            return Person(handle=f"{KEY}:{id_}") if id_ else NOBODY
        return Person(user["external_id"], user["name"], user["email"], user["phone"], f"{KEY}:{id_}")

    def find_role(self, id_: str, requester: str) -> Role:
        """What a user is; a ticket's requester is its customer where the users do not tell."""
        if id_ == _SYSTEM:
            return Role.EVENT
        role = _ROLES.get(self.users.get(id_).get("role", ""))
        return role or (Role.CUSTOMER if id_ and id_ == requester else Role.UNKNOWN)


def pick_user(user: dict[str, Any]) -> dict[str, str]:
    """What is kept of a user."""
    return {name: read_text(user, name) for name in ("external_id", "name", "email", "phone", "role")}


def pick_ticket(ticket: dict[str, Any]) -> dict[str, str]:
    """What is kept of a ticket for its comments."""
    return {
        "requester": read_text(ticket, "requester_id"),
        "channel": find_channel(ticket) or read_text(ticket, "via_channel"),
        "subject": read_text(ticket, "subject"),
    }


def find_channel(record: dict[str, Any]) -> str:
    """The channel that a record came by, "" where it does not tell."""
    via = record.get("via")
    name = read_text(via, "channel") if isinstance(via, dict) else ""
    return _CHANNELS.get(name, name)


def read_text(record: Mapping[str, Any], *names: str) -> str:
    """The first of the fields that holds a plain value."""
    for name in names:
        value = record.get(name)
        if not isinstance(value, dict | list) and (text := show_scalar(value).strip()):
            return text
    return ""


def read_time(text: str) -> datetime | None:
    """A time of the API or of a warehouse; naive without an offset. Raises ValueError."""
    try:
        return parse_naive_time(text) if text else None
    except ValueError:
        # Warehouses write "2026-03-01 10:00:00.000 UTC".
        return read_written_time(text)
