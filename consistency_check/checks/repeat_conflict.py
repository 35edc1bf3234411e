"""One customer, one policy, one channel, answers that cannot both hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from consistency_check.checks.check import Check, Terms
from consistency_check.checks.finding import build_finding, group_by_policy, say_answers, say_expected
from consistency_check.checks.pairs import pick_disagreeing
from consistency_check.model import Customer, CustomerCase, Finding, JudgedClaim, Policy

NAME = "repeat-conflict"


def find(case: CustomerCase, terms: Terms) -> Iterator[Finding]:
    """One finding for each policy and channel: every answer that another reply there contradicts."""
    del terms
    for policy, of_policy in group_by_policy(case.claims):
        for channel in sorted({c.reply.channel for c in of_policy}):
            inside = [c for c in of_policy if c.reply.channel == channel]
            yield from _find_inside(case.customer, policy, inside)


def _find_inside(customer: Customer, policy: Policy, claims: Sequence[JudgedClaim]) -> Iterator[Finding]:
    picked = pick_disagreeing(claims, lambda claim: claim.reply.id)
    if picked:
        message = f"{say_answers(picked)}; {say_expected(picked)}."
        yield build_finding(NAME, customer, policy, picked, message)


CHECK = Check(
    name=NAME,
    summary="one customer, one policy, one channel, answers that cannot both hold",
    explanation="""\
Finds customers who were told two things that cannot both be true in one channel, in two replies.

Why it matters: it is the same broken promise as a channel-conflict, but its cause lies inside one
team: two agents, or one agent on two days.

Example: a chat says that postage is free; a week later another chat says that it costs $6.95.

What is no conflict: the same as for channel-conflict. Two values in one reply are not compared.

How to fix it: tell the customer which answer stands, and compare what the two agents looked at. For
policies with `value: any`, one customer must hear one answer, whichever it is.

Severity: the policy's own; policies of prose (`type: text`) are never above low.
""",
    find=find,
)
