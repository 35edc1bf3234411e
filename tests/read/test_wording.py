"""How near words come to a knowledge base's wording, and which words count most."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency_check.read import wording
from consistency_check.read.vectors import load_vectors
from consistency_check.read.wording import Passages, Wording, list_words, soften
from tests.read.knowledge import load_base


@pytest.fixture(scope="module")
def words() -> Wording:
    return Wording(load_base())


def measure_nearness(words: Wording, said: str, known: str) -> float:
    return float(words.meet([[said]]).near[0, words.vocabulary[known]])


def find_nearest_policy(words: Wording, said: str) -> str:
    profiles = words.profile(words.meet([said.split()]))
    return words.policies[int(profiles.shared[0].argmax())].id


@pytest.mark.parametrize(
    ("said", "known"),
    [("fee", "deposit"), ("renewing", "renewed"), ("puzzle", "puzzles"), ("borrowing", "borrowed")],
)
def test_near_words_and_inflections_meet(words: Wording, said: str, known: str) -> None:
    assert measure_nearness(words, said, known) > 0.1


@pytest.mark.parametrize(("said", "known"), [("sofa", "website"), ("weather", "deposit"), ("green", "late")])
def test_unrelated_words_do_not_meet(words: Wording, said: str, known: str) -> None:
    assert measure_nearness(words, said, known) == 0


def test_a_word_meets_itself_best_of_all(words: Wording) -> None:
    known = [word for word in words.vocabulary if word[0].isalpha()]
    near = words.meet([[word] for word in known]).near
    assert [float(near[row, words.vocabulary[word]]) for row, word in enumerate(known)] == pytest.approx(
        [1.0] * len(known), abs=0.02
    )


@pytest.mark.parametrize("passage", [(), ("the", "of"), ("...", "!"), ("12", "#")])
def test_a_passage_without_telling_words_meets_nothing(words: Wording, passage: tuple[str, ...]) -> None:
    met = words.meet([passage])
    assert not met.near.any()
    assert not met.meaning.any()


def test_a_word_that_nobody_knows_meets_nothing(words: Wording) -> None:
    assert not load_vectors().vector("漢字").any()
    assert not words.meet([["漢字"]]).near.any()


def test_a_word_counts_once_however_often_it_is_said(words: Wording) -> None:
    once, thrice = words.meet([["toy"]]), words.meet([["toy", "toy", "toy"]])
    assert np.array_equal(once.near, thrice.near)
    assert np.array_equal(once.meaning, thrice.meaning)


def test_a_word_of_one_policy_weighs_more_than_one_of_many(words: Wording) -> None:
    weight = {word: words._weights[column] for word, column in words.vocabulary.items()}
    assert weight["puzzles"] > weight["toys"]
    assert weight["website"] > weight["borrowed"]


@pytest.mark.parametrize(
    ("said", "policy"),
    [
        ("late fine", "loans.late_fee"),
        ("jigsaw puzzles", "loans.puzzles"),
        ("renew it on the website", "loans.renewal"),
        ("leave a deposit", "loans.deposit"),
        ("the workshop prints missing pieces", "loans.spares"),
    ],
)
def test_a_passage_is_nearest_to_the_policy_it_speaks_of(words: Wording, said: str, policy: str) -> None:
    assert find_nearest_policy(words, said) == policy


def test_a_statement_covers_its_own_policy_best(words: Wording) -> None:
    met = words.meet([list_words(policy.statement) for policy in words.policies])
    covered = words.profile(met).covered[0]
    assert np.diag(covered) == pytest.approx(covered.max(axis=1), abs=0.02)


def test_company_changes_nothing(words: Wording) -> None:
    passages = [["late", "toys"], [], ["puzzles"], ["a", "deposit", "and", "a", "fee"]]
    together = words.meet(passages)
    for row, passage in enumerate(passages):
        alone = words.meet([passage])
        assert np.array_equal(together.near[row], alone.near[0])
        assert np.array_equal(together.meaning[row], alone.meaning[0])


def test_the_table_of_words_is_bounded(words: Wording, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wording, "KNOWN", 50)
    before = words.meet([["late", "puzzles"]])
    for first in range(0, 1_000, 20):
        words.meet([[f"w{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}q" for n in range(first, first + 20)]])
        assert words._filled <= 50 + 20 + 2
    after = words.meet([["late", "puzzles"]])
    assert np.array_equal(before.near, after.near)


def test_no_passage_at_all() -> None:
    met = Wording(load_base()).meet([])
    assert isinstance(met, Passages)
    assert len(met.near) == 0


def test_the_value_is_no_word_of_a_wording() -> None:
    assert list_words("Toys can be kept {value}, isn't it 3?") == [
        "toys",
        "can",
        "be",
        "kept",
        "isn't",
        "it",
        "3",
    ]


@given(st.floats(-1, 1))
def test_nearness_lies_between_nothing_and_one(cosine: float) -> None:
    assert 0 <= float(soften(np.array([cosine], np.float32))[0]) <= 1


@given(st.text(min_size=1, max_size=60))
def test_every_word_has_a_vector_of_length_one_or_none(word: str) -> None:
    length = float(np.linalg.norm(load_vectors().vector(word.lower())))
    assert length == pytest.approx(1, abs=1e-5) or length == 0
