"""What the words of a batch add up to in the models of stance: the grams of `stance.py`, all at once."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

import numpy as np

from consistency_check.read.batch import Batch
from consistency_check.read.clauses import Clause
from consistency_check.read.exact import add_up_rows
from consistency_check.read.features import TYPES
from consistency_check.read.grams import Grams, Place, Sums, Words, list_grams
from consistency_check.read.stance import BLOCKS, FIRST_WORDS, NEXT, REACH, Spoken
from consistency_check.read.vectors import Floats, Numbers

SENTENCE_FAMILIES = ("yes_no", "choice", "text")
SIDES = ("<", ">")
GAP = len(SIDES)
# What a gram of one word begins with, by its slot: the side, or the value's type and the side.
ADJOINING = (*SIDES, *(f"{kind}{side}" for kind in TYPES for side in SIDES))
OPENING = len(ADJOINING)
NEXT_TO = tuple(f"{side}{distance}" for side in SIDES for distance in range(NEXT))


@dataclass(frozen=True, slots=True)
class Told:
    """The sums of the grams of each value (typed) or sentence (other families) of a batch.

    Shape (values or sentences, 2): for policies with a fixed value, and for those without.
    """

    sums: Mapping[str, Sums]


def parse_around(gram: str) -> Iterator[Place]:
    """The places in which `list_around` has a gram."""
    words = gram.split(" ")
    match words:
        case [side, first, second] if side in SIDES:
            yield SIDES.index(side), (first, second)
        case ["^", word]:
            yield OPENING, (word,)
        case [place, word] if place in NEXT_TO:
            yield OPENING + 1 + NEXT_TO.index(place), (word,)
        case [word]:
            for slot, start in ((s, start) for s, start in enumerate(ADJOINING) if word.startswith(start)):
                yield slot, (word.removeprefix(start),)
    if len(words) == 3 and words[1] == "_":
        yield GAP, (words[0], words[2])


def parse_within(gram: str) -> Iterator[Place]:
    """The places in which `list_within` has a gram: a word or two anywhere, or one of the first words."""
    words = tuple(gram.split(" "))
    if len(words) <= 2:
        yield 0, words
    if len(words) == 2 and words[0] == "^":
        yield 1, words[1:]


class Stances:
    """The stance models of all families, which read the words of a batch together."""

    def __init__(self, models: Mapping[str, Spoken]) -> None:
        self._models = models
        typed = [models["typed"].grams]
        others = [models[family].grams for family in SENTENCE_FAMILIES]
        self._words = Words()
        around = list_grams(typed, parse_around, self._words)
        within = list_grams(others, parse_within, self._words)
        self._around = Grams(around, OPENING + 1 + len(NEXT_TO), len(self._words))
        self._within = Grams(within, 2, len(self._words))

    def read(self, batch: Batch) -> Told:
        """What the words of a batch add up to."""
        sentences = [sentence for scene in batch.scenes for sentence in scene.sentences]
        words = np.array(self._words.find(chain.from_iterable(s.words for s in sentences)), np.intp)
        ends = np.cumsum([0, *(len(sentence.words) for sentence in sentences)])
        within, around = self._read_sentences(words, ends), self._read_clauses(batch, words, ends)
        return Told({"typed": around, **{f: within[:, n::3] for n, f in enumerate(SENTENCE_FAMILIES)}})

    def measure(self, batch: Batch, family: str, told: Told, rows: Floats, kept: Numbers) -> Floats:
        """For each candidate of a family that is kept the log odds that its words are a claim about anything.

        `rows` are theirs.
        """
        model = self._models[family]
        found = batch.found[family]
        spoken = told.sums[family][found.words[kept], batch.open[found.policy[kept]].astype(np.intp)]
        stance = add_up_rows(rows[:, BLOCKS[family]], model.weights) + spoken.astype(np.float32)
        return stance + np.float32(model.bias)

    def _read_sentences(self, words: Numbers, ends: Numbers) -> Sums:
        """The sums of each sentence's grams, a column for each of the models of `_within`."""
        count = len(ends) - 1
        owners = np.repeat(np.arange(count), np.diff(ends))
        inside = np.flatnonzero(owners[:-1] == owners[1:])
        opening = ends[:-1, None] + np.arange(FIRST_WORDS)
        first = np.flatnonzero(opening.ravel() < np.repeat(ends[1:], FIRST_WORDS))
        own = self._within
        return own.add_up(
            count,
            [
                (owners, own.find_words(0, words)),
                (owners[inside], own.find_pairs(0, words[inside], words[inside + 1])),
                (first // FIRST_WORDS, own.find_words(1, words[opening.ravel()[first]])),
            ],
        )

    def _read_clauses(self, batch: Batch, words: Numbers, ends: Numbers) -> Sums:
        """The sums of the grams around each value."""
        places = np.array([find_words(batch, clause) for clause in batch.clauses], np.intp)
        sentence, first, last, kinds = places.reshape(len(places), 4).T
        starts = ends[sentence]
        reach = np.arange(REACH)
        before = take_words(words, (starts + first)[:, None] - 1 - reach, starts, ends[sentence + 1])
        after = take_words(words, (starts + last)[:, None] + reach, starts, ends[sentence + 1])
        opening = take_words(words, starts[:, None] + np.arange(FIRST_WORDS), starts, ends[sentence + 1])
        own = self._around
        nearest = np.arange(NEXT)
        rows = (
            own.find_words(0, before),
            own.find_words(1, after),
            own.find_words(OPENING, opening),
            own.find_words(OPENING + 1 + nearest, before[:, :NEXT]),
            own.find_words(OPENING + 1 + NEXT + nearest, after[:, :NEXT]),
            own.find_words(len(SIDES) + 2 * kinds, before[:, 0])[:, None],
            own.find_words(len(SIDES) + 2 * kinds + 1, after[:, 0])[:, None],
            own.find_pairs(0, before[:, 1:], before[:, :-1]),
            own.find_pairs(1, after[:, :-1], after[:, 1:]),
            own.find_pairs(GAP, before[:, :1], after[:, :1]),
        )
        row = np.concatenate(rows, axis=1)
        owners = np.repeat(np.arange(len(row)), row.shape[1])
        return own.add_up(len(row), [(owners, row)])


def find_words(batch: Batch, clause: Clause) -> tuple[int, int, int, int]:
    """A value's sentence in the batch, its first word there, the first after it, and its type's number."""
    starts = batch.scenes[clause.scene].sentences[clause.place].starts
    mention = clause.mention
    first, last = bisect_left(starts, mention.start), bisect_left(starts, mention.end)
    return batch.firsts[clause.scene] + clause.place, first, last, TYPES.index(mention.value.type)


def take_words(words: Numbers, at: Numbers, starts: Numbers, ends: Numbers) -> Numbers:
    """The words at some places (owners, places); 0 where that is outside of the owner's sentence."""
    inside = (at >= starts[:, None]) & (at < ends[:, None])
    found: Numbers = np.where(inside, words.take(at, mode="clip"), 0)
    return found
