"""Who spoke: people as an export names them, and the part that they play in a conversation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from fnmatch import translate
from functools import lru_cache

from consistency_check.load.options import LoadOptions


class Role(StrEnum):
    """Who spoke. UNKNOWN where the export does not tell: it is looked up or asked for, never guessed."""

    AGENT = "agent"
    CUSTOMER = "customer"
    BOT = "bot"
    INTERNAL = "internal"
    """A note between agents; the customer never saw it."""
    EVENT = "event"
    """Somebody joined, a call was transferred, a file was sent: nobody said anything."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Person:
    """What an export says of one person.

    `id` is the company's own customer number alone (the CRM's): two different ones are two customers. The
    id that only this system knows goes into `handle` with the system's name, as `zendesk:123`.
    """

    id: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    handle: str = ""

    def __bool__(self) -> bool:
        return bool(self.id or self.name or self.email or self.phone or self.handle)

    @property
    def shown(self) -> str:
        """How the person is called in messages and as an agent."""
        return self.name or self.email or self.handle or self.phone or self.id

    @property
    def contact(self) -> str:
        """What tells the person from all others, best first; "" where there is only a name, or nothing."""
        return self.id or self.email or self.phone or self.handle


NOBODY = Person()
_FIELDS = tuple(each.name for each in fields(Person))


def merge_people(first: Person, *others: Person) -> Person:
    """The first person, with what the others say where they may be the same person."""
    merged = first
    for other in others:
        if other and not _differ(merged, other):
            merged = Person(*(getattr(merged, name) or getattr(other, name) for name in _FIELDS))
    return merged


def _differ(one: Person, other: Person) -> bool:
    """True for a colleague in copy: another address or number, or another name and nothing in common."""
    unlike = [name for name in _FIELDS if _are_both(one, other, name) and not _are_same(one, other, name)]
    return bool(unlike) and (unlike != ["name"] or not is_same(one, other))


def is_same(one: Person, other: Person) -> bool:
    """True where something that both have is the same, whatever its letter case."""
    return any(_are_same(one, other, name) for name in _FIELDS)


def _are_both(one: Person, other: Person, name: str) -> bool:
    return bool(getattr(one, name) and getattr(other, name))


def _are_same(one: Person, other: Person, name: str) -> bool:
    mine, theirs = getattr(one, name).strip().casefold(), getattr(other, name).strip().casefold()
    return bool(mine) and mine == theirs


def find_role(person: Person, options: LoadOptions) -> Role:
    """AGENT or CUSTOMER by the patterns of the options, UNKNOWN where none of them fits."""
    if _fits(person, options.agents):
        return Role.AGENT
    return Role.CUSTOMER if _fits(person, options.customers) else Role.UNKNOWN


def find_other_side(found: set[Role], options: LoadOptions) -> Role:
    """What the rest of a conversation is once one side of it was looked up.

    Where agents alone were named and one of them speaks, the others are customers, and the other way
    round; where both were named, or both speak, whoever was not named stays unknown.
    """
    if found == {Role.AGENT} and not options.customers:
        return Role.CUSTOMER
    return Role.AGENT if found == {Role.CUSTOMER} and not options.agents else Role.UNKNOWN


def ask_who(speaker: Person) -> str:
    """The message for a speaker of whom nothing says whether it is an agent or a customer."""
    who = f"{speaker.shown[:80]!r}" if speaker else "the speaker"
    return (
        f"nothing says whether {who} is an agent or a customer; left out; "
        "name the agents with --agents (names or addresses, as in '*@acme.example')"
    )


def _fits(person: Person, patterns: Sequence[str]) -> bool:
    given = [text for name in _FIELDS if (text := getattr(person, name))]
    return any(_compile(pattern).match(text) for pattern in patterns for text in given)


@lru_cache(maxsize=1024)
def _compile(pattern: str) -> re.Pattern[str]:
    """`@acme.example` stands for `*@acme.example`; letter case does not matter."""
    return re.compile(translate(f"*{pattern}" if pattern.startswith("@") else pattern), re.IGNORECASE)
