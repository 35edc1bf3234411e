"""Every cue matches its example and is silent on its counter-example."""

import pytest

from consistency_check.read.asking import ASKS, POLAR_QUESTION
from consistency_check.read.cue import Cue
from consistency_check.read.cues import CUES, STANCE, YES_NO
from consistency_check.read.passages import split_sentences
from consistency_check.read.polarity import list_negations


def find_cues(text):
    return {CUES[met.cue].name for sentence in split_sentences(text) for met in sentence.cues}


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue.name)
def test_a_cue_matches_its_example(cue):
    assert cue.name in find_cues(cue.matches)


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue.name)
def test_a_cue_is_silent_on_its_counter_example(cue):
    numbers = {met.cue for sentence in split_sentences(cue.silent) for met in sentence.cues}
    assert CUES.index(cue) not in numbers


def test_cue_names_are_unique_within_a_table():
    for table in (STANCE, YES_NO):
        assert len({cue.name for cue in table}) == len(table)


def test_phrases_are_written_out():
    cue = Cue("x", "(he|she) (|had )said, don't know", "", "")
    assert cue.list_phrases() == [
        "don't know",
        "dont know",
        "he had said",
        "he said",
        "she had said",
        "she said",
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("no problem at all, just bring it in", 0),
        ("we do not deliver there", 1),
        ("we don't deliver there", 1),
        ("don't hesitate to call", 0),
        ("i'm afraid we can't", 2),
        ("it's not only for members", 0),
        ("there is no need to book", 0),
    ],
)
def test_only_real_negations_count(text, count):
    assert sum(len(list_negations(sentence.cues)) for sentence in split_sentences(text)) == count


@pytest.mark.parametrize(
    ("text", "polar"),
    [("can i bring my dog?", True), ("how long can i keep it?", False), ("hi, do you ship abroad", True)],
)
def test_polar_questions(text, polar):
    assert bool(POLAR_QUESTION.search(text)) is polar


@pytest.mark.parametrize(
    ("kind", "text", "asks"),
    [
        ("duration", "how long do i have", True),
        ("money", "how long do i have", False),
        ("money", "what does it cost", True),
    ],
)
def test_a_question_asks_for_a_kind_of_value(kind, text, asks):
    assert bool(ASKS[kind].search(text)) is asks
