"""How near passages come to policies, and how far a policy leads its rivals there: the columns of PAIR."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from consistency_check.read.features import ALIKE, NEARNESS, RIVAL, SIMILAR, VIEWS
from consistency_check.read.units import KINDS
from consistency_check.read.vectors import Floats, Numbers
from consistency_check.read.wording import Profiles

FIRST_RIVAL = len(SIMILAR)
COVERED = slice(1, 1 + len(KINDS))
LIKENESS = slice(SIMILAR.index(ALIKE[0]), FIRST_RIVAL)


@dataclass(frozen=True, slots=True)
class Nearness:
    """Some passages beside all policies. The columns are worked out where they are asked for.

    Policies of one type are rivals, and `kinds` has the number of each one's type. `top` is what the best of
    a type reaches in each of RIVAL, `second` the best below that: shape (RIVAL, types, passages).
    """

    profiles: Profiles
    kinds: Numbers
    top: Floats
    second: Floats

    def take(self, passages: Numbers, policies: Numbers) -> Floats:
        """The columns of NEARNESS for passages (candidates, views) and a policy each."""
        profiles = self.profiles
        count = profiles.shared.shape[1]
        at = policies[:, None] * count + passages
        near = np.empty((*passages.shape, len(NEARNESS)), np.float32)
        near[:, :, 0] = profiles.shared.take(at)
        near[:, :, COVERED] = take_last(profiles.covered, at)
        near[:, :, LIKENESS] = take_last(profiles.likeness, at)
        core = near[:, :, [0, 0, *range(LIKENESS.start, LIKENESS.stop)]]
        core[:, :, 1] = near[:, :, 1:3].max(axis=2)
        kind = self.kinds[policies][:, None] * count + passages
        top = take_last(self.top, kind)
        best = core >= top
        near[:, :, FIRST_RIVAL : FIRST_RIVAL + len(RIVAL)] = core - np.where(
            best, take_last(self.second, kind), top
        )
        near[:, :, FIRST_RIVAL + len(RIVAL) :] = best
        return near


def take_last(table: Floats, at: Numbers) -> Floats:
    """Entries of each of some tables (first axis) at places of the flat table; the tables come last."""
    return np.moveaxis(table.reshape(len(table), -1).take(at, axis=1), 0, -1)


def measure_nearness(profiles: Profiles, groups: Sequence[int]) -> Nearness:
    """The nearness of passages; policies stand in groups of one type, which begin at `groups`."""
    covered = np.maximum(profiles.covered[0], profiles.covered[1])
    policies, passages = covered.shape
    shape = (len(RIVAL), len(groups), passages)
    top, second = np.empty(shape, np.float32), np.empty(shape, np.float32)
    for kind, (first, end) in enumerate(pairwise((*groups, policies))):
        for number, one in enumerate((profiles.shared, covered, *profiles.likeness)):
            own = one[first:end]
            own.max(axis=0, out=top[number, kind])
            np.where(own >= top[number, kind], np.float32(0.0), own).max(axis=0, out=second[number, kind])
    kinds = np.repeat(np.arange(len(groups)), np.diff([*groups, policies]))
    return Nearness(profiles, kinds, top, second)


def measure_pairs(near: Floats, short: Floats, rivals: Floats, *others: Floats) -> Floats:
    """The columns of PAIR: a row for each candidate, of the columns of NEARNESS in each of its VIEWS.

    `others` are put beside them: to do so later takes copying them all.
    """
    count = len(near)
    return np.concatenate(
        (
            near.reshape(count, len(VIEWS) * len(NEARNESS)),
            near[:, VIEWS.index("question")] * short[:, None],
            np.minimum(rivals, 12)[:, None] / 12,
            near[:, :, 1:3].max(axis=(1, 2))[:, None],
            near[:, :, LIKENESS].max(axis=(1, 2))[:, None],
            *others,
        ),
        axis=1,
        dtype=np.float32,
    )
