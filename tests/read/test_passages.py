"""Sentences of prose and of chats, their offsets, and what repeats an earlier message."""

from __future__ import annotations

from functools import cache
from time import process_time

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.matcher import PhraseMatcher

from consistency_check.read import passages
from consistency_check.read.cues import CUES
from consistency_check.read.passages import (
    ENDS,
    LONGEST_CHUNK,
    LONGEST_KEPT,
    LONGEST_TEXT,
    find_quoted,
    load_tokeniser,
    split_sentences,
)
from tests.read.knowledge import lay

# Words, cues, marks that spaCy joins into faces or splits, and every kind of blank.
PIECES = (
    *(
        "toys",
        "£5",
        "a.m.",
        "Mr.",
        "it's",
        "can't",
        "I'd",
        "İ",
        "e.g.",
        "doin'",
        "'s",
        "w/o",
        "3pm",
        "o",
        "p",
    ),
    *("8)", ":)", "(:", "):", "-)", ":-(", ":", "-", "(", ")", "'", ".", "?", "!", "…", "...", ",", "/"),
    *("no problem", "not", "you will get", "No longer", "as of", "toys@library.example", "😀", "日本"),
    *(" ", " ", " ", " ", "  ", "\n", "\t", "\xa0", "\r\n", " \n "),
)


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


@cache
def load_reference() -> tuple[Language, PhraseMatcher]:
    pipeline = spacy.blank("en")
    matcher = PhraseMatcher(pipeline.vocab, attr="LOWER")
    for number, cue in enumerate(CUES):
        matcher.add(str(number), [pipeline.make_doc(phrase) for phrase in cue.list_phrases()])
    return pipeline, matcher


@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
def test_words_and_cues_are_those_that_spacy_finds_in_the_whole_text(text: str) -> None:
    pipeline, matcher = load_reference()
    doc = pipeline.make_doc(text)
    words = [(token.lower_, token.idx) for token in doc if not token.is_space and token.text not in ENDS]
    met = [(span.start_char, span.end_char, int(span.label_)) for span in matcher(doc, as_spans=True)]
    sentences = split_sentences(text)
    read = [pair for one in sentences for pair in zip(one.words, one.starts, strict=True)]
    assert [pair for pair in read if pair[0] not in ENDS] == words
    assert [(cue.start, cue.end, cue.cue) for one in sentences for cue in one.cues] == sorted(met)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It is free (so):", "it is free ( so ):"),
        ("It is free (so): -)", "it is free ( so ) : - )"),
        ("''s/he", "'' s / he"),
        ("doin ''s/he", "doin ' ' s / he"),
    ],
)
def test_a_face_is_joined_or_parted_as_its_neighbours_have_it(text: str, words: str) -> None:
    assert " ".join(split_sentences(text)[0].words) == words


@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("no problem", True),
        ("No PROBLEM", True),
        ("no  problem", False),
        ("no\tproblem", False),
        ("no\nproblem", False),
    ],
)
def test_the_words_of_a_cue_follow_each_other_after_one_space(text: str, together: bool) -> None:
    met = {CUES[one.cue].name for sentence in split_sentences(text) for one in sentence.cues}
    assert ("double negative" in met) is together


def test_no_phrase_of_a_cue_goes_on_after_the_end_of_a_sentence() -> None:
    pipeline = load_tokeniser().pipeline
    for cue in CUES:
        for phrase in cue.list_phrases():
            assert ENDS.isdisjoint(token.text for token in pipeline.make_doc(phrase)[:-1])


def test_a_sentence_ends_in_the_text_where_lower_case_is_longer() -> None:
    assert [(one.words, one.end) for one in split_sentences("Ann İ \nBye")] == [
        (("ann", "i̇"), 5),
        (("bye",), 10),
    ]


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
    assert "Zyxophan" in worn.chunks
    passages.forget_words()
    assert passages.load_tokeniser() is worn
    monkeypatch.setattr(passages, "MOST_WORDS", 10)
    passages.forget_words()
    assert passages.load_tokeniser() is not worn
    assert "Zyxophan" not in passages.load_tokeniser().chunks
    assert "zyxophan" not in passages.load_tokeniser().pipeline.vocab.strings
    assert split_sentences("Zyxophan and quargle are toys.") == sentences


def test_many_chunks_of_few_words_replace_a_tokeniser_too(monkeypatch: pytest.MonkeyPatch) -> None:
    passages.load_tokeniser.cache_clear()
    worn = passages.load_tokeniser()
    monkeypatch.setattr(passages, "MOST_WORDS", len(worn.pipeline.vocab) + 400)
    split_sentences(" ".join(f"{first}/{second}" for first in range(40) for second in range(40)))
    passages.forget_words()
    assert passages.load_tokeniser() is not worn


@pytest.mark.parametrize("length", [LONGEST_KEPT, LONGEST_KEPT + 1, LONGEST_CHUNK, LONGEST_CHUNK + 1])
def test_a_chunk_that_is_too_long_is_read_and_not_kept(length: int) -> None:
    long = "z" * length
    assert split_sentences(f"Keep {long} toys.")[0].words == ("keep", long, "toys", ".")
    assert (long in load_tokeniser().chunks) is (length == LONGEST_KEPT)


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


@pytest.mark.parametrize("run", ["(", '"', "'", "?!", "=)"])
def test_a_long_run_of_marks_takes_no_time_and_no_word_away(run: str) -> None:
    started = process_time()
    words = [word for sentence in split_sentences(f"one {run * 9_000} two") for word in sentence.words]
    assert words == ["one", "two"]
    assert process_time() - started < 0.5
