"""What a customer asked and was answered about each policy, contact by contact, and findings of contacts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from consistency_check.checks.finding import (
    build_answer,
    fingerprint,
    identify_reply,
    name_channel,
    sort_claims,
)
from consistency_check.model import (
    Contact,
    CustomerCase,
    Finding,
    FindingAnswer,
    JudgedClaim,
    Policy,
    Reply,
    Severity,
    Verdict,
)

_NO_TIME = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One contact as far as it is about one policy: what was claimed of it, if anything was."""

    contact: Contact
    claims: tuple[JudgedClaim, ...] = ()

    @property
    def reply(self) -> Reply:
        """The contact's head."""
        return self.contact.reply

    @property
    def moment(self) -> datetime | None:
        """When it was answered; when it was asked, where nobody answered."""
        return self.reply.sent_at or self.reply.asked_at


@dataclass(frozen=True, slots=True)
class Exchanges:
    """The exchanges that a customer asked for by policy, policies by id, in the order of their moments.

    `by_contact` has all contacts in that order, each with its exchanges by policy.
    """

    by_policy: Mapping[str, list[Exchange]]
    by_contact: Sequence[tuple[Contact, Mapping[str, Exchange]]]


class Answers:
    """The answered exchanges about one policy, to be asked which was the first after some moment."""

    def __init__(self, exchanges: Iterable[Exchange]) -> None:
        self._by_channel: dict[str, list[tuple[datetime, Exchange]]] = {}
        for exchange in exchanges:
            sent_at = exchange.reply.sent_at
            if exchange.contact.is_answered and sent_at:
                self._by_channel.setdefault(exchange.reply.channel, []).append((sent_at, exchange))

    def find_first(self, channel: str, after: datetime) -> Exchange | None:
        """The first answer of a channel after a moment."""
        answers = self._by_channel.get(channel, ())
        at = bisect_right(answers, after, key=lambda answer: answer[0])
        return answers[at][1] if at < len(answers) else None

    def find_elsewhere(self, channel: str, after: datetime) -> Exchange | None:
        """The first answer of any other channel after a moment."""
        others = (self.find_first(name, after) for name in self._by_channel if name != channel)
        return min((other for other in others if other), key=rank_exchange, default=None)


def rank_exchange(exchange: Exchange) -> tuple[datetime, str]:
    """The order of exchanges: those without a time come last."""
    return _rank_contact(exchange.contact)


def group_exchanges(case: CustomerCase) -> Exchanges:
    """What the customer asked for.

    A contact without a question was not asked for: it is a notice or a receipt. One whose answer claims
    something is about that; else the question tells what it is about.
    """
    claims = _group_claims(case.claims)
    groups: dict[str, list[Exchange]] = {}
    by_contact: list[tuple[Contact, Mapping[str, Exchange]]] = []
    for contact in sort_contacts(case.contacts):
        claimed = claims.get(contact.reply.id, {})
        about = sorted(claimed or contact.asking.policies) if contact.reply.question else ()
        own = {policy: Exchange(contact, claimed.get(policy, ())) for policy in about}
        for policy, exchange in own.items():
            groups.setdefault(policy, []).append(exchange)
        by_contact.append((contact, own))
    return Exchanges({policy: groups[policy] for policy in sorted(groups)}, by_contact)


def sort_contacts(contacts: Iterable[Contact]) -> list[Contact]:
    """In the order of their moments; those without a time come last."""
    return sorted(contacts, key=_rank_contact)


def _rank_contact(contact: Contact) -> tuple[datetime, str]:
    return contact.reply.sent_at or contact.reply.asked_at or _NO_TIME, contact.reply.id


def _group_claims(claims: Iterable[JudgedClaim]) -> dict[str, dict[str, tuple[JudgedClaim, ...]]]:
    """The claims of each reply by policy."""
    groups: dict[str, dict[str, tuple[JudgedClaim, ...]]] = {}
    for claim in sort_claims(claims):
        of_reply = groups.setdefault(claim.reply.id, {})
        of_reply[claim.policy.id] = (*of_reply.get(claim.policy.id, ()), claim)
    return groups


def build_contact_finding(
    check: str,
    case: CustomerCase,
    policy: Policy | None,
    exchanges: Sequence[Exchange],
    message: str,
    severity: Severity,
) -> Finding:
    """The finding that these exchanges make; the same ones give the same one, whatever they are called."""
    customer = case.customer
    name = policy.id if policy else ""
    said = sorted([e.reply.channel, identify_reply(e.reply, e.reply.question)] for e in exchanges)
    return Finding(
        id=fingerprint(check, customer, name, said, [e.reply for e in exchanges]),
        check=check,
        severity=severity,
        customer=customer.key,
        topic=policy.topic if policy else "",
        policy=name,
        expected="",
        message=message,
        answers=tuple(answer for exchange in exchanges for answer in list_answers(exchange)),
        linked_by=customer.linked_by,
        customer_name=customer.name,
        policy_source=str(policy.source) if policy else "",
    )


def list_answers(exchange: Exchange) -> tuple[FindingAnswer, ...]:
    """What was claimed in an exchange; where nothing was, the contact alone, with the customer's words."""
    return tuple(map(build_answer, exchange.claims)) or (build_contact_answer(exchange.contact),)


def build_contact_answer(contact: Contact) -> FindingAnswer:
    """A contact as a finding shows it: no value and no quote, and the time of the question if that is all."""
    reply = contact.reply
    moment = reply.sent_at or reply.asked_at
    return FindingAnswer(
        reply_id=reply.id,
        channel=reply.channel,
        agent=reply.agent,
        team=reply.team,
        sent_at=moment.isoformat() if moment else "",
        value="",
        verdict=Verdict.UNJUDGED,
        quote="",
        start=0,
        end=0,
        confidence=0.0,
        source=str(reply.source),
        question=reply.question,
    )


def say_contact(reply: Reply, moment: datetime | None) -> str:
    """Where and when, in words: `by email on 2026-03-02`."""
    day = f" on {moment.date()}" if moment else ""
    return f"by {name_channel(reply.channel)}{day}"
