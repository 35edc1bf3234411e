"""The second look at a reply's candidates: each against its rivals for its words and for its policy.

A candidate's rivals are those of its own reply and family, so replies do not compete. `agrees` tells which
candidates agree with their policy: a rival that does is a better one than its words alone make it.
"""

from __future__ import annotations

import numpy as np

from consistency_check.read.batch import Found
from consistency_check.read.vectors import Floats, Numbers

AGAINST = (
    "lead",
    "best",
    "rivals",
    "rank",
    "share",
    "lead with answers",
    "agreeing rival",
    "score of the agreeing rival",
)
ARENAS = ("for these words", "for this policy")
COMPETITION = (
    "own score",
    *(f"{name}, {arena}" for arena in ARENAS for name in AGAINST),
    "the stronger rival",
    "best of the reply",
    "sum of the reply",
    "best of the words' sentence",
)
NO_RIVAL = -8.0
FARTHEST_LEAD = 8.0
# What agreeing with the policy adds to the log odds of a rival before candidates are compared with it: about
# the weight a logistic regression gives it.
AGREEMENT = 2.0


class Arena:
    """Candidates in groups: those of equal `keys` compete."""

    def __init__(self, keys: Numbers) -> None:
        self._order = np.argsort(keys, kind="stable")
        ordered = keys[self._order]
        self._starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
        self._counts = np.diff(np.r_[self._starts, len(keys)])
        self._group = np.empty(len(keys), np.intp)
        self._group[self._order] = np.repeat(np.arange(len(self._starts)), self._counts)

    @property
    def sizes(self) -> Numbers:
        """How many compete with each candidate, itself included."""
        sizes: Numbers = self._counts[self._group]
        return sizes

    def best(self, values: Floats) -> Floats:
        """The highest value of each candidate's group."""
        best: Floats = np.maximum.reduceat(values[self._order], self._starts)[self._group]
        return best

    def sum(self, values: Floats) -> Floats:
        """The sum of the values of each candidate's group."""
        total: Floats = np.add.reduceat(values[self._order], self._starts)[self._group]
        return total

    def best_rival(self, values: Floats, alone: float) -> Floats:
        """The highest value of the others in each candidate's group, `alone` where it has no other."""
        ordered = values[self._order]
        best = np.maximum.reduceat(ordered, self._starts)
        places = np.flatnonzero(ordered == np.repeat(best, self._counts))
        # The first of each group's best leads: the others, and all if two are best, have it for a rival.
        group = self._group[self._order[places]]
        leads = places[np.diff(group, prepend=-1) > 0]
        rest = ordered.copy()
        rest[leads] = -np.inf
        second = np.maximum.reduceat(rest, self._starts)
        rivals = best[self._group]
        rivals[self._order[leads]] = np.where(self._counts > 1, second, np.float32(alone))
        return rivals

    def rank(self, values: Floats) -> Floats:
        """0 for the highest value of a group, 1 for the next, and so on; the first of equals leads."""
        order = self._order[np.lexsort((-values[self._order], self._group[self._order]))]
        ranks = np.empty(len(values), np.float32)
        ranks[order] = np.arange(len(values)) - np.repeat(self._starts, self._counts)
        return ranks


def measure_competition(found: Found, policies: int, scores: Floats, agrees: Floats) -> Floats:
    """The columns of COMPETITION, one row for each candidate of one family.

    `policies` is how many there are; `agrees` is 1 for a candidate whose value is its policy's today, .5 for
    one of another day or case, 0 for all others.
    """
    if not len(found):
        return np.zeros((0, len(COMPETITION)), np.float32)
    # As float64, of which a float32 is the same whatever the processor makes of the last digit.
    odds = np.exp(np.minimum(scores, 30), dtype=np.float64)
    stronger = scores + np.float32(AGREEMENT) * agrees
    agreeing = np.where(agrees > 0, scores, np.float32(NO_RIVAL))
    columns: list[Floats] = [scores]
    rivals = []
    for keys in (found.words, found.scene * policies + found.policy):
        arena = Arena(keys)
        rival = arena.best_rival(scores, NO_RIVAL)
        rivals.append(rival)
        columns += [
            np.minimum(scores - rival, FARTHEST_LEAD),
            (scores > rival).astype(np.float32),
            (np.minimum(arena.sizes, 12) / 12).astype(np.float32),
            (np.minimum(arena.rank(scores), 6) / 6).astype(np.float32),
            np.log(odds / arena.sum(odds)),
            np.minimum(stronger - arena.best_rival(stronger, NO_RIVAL), FARTHEST_LEAD),
            arena.best_rival(agrees, 0.0),
            arena.best_rival(agreeing, NO_RIVAL),
        ]
    reply, sentence = Arena(found.scene), Arena(found.sentence)
    columns += [
        np.maximum(*rivals),
        reply.best(scores),
        np.log(reply.sum(odds)),
        sentence.best(scores),
    ]
    return np.array(columns, np.float32).T
