"""The grams of some models as tables of numbers, so that those of a whole batch are looked up at once.

A gram is one word or two in a *slot*, the place that it is met in. Written out it is a string that several
slots may share ("^ hello" begins a sentence, or is two words of it): it then counts once, as it was learned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from consistency_check.read.vectors import Numbers

OPEN = "any "
"""Before a gram that was met beside a policy without a fixed value."""
Place = tuple[int, tuple[str, ...]]
"""A slot, and the one or two words in it."""
Sums = NDArray[np.float64]
Listed = tuple[Sums, Numbers, Numbers]
"""Weights; slot, word and row of each gram of one word; slot, words and row of each of two."""


class Words:
    """Numbers for the words that grams are made of; 0 for all others."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._numbers) + 1

    def add(self, word: str) -> int:
        """The number of a word, a new one if need be."""
        return self._numbers.setdefault(word, len(self))

    def find(self, words: Iterable[str]) -> list[int]:
        """The number of each word."""
        return list(map(self._numbers.get, words, repeat(0)))


class Grams:
    """The grams that some models weigh.

    Each gram has a row of weights, and the first row stands for all that have none. The columns of `add_up`
    are the models, then again the models for policies without a fixed value. `slots` counts those of single
    words, `width` the words of all tables.
    """

    def __init__(self, listed: Listed, slots: int, width: int) -> None:
        self._weights, one, two = listed
        self._width = width
        self._singles = np.zeros((slots, width), np.intp)
        self._singles[one[0], one[1]] = one[2]
        keys = self._key(two[0], two[1], two[2])
        order = np.argsort(keys)
        # The last key is above all others, so that whatever is looked up has a place.
        self._keys = np.append(keys[order], np.iinfo(np.intp).max)
        self._rows = np.append(two[3][order], 0)
        self._leads = np.isin(np.arange(width), two[1])

    def find_words(self, slot: int | Numbers, words: Numbers) -> Numbers:
        """The rows of single words in a slot, or each in its own."""
        rows: Numbers = self._singles[slot, words]
        return rows

    def find_pairs(self, slot: int, first: Numbers, second: Numbers) -> Numbers:
        """The rows of two words in a slot."""
        rows = np.zeros(first.shape, np.intp)
        some = np.flatnonzero(self._leads[first] & (second > 0))
        keys = self._key(slot, first.take(some), second.take(some))
        at = np.searchsorted(self._keys, keys)
        rows.flat[some] = np.where(self._keys.take(at) == keys, self._rows.take(at), 0)
        return rows

    def add_up(self, count: int, met: Sequence[tuple[Numbers, Numbers]]) -> Sums:
        """The weights of the grams that each of `count` owners meets, each gram once: (owners, columns).

        `met` has arrays of owners and of rows of one shape.
        """
        rows = np.concatenate([own.ravel() for _, own in met])
        some = np.flatnonzero(rows)
        owners = np.concatenate([own.ravel() for own, _ in met]).take(some)
        keys = np.sort(owners * len(self._weights) + rows.take(some))
        once = keys[np.diff(keys, prepend=-1) > 0]
        owner, row = np.divmod(once, len(self._weights))
        columns = self._weights.shape[1]
        places = owner[:, None] * columns + np.arange(columns)
        weights = self._weights.take(row, axis=0)
        sums: Sums = np.bincount(places.ravel(), weights.ravel(), count * columns).astype(np.float64)
        return sums.reshape(count, columns)

    def _key(self, slot: int | Numbers, first: Numbers, second: Numbers) -> Numbers:
        return (slot * self._width + first) * self._width + second


def list_grams(
    models: Sequence[Mapping[str, float]], parse: Callable[[str], Iterator[Place]], words: Words
) -> Listed:
    """Every gram that some models weigh, with and without its `OPEN`, in the places that `parse` tells."""
    weighed = {gram for model in models for gram in model}
    known = sorted(weighed | {gram.removeprefix(OPEN) for gram in weighed})
    # Flat: a tuple for each gram would keep the garbage collector busy for longer than all this takes.
    singles: list[int] = []
    pairs: list[int] = []
    for row, gram in enumerate(known, 1):
        for slot, own in parse(gram):
            (singles if len(own) == 1 else pairs).extend((slot, *map(words.add, own), row))
    plain = [[0.0, *(model.get(gram, 0.0) for gram in known)] for model in models]
    marked = [[0.0, *(model.get(OPEN + gram, 0.0) for gram in known)] for model in models]
    weights = np.concatenate((plain, np.add(plain, marked))).T
    return (
        np.ascontiguousarray(weights),
        np.array(singles, np.intp).reshape(-1, 3).T,
        np.array(pairs, np.intp).reshape(-1, 4).T,
    )
