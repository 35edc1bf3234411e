"""The passages in which a candidate is seen: its clause, its sentence, its surroundings, what was asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from consistency_check.read.clauses import Clause, list_between
from consistency_check.read.exact import MEANING_BITS, snap
from consistency_check.read.nearness import Nearness
from consistency_check.read.scene import Scene
from consistency_check.read.vectors import Floats, Numbers
from consistency_check.read.wording import Passages, Wording


@dataclass(frozen=True, slots=True)
class Sight:
    """What a batch's passages are near to, and in which row each stands.

    Passages of `near`: all sentences, one question a scene, what was asked before it a scene, one whole reply
    a scene, each sentence with its neighbours, each with the question, each value's clause. `owners` has each
    sentence's scene.
    """

    near: Nearness
    owners: Numbers
    scenes: int

    def views(self, sentences: Numbers, clauses: Numbers | None = None) -> Numbers:
        """The passages of VIEWS for some sentences, or some values' clauses in them: (number, VIEWS)."""
        count = len(self.owners)
        asked = count + self.owners[sentences]
        around = count + 3 * self.scenes + sentences
        own = sentences if clauses is None else 3 * count + 3 * self.scenes + clauses
        rows = (own, sentences, around, asked, asked + 2 * self.scenes, asked + self.scenes, around + count)
        return np.stack(rows, axis=1)


def meet_passages(
    wording: Wording, scenes: Sequence[Scene], firsts: list[int], owners: Numbers, clauses: Sequence[Clause]
) -> Passages:
    """The passages of `Sight`, in its order."""
    own: list[Sequence[str]] = [() if s.greets else s.words for scene in scenes for s in scene.sentences]
    asked = [*(scene.asked.words for scene in scenes), *(scene.asked_before for scene in scenes)]
    parts = [list_between(scenes[c.scene].sentences[c.place], c.left, c.right) for c in clauses]
    met = wording.meet([*own, *asked, *parts])
    count, questions = len(own), len(own) + len(asked)
    near, meaning = met.near[:count], met.meaning[:count]
    starts = np.zeros(count + 1, bool)
    starts[firsts] = True
    before = np.arange(count) - ~starts[:-1]
    after = np.arange(count) + ~starts[1:]
    around = np.maximum(np.maximum(near, near[before]), near[after])
    beside = meaning + meaning[before] * ~starts[:-1, None] + meaning[after] * ~starts[1:, None]
    whole = gather_whole(near, meaning, firsts)
    asked_near, asked_meaning = met.near[count:][owners], met.meaning[count:][owners]
    answer = Passages(np.maximum(near, asked_near), meaning + asked_meaning)
    nears = (met.near[:questions], whole.near, around, answer.near, met.near[questions:])
    meanings = (met.meaning[:questions], whole.meaning, beside, answer.meaning, met.meaning[questions:])
    return normalise(np.concatenate(nears), np.concatenate(meanings))


def gather_whole(near: Floats, meaning: Floats, firsts: list[int]) -> Passages:
    """All sentences of each scene as one passage; one without sentences meets nothing."""
    count = len(firsts) - 1
    wholes = Passages(
        np.zeros((count, near.shape[1]), np.float32), np.zeros((count, meaning.shape[1]), np.float32)
    )
    # `reduceat` takes many times as long where there are few rows to a scene.
    for scene, (first, end) in enumerate(pairwise(firsts)):
        if first < end:
            near[first:end].max(axis=0, out=wholes.near[scene])
            meaning[first:end].sum(axis=0, out=wholes.meaning[scene])
    return wholes


def normalise(near: Floats, meaning: Floats) -> Passages:
    """Passages whose meanings have unit length."""
    length = np.linalg.norm(meaning, axis=1, keepdims=True)
    return Passages(near, snap(meaning / np.maximum(length, 1e-6), MEANING_BITS))
