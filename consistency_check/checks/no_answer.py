"""A question that a channel never answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from consistency_check.checks.check import Check, Terms
from consistency_check.checks.exchanges import (
    Answers,
    Exchange,
    build_contact_finding,
    group_exchanges,
    rank_exchange,
    say_contact,
)
from consistency_check.checks.finding import name_channel
from consistency_check.checks.response_times import find_due
from consistency_check.model import Contact, CustomerCase, Finding, Severity
from consistency_check.values import show_value

NAME = "no-answer"


def find(case: CustomerCase, terms: Terms) -> Iterator[Finding]:
    """One finding for each question whose time is over."""
    exchanges = group_exchanges(case)
    answers = {name: Answers(of_policy) for name, of_policy in exchanges.by_policy.items()}
    for contact, own in exchanges.by_contact:
        asked_at = contact.reply.asked_at
        if not contact.is_answered and asked_at and _is_over(contact.reply.channel, asked_at, terms):
            yield from _find_unanswered(case, contact, own, answers, terms)


def _is_over(channel: str, asked_at: datetime, terms: Terms) -> bool:
    """Whether the last moment that the input knows lies after the channel's response time."""
    allowed = terms.response_times.get(channel)
    if allowed is None or terms.known_until is None:
        return False
    return find_due(asked_at, allowed) < terms.known_until


def _find_unanswered(
    case: CustomerCase,
    contact: Contact,
    own: Mapping[str, Exchange],
    answers: Mapping[str, Answers],
    terms: Terms,
) -> Iterator[Finding]:
    """Nothing where the same channel answered all that was asked; another one is told of where it did."""
    channel, asked_at = contact.reply.channel, contact.reply.asked_at
    assert asked_at
    missing = [name for name in own if not answers[name].find_first(channel, asked_at)]
    if own and not missing:
        return
    found = {name: answers[name].find_elsewhere(channel, asked_at) for name in missing}
    unheard = [name for name in missing if not found[name]]
    elsewhere = [] if unheard else sorted((each for each in found.values() if each), key=rank_exchange)[:1]
    name = next(iter(unheard or missing), "")
    allowed = show_value(terms.response_times[channel])
    said = name_channel(channel)
    message = f"{said[:1].upper()}{said[1:]} has not answered; the response time is {allowed}"
    for answer in elsewhere:
        message += f", and it was answered {say_contact(answer.reply, answer.moment)}"
    severity = Severity.LOW if elsewhere else Severity.MEDIUM
    shown = [own.get(name, Exchange(contact)), *elsewhere]
    yield build_contact_finding(NAME, case, terms.policies.get(name), shown, f"{message}.", severity)


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
channel answered later on, in the same conversation or the same customer about all the policies that
the question is about, nothing is reported; where other channels did, the finding says so.

What does not: questions in calls and other channels without a response time (see `late-answer` for
how to set one).

How to fix it: answer the customer; then find out why the question was lost.

Severity: medium; low where another channel has answered it.
""",
    find=find,
)
