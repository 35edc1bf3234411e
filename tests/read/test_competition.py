"""Candidates against their rivals: as a naive comparison of each with each would have it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency_check.read.batch import Found
from consistency_check.read.competition import (
    AGREEMENT,
    COMPETITION,
    FARTHEST_LEAD,
    NO_RIVAL,
    Arena,
    measure_competition,
)
from consistency_check.read.vectors import Floats, Numbers

POLICIES = 3
# Few keys and few values, so that groups and ties are common; eighths, so that sums are exact.
EIGHTHS = st.integers(-12, 12).map(lambda number: number / 8)
FIELD = st.lists(st.tuples(st.integers(0, 3), EIGHTHS), min_size=1, max_size=10)
Candidates = list[tuple[int, int, int, float, float]]
# Sentence, words within it, policy, score, agreement.
ONE_REPLY = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.integers(0, 1),
        st.integers(0, POLICIES - 1),
        EIGHTHS,
        st.sampled_from([0.0, 0.5, 1.0]),
    ),
    max_size=6,
)


def list_group(keys: Numbers, at: int) -> list[int]:
    """The places of those that compete with one, itself included."""
    return [other for other in range(len(keys)) if keys[other] == keys[at]]


@given(FIELD)
def test_an_arena_compares_as_one_would_by_hand(field: list[tuple[int, float]]) -> None:
    keys, values = np.array([key for key, _ in field]), np.array([v for _, v in field], np.float32)
    arena = Arena(keys)
    for at, value in enumerate(values.tolist()):
        group = list_group(keys, at)
        others = [float(values[other]) for other in group if other != at]
        ahead = [o for o in group if values[o] > value or (values[o] == value and o < at)]
        assert arena.sizes[at] == len(group)
        assert arena.best(values)[at] == max([value, *others])
        assert arena.sum(values)[at] == sum([value, *others])
        assert arena.best_rival(values, -9.0)[at] == max(others, default=-9.0)
        assert arena.rank(values)[at] == len(ahead)


def test_of_equals_the_first_leads_and_none_is_ahead() -> None:
    arena = Arena(np.array([5, 2, 5, 5, 2]))
    values = np.array([1, 3, 1, 0, 2], np.float32)
    assert arena.rank(values).tolist() == [0, 0, 1, 2, 1]
    assert arena.best_rival(values, NO_RIVAL).tolist() == [1, 2, 1, 1, 3]


def find(candidates: Candidates, scene: int = 0, first: int = 0) -> Found:
    """Candidates of one reply whose sentences count from `first` through the batch."""
    table = np.array(candidates, float).reshape(len(candidates), 5)[:, :3].astype(np.intp)
    sentences = table[:, 0] + first
    zeros = np.zeros_like(sentences)
    return Found(zeros + scene, sentences, table[:, 2], 2 * sentences + table[:, 1], zeros)


def read_numbers(candidates: Candidates) -> tuple[Floats, Floats]:
    table = np.array(candidates, np.float32).reshape(len(candidates), 5)
    return table[:, 3], table[:, 4]


def measure(*candidates: tuple[int, int, int, float, float]) -> dict[str, list[float]]:
    """The columns by name."""
    scores, agrees = read_numbers(list(candidates))
    rows = measure_competition(find(list(candidates)), POLICIES, scores, agrees)
    return dict(zip(COMPETITION, rows.T.tolist(), strict=True))


@given(st.lists(ONE_REPLY, max_size=4))
def test_replies_do_not_compete(replies: list[Candidates]) -> None:
    parts = [find(one, scene, 2 * scene) for scene, one in enumerate(replies) if one]
    numbers = [read_numbers(one) for one in replies if one]
    if not parts:
        return
    columns = ("scene", "sentence", "policy", "words", "option")
    together = Found(*(np.concatenate([getattr(part, name) for part in parts]) for name in columns))
    scores, agrees = (np.concatenate(column) for column in zip(*numbers, strict=True))
    alone = [measure_competition(part, POLICIES, *own) for part, own in zip(parts, numbers, strict=True)]
    assert np.array_equal(measure_competition(together, POLICIES, scores, agrees), np.concatenate(alone))


def test_policies_compete_for_the_same_words() -> None:
    columns = measure((0, 0, 0, 2.0, 0), (0, 0, 1, 0.5, 0), (0, 1, 2, 1.0, 0))
    assert columns["lead, for these words"] == [1.5, -1.5, FARTHEST_LEAD]
    assert columns["best, for these words"] == [1, 0, 1]
    assert columns["rivals, for these words"] == pytest.approx([2 / 12, 2 / 12, 1 / 12])
    assert columns["rank, for these words"] == pytest.approx([0, 1 / 6, 0])
    assert np.exp(columns["share, for these words"][:2]).sum() == pytest.approx(1)
    assert columns["lead, for this policy"] == [FARTHEST_LEAD] * 3


def test_words_compete_for_the_same_policy() -> None:
    columns = measure((0, 0, 1, 2.0, 0), (1, 0, 1, 0.5, 0), (1, 1, 2, 1.0, 0))
    assert columns["lead, for this policy"] == [1.5, -1.5, FARTHEST_LEAD]
    assert columns["lead, for these words"] == [FARTHEST_LEAD] * 3
    assert columns["the stronger rival"] == [0.5, 2.0, NO_RIVAL]
    assert columns["best of the reply"] == [2, 2, 2]
    assert columns["best of the words' sentence"] == [2, 1, 1]


def test_a_rival_that_agrees_with_its_policy_is_a_stronger_one() -> None:
    plain, agreeing = measure(*RIVALS), measure(RIVALS[0], (*RIVALS[1][:4], 1.0))
    name = "lead with answers, for these words"
    assert plain[name] == [1.5, -1.5]
    assert agreeing[name] == [1.5 - AGREEMENT, AGREEMENT - 1.5]
    assert plain["agreeing rival, for these words"] == [0, 0]
    assert agreeing["agreeing rival, for these words"] == [1, 0]
    assert agreeing["score of the agreeing rival, for these words"] == [0.5, NO_RIVAL]


def test_of_two_alike_none_is_the_best() -> None:
    columns = measure((0, 0, 0, 1.0, 0), (0, 0, 1, 1.0, 0))
    assert columns["lead, for these words"] == columns["best, for these words"] == [0, 0]
    assert columns["rank, for these words"] == pytest.approx([0, 1 / 6])


RIVALS = ((0, 0, 0, 2.0, 0.0), (0, 0, 1, 0.5, 0.0))


def test_no_candidate_has_no_row() -> None:
    nobody = find([])
    empty = np.zeros(0, np.float32)
    assert measure_competition(nobody, POLICIES, empty, empty).shape == (0, len(COMPETITION))


def test_columns_are_named_once() -> None:
    assert len(set(COMPETITION)) == len(COMPETITION)
