"""A question that a channel never answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from consistency_check.checks.check import Check, Terms
from consistency_check.checks.exchanges import (
    Exchange,
    build_contact_finding,
    group_exchanges,
    say_contact,
    sort_contacts,
)
from consistency_check.checks.finding import name_channel
from consistency_check.checks.response_times import find_due
from consistency_check.model import Contact, CustomerCase, Finding, Severity
from consistency_check.values import show_value

NAME = "no-answer"


def find(case: CustomerCase, terms: Terms) -> Iterator[Finding]:
    """One finding for each question whose time is over."""
    groups = group_exchanges(case)
    for contact in sort_contacts(case.contacts):
        if not contact.is_answered and _is_over(contact, terms):
            yield from _find_unanswered(case, contact, groups, terms)


def _is_over(contact: Contact, terms: Terms) -> bool:
    """Whether the last moment that the input knows lies after the channel's response time."""
    asked_at, allowed = contact.reply.asked_at, terms.response_times.get(contact.reply.channel)
    if asked_at is None or allowed is None or terms.known_until is None:
        return False
    return find_due(asked_at, allowed) < terms.known_until


def _find_unanswered(
    case: CustomerCase, contact: Contact, groups: Mapping[str, Sequence[Exchange]], terms: Terms
) -> Iterator[Finding]:
    own = [(name, e) for name, exchanges in groups.items() for e in exchanges if e.contact is contact]
    later = [e for name, _ in own for e in groups[name] if _answers(e, contact)]
    if any(e.reply.channel == contact.reply.channel for e in later):
        return
    name, exchange = own[0] if own else ("", Exchange(contact))
    allowed = show_value(terms.response_times[contact.reply.channel])
    channel = name_channel(contact.reply.channel)
    message = f"{channel[:1].upper()}{channel[1:]} has not answered; the response time is {allowed}"
    if later:
        message += f", and it was answered {say_contact(later[0].reply, later[0].moment)}"
    severity = Severity.LOW if later else Severity.MEDIUM
    shown = [exchange, *later[:1]]
    yield build_contact_finding(NAME, case, terms.policies.get(name), shown, f"{message}.", severity)


def _answers(exchange: Exchange, contact: Contact) -> bool:
    """Whether an exchange about the same came to an answer after the question was asked."""
    asked_at, sent_at = contact.reply.asked_at, exchange.reply.sent_at
    return exchange.contact.is_answered and bool(asked_at and sent_at and sent_at > asked_at)


CHECK = Check(
    name=NAME,
    summary="a question that a channel never answered",
    explanation="""\
Finds questions that nobody answered in the channel where they were asked, once its response time is
over. No clock is asked: the last moment that the exports themselves tell of is "now".

Why it matters: the customer who hears nothing asks again elsewhere, or leaves.

Example: an e-mail of 2 March asks for the fee; the exports go on until 30 March, and no mail answers.

What counts: what a customer said last, if it asks for something; thanks and small talk do not. A
record with a `question` and no `text` is such a question too. Its time must be known. Where the same
channel answered the same customer about the same policy later on, nothing is reported; where another
channel did, the finding says so.

What does not: questions in calls and other channels without a response time (see `late-answer` for
how to set one).

How to fix it: answer the customer; then find out why the question was lost.

Severity: medium; low where another channel has answered it.
""",
    find=find,
)
