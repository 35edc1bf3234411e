"""What a customer asked and was answered about each policy, contact by contact, and findings of contacts."""

from __future__ import annotations

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


def group_exchanges(case: CustomerCase) -> Mapping[str, list[Exchange]]:
    """The exchanges that the customer asked for, by policy, policies by id, in the order of their moments.

    A contact without a question was not asked for: it is a notice or a receipt. One whose answer claims
    something is about that; else the question tells what it is about.
    """
    claims = _group_claims(case.claims)
    groups: dict[str, list[Exchange]] = {}
    for contact in sort_contacts(contact for contact in case.contacts if contact.reply.question):
        claimed = claims.get(contact.reply.id, {})
        for policy in sorted(claimed or contact.asking.policies):
            groups.setdefault(policy, []).append(Exchange(contact, claimed.get(policy, ())))
    return {policy: groups[policy] for policy in sorted(groups)}


def sort_contacts(contacts: Iterable[Contact]) -> list[Contact]:
    """In the order of their moments; those without a time come last."""
    return sorted(contacts, key=lambda c: (c.reply.sent_at or c.reply.asked_at or _NO_TIME, c.reply.id))


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
