"""The passages in which a candidate is seen: its clause, its sentence, its surroundings, what was asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress

import numpy as np

from consistency_check.read.clauses import Clause, list_between
from consistency_check.read.exact import MEANING_BITS, snap
from consistency_check.read.nearness import Nearness
from consistency_check.read.scene import Scene
from consistency_check.read.vectors import Flags, Floats, Numbers
from consistency_check.read.wording import Passages, Wording


@dataclass(frozen=True, slots=True)
class Sight:
    """What a batch's passages are near to, and in which row each stands.

    Passages: all sentences, one question a scene, what was asked before it a scene, one whole reply a scene,
    each sentence with its neighbours, each with the question, each value's clause. `rows` has the row of
    `near` for each: one row for several that are the same, as a reply of one sentence and that sentence.
    `owners` has each sentence's scene.
    """

    near: Nearness
    rows: Numbers
    owners: Numbers
    scenes: int

    def views(self, sentences: Numbers, clauses: Numbers | None = None) -> Numbers:
        """The rows of VIEWS for some sentences, or some values' clauses in them: (number, VIEWS)."""
        count = len(self.owners)
        asked = count + self.owners[sentences]
        around = count + 3 * self.scenes + sentences
        own = sentences if clauses is None else 3 * count + 3 * self.scenes + clauses
        views = (own, sentences, around, asked, asked + 2 * self.scenes, asked + self.scenes, around + count)
        return self.rows[np.stack(views, axis=1)]


@dataclass(frozen=True, slots=True)
class Shapes:
    """Which passages of a batch are none that it has already, as flags.

    `asks` for each question, then for what was asked before each; `several` for each scene that has several
    sentences, `apart` for each clause that is not all of its sentence.
    """

    firsts: Numbers
    owners: Numbers
    places: Numbers
    asks: Flags
    several: Flags
    apart: Flags

    def number_rows(self) -> Numbers:
        """The row of each passage of `Sight`: row 0 says nothing, those of `meet_passages` follow it."""
        count, scenes = len(self.owners), len(self.several)
        sentences = np.arange(1, count + 1)
        alone = np.where(self.firsts[:-1] < self.firsts[1:], self.firsts[:-1] + 1, 0)
        kinds = (
            (self.asks, np.zeros(2 * scenes, np.intp)),
            (self.several, alone),
            (self.several[self.owners], sentences),
            (self.asks[:scenes][self.owners], sentences),
            (self.apart, 1 + self.places),
        )
        rows, taken = [sentences], count
        for own, other in kinds:
            rows.append(np.where(own, taken + np.cumsum(own), other))
            taken += int(own.sum())
        return np.concatenate(rows)


def meet_passages(
    wording: Wording, scenes: Sequence[Scene], firsts: Numbers, owners: Numbers, clauses: Sequence[Clause]
) -> tuple[Passages, Numbers]:
    """The passages of `Sight`, each that differs in a row, and the row of each in its order."""
    own: list[Sequence[str]] = [() if s.greets else s.words for scene in scenes for s in scene.sentences]
    asked = [*(scene.asked.words for scene in scenes), *(scene.asked_before for scene in scenes)]
    parts = [list_between(scenes[c.scene].sentences[c.place], c.left, c.right) for c in clauses]
    places = np.array([firsts[c.scene] + c.place for c in clauses], np.intp)
    shapes = Shapes(
        firsts,
        owners,
        places,
        np.array([bool(words) for words in asked], bool),
        np.diff(firsts) > 1,
        np.array([len(part) != len(own[at]) for part, at in zip(parts, places, strict=True)], bool),
    )
    rows = shapes.number_rows()
    met = wording.meet([(), *own, *compress(asked, shapes.asks), *compress(parts, shapes.apart)])
    head = 1 + len(own) + int(shapes.asks.sum())
    questions = rows[len(own) :][owners]
    sentences = Passages(met.near[1 : 1 + len(own)], met.meaning[1 : 1 + len(own)])
    joined = (
        Passages(met.near[:head], met.meaning[:head]),
        gather_whole(sentences, firsts, np.flatnonzero(shapes.several)),
        gather_around(sentences, firsts, np.flatnonzero(shapes.several[owners])),
        join_questions(sentences, met, questions),
        Passages(met.near[head:], met.meaning[head:]),
    )
    near = np.concatenate([one.near for one in joined])
    return normalise(near, np.concatenate([one.meaning for one in joined])), rows


def gather_whole(sentences: Passages, firsts: Numbers, scenes: Numbers) -> Passages:
    """All sentences of each of some scenes as one passage."""
    near, meaning = sentences.near, sentences.meaning
    wholes = Passages(
        np.empty((len(scenes), near.shape[1]), np.float32),
        np.empty((len(scenes), meaning.shape[1]), np.float32),
    )
    # `reduceat` takes many times as long where there are few rows to a scene.
    for row, (first, end) in enumerate(
        zip(firsts[scenes].tolist(), firsts[scenes + 1].tolist(), strict=True)
    ):
        near[first:end].max(axis=0, out=wholes.near[row])
        meaning[first:end].sum(axis=0, out=wholes.meaning[row])
    return wholes


def gather_around(sentences: Passages, firsts: Numbers, chosen: Numbers) -> Passages:
    """Some sentences with the one before and the one after each in its reply."""
    near, meaning = sentences.near, sentences.meaning
    starts = np.zeros(len(near) + 1, bool)
    starts[firsts] = True
    follows, leads = ~starts[chosen], ~starts[chosen + 1]
    before, after = chosen - follows, chosen + leads
    return Passages(
        np.maximum(np.maximum(near[chosen], near[before]), near[after]),
        meaning[chosen] + meaning[before] * follows[:, None] + meaning[after] * leads[:, None],
    )


def join_questions(sentences: Passages, met: Passages, questions: Numbers) -> Passages:
    """Each sentence together with its question, where it has one; `questions` are their rows of `met`."""
    chosen = np.flatnonzero(questions)
    asked = questions[chosen]
    return Passages(
        np.maximum(sentences.near[chosen], met.near[asked]),
        sentences.meaning[chosen] + met.meaning[asked],
    )


def normalise(near: Floats, meaning: Floats) -> Passages:
    """Passages whose meanings have unit length."""
    length = np.linalg.norm(meaning, axis=1, keepdims=True)
    return Passages(near, snap(meaning / np.maximum(length, 1e-6), MEANING_BITS))
