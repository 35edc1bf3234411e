"""One customer, one policy, different channels, answers that cannot both hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from consistency_check.checks.check import Check, Terms
from consistency_check.checks.finding import build_finding, group_by_policy, say_answers, say_expected
from consistency_check.checks.pairs import pick_disagreeing
from consistency_check.model import CustomerCase, Finding, JudgedClaim, Policy

NAME = "channel-conflict"


def find_conflicts(claims: Iterable[JudgedClaim]) -> Iterator[tuple[Policy, Sequence[JudgedClaim]]]:
    """Of one customer's claims, policy by policy, every answer that another channel's answer contradicts."""
    claims = list(claims)
    if len({claim.reply.channel for claim in claims}) < 2:
        return
    for policy, of_policy in group_by_policy(claims):
        if picked := pick_disagreeing(of_policy, lambda claim: claim.reply.channel):
            yield policy, picked


def find(case: CustomerCase, terms: Terms) -> Iterator[Finding]:
    """One finding for each policy."""
    del terms
    for policy, picked in find_conflicts(case.claims):
        message = f"{say_answers(picked)}; {say_expected(picked)}."
        yield build_finding(NAME, case.customer, policy, picked, message)


CHECK = Check(
    name=NAME,
    summary="one customer, one policy, different channels, answers that cannot both hold",
    explanation="""\
Finds customers who asked in more than one channel and were told things that cannot both be true.

Why it matters: the customer has both answers in writing or in memory, and the one they like better
is the one they will hold you to. It is the surest sign that two teams work from different sources.

Example: an e-mail says 14 days, the phone line says 30.

What is no conflict: two answers that were each right on their own day, on either side of a policy
change; two answers that were each right for their own case; equal answers, even if both are wrong
(policy-conflict finds those); a narrower answer that the wider one holds ("within 5 days", "within a
week"); answers about another kind of customer ("gold members get 60"). A later answer that corrects
an earlier, wrong one is a conflict all the same: the customer heard both.

How to fix it: tell the customer which answer stands, then mend the source of the other. For policies
with `value: any`, one customer must hear one answer, whichever it is.

Severity: the policy's own; policies of prose (`type: text`) are never above low.
""",
    find=find,
)
