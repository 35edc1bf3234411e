"""Which of the weighed candidates become claims."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency_check.model import Value
from consistency_check.read.batch import Candidate
from consistency_check.read.scoring import Weighed, choose_claims

DAYS = Value("duration", 5, 5, "day")
WEEKS = Value("duration", 14, 14, "day")
YES, NO = Value("yes_no", word="yes"), Value("yes_no", word="no")
CARD, CASH = Value("choice", word="card"), Value("choice", word="cash")


def weigh(policy: int, value: Value, confidence: float, *, start: int = 0, family: str = "typed") -> Weighed:
    return Weighed(Candidate(0, policy, family, value, start, start + 5, 0), value, confidence, 0.0)


def choose(*weighed: Weighed) -> list[int]:
    """The places of those chosen, the surest first."""
    return [weighed.index(one) for one in choose_claims(weighed, 0.5)]


def test_a_doubtful_candidate_is_no_claim() -> None:
    assert choose(weigh(1, DAYS, 0.49)) == []
    assert choose(weigh(1, DAYS, 0.5)) == [0]


def test_one_value_speaks_of_one_policy() -> None:
    assert choose(weigh(1, DAYS, 0.6), weigh(2, DAYS, 0.9)) == [1]


def test_a_policy_s_value_is_claimed_once() -> None:
    assert choose(weigh(1, DAYS, 0.6), weigh(1, DAYS, 0.9, start=40)) == [1]


def test_what_a_value_is_counted_by_makes_no_second_claim() -> None:
    assert choose(
        weigh(1, Value("money", 5, 5, "USD", per="month"), 0.9),
        weigh(1, Value("money", 5, 5, "USD"), 0.8, start=40),
    ) == [0]


def test_two_values_for_one_policy_are_two_claims() -> None:
    assert choose(weigh(1, DAYS, 0.6), weigh(1, WEEKS, 0.9, start=40)) == [1, 0]


@pytest.mark.parametrize("family", ["yes_no", "text"])
def test_a_policy_is_affirmed_or_denied_once(family: str) -> None:
    one, other = weigh(1, YES, 0.7, family=family), weigh(1, NO, 0.8, start=40, family=family)
    assert choose(one, other) == [1]


def test_a_sentence_may_answer_several_policies() -> None:
    assert choose(weigh(1, YES, 0.7, family="yes_no"), weigh(2, NO, 0.8, family="yes_no")) == [1, 0]


def test_two_options_are_two_claims() -> None:
    assert choose(weigh(1, CARD, 0.7, family="choice"), weigh(1, CASH, 0.8, family="choice")) == [1, 0]


def test_of_equals_the_first_in_the_text_wins() -> None:
    assert choose(weigh(1, DAYS, 0.7, start=40), weigh(1, DAYS, 0.7)) == [1]


WEIGHED = st.builds(
    weigh,
    st.integers(0, 3),
    st.sampled_from([DAYS, WEEKS]),
    st.sampled_from([0.4, 0.5, 0.7, 0.9]),
    start=st.sampled_from([0, 10, 20]),
    family=st.sampled_from(["typed", "yes_no", "choice"]),
)


@given(st.lists(WEIGHED, max_size=8, unique=True))
def test_each_claim_is_sure_enough_and_none_is_made_twice(weighed: list[Weighed]) -> None:
    chosen = choose_claims(weighed, 0.5)
    assert all(one.confidence >= 0.5 for one in chosen)
    assert len({(one.candidate.policy, one.value) for one in chosen}) == len(chosen)
    assert [one.confidence for one in chosen] == sorted((one.confidence for one in chosen), reverse=True)
    if any(one.confidence >= 0.5 for one in weighed):
        assert chosen[0].confidence == max(one.confidence for one in weighed)
