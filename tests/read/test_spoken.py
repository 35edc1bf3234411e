"""Which words are learned to speak for a claim: those of several companies, and no numbers."""

from __future__ import annotations

import numpy as np
import pytest

from consistency_check.read.stance import Spoken, list_within
from consistency_check.read.training.spoken import LEAST, SPREAD, Part, fit_spoken, list_common

COMPANIES = SPREAD + 2


def learn(said: list[list[tuple[str, int]]]) -> Spoken:
    """A model of sentences and their labels, one list a company; its one column tells nothing."""
    pytest.importorskip("sklearn")
    parts: list[Part] = [
        (
            np.zeros((len(one), 1), np.float32),
            [tuple(dict.fromkeys(list_within(tuple(text.split())))) for text, _ in one],
            np.array([label for _, label in one]),
        )
        for one in said
    ]
    return fit_spoken(parts, 1.0)


def say(number: int, text: str, holding: int) -> list[tuple[str, int]]:
    """Sentences of company `number`, of which the first `holding` companies say `text` in their claims."""
    own = text if number < holding else "zebra"
    return [(f"{own} here", 1), ("never there", 0)] * 4


@pytest.mark.parametrize(
    ("holding", "learned"), [(SPREAD, True), (COMPANIES, True), (SPREAD - 1, False), (1, False)]
)
def test_only_what_several_companies_say_is_learned(holding: int, learned: bool) -> None:
    model = learn([say(number, "acme", holding) for number in range(COMPANIES)])
    assert ("acme" in model.grams) is learned
    assert ("acme here" in model.grams) is learned
    assert model.grams["here"] > LEAST
    assert model.grams["never"] < -LEAST


def test_of_few_companies_all_must_say_it() -> None:
    assert list_common([[("a", "b")], [("a",)]]) == ["a"]


def test_what_one_company_says_often_is_still_its_own() -> None:
    often = [[("acme",)] * 50, *([("please",)] for _ in range(SPREAD))]
    assert list_common(often) == ["please"]


@pytest.mark.parametrize(
    "gram",
    [
        *("14", "3", "<3", ">9", "<1st", "14 days", "3 days", "< 3 weeks", "> or 10", "^ 5", "5 _ ,"),
        *("stay _ 5", "<0 14", ">1 5", "duration<10", "may: 3", "not: 14 days", "must: ^ 7", "b2b"),
    ],
)
def test_a_gram_with_a_digit_is_no_word(gram: str) -> None:
    assert list_common([[(gram,)]] * COMPANIES) == []


@pytest.mark.parametrize("gram", ["<0 claim", ">2 please", "duration<for", "^ we", "may: to", "for _ ,"])
def test_the_digit_of_a_place_is_none_of_the_word(gram: str) -> None:
    assert list_common([[(gram,)]] * COMPANIES) == [gram]


def test_what_the_labels_leave_open_teaches_nothing() -> None:
    said = [[*say(number, "acme", COMPANIES), ("maybe", -1), ("maybe", -2)] for number in range(COMPANIES)]
    assert "maybe" not in learn(said).grams
    closed = [[(text, max(label, 0)) for text, label in one] for one in said]
    assert learn(closed).grams["maybe"] < -LEAST


def test_columns_are_learned_as_they_are() -> None:
    pytest.importorskip("sklearn")
    random = np.random.default_rng(0)
    rows = random.normal(5, 3, (200, 2)).astype(np.float32)
    labels = (rows[:, 0] > 5).astype(int)
    model = fit_spoken([(rows, [()] * len(rows), labels)], 1.0)
    assert ((model.score(rows, [()] * len(rows)) > 0) == labels).mean() > 0.9
    assert abs(model.weights[0]) > 5 * abs(model.weights[1])
