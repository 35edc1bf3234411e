"""Is a value or a sentence meant as a claim at all, whatever it is about: told by the words around it.

The cues of `cues.py` tell what people know to tell; what they overlook is learned here, as weights of words
and pairs of words in their places. Only those that several companies' agents say are learned, so that none
is a company's own. What they add up to, with the cues, is one column of a candidate.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np

from consistency_check.read.batch import Batch
from consistency_check.read.exact import add_up_rows
from consistency_check.read.features import FEATURES, MENTION, SENTENCE
from consistency_check.read.grams import OPEN
from consistency_check.read.passages import Sentence
from consistency_check.read.trees import shorten
from consistency_check.read.vectors import Floats, Numbers

REACH = 7
NEXT = 3
FIRST_WORDS = 3
DESCRIBED = {
    family: (MENTION if family == "typed" else SENTENCE) for family in ("typed", "yes_no", "choice", "text")
}
BLOCKS = {
    family: slice(FEATURES[family].index(columns[0]), FEATURES[family].index(columns[0]) + len(columns))
    for family, columns in DESCRIBED.items()
}


@dataclass(frozen=True, slots=True)
class Spoken:
    """A logistic regression on columns and on the grams (words in their places) that are met."""

    weights: Floats
    bias: float
    grams: Mapping[str, float]

    def score(self, rows: Floats, met: Sequence[Sequence[str]]) -> Floats:
        """Log odds, float32, one for each row and its grams."""
        get = self.grams.get
        sums = [sum([get(gram, 0.0) for gram in grams]) for grams in met]
        told = add_up_rows(rows, self.weights) + np.array(sums, np.float32)
        scores: Floats = told + np.float32(self.bias)
        return scores

    def write(self) -> dict[str, Any]:
        """What JSON keeps of it, five significant digits a number."""
        return {
            "bias": shorten(self.bias),
            "weights": [shorten(weight) for weight in self.weights.tolist()],
            "grams": {gram: shorten(self.grams[gram]) for gram in sorted(self.grams)},
        }


def read_spoken(entry: Mapping[str, Any]) -> Spoken:
    """What `write` wrote."""
    return Spoken(np.array(entry["weights"], np.float32), float(entry["bias"]), entry["grams"])


@dataclass(frozen=True, slots=True)
class Units:
    """What candidates of one family are said by: each value in its clause, or each sentence, once.

    Once more for the policies without a fixed value: "you're booked in for the 9th" answers those alone.
    `first` has a candidate of each unit, `owner` the unit of each candidate, `grams` each unit's words.
    """

    first: Numbers
    owner: Numbers
    grams: tuple[tuple[str, ...], ...]


def list_units(batch: Batch, family: str, kept: Numbers | None = None) -> Units:
    """The units of a batch's candidates of a family, or of those `kept` of them, in the order of the text.

    `first` and `owner` then count among the kept.
    """
    found = batch.found[family] if kept is None else batch.found[family].take(kept)
    keys = 2 * found.words + batch.open[found.policy]
    units, first, owner = np.unique(keys, return_index=True, return_inverse=True)
    words, is_open = np.divmod(units, 2)
    grams = (list_grams(batch, family, number) for number in words.tolist())
    return Units(first, owner, tuple(map(mark_open, grams, is_open.tolist())))


def mark_open(grams: tuple[str, ...], is_open: int) -> tuple[str, ...]:
    """The grams, and where they are met for a policy without a fixed value each again as such."""
    return (*grams, *map(OPEN.__add__, grams)) if is_open else grams


def list_grams(batch: Batch, family: str, number: int) -> tuple[str, ...]:
    """The grams, each once, of a value (number of its clause) or of a sentence (its number in the batch)."""
    if family == "typed":
        clause = batch.clauses[number]
        mention = clause.mention
        sentence = batch.scenes[clause.scene].sentences[clause.place]
        return tuple(dict.fromkeys(list_around(sentence, mention.start, mention.end, mention.value.type)))
    return list_within(batch.sentence(number).words)


def list_around(sentence: Sentence, start: int, end: int, kind: str) -> Iterator[str]:
    """Words before (<) and after (>) a value, the next ones with their distance, pairs, and how it begins."""
    first, last = bisect_left(sentence.starts, start), bisect_left(sentence.starts, end)
    before = sentence.words[max(0, first - REACH) : first]
    after = sentence.words[last : last + REACH]
    for side, words in (("<", before[::-1]), (">", after)):
        for distance, word in enumerate(words):
            yield side + word
            if distance < NEXT:
                yield f"{side}{distance} {word}"
        if words:
            yield f"{kind}{side}{words[0]}"
    yield from (f"< {one} {two}" for one, two in pairwise(before))
    yield from (f"> {one} {two}" for one, two in pairwise(after))
    if before and after:
        yield f"{before[-1]} _ {after[0]}"
    yield from (f"^ {word}" for word in sentence.words[:FIRST_WORDS])


@lru_cache(maxsize=512)
def list_within(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a sentence, pairs of them, and how it begins, each once; asked for by several families."""
    pairs = [f"{one} {two}" for one, two in pairwise(words)]
    return tuple(dict.fromkeys((*words, *pairs, *(f"^ {word}" for word in words[:FIRST_WORDS]))))
