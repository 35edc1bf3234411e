"""Whether a sentence affirms or denies: parity of its negations, and the clause that counts."""

from __future__ import annotations

import numpy as np
import pytest

from consistency_check.read.polarity import (
    POLARITY,
    describe_polarity,
    find_nearest_clause,
    is_odd,
    read_statement,
)
from tests.read.knowledge import find_policy, find_sentence, lay


def describe(
    text: str, question: str = "", statement: tuple[bool, bool] = (False, False)
) -> dict[str, float]:
    row = describe_polarity(lay(text, question), 0, frozenset({"puzzles"}), statement, [0.0, 0.0])
    return dict(zip(POLARITY, map(float, row), strict=True))


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ("We lend puzzles.", False),
        ("We don't lend puzzles.", True),
        ("we dont lend puzzles", True),
        ("Nobody is refused a puzzle.", False),
        ("We never say no.", False),
        ("No problem, we lend puzzles.", False),
        ("Don't worry, we lend puzzles.", False),
        ("Don't worry, but we can't lend puzzles.", True),
        ("You can't borrow puzzles without a card.", False),
        ("Unfortunately puzzles are out.", True),
    ],
)
def test_an_odd_number_of_negations_turns_a_sentence_round(text: str, odd: bool) -> None:
    sentence = find_sentence(text)
    assert is_odd(sentence, sentence.start, sentence.end) is odd


def test_only_the_negations_within_a_span_count() -> None:
    text = "We lend puzzles, but not the rare ones"
    sentence = find_sentence(text)
    assert is_odd(sentence, 0, len(text))
    assert not is_odd(sentence, 0, text.index("but"))


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("puzzles can go home, though games cannot", "puzzles can go home"),
        ("games cannot, but puzzles can go home", "but puzzles can go home"),
        ("games stay here so puzzles go home", "so puzzles go home"),
        ("puzzles go home", "puzzles go home"),
        ("nothing here, nor there", "nothing here"),
    ],
)
def test_the_nearest_clause_says_most_of_the_policy_s_words(text: str, clause: str) -> None:
    left, right = find_nearest_clause(text, find_sentence(text), frozenset({"puzzles", "home"}))
    assert text[left:right].lstrip(",") == clause


def test_the_negation_of_another_clause_is_not_the_policy_s() -> None:
    row = describe("Games are not lent, puzzles are.")
    assert row["odd negations"] == 1
    assert row["odd negations in the nearest clause"] == 0


@pytest.mark.parametrize(
    ("text", "yes", "no"),
    [("Yes, gladly.", 1, 0), ("No, never.", 0, 1), ("We lend them, yes.", 0, 0), ("Nope.", 0, 1)],
)
def test_what_a_sentence_starts_with(text: str, yes: int, no: int) -> None:
    row = describe(text)
    assert (row["starts with yes"], row["starts with no"]) == (yes, no)


def test_a_question_s_form_counts() -> None:
    assert describe("Yes.", "do you lend puzzles?")["polar question"] == 1
    assert describe("Yes.", "how do you lend puzzles?")["polar question"] == 0
    assert describe("Yes.", "don't you lend puzzles?")["question negative"] == 1


def test_a_negative_statement_turns_every_column_round() -> None:
    plain, turned = describe("We can't."), describe("We can't.", statement=(True, False))
    assert np.array_equal([-value for value in plain.values()], list(turned.values()))


def test_demands_are_read_apart() -> None:
    row = describe("You needn't leave one.", statement=(False, True))
    assert row["demand"] == row["demand: needn't"] == 1
    assert describe("You needn't leave one.")["demand: needn't"] == 0


def test_what_a_statement_says() -> None:
    assert read_statement(find_policy("puzzles")) == (False, False)
    assert read_statement(find_policy("deposit")) == (False, True)
