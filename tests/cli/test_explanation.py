"""What is told of a reading, the reader's own threshold, and a reply that is not there."""

import pytest

from consistency_check.explanation import IDS_COMPARED, explain_reading, find_least, say_unknown_reply
from consistency_check.model import Claim, Considered, Explanation, Reply, Value
from consistency_check.read import MIN_CONFIDENCE

WEEK = Value("duration", 7, 7, "day")


class FakeReader:
    def __init__(self, *considered):
        claims = tuple(Claim("1", one.policy, one.value, one.quote, 0, 5, 0.9) for one in considered)
        self.explanation = Explanation((), (), considered, claims)

    def explain(self, reply):
        return self.explanation


def consider(policy):
    return Considered(policy, WEEK, "words", 0, 5, 0.9, 0.9, "")


def test_only_the_policies_asked_for_are_told_of():
    explanation = explain_reading(FakeReader(consider("a.x"), consider("b.y")), Reply("1", "", ""), {"b.y"})
    assert [one.policy for one in explanation.considered] == ["b.y"]
    assert [claim.policy for claim in explanation.claims] == ["b.y"]


@pytest.mark.parametrize(("given", "least"), [(None, MIN_CONFIDENCE), (0.0, 0.0), (0.8, 0.8)])
def test_no_confidence_given_is_the_readers_own(given, least):
    assert find_least(given) == least


def test_of_very_many_ids_those_that_begin_alike_are_compared():
    ids = [f"{number:06d}" for number in range(IDS_COMPARED)] + ["Ticket-1", "ticket-22"]
    said = say_unknown_reply("TICKET-2", ids, {}, ("exports",))
    assert said.endswith("20,002 replies were read; did you mean 'ticket-22' or 'Ticket-1'?")
