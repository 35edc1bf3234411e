"""What the other tables of a Salesforce export refer to: contacts, users and cases, by their ids."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from consistency_check.load.disk import Register
from consistency_check.load.format import Item
from consistency_check.load.people import NOBODY, Person, Role
from consistency_check.load.records import Record
from consistency_check.load.salesforce.fields import (
    find_attributes,
    find_handle,
    find_id,
    find_key,
    find_time,
    name_person,
)
from consistency_check.load.turns import Turn
from consistency_check.model import Attributes

_PORTAL_USERS = ("customer", "csp", "power", "partner", "guest", "self")
"""How the UserType of those begins who are not of the company."""
_MACHINES = ("automated", "cloudintegration")


@dataclass(frozen=True, slots=True)
class Case:
    """What holds for all that was said in a case."""

    number: str = ""
    customer: Person = NOBODY
    attributes: Attributes = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Joined:
    """What the rows of other tables refer to, by id."""

    mailed: bool
    """Whether the first words of a case that came by mail are in EmailMessage too."""
    contacts: Register = field(default_factory=Register)
    users: Register = field(default_factory=Register)
    cases: Register = field(default_factory=Register)

    def find_contact(self, row: Record) -> tuple[Person, Attributes]:
        """The customer whom a row names; one who is not among the contacts has at least the id."""
        found = self.contacts.get(find_key(row, "contactid"))
        known = make_person(found) if found else Person(id=find_id(row, "contactid"))
        return known, found.get("attributes", {})

    def find_case(self, row: Record, name: str) -> Case:
        """The case that a row names in this column; one with nothing in it where there is none."""
        found = self.cases.get(find_key(row, name))
        return Case(found["number"], make_person(found), found["attributes"]) if found else Case()


def take_contact(row: Record, joined: Joined) -> Iterator[Item]:
    """Remember a customer."""
    fields = row.fields
    phone = fields.get("mobilephone") or fields.get("phone", "")
    person = Person(find_id(row, "id"), name_person(row), fields.get("email", ""), phone)
    joined.contacts.put(
        find_key(row, "id"), {"person": asdict(person), "attributes": dict(find_attributes(row))}
    )
    return iter(())


def take_user(row: Record, joined: Joined) -> Iterator[Item]:
    """Remember who writes comments; without a UserType nothing tells whether it is one of the company's."""
    type_ = row.fields.get("usertype", "").casefold()
    role = Role.AGENT if type_ else Role.UNKNOWN
    if type_.startswith(_PORTAL_USERS):
        role = Role.CUSTOMER
    elif type_.startswith(_MACHINES):
        role = Role.BOT
    person = Person("", name_person(row), row.fields.get("email", ""), handle=find_handle(row, "id"))
    joined.users.put(find_key(row, "id"), {"person": asdict(person), "role": role})
    return iter(())


def take_case(row: Record, joined: Joined) -> Iterator[Item]:
    """Remember the case; its description is a turn, where a message does not hold it already."""
    fields = row.fields
    contact, attributes = joined.find_contact(row)
    customer = Person(
        contact.id,
        contact.name or fields.get("suppliedname", ""),
        fields.get("contactemail") or contact.email or fields.get("suppliedemail", ""),
        fields.get("contactphone") or contact.phone or fields.get("suppliedphone", ""),
    )
    number, attributes = fields.get("casenumber", ""), {**attributes, **find_attributes(row)}
    joined.cases.put(
        find_key(row, "id"), {"number": number, "person": asdict(customer), "attributes": attributes}
    )
    origin = fields.get("origin", "").casefold()
    if (text := fields.get("description", "")) and not (joined.mailed and "mail" in origin):
        # Of a call, it is what the agent noted down.
        role = Role.INTERNAL if "phone" in origin else Role.CUSTOMER
        when = find_time(row, "createddate") if "createddate" in fields else None
        thread = number or find_key(row, "id")
        yield Turn(thread, role, text, row.source, sent_at=when, speaker=customer)


def make_person(entry: dict[str, Any]) -> Person:
    """The person in an entry of a register."""
    return Person(**entry["person"])
