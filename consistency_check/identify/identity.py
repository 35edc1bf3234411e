"""One way in which a customer appears: the keys and the name of a reply or of a CRM record."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple


class Evidence(IntEnum):
    """Kinds of evidence that tie identities together, the strongest first."""

    CUSTOMER_ID = 0
    EMAIL = 1
    HANDLE = 2
    PHONE = 3
    CONVERSATION = 4
    CRM = 5

    @property
    def label(self) -> str:
        """The word for it in reports."""
        return self.name.lower().replace("_", " ")


class Need(IntEnum):
    """What a shared key asks of the names of those that bear it, before it makes them one person."""

    NOTHING = 0
    """One address is one person."""
    NO_STRANGERS = 1
    """Clearly different names are different people: a household's phone."""
    NO_OTHER_KEYS = 2
    """And so are two addresses, unless the names are the same: two people in one thread."""


class Identity(NamedTuple):
    """The normalised keys of one reply, and the name as written; "" where there is none.

    `handle` is channel:handle. `conversation` is set only where nothing stronger is, `reply_id` only
    where nothing is: a node must not be made for every thread of a known customer.
    """

    customer_id: str = ""
    email: str = ""
    handle: str = ""
    phone: str = ""
    conversation: str = ""
    name: str = ""
    reply_id: str = ""

    @property
    def strongest(self) -> Evidence | None:
        """The strongest kind of key it has: what makes two replies of this identity one customer's."""
        return next((kind for kind in list(Evidence)[:5] if self[kind]), None)
