"""Why words that were sure enough are no claim: the rival that took their place is named."""

import pytest

from consistency_check.explanation import IDS_COMPARED, explain_reading, find_least, say_unknown_reply
from consistency_check.model import Claim, Considered, Explanation, Reading, Reply, Value
from consistency_check.read import MIN_CONFIDENCE

WEEK, MONTH = Value("duration", 7, 7, "day"), Value("duration", 30, 30, "day")
YES, NO = Value("yes_no", word="yes"), Value("yes_no", word="no")
LITTLE = "too little says that it is about this policy"


def claim_it(one):
    return Claim("1", one.policy, one.value, one.quote, one.start, one.end, one.confidence)


class FakeReader:
    def __init__(self, *considered):
        self.explanation = Explanation((), (), considered, ())

    def explain(self, reply):
        return self.explanation

    def read(self, reply):
        return Reading(tuple(claim_it(one) for one in self.explanation.considered if not one.reason))


def consider(policy, value, start, confidence, reason=LITTLE):
    return Considered(policy, value, "words", start, start + 5, confidence, confidence, reason)


@pytest.mark.parametrize(
    ("claim", "other", "reason"),
    [
        (("a.x", WEEK, 0), ("a.y", WEEK, 0, 0.7), "the same words are rather a claim about a.x"),
        (("a.x", WEEK, 0), ("a.y", WEEK, 0, 0.49), LITTLE),
        (("a.x", WEEK, 0), ("a.y", WEEK, 9, 0.7), LITTLE),
        (("a.x", WEEK, 0), ("a.x", WEEK, 9, 0.7), "other words claim it more surely"),
        (("a.x", WEEK, 0), ("a.x", MONTH, 9, 0.7), LITTLE),
        (("a.x", YES, 0), ("a.x", NO, 9, 0.7), "other words claim it more surely"),
        (("a.x", YES, 0), ("a.y", YES, 0, 0.7), LITTLE),
    ],
)
def test_a_rival_is_the_reason_where_there_is_one(claim, other, reason):
    reader = FakeReader(consider(*claim, 0.9, reason=""), consider(*other))
    first, second = explain_reading(reader, Reply("1", "", ""), {"a.x", "a.y"}, 0.5).considered
    assert (first.reason, second.reason) == ("", reason)


def test_only_the_policies_asked_for_are_told_of():
    reader = FakeReader(consider("a.x", WEEK, 0, 0.9, ""), consider("b.y", WEEK, 0, 0.6))
    (left,) = explain_reading(reader, Reply("1", "", ""), {"b.y"}, 0.5).considered
    assert left.reason == "the same words are rather a claim about a.x"


@pytest.mark.parametrize(("given", "least"), [(None, MIN_CONFIDENCE), (0.0, 0.0), (0.8, 0.8)])
def test_no_confidence_given_is_the_readers_own(given, least):
    assert find_least(given) == least


def test_of_very_many_ids_those_that_begin_alike_are_compared():
    ids = [f"{number:06d}" for number in range(IDS_COMPARED)] + ["Ticket-1", "ticket-22"]
    said = say_unknown_reply("TICKET-2", ids, {}, ("exports",))
    assert said.endswith("20,002 replies were read; did you mean 'ticket-22' or 'Ticket-1'?")
