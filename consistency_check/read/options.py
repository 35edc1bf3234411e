"""Which of a policy's options a sentence names, in their own or in other words.

The options of a `choice` policy are in its file; a `yes_no` policy has two, worded by its statement and
its phrasings. All policies' options are rated at once, from the words already met in the knowledge base.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from consistency_check.model import Policy
from consistency_check.read.exact import MEANING_BITS, NEAR_BITS, multiply_once, snap
from consistency_check.read.sparse import Sparse
from consistency_check.read.units import list_words
from consistency_check.read.vectors import Floats, Numbers
from consistency_check.read.wording import EMPTY, Wording, find_highest

OPTION = ("option covered", "option's lead", "option's likeness", "likeness's lead", "options named")
NAMED = 0.5
# Below this a word of the sentence is too far from the option's word to stand fully for it.
SAME_WORD = 0.5


class Options:
    """The options of every `choice` and `yes_no` policy."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self.names: dict[int, tuple[str, ...]] = {}
        self._columns: dict[int, slice] = {}
        weights: list[Floats] = []
        owners: list[int] = []
        starts: list[int] = []
        for number, policy in enumerate(wording.policies):
            options = list_options(policy)
            if options:
                first = len(owners)
                for rows in weigh_wordings(wording, options):
                    starts.append(len(weights))
                    weights += rows
                    owners.append(number)
                self.names[number] = tuple(name for name, _ in options)
                self._columns[number] = slice(first, len(owners))
        width = len(wording.vocabulary)
        matrix = np.array(weights, np.float32).reshape(len(weights), width).T
        total = matrix.sum(axis=0)
        # A wording of one word alone is weaker evidence than one of several.
        trust = np.minimum(1.0, 0.7 + 0.1 * (matrix > 0).sum(axis=0))
        self._shares = Sparse((matrix / np.maximum(total, 0.5) * trust).T, NEAR_BITS + 1)
        meanings = multiply_once(wording.senses.T, matrix)
        lengths = np.maximum(np.linalg.norm(meanings, axis=0), 1e-6)
        self._meanings = snap(np.ascontiguousarray((meanings / lengths).T), MEANING_BITS - 1)
        self._starts = starts
        most = max(map(len, self.names.values()), default=0)
        # The columns of each policy's options, and which of them are no mere padding.
        self._places = np.zeros((len(wording.policies), most), np.intp)
        self._real = np.zeros(self._places.shape, bool)
        for number, own in self._columns.items():
            self._places[number, : own.stop - own.start] = np.arange(own.start, own.stop)
            self._real[number, : own.stop - own.start] = True

    def rate(self, near: Floats, meaning: Floats) -> tuple[Floats, Floats]:
        """For passages (first axis) the coverage and likeness of every option of every policy."""
        if not self._starts:
            empty = np.zeros((len(near), 0), np.float32)
            return empty, empty
        sure = np.where(near >= SAME_WORD, near, near / 2)
        covered = find_highest(self._shares.multiply(np.ascontiguousarray(sure.T)), self._starts)
        likeness = find_highest(self._meanings @ meaning.T, self._starts)
        return np.ascontiguousarray(covered.T), np.ascontiguousarray(likeness.T.clip(0))

    def name_best(
        self, words: Numbers, policies: Numbers, covered: Floats, likeness: Floats
    ) -> tuple[Numbers, Floats]:
        """The option that each passage (a row of `covered`) is nearest to, of a policy each.

        Also the columns of OPTION: shapes (passages,) and (passages, OPTION). `covered` and `likeness` are of
        `rate`.
        """
        count = len(words)
        if not count:
            return np.zeros(0, np.intp), np.zeros((0, len(OPTION)), np.float32)
        columns, real = self._places[policies], self._real[policies]
        at = words[:, None], columns
        share, alike = covered[at] * real, likeness[at] * real
        rows = np.arange(count)
        best = np.where(real, share + np.float32(0.5) * alike, np.float32(-1)).argmax(axis=1)
        measured = np.empty((count, len(OPTION)), np.float32)
        for column, values in ((0, share), (2, alike)):
            measured[:, column] = values[rows, best]
            values[rows, best] = 0.0
            measured[:, column + 1] = measured[:, column] - values.max(axis=1)
        measured[:, 4] = ((share > NAMED).sum(axis=1) + (measured[:, 0] > NAMED)) / 3
        return best, measured

    def lean(self, number: int, covered: Floats, likeness: Floats) -> list[float]:
        """Coverage and likeness of a `yes_no` policy's yes wordings over its no wordings."""
        own = self._columns[number]
        return [float(values[own][0] - values[own][1]) for values in (covered, likeness)]


def list_options(policy: Policy) -> list[tuple[str, tuple[str, ...]]]:
    """The wordings of each option of a `choice` or `yes_no` policy, by the option's name."""
    if policy.type == "choice":
        return [(name, (name, *others)) for name, others in policy.options]
    if policy.type == "yes_no":
        return [("yes", (policy.statement, *policy.yes_phrasings)), ("no", policy.no_phrasings or ("no",))]
    return []


def weigh_wordings(wording: Wording, options: Sequence[tuple[str, Sequence[str]]]) -> list[list[Floats]]:
    """For each option a row of word weights for each wording; a word that options share weighs less."""
    bags = [[tell_words(text) for text in texts] for _, texts in options]
    held = [{word for words in bag for word in words} for bag in bags]
    found = []
    for bag in bags:
        rows = []
        for words in bag:
            row = np.zeros(len(wording.vocabulary), np.float32)
            for word in words:
                if word in wording.vocabulary:
                    row[wording.vocabulary[word]] = 1.0 / sum(word in other for other in held) ** 2
            rows.append(row)
        found.append(rows or [np.zeros(len(wording.vocabulary), np.float32)])
    return found


def tell_words(text: str) -> list[str]:
    """The words of an option without empty ones; all of them where nothing would be left."""
    words = list_words(text)
    return [word for word in words if word not in EMPTY] or words
