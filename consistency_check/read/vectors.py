"""Static word vectors: how near two words, or two sentences, are in meaning, without a model at run time.

`vectors.npz`, made by `training/distil.py`, tells how near words are. `senses.npz`, made by
`training/condense.py`, tells what a word adds to the meaning of a sentence: the sum over its words points
where a sentence encoder would. A word that a table does not hold is the mean of its longest known pieces
(the greedy WordPiece of Schuster and Nakajima, 2012).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Numbers = NDArray[np.intp]
Flags = NDArray[np.bool_]
WORDS = Path(__file__).with_name("vectors.npz")
SENSES = Path(__file__).with_name("senses.npz")
LONGEST_WORD = 40


class WordVectors:
    """Vectors of words, float32, shape (width,); a word with no known piece is all zeros."""

    def __init__(self, file: Path) -> None:
        with np.load(file) as archive:
            entries = str(archive["entries"]).split("\n")
            self._rows: NDArray[np.int8] = archive["rows"]
            self._scales: Floats | None = archive.get("scales")
        self._index = {entry: number for number, entry in enumerate(entries)}
        self.width = self._rows.shape[1]

    def vector(self, word: str) -> Floats:
        """The unit vector of one lower-case word."""
        mean = self.sense(word).astype(np.float64)
        length = np.sqrt((mean * mean).sum())
        unit: Floats = (mean / length if length else mean).astype(np.float32)
        return unit

    def sense(self, word: str) -> Floats:
        """What a lower-case word adds to a sentence: the vector with its own length."""
        row = self._index.get(word)
        found = [row] if row is not None else split_word(word, self._index)
        if not found:
            return np.zeros(self.width, np.float32)
        rows = self._rows[found].astype(np.float32)
        if self._scales is not None:
            rows *= self._scales[found, None].astype(np.float32)
        mean: Floats = rows.mean(axis=0)
        return mean


def split_word(word: str, index: Mapping[str, int]) -> list[int]:
    """Numbers of the longest pieces that make up a word; empty where one part is unknown."""
    pieces: list[int] = []
    start = 0
    word = word[:LONGEST_WORD]
    while start < len(word):
        for end in range(len(word), start, -1):
            piece = index.get(("##" if start else "") + word[start:end])
            if piece is not None:
                pieces.append(piece)
                start = end
                break
        else:
            return []
    return pieces


@cache
def load_vectors() -> WordVectors:
    """The table of words, read once a process (about 4 MB on disk)."""
    return WordVectors(WORDS)


@cache
def load_senses() -> WordVectors:
    """The table of what words add to sentences, read once a process (about 7 MB on disk)."""
    return WordVectors(SENSES)
