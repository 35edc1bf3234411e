"""The headline figures of a few customers, worked out by hand."""

from datetime import UTC, datetime, timedelta

from consistency_check.checks import DEFAULT_TIMES, Terms
from consistency_check.figures import build_headline, tally_all, tally_figures
from consistency_check.judge import judge_claim
from consistency_check.model import (
    Asking,
    Claim,
    Contact,
    Customer,
    CustomerCase,
    DatedValue,
    Headline,
    JudgedClaim,
    Policy,
    Rate,
    Reply,
    Tally,
    Value,
)

DAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
FEE = Policy(
    "returns.fee",
    "returns",
    "A return costs {value}.",
    "money",
    (DatedValue(None, Value("money", 7, 7, "USD")),),
    favours="lower",
)
TERMS = Terms({FEE.id: FEE}, DEFAULT_TIMES)


def build_case(key, *told, recognises=False):
    """A customer who asked for the fee; each answer: a channel, the hours after DAY, the dollars told."""
    customer = Customer(key, ())
    claims, contacts = [], []
    for number, (channel, hours, dollars) in enumerate(told):
        reply = Reply(
            f"{key}{number}", channel, "", "How much?", DAY + timedelta(hours=hours), team=f"{channel} team"
        )
        claim = Claim(reply.id, FEE.id, Value("money", dollars, dollars, "USD"), "x", 0, 1, 1.0)
        claims.append(JudgedClaim(claim, reply, customer, FEE, judge_claim(claim, FEE, reply.day, {})))
        contacts.append(Contact(reply, Asking((FEE.id,), recognises=recognises and number > 0)))
    return CustomerCase(customer, tuple(claims), tuple(contacts))


CASES = [
    build_case("A", ("email", 0, 9.0), ("phone", 30, 7.0), recognises=True),
    build_case("B", ("email", 0, 7.0), ("chat", 5, 2.5)),
    build_case("C", ("email", 0, 7.0), ("phone", 9, 7.0)),
    build_case("D", ("phone", 0, 3.0), ("phone", 50, 7.0)),
]


def test_the_figures_of_four_customers():
    headline = build_headline(tally_all(CASES))
    assert headline == Headline(
        asked_twice=3,
        recognised=1,
        told_different=2,
        by_channel_pair={"chat / email": Rate(1, 1), "email / phone": Rate(1, 2)},
        by_policy={"returns.fee": Rate(3, 8)},
        by_channel={"chat": Rate(1, 1), "email": Rate(1, 3), "phone": Rate(1, 4)},
        by_team={"chat team": Rate(1, 1), "email team": Rate(1, 3), "phone team": Rate(1, 4)},
        hours_to_correct=40.0,
        better_deals={"returns.fee": 2},
        costs={"returns.fee": {"USD": 4.5}},
    )


def test_figures_add_up_customer_by_customer_whatever_stands_between():
    parts = [tally for case in reversed(CASES) for tally in tally_figures(case)]
    assert build_headline([Tally("channel-drift", ("x",)), *parts]) == build_headline(tally_all(CASES))


def test_without_customers_there_are_no_figures():
    assert build_headline([]) == Headline()
