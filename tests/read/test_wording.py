"""How near words come to a knowledge base's wording, and which words count most."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency_check.read import wording
from consistency_check.read.sight import normalise
from consistency_check.read.units import COMPARED, KINDS, list_units, list_words
from consistency_check.read.vectors import load_senses, load_vectors
from consistency_check.read.wording import STOPPED, Passages, Wording, soften
from tests.read.knowledge import load_base


@cache
def build_wording() -> Wording:
    return Wording(load_base())


@pytest.fixture(scope="module")
def words() -> Wording:
    return build_wording()


def measure_nearness(words: Wording, said: str, known: str) -> float:
    return float(words.meet([[said]]).near[0, words.vocabulary[known]])


def find_nearest_policy(words: Wording, said: str) -> str:
    profiles = words.profile(words.meet([said.split()]))
    return words.policies[int(profiles.shared[:, 0].argmax())].id


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
    assert not words.meet([passage]).near.any()


@pytest.mark.parametrize(
    ("passage", "means"), [((), False), (("...", "!"), False), (("12", "#"), False), (("the", "of"), True)]
)
def test_every_word_has_a_meaning_but_marks_and_numbers(
    words: Wording, passage: tuple[str, ...], means: bool
) -> None:
    assert bool(words.meet([passage]).meaning.any()) is means


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
    assert np.diag(covered) == pytest.approx(covered.max(axis=0), abs=0.02)


def test_what_a_passage_means_is_the_sum_of_its_words(words: Wording) -> None:
    told = ["a", "deposit", "isn't", "14", "needed", "deposit"]
    senses = [load_senses().sense(word) for word in ("a", "deposit", "isn't", "needed")]
    assert words.meet([told]).meaning[0] == pytest.approx(np.sum(senses, axis=0), abs=1e-4)


def list_kind(words: Wording, kind: str) -> list[tuple[int, list[str]]]:
    """A wording of this kind for each policy that has one, by the policy's number."""
    texts = [policy.statement if kind == "statement" else policy.questions for policy in words.policies]
    firsts = [text if isinstance(text, str) else next(iter(text), "") for text in texts]
    return [(number, list_words(text)) for number, text in enumerate(firsts) if text]


@pytest.mark.parametrize("kind", COMPARED)
def test_a_wording_is_like_itself_and_most_like_its_own_policy(words: Wording, kind: str) -> None:
    own = list_kind(words, kind)
    met = words.meet([said for _, said in own])
    likeness = words.profile(normalise(met.near, met.meaning)).likeness[COMPARED.index(kind)]
    for row, (number, _) in enumerate(own):
        assert likeness[number, row] == pytest.approx(1, abs=1e-3)
        assert likeness[:, row].argmax() == number


def test_the_kinds_of_wording_are_compared_apart(words: Wording) -> None:
    met = words.meet([["what", "is", "the", "fine"]])
    profiles = words.profile(normalise(met.near, met.meaning))
    assert profiles.likeness.shape == (len(COMPARED), len(words.policies), 1)
    asks = [bool(policy.questions) for policy in words.policies]
    assert [bool(value) for value in profiles.likeness[COMPARED.index("question"), :, 0]] == asks
    assert profiles.likeness[COMPARED.index("statement"), :, 0].all()


@pytest.mark.parametrize("kind", KINDS)
def test_a_policy_is_covered_as_its_best_wording_of_a_kind_is(words: Wording, kind: str) -> None:
    """Rows may be shared and laid in any order: that is of all its own wordings, one by one."""
    met = words.meet(
        [["late", "fine", "for", "toys"], ["leave", "a", "deposit"], ["renew", "puzzles", "online"]]
    )
    covered = words.profile(met).covered[KINDS.index(kind)]
    base = load_base()
    for number, policy in enumerate(words.policies):
        shares = []
        for _, unit in (each for each in list_units(base, policy) if each[0] == kind):
            columns = sorted(
                {words.vocabulary[w] for w in unit if w in words.vocabulary and w not in STOPPED}
            )
            weights = words._weights[columns]
            shares.append(met.near[:, columns] @ weights / max(weights.sum(), 0.3))
        assert covered[number] == pytest.approx(np.max(shares or [np.zeros(3)], axis=0), abs=2e-3)
    assert covered.any()


SPOKEN = st.sampled_from(["late", "toys", "the", "a", "deposit", "12", "!", "fee", "xyzzyq", "isn't", "漢字"])


@given(st.lists(st.lists(SPOKEN, max_size=6), max_size=6))
def test_company_changes_nothing(passages: list[list[str]]) -> None:
    words = build_wording()
    together = words.meet(passages)
    for row, passage in enumerate(passages):
        alone = words.meet([passage])
        assert np.array_equal(together.near[row], alone.near[0])
        assert np.allclose(together.meaning[row], alone.meaning[0], atol=1e-6)


def test_the_table_of_words_is_bounded(words: Wording, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wording, "KNOWN", 50)
    before = words.meet([["late", "puzzles"]])
    for first in range(0, 1_000, 20):
        words.meet([[f"w{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}q" for n in range(first, first + 20)]])
        assert len(words._rows) <= 50 + 20 + 2
        assert len(words._near) == len(words._meant) <= 256
    after = words.meet([["late", "puzzles"]])
    assert np.array_equal(before.near, after.near)
    assert np.array_equal(before.meaning, after.meaning)


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
