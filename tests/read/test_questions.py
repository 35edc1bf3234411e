"""What customers ask for: which policies, or what none answers; and which answers knew of it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consistency_check.model import Reply
from consistency_check.policies import load_policies
from consistency_check.read.passages import split_sentences
from consistency_check.read.questions import (
    MEASURES,
    build_question_reader,
    fold_word,
    is_question,
    list_telling,
    load_question_model,
)
from consistency_check.read.recognition import recognises_contact
from consistency_check.read.signs import SIGNS

POLICIES = """\
topic: returns
policies:
  window:
    statement: Items can be returned within {value} of delivery.
    type: duration
    value: 30 days
    questions: [How long do I have to return an item?]
  fee:
    statement: A return label costs {value}.
    type: money
    value: $7
    questions: [How much is the return label?]
  opened_items:
    statement: Opened items can be returned.
    type: yes_no
    value: no
"""


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    folder = tmp_path_factory.mktemp("policies")
    (folder / "returns.yaml").write_text(POLICIES, encoding="utf-8")
    return build_question_reader(load_policies(folder))


def ask(question, text="Yes."):
    return Reply("R", "chat", text, question)


@pytest.mark.parametrize(
    ("question", "policies"),
    [
        ("How long do I have to return this?", ("returns.window",)),
        ("how much does the return label cost", ("returns.fee",)),
        ("Thanks for the return label!", ()),
        ("", ()),
        ("Do you sell gift vouchers?", ()),
    ],
)
def test_which_policies_a_question_is_about(reader, question, policies):
    assert reader.read(ask(question)).policies == policies


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Do your tents come with repair kits?", ("kit", "repair", "tent")),
        ("how tall are the penguin costumes", ("costume", "penguin", "tall")),
    ],
)
def test_what_no_policy_answers(reader, question, words):
    asking = reader.read(ask(question))
    assert asking.is_uncovered
    assert asking.words == words


@pytest.mark.parametrize(
    "question",
    ["ok thanks, bye", "The penguin costumes arrived torn.", "how come?", "How long to return it?"],
)
def test_thanks_complaints_and_what_is_covered_are_none(reader, question):
    assert not reader.read(ask(question)).is_uncovered


QUESTIONS = st.sampled_from(
    ["How long to return it?", "how much is the label", "Do you wrap gifts?", "ta", "", "Opened box, ok?"]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(QUESTIONS, max_size=8))
def test_each_is_read_as_if_alone_and_in_any_company(reader, questions):
    replies = [ask(question) for question in questions]
    assert reader.read_batch(replies) == [reader.read(reply) for reply in replies]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_read(reader, text):
    asking = reader.read(ask(text, text))
    assert bool(asking.words) == asking.is_uncovered


def test_a_knowledge_base_without_policies_covers_nothing(tmp_path, reader):
    from consistency_check.model import KnowledgeBase

    asking = build_question_reader(KnowledgeBase({}, {})).read(ask("Do you wrap gifts?"))
    assert asking.is_uncovered
    assert not asking.policies


def test_telling_words_are_folded_and_of_what_asks_alone():
    sentences = split_sentences("My boxes came. Do the boxes, dishes and ladies' dresses fit?")
    assert list_telling(sentences) == ("box", "dish", "dress", "fit", "lady")
    assert [is_question(sentence) for sentence in sentences] == [False, True]
    assert [fold_word(word) for word in ("bus", "glass", "keys", "analysis")] == [
        "bus",
        "glass",
        "key",
        "analysis",
    ]


def test_a_model_for_other_columns_is_refused(tmp_path):
    model = json.loads((Path(__file__).parents[2] / "consistency_check/read/questions.json").read_text())
    assert model["measures"] == list(MEASURES)
    file = tmp_path / "questions.json"
    file.write_text(json.dumps({**model, "measures": ["other"]}))
    with pytest.raises(ValueError, match="run its command again"):
        load_question_model(file)


@pytest.mark.parametrize("sign", SIGNS, ids=[sign.name for sign in SIGNS])
def test_every_sign_matches_its_examples_and_none_of_the_others(sign):
    for text in sign.matches:
        assert re.search(sign.pattern, text), text
        assert recognises_contact(text), text
    for text in sign.silent:
        assert not re.search(sign.pattern, text), text
        assert not recognises_contact(text), text


LETTERS = st.characters(codec="ascii", categories=("Ll", "Nd", "Po", "Zs"))


@pytest.mark.parametrize("sign", SIGNS, ids=[sign.name for sign in SIGNS])
def test_no_match_is_without_the_words_that_are_looked_for_first(sign):
    @settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.from_regex(sign.pattern, fullmatch=True, alphabet=LETTERS))
    def check(text):
        assert all(any(word in text for word in words) for words in sign.list_needs())

    check()


@pytest.mark.parametrize(
    "text",
    [
        "I can see you called us on Monday.",
        "As my colleague told you by phone, it is 14 days.",
        "Further to your earlier e-mail, here is the label.",
        "Sorry for the mix-up in chat!",
        "I’m glad you checked: what you were told on the phone isn’t right.",
    ],
)
def test_an_answer_that_knows_of_an_earlier_contact(reader, text):
    assert reader.read(ask("How long?", text)).recognises


@pytest.mark.parametrize(
    "text",
    [
        "Thank you for your e-mail. You have 30 days.",
        "Please call us on Monday.",
        "It is 14 days.\n\n> On Monday my colleague told you 30 days",
        "",
    ],
)
def test_an_answer_that_does_not(reader, text):
    assert not reader.read(ask("How long?", text)).recognises


def test_a_hostile_text_takes_no_time():
    assert not recognises_contact("you " * 50_000 + "called " * 50_000)
