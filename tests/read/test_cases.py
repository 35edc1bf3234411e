"""Whose case the words speak of: another's, the customer's own, or one that they leave out."""

from __future__ import annotations

import pytest

from consistency_check.model import (
    Case,
    Claim,
    DatedValue,
    KnowledgeBase,
    Policy,
    PolicyException,
    Reply,
    Topic,
    Value,
)
from consistency_check.read import build_reader
from consistency_check.read.cases import CaseWords, Named, belongs_to, list_wanted, part_cases, split_case
from tests.read.knowledge import find_policy, load_base

WORDS = CaseWords(load_base())
GOLD: Case = (("tier", "gold"),)
SILVER: Case = (("tier", "silver"),)


def split(text: str, centre: int = 0, policy: str = "period") -> tuple[Case, Case]:
    return split_case(list_wanted(WORDS.find(text, 0, len(text)), find_policy(policy)), centre)


@pytest.mark.parametrize(
    ("text", "other", "own"),
    [
        ("gold members get 60 days", GOLD, ()),
        ("Gold: 60 days", GOLD, ()),
        ("60 days for silvers", SILVER, ()),
        ("as you're gold you get 60", (), GOLD),
        ("As a gold member you get 60", (), GOLD),
        ("your gold card gives you 60", (), GOLD),
        ("since you are a gold member it's 60", (), GOLD),
        ("21 days unless you are gold", (), ()),
        ("unlike gold members you have 21 days", (), ()),
        ("you're not gold, so 21 days", (), ()),
        ("for non-gold members it's 21", (), ()),
        ("everyone except for gold members: 21", (), ()),
        ("golden toys stay 21 days", (), ()),
        ("21 days", (), ()),
    ],
)
def test_whose_case_the_words_name(text: str, other: Case, own: Case) -> None:
    assert split(text) == (other, own)


def test_only_attributes_that_the_policy_depends_on_are_looked_for() -> None:
    assert split("gold members pay $2", policy="late_fee") == ((), ())


def test_the_nearest_word_wins() -> None:
    text = "silver members 30 days, gold members 60 days"
    assert split(text, text.index("member")) == (SILVER, ())
    assert split(text, text.index("60")) == (GOLD, ())


def test_words_outside_the_span_are_not_seen() -> None:
    text = "gold members get 60. You get 21."
    assert WORDS.find(text, text.index("You"), len(text)) == []


def test_a_name_has_its_place() -> None:
    text = "for gold members"
    assert WORDS.find(text, 0, len(text)) == [Named("tier", "gold", 4, 16, False)]


@pytest.mark.parametrize(
    ("word", "value", "others", "belongs"),
    [
        ((30, 38), (20, 28), [(20, 28)], True),
        ((30, 38), (0, 8), [(0, 8), (20, 28)], False),
        ((10, 18), (0, 8), [(0, 8), (20, 28)], True),
    ],
)
def test_a_case_word_is_the_nearest_value_s(word, value, others, belongs):
    assert belongs_to(Named("day", "saturday", *word, own=False), value, others) is belongs


def test_a_word_in_another_value_s_clause_is_not_this_one_s_case():
    policy = Policy(
        id="lines.hours",
        topic="lines",
        statement="Our lines are open {value}.",
        type="time",
        values=(DatedValue(None, Value("time", 480, 1200)),),
        questions=("When are your lines open?",),
        exceptions=(
            PolicyException((("day", ("saturday",)),), (DatedValue(None, Value("time", 540, 1020)),)),
        ),
    )
    days = {"day": {"saturday": ("Saturdays",)}}
    knowledge = KnowledgeBase({"lines": Topic("lines")}, {policy.id: policy}, days)
    text = "Our lines are open 8am to 8pm in the week, and 9am to 5pm on Saturdays."
    claims = build_reader(knowledge).read(Reply("r", "phone", text, "When are your lines open?")).claims
    assert [claim.case for claim in claims] == [(), (("day", "saturday"),)]


def test_of_several_prices_each_is_said_of_the_case_it_is_right_for():
    def dated(price: float) -> tuple[DatedValue, ...]:
        return (DatedValue(None, Value("money", price, price, "USD")),)

    exceptions = tuple(
        PolicyException((("weight", (word,)),), dated(price))
        for word, price in (("medium", 55), ("heavy", 70))
    )
    policy = Policy(
        id="ship.price",
        topic="ship",
        statement="Shipping costs {value}.",
        type="money",
        values=dated(40),
        exceptions=exceptions,
    )
    said = [Claim("r", policy.id, Value("money", v, v, "USD"), "", 0, 0, 0.9) for v in (40, 55, 70, 99)]
    listed = part_cases(said, {policy.id: policy}, None)
    assert [one.case for one in listed] == [(), (("weight", "medium"),), (("weight", "heavy"),), ()]
    assert part_cases(said[1:2], {policy.id: policy}, None) == tuple(said[1:2])
