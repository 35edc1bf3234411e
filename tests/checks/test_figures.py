"""The headline figures of a few customers, worked out by hand."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

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
from consistency_check.summary import count_contacts, sum_up
from consistency_check.values import parse_value

DAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
FEE = Policy(
    "returns.fee",
    "returns",
    "A return costs {value}.",
    "money",
    (DatedValue(None, Value("money", 7, 7, "USD")),),
    favours="lower",
)
WINDOW = replace(
    FEE, id="returns.window", type="duration", values=(DatedValue(None, parse_value("duration", "30 days")),)
)


OPEN = replace(FEE, values=(DatedValue(None, None),))


def build_case(key, *told, recognises=False, policy=FEE):
    """A customer who asked for the fee; each answer: a channel, the hours after DAY, the dollars told.

    Of a policy of another type the answer is told in words.
    """
    customer = Customer(key, ())
    claims, contacts = [], []
    for number, (channel, hours, said) in enumerate(told):
        reply = Reply(
            f"{key}{number}", channel, "", "How much?", DAY + timedelta(hours=hours), team=f"{channel} team"
        )
        value = parse_value(policy.type, said) if isinstance(said, str) else Value("money", said, said, "USD")
        claim = Claim(reply.id, policy.id, value, "x", 0, 1, 1.0)
        claims.append(JudgedClaim(claim, reply, customer, policy, judge_claim(claim, policy, reply.day, {})))
        contacts.append(Contact(reply, Asking((policy.id,), recognises=recognises and number > 0)))
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
        by_channel_pair={("chat", "email"): Rate(1, 1), ("email", "phone"): Rate(1, 2)},
        by_policy={"returns.fee": Rate(3, 8)},
        by_channel={"chat": Rate(1, 1), "email": Rate(1, 3), "phone": Rate(1, 4)},
        by_team={"chat team": Rate(1, 1), "email team": Rate(1, 3), "phone team": Rate(1, 4)},
        hours_to_correct=40.0,
        better_deals={"returns.fee": 2},
        costs={"returns.fee": {"USD": 4.5}},
    )


DEALS = [
    (FEE, 11.0, 9.0, None, "still worse than the policy"),
    (FEE, 9.0, 7.0, None, "no more than the policy"),
    (FEE, 9.0, 3.0, 4.0, "beyond the policy, from there on"),
    (FEE, 7.0, 3.0, 4.0, "beyond the policy, which was told first"),
    (FEE, 6.0, 3.0, 3.0, "beyond a first answer that was so already"),
    (OPEN, 9.0, 7.0, None, "nothing to be beyond of"),
]


@pytest.mark.parametrize(("policy", "first", "better", "cost", "why"), DEALS)
def test_what_a_better_deal_costs(policy, first, better, cost, why):
    case = build_case("A", ("email", 0, first), ("chat", 5, better), policy=policy)
    headline = build_headline(tally_figures(case))
    assert headline.better_deals == {policy.id: 1}
    assert headline.costs == ({policy.id: {"USD": cost}} if cost else {}), why


def test_a_cost_is_counted_by_what_any_of_the_answers_says():
    fee = replace(FEE, values=(DatedValue(None, parse_value("money", "$7")),))
    case = build_case("A", ("email", 0, "$9 per month"), ("chat", 5, "$5"), policy=fee)
    assert build_headline(tally_figures(case)).costs == {"returns.fee": {"$ a month": 2.0}}


def test_two_spellings_of_one_value_are_no_conflict_of_their_channels():
    case = build_case(
        "A", ("email", 0, "14 days"), ("phone", 30, "30 days"), ("chat", 40, "2 weeks"), policy=WINDOW
    )
    assert build_headline(tally_figures(case)).by_channel_pair == {
        ("chat", "email"): Rate(0, 1),
        ("chat", "phone"): Rate(1, 1),
        ("email", "phone"): Rate(1, 1),
    }
    counted = list(count_contacts({("email", True): 1}, case.claims))
    summary = sum_up(counted, (), ["channel-conflict"], {}, 0)
    assert summary.by_channel_pair == {"chat / phone": 1, "email / phone": 1}
    assert sum_up(counted, (), ["policy-conflict"], {}, 0).by_channel_pair == {}


def test_the_time_to_correct_goes_from_the_first_wrong_answer_to_the_first_right_one_after_it():
    told = [("email", 0, 7.0), ("chat", 1, 9.0), ("email", 3, 8.0), ("phone", 5, 7.0), ("chat", 9, 7.0)]
    assert build_headline(tally_figures(build_case("A", *told))).hours_to_correct == 4.0
    assert build_headline(tally_figures(build_case("A", *told[:3]))).hours_to_correct is None


def test_figures_add_up_customer_by_customer_whatever_stands_between():
    parts = [tally for case in reversed(CASES) for tally in tally_figures(case)]
    assert build_headline([Tally("channel-drift", ("x",)), *parts]) == build_headline(tally_all(CASES))


def test_without_customers_there_are_no_figures():
    assert build_headline([]) == Headline()


def test_a_channel_may_hold_what_stands_between_two():
    case = build_case("A", ("web / app", 0, 9.0), ("email", 30, 7.0))
    headline = build_headline(tally_all([case]))
    assert headline.by_channel_pair == {("email", "web / app"): Rate(1, 1)}
