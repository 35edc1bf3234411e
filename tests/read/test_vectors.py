"""Word vectors: whole words, words made of pieces, and words that nobody knows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency_check.read.vectors import (
    LONGEST_WORD,
    WordVectors,
    load_senses,
    load_vectors,
    split_word,
)

ENTRIES = ("toy", "box", "##box", "##s", "toyb", "##ox", "t")
ROWS = np.array([[2, 0], [0, 4], [0, 8], [4, 4], [1, 1], [3, 3], [9, 9]], np.int8)
SCALES = np.array([0.5, 1, 0.25, 1, 1, 1, 1], np.float16)
INDEX = {entry: number for number, entry in enumerate(ENTRIES)}


def make_vectors(folder: Path, scales: bool = True) -> WordVectors:
    file = folder / "words.npz"
    table = {"entries": np.array("\n".join(ENTRIES)), "rows": ROWS}
    np.savez(file, **table, **({"scales": SCALES} if scales else {}))
    return WordVectors(file)


def test_a_word_s_sense_has_its_own_length(tmp_path: Path) -> None:
    assert make_vectors(tmp_path).sense("toy").tolist() == [1, 0]
    assert make_vectors(tmp_path, scales=False).sense("toy").tolist() == [2, 0]


def test_a_word_made_of_pieces_is_their_mean(tmp_path: Path) -> None:
    vectors = make_vectors(tmp_path)
    assert vectors.sense("toys").tolist() == [2.5, 2]
    assert vectors.vector("toys") == pytest.approx(np.array([2.5, 2]) / np.hypot(2.5, 2))


@pytest.mark.parametrize("word", ["boxcar", "", "zebra", "##zebra", "漢字"])
def test_a_word_of_no_known_pieces_is_all_zeros(tmp_path: Path, word: str) -> None:
    vectors = make_vectors(tmp_path)
    for found in (vectors.sense(word), vectors.vector(word)):
        assert found.dtype == np.float32
        assert found.tolist() == [0, 0]


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("toys", ["toy", "##s"]),
        ("toybox", ["toyb", "##ox"]),
        ("boxbox", ["box", "##box"]),
        ("sbox", []),
        ("toyz", []),
        ("", []),
    ],
)
def test_the_longest_pieces_make_up_a_word(word: str, pieces: list[str]) -> None:
    assert [ENTRIES[number] for number in split_word(word, INDEX)] == pieces


def test_only_the_beginning_of_a_very_long_word_is_looked_at() -> None:
    word = "toy" + "s" * LONGEST_WORD
    assert len(split_word(word, INDEX)) == LONGEST_WORD - 2
    assert split_word(word + "z", INDEX) == split_word(word, INDEX)


@pytest.mark.parametrize("load", [load_vectors, load_senses])
def test_the_shipped_tables_know_words_and_pieces_of_words(load) -> None:
    vectors = load()
    for word in ("refund", "unrefundable", "toylike"):
        sense = vectors.sense(word)
        assert sense.shape == (vectors.width,)
        assert sense.any()
    assert not vectors.sense("漢字").any()


def test_senses_have_lengths_of_their_own() -> None:
    lengths = [float(np.linalg.norm(load_senses().sense(word))) for word in ("the", "refund", "weather")]
    assert len({round(length, 2) for length in lengths}) == len(lengths)


@given(st.text(min_size=1, max_size=60))
def test_a_vector_points_where_the_sense_does(word: str) -> None:
    for vectors in (load_vectors(), load_senses()):
        sense, vector = vectors.sense(word.lower()), vectors.vector(word.lower())
        assert np.isfinite(sense).all()
        assert vector * np.linalg.norm(sense) == pytest.approx(sense, abs=1e-4)
