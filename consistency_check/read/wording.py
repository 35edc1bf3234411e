"""How near a passage's words are to each policy's wording, for all policies at once.

Every policy is some units of words (see `units`). A word of a passage matches a word of the knowledge base
by the cosine of their vectors, so "fee" meets "charge"; a knowledge-base word weighs by how few policies use
it (inverse document frequency), so telling words count most. Whole wordings are compared by the sums of what
their words mean, as far as a sentence encoder can be had so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

import numpy as np
from spacy.lang.en.stop_words import STOP_WORDS

from consistency_check.model import KnowledgeBase
from consistency_check.read.exact import MEANING_BITS, NEAR_BITS, snap
from consistency_check.read.sparse import Sparse
from consistency_check.read.units import COMPARED, KINDS, Unit, group_units, list_units, order_policies
from consistency_check.read.vectors import Floats, load_senses, load_vectors

KEPT = frozenset(
    ("full", "empty", "first", "last", "before", "after", "back", "own", "free", "under", "over")
)
CLIPPED = frozenset(
    ("'s", "n't", "'re", "'ve", "'ll", "'m", "'d", "nt", "ok", "hi", "pls", "u", "ur", "im", "ive", "id")
)
STOPPED = (STOP_WORDS - KEPT) | CLIPPED
# Function words that part one option from another: "sealed items only", "you need a card".
TELLING = frozenset(
    (
        "only",
        "must",
        "need",
        "needs",
        "without",
        "not",
        "n't",
        "no",
        "never",
        "any",
        "anyone",
        "everyone",
        "nobody",
        "cannot",
    )
)
EMPTY = STOPPED - TELLING
# By inspection of the shipped vectors: unrelated words lie below, inflections of one word mostly above .7.
NEAR = 0.42
KNOWN = 20_000


@dataclass(frozen=True, slots=True)
class Profiles:
    """How some passages meet each policy, float32; the last two axes are policies and passages.

    `shared` is the weight of the policy's words that the passage says, `covered` (first axis: KINDS) the
    best share of one unit's weight, `likeness` (first axis: statement, question) the best cosine of meaning.
    """

    shared: Floats
    covered: Floats
    likeness: Floats


@dataclass(frozen=True, slots=True)
class Passages:
    """Some passages in the knowledge base's words, float32, a row for each passage.

    `near` is how near they come to each word of the vocabulary, `meaning` the sum of what their words mean:
    for `profile` as a unit vector.
    """

    near: Floats
    meaning: Floats


class Wording:
    """The knowledge base's words as matrices; `profile` compares passages with all policies."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self.policies = order_policies(knowledge)
        units: list[Unit] = [
            (number, kind, words)
            for number, policy in enumerate(self.policies)
            for kind, words in list_units(knowledge, policy)
        ]
        known = sorted({word for _, _, words in units for word in words if word not in EMPTY})
        self.vocabulary = {word: column for column, word in enumerate(known)}
        rows = np.array([load_vectors().vector(word) for word in known], np.float32)
        self.vectors = snap(rows.reshape(len(known), load_vectors().width), MEANING_BITS - 1)
        senses = np.array([load_senses().sense(word) for word in known], np.float32)
        self.senses = senses.reshape(len(known), load_senses().width)
        self._weights = self._weigh_words(units)
        self._lay_units(units)
        self._forget_words()

    def meet(self, passages: Sequence[Iterable[str]]) -> Passages:
        """Lays the lower-case words of each passage beside the knowledge base's words."""
        if len(self._rows) > KNOWN:
            self._forget_words()
        numbers = [self._number_words(passage) for passage in passages]
        telling = self._telling
        told = [[row for row in rows if telling[row]] or [0] for rows in numbers]
        return Passages(gather(self._near, told, np.maximum), gather(self._meant, numbers, np.add))

    def profile(self, passages: Passages) -> Profiles:
        """Compares passages with every policy."""
        near, meaning = passages.near, passages.meaning
        words = np.ascontiguousarray(near.T)
        said = self._shares.multiply(words)
        likes = self._meanings @ meaning.T
        shape = (len(self.policies), len(near))
        covered = np.zeros((len(KINDS), *shape), np.float32)
        likeness = np.zeros((len(COMPARED), *shape), np.float32)
        for kind, group in enumerate(self._groups):
            if group.firsts:
                covered[kind][group.owners] = find_highest(said[group.rows], group.firsts)[group.owned]
                if kind < len(COMPARED):
                    likeness[kind][group.owners] = find_highest(likes[group.rows], group.firsts)[group.owned]
        return Profiles(self._bags.multiply(words)[self._bag_rows], covered, likeness)

    def _weigh_words(self, units: Sequence[Unit]) -> Floats:
        """Inverse document frequency of each word over policies, up to 1, near words counted as one."""
        near = soften(self.vectors @ self.vectors.T)
        count = len(self.policies)
        holds = np.zeros((count, len(self.vocabulary)), np.float32)
        for number, _, words in units:
            for word in words:
                if word in self.vocabulary and word not in STOPPED:
                    holds[number] = np.maximum(holds[number], near[self.vocabulary[word]])
        rarity = np.log((count + 1) / (holds.sum(axis=0) + 0.5)) / log((count + 1) / 0.5)
        weights: Floats = rarity.clip(0.02).astype(np.float32)
        return weights

    def _lay_units(self, units: Sequence[Unit]) -> None:
        """The weights of words, a row a unit and a row a policy, and what each unit means.

        Policies of one topic, which share words, stand together there.
        """
        topics = np.array([policy.topic for policy in self.policies], object)
        order = np.argsort(topics, kind="stable")
        self._bag_rows = np.argsort(order)
        self._groups, laid = group_units(units, order.tolist())
        weights = np.zeros((len(self.vocabulary), len(laid)), np.float32)
        for at, (_, words) in enumerate(laid):
            columns = self._list_columns(words)
            weights[columns, at] = self._weights[columns]
        bags = np.zeros((len(self.policies), len(self.vocabulary)), np.float32)
        for number, kind, words in units:
            if kind != "topic":
                columns = self._list_columns(words)
                bags[self._bag_rows[number], columns] = self._weights[columns]
        shares = (weights / np.maximum(weights.sum(axis=0), 0.3)).T
        self._shares, self._bags = Sparse(shares, NEAR_BITS), Sparse(bags, NEAR_BITS)
        senses = load_senses()
        compared = [words for kind, words in laid if kind in COMPARED]
        sums = [np.sum([senses.sense(w) for w in dict.fromkeys(words)], axis=0) for words in compared]
        meanings = np.array(sums, np.float32).reshape(len(compared), senses.width)
        lengths = np.maximum(np.linalg.norm(meanings, axis=1, keepdims=True), 1e-6)
        self._meanings = snap(meanings / lengths, MEANING_BITS - 1)

    def _list_columns(self, words: Iterable[str]) -> list[int]:
        return [self.vocabulary[word] for word in words if word in self.vocabulary and word not in STOPPED]

    def _forget_words(self) -> None:
        """Empties the table of the words met so far; its first row is a word that meets nothing."""
        self._rows: dict[str, int] = {}
        self._telling = [False]
        self._near = np.zeros((256, len(self.vocabulary)), np.float32)
        self._meant = np.zeros((256, self.senses.shape[1]), np.float32)

    def _number_words(self, words: Iterable[str]) -> list[int]:
        """The table's rows of a passage's words, each once, in order; the first row where there is none."""
        rows = self._rows
        found: dict[int, None] = {}
        for word in words:
            row = rows.get(word)
            if row is None:
                row = rows[word] = self._meet_word(word)
            if row:
                found[row] = None
        return list(found) or [0]

    def _meet_word(self, word: str) -> int:
        """Fills a row of the table with a word's nearness to every known word and what it means."""
        if not word[0].isalpha() and word not in TELLING:
            return 0
        row = len(self._telling)
        if row == len(self._near):
            self._near = np.concatenate((self._near, np.zeros_like(self._near)))
            self._meant = np.concatenate((self._meant, np.zeros_like(self._meant)))
        self._telling.append(word not in EMPTY)
        self._meant[row] = load_senses().sense(word)
        if word not in STOPPED:
            self._near[row] = soften(self.vectors @ snap(load_vectors().vector(word), MEANING_BITS))
        if word in self.vocabulary:
            self._near[row, self.vocabulary[word]] = 1.0
        return row


def gather(table: Floats, numbers: Sequence[Sequence[int]], join: np.ufunc) -> Floats:
    """For each list of numbers, none of them empty, its rows of a table joined in order."""
    order = sorted(range(len(numbers)), key=lambda at: -len(numbers[at]))
    longest = [numbers[at] for at in order]
    joined = table.take([rows[0] for rows in longest], axis=0)
    # Place by place over all lists that are so long: far faster than list by list, or than `reduceat`.
    for place in range(1, len(longest[0]) if longest else 0):
        while len(longest[-1]) <= place:
            longest.pop()
        own = joined[: len(longest)]
        join(own, table.take([rows[place] for rows in longest], axis=0), out=own)
    back = np.empty(len(order), np.intp)
    back[order] = np.arange(len(order))
    return joined[back]


def soften(cosines: Floats) -> Floats:
    """0 for unrelated words, rising to 1 for the same word."""
    return snap(((cosines - NEAR) / (1 - NEAR)).clip(0, 1).astype(np.float32), NEAR_BITS)


def find_highest(rows: Floats, firsts: Sequence[int]) -> Floats:
    """The highest values of each group of rows, groups beginning at `firsts`; shape (groups, columns).

    A tenth of the time of `np.maximum.reduceat` where the groups are few and the columns many.
    """
    highest = np.empty((len(firsts), rows.shape[1]), np.float32)
    for group, (first, end) in enumerate(pairwise((*firsts, len(rows)))):
        rows[first:end].max(axis=0, out=highest[group])
    return highest
