"""A customer with many contacts, as a shared mailbox is: the checks take time in proportion to them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from time import process_time

from consistency_check.checks import CHECKS, DEFAULT_TIMES, Terms, check_case
from consistency_check.figures import tally_figures
from consistency_check.judge import judge_claim
from consistency_check.model import (
    Asking,
    Claim,
    Contact,
    Customer,
    CustomerCase,
    DatedValue,
    JudgedClaim,
    Policy,
    Reply,
    Value,
)

FEW, TIMES = 1_000, 4
MOST = 8
"""Times as long for `TIMES` as many contacts: proportion would be 4, each with each 16."""
TRIES = 5
START = datetime(2026, 1, 1, tzinfo=UTC)
CHANNELS = ("email", "chat", "sms", "web")
FEE = Policy(
    *("returns.fee", "returns", "A return costs {value}.", "money"),
    (DatedValue(None, Value("money", 7, 7, "USD")),),
    favours="lower",
)
TERMS = Terms({FEE.id: FEE}, DEFAULT_TIMES, START + timedelta(days=3_000))


def build_case(count: int) -> CustomerCase:
    """So many contacts about one policy in four channels: half of them late; letters are never answered."""
    customer = Customer("C", ())
    claims: list[JudgedClaim] = []
    contacts: list[Contact] = []
    for number in range(count):
        asked_at = START + timedelta(hours=number)
        sent_at = asked_at + timedelta(hours=50 if number % 2 else 1)
        is_answered = number % 5 > 0
        channel = CHANNELS[number * 7 % 4] if is_answered else "letter"
        times = {"sent_at": sent_at if is_answered else None, "asked_at": asked_at}
        reply = Reply(f"R{number:05}", channel, "", "How much?", **times)
        contacts.append(Contact(reply, Asking((FEE.id,)), is_answered))
        if is_answered and number % 3:
            dollars = float(3 + number % 20)
            claim = Claim(reply.id, FEE.id, Value("money", dollars, dollars, "USD"), "x", 0, 1, 1.0)
            judgement = judge_claim(claim, FEE, reply.day, {})
            claims.append(JudgedClaim(claim, reply, customer, FEE, judgement))
    return CustomerCase(customer, tuple(claims), tuple(contacts))


def measure(case: CustomerCase) -> float:
    """Processor time in seconds of all checks and figures."""
    begun = process_time()
    found = check_case(case, CHECKS, TERMS)
    tally_figures(case)
    spent = process_time() - begun
    names = {finding.check for finding in found}
    assert {"better-deal", "channel-conflict", "repeat-contact", "late-answer", "no-answer"} <= names
    return spent


def test_time_grows_with_the_contacts_of_a_customer() -> None:
    few, many = build_case(FEW), build_case(TIMES * FEW)
    spent = [(measure(few), measure(many)) for _ in range(TRIES)]
    assert min(long for _, long in spent) < MOST * min(short for short, _ in spent)
