"""Static word vectors: how near two words are in meaning, without a model at run time.

`vectors.npz` was made by `training/distil.py`. A word that it does not hold is the mean of its longest
known pieces (the greedy WordPiece of Schuster and Nakajima, 2012).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
FILE = Path(__file__).with_name("vectors.npz")
LONGEST_WORD = 40


class WordVectors:
    """Unit vectors of words, float32, shape (WIDTH,); a word with no known piece is all zeros."""

    def __init__(self, file: Path = FILE) -> None:
        with np.load(file) as archive:
            entries = str(archive["entries"]).split("\n")
            self._rows: NDArray[np.int8] = archive["rows"]
        self._index = {entry: number for number, entry in enumerate(entries)}
        self.width = self._rows.shape[1]

    def vector(self, word: str) -> Floats:
        """The vector of one lower-case word."""
        row = self._index.get(word)
        found = [row] if row is not None else self._split(word)
        if not found:
            return np.zeros(self.width, np.float32)
        mean = self._rows[found].astype(np.float32).mean(axis=0)
        length = float(np.linalg.norm(mean))
        unit: Floats = (mean / length if length else mean).astype(np.float32)
        return unit

    def _split(self, word: str) -> list[int]:
        """Numbers of the longest pieces that make up the word; empty where one part is unknown."""
        pieces: list[int] = []
        start = 0
        word = word[:LONGEST_WORD]
        while start < len(word):
            for end in range(len(word), start, -1):
                piece = self._index.get(("##" if start else "") + word[start:end])
                if piece is not None:
                    pieces.append(piece)
                    start = end
                    break
            else:
                return []
        return pieces


@cache
def load_vectors() -> WordVectors:
    """The shipped table, read once a process (about 4 MB on disk)."""
    return WordVectors()
