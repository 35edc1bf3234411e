"""One customer asked the same question in more than one channel: did anybody see it?"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations

from consistency_check.checks.check import Check, Terms
from consistency_check.checks.exchanges import Exchange, build_contact_finding, group_exchanges, say_contact
from consistency_check.checks.things import Things, list_things, name_two_things
from consistency_check.model import CustomerCase, Finding, Severity

NAME = "repeat-contact"
WINDOW = timedelta(days=90)
"""Who asks again after a quarter of a year has a new question: terms may have changed, or another order."""
Part = tuple[str, Things]
"""A channel, and the things that were asked about there."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """The exchanges about one policy that another channel's exchange repeats, as they were answered.

    `is_recognised` where an answer after the first showed that an earlier contact was known.
    """

    policy: str
    exchanges: tuple[Exchange, ...]
    is_recognised: bool


def find_repeats(case: CustomerCase) -> Iterator[Repeat]:
    """What the customer asked in more than one channel, policies by id."""
    for policy, exchanges in group_exchanges(case).by_policy.items():
        repeated = _pick_repeated(exchanges)
        if repeated:
            yield Repeat(policy, tuple(repeated), _is_recognised(repeated))


def _pick_repeated(exchanges: Sequence[Exchange]) -> list[Exchange]:
    """Those that have another one beside them: in another channel, in time, and not of another order."""
    parts = [(exchange.reply.channel, list_things(exchange.reply)) for exchange in exchanges]
    moments: dict[Part, list[datetime | None]] = {}
    for part, exchange in zip(parts, exchanges, strict=True):
        moments.setdefault(part, []).append(exchange.moment)
    beside: dict[Part, list[Part]] = {part: [] for part in moments}
    for a, b in combinations(moments, 2):
        if a[0] != b[0] and not name_two_things(a[1], b[1]):
            beside[a].append(b)
            beside[b].append(a)
    return [
        exchange
        for part, exchange in zip(parts, exchanges, strict=True)
        if any(_has_one_near(moments[other], exchange.moment) for other in beside[part])
    ]


def _has_one_near(moments: Sequence[datetime | None], moment: datetime | None) -> bool:
    """Whether one of these, in their order, may lie within the window of this; unknown ones come last."""
    if moment is None or moments[-1] is None:
        return True
    at = bisect_left(moments, moment, key=lambda each: each or moment)
    return any(abs(each - moment) <= WINDOW for each in moments[max(at - 1, 0) : at + 1] if each)


def _is_recognised(exchanges: Sequence[Exchange]) -> bool:
    """Whether a later answer shows it, or stands in the same thread as one in another channel."""
    threads: dict[str, set[str]] = {}
    for exchange in exchanges:
        if exchange.reply.conversation_id:
            threads.setdefault(exchange.reply.conversation_id, set()).add(exchange.reply.channel)
    later = exchanges[1:]
    return any(e.contact.asking.recognises for e in later) or any(len(c) > 1 for c in threads.values())


def find(case: CustomerCase, terms: Terms) -> Iterator[Finding]:
    """One finding for each policy."""
    for repeat in find_repeats(case):
        policy = terms.policies.get(repeat.policy)
        if policy:
            message = _write_message(repeat)
            yield build_contact_finding(NAME, case, policy, repeat.exchanges, message, Severity.LOW)


def _write_message(repeat: Repeat) -> str:
    places = list(dict.fromkeys(say_contact(e.reply, e.moment) for e in repeat.exchanges))
    shown = "; a later answer shows that an earlier contact was known"
    hidden = "; no later answer shows that anybody knew of the first"
    return f"Asked {', then '.join(places)}{shown if repeat.is_recognised else hidden}."


CHECK = Check(
    name=NAME,
    summary="one customer asked the same question in more than one channel",
    explanation="""\
Finds customers who asked about one policy in more than one channel, whatever they were told.

Why it matters: a second contact is paid for twice, and it tells that the first answer was not found,
not believed or not understood. Where nobody saw the first contact, the customer tells the whole story
again, and the next finding is a channel-conflict.

Example: an e-mail asks how long a return takes; three days later the same customer rings and asks.

What counts: what the answers claim, or where they claim nothing, what the question asks. A later
answer shows that it knew of an earlier contact by its words ("as my colleague told you by phone", "I
can see you wrote on Monday") or by standing in the same conversation.

What does not: notices, receipts and other replies that the export gives no question for; contacts that
name two different orders or bookings; contacts more than 90 days apart.

How to fix it: look at how the first answer was worded, and let agents see contacts in all channels.

Severity: low.
""",
    find=find,
)
