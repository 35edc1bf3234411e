"""An answer that came after the channel's response time, or after another channel had answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from consistency_check.checks.check import Check, Terms
from consistency_check.checks.exchanges import (
    Answers,
    Exchange,
    build_contact_finding,
    group_exchanges,
    say_contact,
)
from consistency_check.checks.finding import name_channel
from consistency_check.checks.response_times import find_due, is_late
from consistency_check.model import Contact, CustomerCase, Finding, Reply, Severity
from consistency_check.values import show_value

NAME = "late-answer"


def find(case: CustomerCase, terms: Terms) -> Iterator[Finding]:
    """One finding for each answer that was late for either reason."""
    exchanges = group_exchanges(case)
    answers = {name: Answers(of_policy) for name, of_policy in exchanges.by_policy.items()}
    for contact, own in exchanges.by_contact:
        if contact.is_answered and contact.reply.asked_at and contact.reply.sent_at:
            yield from _find_late(case, contact, own, answers, terms)


def _find_late(
    case: CustomerCase,
    contact: Contact,
    own: Mapping[str, Exchange],
    answers: Mapping[str, Answers],
    terms: Terms,
) -> Iterator[Finding]:
    overtaken = {name: first for name in own if (first := find_overtaking(contact.reply, answers[name]))}
    late = is_late(contact.reply, terms.response_times)
    if not (late or overtaken):
        return
    name = next(iter(overtaken or own), "")
    exchange = own.get(name, Exchange(contact))
    before = [overtaken[name]] if overtaken else []
    message = _write_message(exchange, before, terms, late)
    severity = Severity.MEDIUM if late else Severity.LOW
    yield build_contact_finding(NAME, case, terms.policies.get(name), [*before, exchange], message, severity)


def find_overtaking(reply: Reply, answers: Answers) -> Exchange | None:
    """The first answer of another channel that came between a question and its answer, if any did."""
    if reply.asked_at is None or reply.sent_at is None:
        return None
    first = answers.find_elsewhere(reply.channel, reply.asked_at)
    return first if first and first.reply.sent_at and first.reply.sent_at < reply.sent_at else None


def _write_message(exchange: Exchange, before: Sequence[Exchange], terms: Terms, late: bool) -> str:
    reply = exchange.reply
    channel = name_channel(reply.channel)
    assert reply.asked_at and reply.sent_at
    parts = [f"{channel[:1].upper()}{channel[1:]} answered after {show_span(reply.sent_at - reply.asked_at)}"]
    if late:
        allowed = terms.response_times[reply.channel]
        due = find_due(reply.asked_at, allowed)
        parts.append(f"the response time is {show_value(allowed)}, which was over on {due.date()}")
    parts += [f"it had been answered {say_contact(e.reply, e.moment)}" for e in before]
    return f"{'; '.join(parts)}."


def show_span(span: timedelta) -> str:
    """A length of time in its largest unit, rounded down: `3 days`, `5 hours`, `20 minutes`."""
    minutes = int(span.total_seconds()) // 60
    for size, unit in ((1440, "day"), (60, "hour")):
        if minutes >= 2 * size:
            return f"{minutes // size} {unit}s"
    return f"{minutes} minute{'' if minutes == 1 else 's'}"


CHECK = Check(
    name=NAME,
    summary="an answer that came after the customer had already been answered elsewhere, or after the "
    "channel's response time",
    explanation="""\
Finds answers that came too late: after the response time of their channel, or after another channel
had answered the same question of the same customer.

Why it matters: who waits asks again elsewhere, and then gets two answers. An answer that nobody needs
any more is work for nothing, and where it says something else it undoes the first.

Example: an e-mail of Monday is answered on Thursday, two days after the customer was told by phone.

What it needs: the time of the question (`asked_at`), which conversations give by their turns. Response
times stand in the configuration, by channel:

    response-times:
      email: 24 hours
      chat: 10 minutes

Without them chats have 1 hour, e-mail, web forms, text messages and social media 1 business day, and
letters 10 business days; calls and unknown channels have none. Business days leave weekends out.

How to fix it: answer in time, or close the question in all channels when one has answered it.

Severity: medium after the response time; low where the customer only had an answer already.
""",
    find=find,
)
