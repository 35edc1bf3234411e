"""Whether words are meant as a claim at all: the grams around a value and in a sentence, and their sum."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from consistency_check.model import DatedValue
from consistency_check.read.batch import Batch
from consistency_check.read.candidates import Finder
from consistency_check.read.features import FEATURES
from consistency_check.read.grams import OPEN
from consistency_check.read.stance import (
    BLOCKS,
    DESCRIBED,
    REACH,
    Spoken,
    list_around,
    list_units,
    list_within,
    read_spoken,
)
from tests.read.knowledge import find_sentence, lay, load_base, make_reply

FINDER = Finder(load_base())
TEXT = (
    "Toys stay 3 weeks, or 10 days in May. Toys stay 4 weeks. Puzzles can be borrowed. Renew online. "
    "We print a new piece."
)


def find(text: str) -> Batch:
    return FINDER.find([make_reply(text)])


def list_grams(text: str, at: int = 0) -> list[str]:
    """The grams of one of the values in a text of one sentence."""
    mention = lay(text).mentions[at]
    return list(list_around(find_sentence(text), mention.start, mention.end, mention.value.type))


def test_the_grams_of_a_value_are_the_words_around_it_in_their_places() -> None:
    assert sorted(list_grams("Keep a toy up to you for 3 weeks, please")) == sorted(
        [
            *("<for", "<you", "<to", "<up", "<toy", "<a", "<keep"),
            *("<0 for", "<1 you", "<2 to", "duration<for"),
            *("< keep a", "< a toy", "< toy up", "< up to", "< to you", "< you for"),
            *(">,", ">please", ">0 ,", ">1 please", "duration>,", "> , please"),
            *("for _ ,", "^ keep", "^ a", "^ toy"),
        ]
    )


@pytest.mark.parametrize(
    ("text", "gram"), [("3 weeks it is", "_"), ("toys stay 3 weeks", "_"), ("3 weeks", "<")]
)
def test_where_no_word_stands_there_is_no_gram(text: str, gram: str) -> None:
    assert not any(gram in one for one in list_grams(text))


def test_words_out_of_reach_are_not_seen() -> None:
    words = [f"x{chr(97 + number)}" for number in range(REACH + 1)]
    grams = list_grams(f"{' '.join(words)} $3 {' '.join(reversed(words))}")
    assert {f"<{word}" for word in words} - set(grams) == {f"<{words[0]}"}
    assert {f">{word}" for word in words} - set(grams) == {f">{words[0]}"}


def test_the_value_s_own_words_are_no_gram_of_it() -> None:
    grams = list_grams("please do keep it 3 weeks, says she")
    assert not any("weeks" in gram or "3" in gram for gram in grams)


def test_another_value_s_words_are_a_gram_like_any() -> None:
    assert "> or 10" in list_grams("keep it 3 weeks or 10 days")
    assert "< 3 weeks" in list_grams("keep it 3 weeks or 10 days", 1)


def test_the_grams_of_a_sentence() -> None:
    words = ("we", "lend", "to", "anyone")
    assert list(list_within(words)) == [
        *words,
        *("we lend", "lend to", "to anyone"),
        *("^ we", "^ lend", "^ to"),
    ]
    assert list(list_within(())) == []


@pytest.mark.parametrize("family", FEATURES)
def test_a_unit_is_what_one_or_more_candidates_are_said_by(family: str) -> None:
    batch = find(TEXT)
    units, found = list_units(batch, family), batch.found[family]
    said = list(zip(found.words.tolist(), batch.open[found.policy].tolist(), strict=True))
    assert len(units.first) == len(units.grams) == len(set(said)) > 0
    assert [said[units.first[owner]] for owner in units.owner.tolist()] == said
    assert all(len(set(grams)) == len(grams) for grams in units.grams)


def test_a_unit_s_grams_are_those_of_its_own_words() -> None:
    batch = find(TEXT)
    first, second, _ = list_units(batch, "typed").grams
    assert "<0 stay" in first
    assert "<0 or" in second
    (sentence,) = list_units(batch, "choice").grams
    assert "renew online" in sentence


def test_a_unit_of_policies_without_a_fixed_value_has_its_grams_twice() -> None:
    base = load_base()
    opened = replace(base.policies["loans.period"], values=(DatedValue(None, None),), exceptions=())
    finder = Finder(replace(base, policies={**base.policies, opened.id: opened}))
    batch = finder.find([make_reply("Toys stay 3 weeks, and a late one costs $2.")])
    is_open = batch.open[batch.found["typed"].policy].tolist()
    assert set(is_open) == {True, False}
    units = list_units(batch, "typed")
    for owner, has_no_value in zip(units.owner.tolist(), is_open, strict=True):
        plain = [gram for gram in units.grams[owner] if not gram.startswith(OPEN)]
        marked = [OPEN + gram for gram in plain] if has_no_value else []
        assert list(units.grams[owner]) == [*plain, *marked]


@pytest.mark.parametrize("family", FEATURES)
def test_the_columns_of_a_stance_are_those_that_tell_nothing_of_a_policy(family: str) -> None:
    assert FEATURES[family][BLOCKS[family]] == DESCRIBED[family]


def test_grams_that_were_not_learned_count_nothing() -> None:
    model = Spoken(np.array([1.0], np.float32), 0.5, {"please": -2.0})
    rows = np.array([[1], [1], [0]], np.float32)
    assert model.score(rows, [("please", "do"), ("do",), ()]).tolist() == [-0.5, 1.5, 0.5]


def test_what_is_written_is_short_and_sorted() -> None:
    model = Spoken(np.array([0.1234567], np.float32), 0.5, {"b": 1.23456789, "a": 2.0})
    written = model.write()
    assert written == {"bias": 0.5, "weights": [0.12346], "grams": {"a": 2.0, "b": 1.2346}}
    assert list(written["grams"]) == ["a", "b"]
    assert read_spoken(written).write() == written
