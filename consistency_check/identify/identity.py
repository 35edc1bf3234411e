"""One way in which a customer appears, and the kinds of evidence that tie such ways together."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple


class Evidence(IntEnum):
    """Kinds of evidence; those from `NAME` on weigh, but never link by themselves."""

    CUSTOMER_ID = 0
    EMAIL = 1
    HANDLE = 2
    PHONE = 3
    CONVERSATION = 4
    CRM = 5
    KNOWN = 6
    CITED_ID = 7
    CITED_EMAIL = 8
    CITED_PHONE = 9
    REFERENCE = 10
    NAME = 11
    PERSON_ID = 12
    BIRTH = 13
    POSTCODE = 14
    STREET = 15
    HOUSE = 16
    TOWN = 17
    STATE = 18

    @property
    def label(self) -> str:
        """The words for it in reports."""
        return _LABELS.get(self, self.name.lower().replace("_", " "))

    @property
    def can_link(self) -> bool:
        """True for what is named as the reason of a link."""
        return self < Evidence.NAME or self in _DETAILS_THAT_LINK


_LABELS = {
    Evidence.KNOWN: "known customer",
    Evidence.CITED_ID: "customer id in text",
    Evidence.CITED_EMAIL: "email in text",
    Evidence.CITED_PHONE: "phone in text",
    Evidence.PERSON_ID: "national id",
    Evidence.BIRTH: "date of birth",
    Evidence.STREET: "address",
    Evidence.HOUSE: "house number",
}
_DETAILS_THAT_LINK = frozenset({Evidence.PERSON_ID, Evidence.BIRTH, Evidence.POSTCODE, Evidence.STREET})


class Identity(NamedTuple):
    """The normalised keys of one reply, and the name as written; "" where there is none.

    `handle` is channel:handle. `conversation` is set only where nothing stronger is, `reply_id` only
    where nothing is: a node must not be made for every thread of a known customer. `reference` is set
    only beside a phone without a name: two people of one household are told apart by it.
    """

    customer_id: str = ""
    email: str = ""
    handle: str = ""
    phone: str = ""
    conversation: str = ""
    name: str = ""
    reply_id: str = ""
    reference: str = ""

    @property
    def strongest(self) -> Evidence | None:
        """The strongest kind of key it has: what makes two replies of this identity one customer's."""
        return next((kind for kind in list(Evidence)[:5] if self[kind]), None)
