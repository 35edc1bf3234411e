"""Sentences of prose and of chats, their offsets, and what repeats an earlier message."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency_check.read import passages
from consistency_check.read.passages import LONGEST_TEXT, find_quoted, split_sentences
from tests.read.knowledge import lay


def list_sentences(text: str) -> list[str]:
    return [text[one.start : one.end] for one in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("We lend toys. Keep them clean!", ["We lend toys.", "Keep them clean!"]),
        ("We close at 6 a.m. on Sundays. Bye.", ["We close at 6 a.m. on Sundays.", "Bye."]),
        ("Ask Dr. Moss, e.g. by mail. Thanks", ["Ask Dr. Moss, e.g. by mail.", "Thanks"]),
        ("it's $2.50 a day. ok?", ["it's $2.50 a day.", "ok?"]),
        ("hi\nyou can keep it\n\n3 weeks", ["hi", "you can keep it", "3 weeks"]),
        ("Really? Yes! Sure… ok", ["Really?", "Yes!", "Sure…", "ok"]),
        ("write to toys@library.example. Or ring.", ["write to toys@library.example.", "Or ring."]),
        ("  \n \n", []),
        ("", []),
    ],
)
def test_a_text_is_split_where_its_sentences_end(text: str, sentences: list[str]) -> None:
    assert list_sentences(text) == sentences


def test_words_are_in_lower_case_at_their_offsets() -> None:
    text = "Hello Ann.\nToys stay TWO weeks."
    sentence = split_sentences(text)[1]
    assert sentence.words == ("toys", "stay", "two", "weeks", ".")
    for word, start in zip(sentence.words, sentence.starts, strict=True):
        assert text[start : start + len(word)].lower() == word
    assert (sentence.start, sentence.end) == (11, len(text))


@pytest.mark.parametrize(
    ("text", "asks"), [("Do you have it?", True), ("You have it.", False), ("no idea", False)]
)
def test_a_sentence_asks_by_its_question_mark(text: str, asks: bool) -> None:
    assert [one.asks for one in split_sentences(text)] == [asks]


@pytest.mark.parametrize(
    ("text", "greets"),
    [
        ("Dear Ms Moss,", True),
        ("Kind regards, Ann", True),
        ("Hiring a toy is free", False),
        ("Hello, you can keep every toy that we lend for three weeks", False),
    ],
)
def test_a_greeting_is_short_and_opens_like_one(text: str, greets: bool) -> None:
    assert [one.greets for one in split_sentences(text)] == [greets]


def test_a_text_is_read_up_to_its_limit() -> None:
    text = "We lend toys. " * (LONGEST_TEXT // 10)
    assert split_sentences(text)[-1].end <= LONGEST_TEXT < len(text)


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Thanks.\n> Keep it 9 days.\nSee you.", ["Thanks.", "See you."]),
        ("| Keep it 9 days.\nSee you.", ["See you."]),
        ("Sure.\n\nOn Mon, 2 Mar 2026 at 09:12, Ann Moss wrote:\nKeep it 9 days.", ["Sure."]),
        ("On Mon, 2 Mar 2026 at 09:12, Ann wrote:\n> Keep it 9 days.\n\nSee you.", ["See you."]),
        ("Sure.\n-----Original Message-----\nKeep it 9 days.", ["Sure."]),
        ("Sure.\n---------- Forwarded message ----------\nKeep it 9 days.", ["Sure."]),
        ("Sure.\nFrom: Ann Moss\nSent: Monday\nKeep it 9 days.", ["Sure."]),
        ("Sure.\n____________________\nKeep it 9 days.", ["Sure."]),
        ("5 > 3 and a|b are no quotes.", ["5 > 3 and a|b are no quotes."]),
        ("On the shelf she wrote nothing.", ["On the shelf she wrote nothing."]),
    ],
)
def test_what_repeats_an_earlier_message_is_not_the_reply_s_own(text: str, own: list[str]) -> None:
    assert [text[one.start : one.end] for one in lay(text).sentences] == own
    assert bool(find_quoted(text)) is ("9 days" in text)


def test_values_of_quoted_mail_are_left_out() -> None:
    scene = lay("Keep it 8 days.\n> Keep it 9 days.")
    assert [mention.value.low for mention in scene.mentions] == [8]


def test_a_tokeniser_that_has_met_too_many_words_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    sentences = split_sentences("Zyxophan and quargle are toys.")
    worn = passages.load_tokeniser()
    passages.forget_words()
    assert passages.load_tokeniser() is worn
    monkeypatch.setattr(passages, "MOST_WORDS", 10)
    passages.forget_words()
    assert passages.load_tokeniser() is not worn
    assert "zyxophan" not in passages.load_tokeniser().pipeline.vocab.strings
    assert split_sentences("Zyxophan and quargle are toys.") == sentences


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=120))
def test_sentences_lie_in_the_text_one_after_the_other(text: str) -> None:
    last = 0
    for sentence in split_sentences(text):
        assert last <= sentence.start < sentence.end <= len(text)
        assert list(sentence.starts) == sorted(sentence.starts)
        assert len(sentence.words) == len(sentence.starts)
        for met in sentence.cues:
            assert sentence.start <= met.start < met.end <= sentence.end
        last = sentence.end


@given(st.text(alphabet="ab .!?\n>|-", max_size=80))
def test_nothing_but_space_and_marks_falls_between_sentences(text: str) -> None:
    between = str.maketrans("", "", " \n.!?")
    assert "".join(list_sentences(text)).translate(between) == text.translate(between)
