"""How a reply is read, for a person who asks: the same claims, and all that led there, at its offsets."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency_check.model import Explanation, Reply
from consistency_check.read import Reader
from consistency_check.read.cues import CUES
from consistency_check.read.scoring import UNLIKELY
from consistency_check.read.weights import show_probability
from tests.read.knowledge import build_once, load_base, make_reply

TEXT = (
    "Dear Ann, I think toys can be borrowed for 3 weeks. A late toy isn't $9, a late toy costs $3 a day. "
    "Puzzles can be borrowed.\n> Loans are renewed online within 4 days"
)
REPLIES = (
    make_reply(TEXT, "How long can I keep a toy?"),
    make_reply("Loans are renewed at the counter. Gold members can borrow toys for 60 days."),
    make_reply("no, 10 days", "How long can I keep a toy, a fortnight?"),
    make_reply(""),
)
CURLY = make_reply("You can’t borrow puzzles and you shouldn’t ask: a late toy costs $3 a day.")
REASONS = {cue.name: cue.reason for cue in CUES}


def explain(text: str, question: str = "") -> Explanation:
    return build_once().explain(make_reply(text, question))


def check_whole(reply: Reply, explained: Explanation) -> None:
    """All of it lies in the text, in its order, and what is counted is what is claimed."""
    for mention, _ in explained.mentions:
        assert 0 <= mention.start < mention.end <= len(reply.text)
    for one in (*explained.cues, *explained.considered):
        assert 0 <= one.start < one.end <= len(reply.text)
        assert one.quote.strip()
    for listed in ([mention for mention, _ in explained.mentions], explained.considered):
        assert all(one.start <= other.start for one, other in pairwise(listed))
    for one in explained.considered:
        assert 0 <= one.wording <= 1
        assert 0 <= one.confidence <= 1
    counted = sorted((one.policy, one.confidence) for one in explained.considered if not one.reason)
    assert counted == sorted((claim.policy, claim.confidence) for claim in explained.claims)


@pytest.mark.parametrize("reply", REPLIES, ids=lambda reply: reply.text[:20])
def test_what_is_explained_is_what_is_read(reply: Reply) -> None:
    explained = build_once().explain(reply)
    assert explained.claims == build_once().read(reply).claims
    check_whole(reply, explained)
    for one in (*explained.cues, *explained.considered):
        assert one.quote == reply.text[one.start : one.end]


def test_some_of_it_is_claimed() -> None:
    assert {claim.policy for claim in build_once().explain(REPLIES[1]).claims} >= {"loans.renewal"}
    empty = build_once().explain(make_reply(""))
    assert empty == Explanation((), (), (), ())


@pytest.mark.parametrize("least", [0.2, 0.9, 1.01])
def test_the_claims_are_those_of_a_reader_as_strict(least: float) -> None:
    reader = Reader(load_base(), min_confidence=least)
    for reply in REPLIES:
        explained = reader.explain(reply)
        assert explained.claims == reader.read(reply).claims
        check_whole(reply, explained)


def test_every_value_is_told_with_why_it_was_set_aside() -> None:
    told = {TEXT[m.start : m.end]: reason for m, reason in build_once().explain(REPLIES[0]).mentions}
    assert set(told) >= {"3 weeks", "$9"}
    assert told["3 weeks"] == ""
    assert told["$9"] == "negated"
    assert "quoted from an earlier message" in told.values()


def test_every_cue_is_told_with_its_name_and_reason() -> None:
    cues = explain("I think a late toy costs $3 a day.").cues
    assert "I think" in {cue.quote for cue in cues}
    assert all(REASONS[cue.name] == cue.reason for cue in cues)


def test_a_policy_is_considered_however_little_speaks_for_it() -> None:
    text, question = "It is 5 days here.", "how long can I keep a toy?"
    one = next(one for one in explain(text, question).considered if one.policy == "loans.period")
    strict = Reader(load_base(), min_confidence=1.01).explain(make_reply(text, question))
    same = next(one for one in strict.considered if one.policy == "loans.period")
    assert (one.quote, one.wording, one.confidence) == (same.quote, same.wording, same.confidence)
    assert same.reason
    assert len(explain("Would a late toy cost $3 a day?").considered) > 0


def test_what_is_too_unlikely_for_a_near_miss_is_told_as_well() -> None:
    texts = (
        "My cat is 3 weeks old and cost $4.",
        "I moved 6 weeks ago.",
        "See you in 2 days, we have puzzles.",
    )
    found = [one for text in texts for one in explain(text).considered]
    assert any(one.confidence < show_probability(UNLIKELY) - 0.01 for one in found)


def test_what_is_no_claim_has_a_reason_and_what_is_one_has_none() -> None:
    strict = Reader(load_base(), min_confidence=1.01)
    considered = strict.explain(make_reply("Would a late toy cost $3 a day?")).considered
    assert {one.reason for one in considered} == {"the agent asks"}
    counted = [one for one in explain("A late toy costs $3 a day.").considered if not one.reason]
    assert [one.policy for one in counted] == ["loans.late_fee"]


def test_quotes_keep_the_agent_s_own_apostrophes() -> None:
    explained = build_once().explain(CURLY)
    check_whole(CURLY, explained)
    assert explained.claims == build_once().read(CURLY).claims
    assert any("’" in CURLY.text[one.start : one.end] for one in explained.cues)
    for one in (*explained.cues, *explained.considered, *explained.claims):
        assert one.quote == CURLY.text[one.start : one.end]


PIECES = st.sampled_from(
    [
        *("Toys", " 3 weeks", "$2", "\n", "> ", ". ", "gold", " isn't ", "?", "’", "İ", "puzzles", " online"),
        *("late", " I think ", " can be borrowed", "renewed", "Hi ", "🙂"),
    ]
)
TEXTS = st.text(max_size=40) | st.lists(PIECES, max_size=12).map("".join)


@settings(deadline=None, max_examples=60)
@given(TEXTS, TEXTS)
def test_any_reply_is_explained_as_it_is_read(text: str, question: str) -> None:
    reply = make_reply(text, question)
    explained = build_once().explain(reply)
    assert explained.claims == build_once().read(reply).claims
    check_whole(reply, explained)
