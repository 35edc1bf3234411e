"""Why what was sure enough is no claim: its rival is named, or that it disagrees and is not surer."""

from __future__ import annotations

import pytest

from consistency_check.model import Value
from consistency_check.read.batch import Candidate
from consistency_check.read.candidates import Finder
from consistency_check.read.misses import ELSEWHERE, LITTLE, UNSURE, explain_miss
from consistency_check.read.scoring import Weighed, choose_claims, find_bar
from tests.read.knowledge import lay, load_base

POLICIES = Finder(load_base()).policies
SCENE = lay("Toys can be kept for 3 weeks. So they say.")
WEEK, MONTH = Value("duration", 7, 7, "day"), Value("duration", 30, 30, "day")
YES, NO = Value("yes_no", word="yes"), Value("yes_no", word="no")


def weigh(policy: int, value: Value, start: int, confidence: float, *, agrees: bool = True) -> Weighed:
    family = "yes_no" if value.type == "yes_no" else "typed"
    candidate = Candidate(0, policy, family, value, start, start + 5, 0)
    return Weighed(candidate, value, confidence, 0.0, agrees)


@pytest.mark.parametrize(
    ("claim", "other", "reason"),
    [
        ((0, WEEK, 0), (1, WEEK, 0, 0.7), f"the same words are rather a claim about {POLICIES[0].id}"),
        ((0, WEEK, 0), (0, WEEK, 9, 0.7), ELSEWHERE),
        ((0, YES, 0), (0, NO, 9, 0.7), ELSEWHERE),
        ((0, WEEK, 0), (1, WEEK, 0, 0.49), LITTLE),
        ((0, WEEK, 0), (1, WEEK, 9, 0.49), LITTLE),
    ],
)
def test_a_rival_is_the_reason_where_there_is_one(
    claim: tuple[int, Value, int], other: tuple[int, Value, int, float], reason: str
) -> None:
    first, second = weigh(*claim, 0.9), weigh(*other)
    assert choose_claims([second, first], 0.5) == [first]
    assert explain_miss(SCENE, second, [first], POLICIES, 0.5) == reason


@pytest.mark.parametrize(("confidence", "counts"), [(0.71, False), (0.72, True)])
def test_what_disagrees_needs_2_5_times_the_odds(confidence: float, counts: bool) -> None:
    one = weigh(0, MONTH, 0, confidence, agrees=False)
    assert find_bar(one, 0.5) == pytest.approx(2.5 / 3.5)
    assert choose_claims([one], 0.5) == ([one] if counts else [])
    if not counts:
        assert explain_miss(SCENE, one, [], POLICIES, 0.5) == UNSURE


@pytest.mark.parametrize("least", [0.0, 1.0])
def test_all_and_nothing_mean_the_same_to_what_disagrees(least: float) -> None:
    assert find_bar(weigh(0, WEEK, 0, 0.5, agrees=False), least) == least
