"""Which things of the customer a reply is about: the order or booking that its attributes name."""

from __future__ import annotations

import re
from functools import lru_cache

from consistency_check.model import Reply

Things = tuple[tuple[str, str], ...]
"""What a reply is about by attribute, sorted: `(("order_id", "A-1"),)`."""
_NOUNS = (
    *("account", "application", "appointment", "booking", "claim", "consignment", "contract", "delivery"),
    *("invoice", "job", "loan", "order", "package", "parcel", "permit", "po", "policy", "purchase"),
    *("purchase_order", "quote", "rental", "repair", "reservation", "return", "rma", "shipment"),
    *("subscription", "tracking", "transaction"),
)
"""Things that one customer has several of. Tickets and cases are none: a helpdesk opens one for each contact,
so two of them are how a customer asks twice."""
_NUMBERS = ("code", "guid", "id", "key", "locator", "no", "nr", "num", "number", "ref", "reference", "uuid")
_THING = re.compile(rf"(?:{'|'.join(_NOUNS)})[^a-z]*({'|'.join(_NUMBERS)})?[^a-z]*(?:__c)?")


def list_things(reply: Reply) -> Things:
    """The things that a reply's attributes name: `order_id`, `bookingref`, or an `order` with a digit in it.

    `order_type` names none, and neither does an `account` that is "business".
    """
    named = ((name, word.strip()) for name, word in reply.attributes.items())
    return tuple(sorted((name, word) for name, word in named if word and _names_thing(name, word)))


def _names_thing(name: str, word: str) -> bool:
    found = _read_name(name)
    return found is not None and (bool(found) or any(map(str.isdigit, word)))


@lru_cache(1000)
def _read_name(name: str) -> str | None:
    """The word for a number in an attribute's name, empty where it has none; None for another name."""
    found = _THING.fullmatch(name.casefold())
    return (found[1] or "") if found else None


def name_two_things(a: Things, b: Things) -> bool:
    """Whether an attribute names two orders, bookings, parcels … in the two."""
    other = dict(b)
    return any(other.get(name, word) != word for name, word in a)
