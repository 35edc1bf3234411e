"""Whose case the words speak of: another's, the customer's own, or one that they leave out."""

from __future__ import annotations

import pytest

from consistency_check.model import Case
from consistency_check.read.cases import CaseWords, Named, split_case
from tests.read.knowledge import find_policy, load_base

WORDS = CaseWords(load_base())
GOLD: Case = (("tier", "gold"),)
SILVER: Case = (("tier", "silver"),)


def split(text: str, centre: int = 0, policy: str = "period") -> tuple[Case, Case]:
    return split_case(WORDS.find(text, 0, len(text), find_policy(policy)), centre)


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
    assert WORDS.find(text, text.index("You"), len(text), find_policy("period")) == []


def test_a_name_has_its_place() -> None:
    text = "for gold members"
    assert WORDS.find(text, 0, len(text), find_policy("period")) == [Named("tier", "gold", 4, 16, False)]
