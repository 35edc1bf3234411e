"""Claims, customers and histories without the people in them."""

from __future__ import annotations

from dataclasses import replace

from consistency_check.model import Claim, Customer, History, JudgedClaim, Reply
from consistency_check.redaction.redactor import Redactor
from consistency_check.redaction.report import redact_finding
from consistency_check.values import show_value


def redact_customer(customer: Customer, redactor: Redactor) -> Customer:
    """One customer; aliases that hold who they were before are pseudonyms of their own."""
    key = customer.key
    return replace(
        customer,
        key=redactor.name_customer(key),
        reply_ids=tuple(redactor.redact_id(each, key) for each in customer.reply_ids),
        name=redactor.name_person(key, customer.name),
        attributes=redactor.redact_attributes(tuple(customer.attributes.items()), key),
        aliases=tuple(redactor.name_customer(alias) for alias in customer.aliases),
    )


def redact_reply(reply: Reply, key: str, redactor: Redactor) -> Reply:
    """A reply to the customer of a key; what identified them is left out, since nothing prints it."""
    return replace(
        reply,
        id=redactor.redact_id(reply.id, key),
        channel=redactor.redact_id(reply.channel),
        team=redactor.redact_id(reply.team),
        text=redactor.redact_text(reply.text, key, reply.agent),
        question=redactor.redact_text(reply.question, key, reply.agent),
        conversation_id="",
        agent=redactor.name_agent(reply.agent),
        customer_id="",
        email="",
        phone="",
        name="",
        handle="",
        attributes=redactor.redact_attributes(tuple(reply.attributes.items()), key),
        source=replace(reply.source, path=redactor.redact_id(reply.source.path, key)),
        asked_before=redactor.redact_text(reply.asked_before, key, reply.agent),
    )


def redact_claim(judged: JudgedClaim, redactor: Redactor) -> JudgedClaim:
    """A judged claim. `start` and `end` still count characters of the reply as it was sent.

    Which other replies the customer got is left out, as with each claim it would be told again.
    """
    key = judged.customer.key
    return replace(
        judged,
        claim=redact_words(judged.claim, judged.policy.type, key, judged.reply.agent, redactor),
        reply=redact_reply(judged.reply, key, redactor),
        customer=redact_customer(replace(judged.customer, reply_ids=()), redactor),
    )


def redact_history(history: History, redactor: Redactor) -> History:
    """One customer over all channels."""
    key = history.customer.key
    return History(
        redact_customer(history.customer, redactor),
        tuple(
            (redact_reply(reply, key, redactor), tuple(redact_claim(each, redactor) for each in claims))
            for reply, claims in history.contacts
        ),
        tuple(redact_finding(finding, redactor) for finding in history.findings),
    )


def redact_words(claim: Claim, type_name: str, key: str, agent: str, redactor: Redactor) -> Claim:
    """What was claimed to the customer of a key, about a policy whose values are of a type."""
    claimed = type_name, claim.value
    context, quote, place = redactor.redact_quoted(
        claim.context, claim.quote, claim.quote_at, key, agent, claimed
    )
    shown = show_value(claim.value)
    said = redactor.redact_value(shown, type_name, key, agent)
    return replace(
        claim,
        reply_id=redactor.redact_id(claim.reply_id, key),
        value=claim.value if said == shown else replace(claim.value, word=said),
        quote=quote,
        context=context,
        context_start=claim.start - place if place >= 0 else claim.context_start,
    )
