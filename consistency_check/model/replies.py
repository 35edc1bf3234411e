"""What was said to whom: replies, the CRM's records, customers and the links that make them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from consistency_check.model.places import NOWHERE, Source

CERTAIN_LINK = 0.99
"""Probability of a link between two identities of a customer, below which it is shown as uncertain."""


Attributes = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reply:
    """What the company said to one customer at one time, in one channel.

    `text` holds the agent's words only, and is empty for a question that was never answered. `sent_at` is
    aware or None where the export has no time, `asked_at` is when the customer asked, where it tells,
    `asked_before` the customer's turns before `question` in the same conversation, one a line, and
    `attributes` every other field of the record.
    """

    id: str
    channel: str
    text: str
    question: str = ""
    sent_at: datetime | None = None
    conversation_id: str = ""
    agent: str = ""
    team: str = ""
    customer_id: str = ""
    email: str = ""
    phone: str = ""
    name: str = ""
    handle: str = ""
    attributes: Attributes = field(default_factory=dict)
    source: Source = NOWHERE
    asked_before: str = ""
    asked_at: datetime | None = None

    @property
    def day(self) -> date | None:
        """The calendar day it was sent, in the offset it was sent with."""
        return self.sent_at.date() if self.sent_at else None

    @property
    def has_made_id(self) -> bool:
        """Whether its id is only the place where it stands in its export."""
        return self.id == str(self.source)


@dataclass(frozen=True, slots=True)
class CrmRecord:
    """One customer of the CRM's export; `emails`, `phones`, `names`, `handles` may hold several."""

    customer_id: str
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    attributes: Attributes = field(default_factory=dict)
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True)
class Customer:
    """One person across channels: a stable key, the replies sent to them, and why they are one.

    `linked_by` names the kinds of evidence used ("customer id", "email", "phone", …), sorted; `certainty` is
    the probability (0 to 1) of the weakest link, `aliases` are keys that the customer had in earlier runs.
    """

    key: str
    reply_ids: tuple[str, ...]
    linked_by: tuple[str, ...] = ()
    name: str = ""
    attributes: Attributes = field(default_factory=dict)
    certainty: float = 1.0
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkStep:
    """One step of the evidence for or against a link: how two identities agree, and its weight in bits."""

    evidence: str
    level: str
    shown: str
    bits: float


@dataclass(frozen=True, slots=True)
class ExplainedLink:
    """Why two identities are taken for one person, or not: the bits, from `prior` on, and what they mean.

    `a` and `b` describe the two; `probability` is in 0..1.
    """

    a: str
    b: str
    prior: float
    steps: tuple[LinkStep, ...]
    bits: float
    probability: float


@dataclass(frozen=True, slots=True)
class LinkAnswer:
    """Why two replies or customers are one customer, or two.

    `links` lead from one to the other where they are one; where they are two it is one, with all the evidence
    between them. `reason` says in words what decided.
    """

    a: str
    b: str
    customers: tuple[str, str]
    links: tuple[ExplainedLink, ...]
    reason: str

    @property
    def are_one(self) -> bool:
        """True for one customer."""
        return self.customers[0] == self.customers[1]
