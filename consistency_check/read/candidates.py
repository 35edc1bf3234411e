"""Everything in a reply that might be a claim: a value or a sentence, paired with each fitting policy.

A candidate's features come from wording alone, so that what is kept of a reading does not depend on
what the policies answer today.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from consistency_check.model import KnowledgeBase, Reply, Value
from consistency_check.read.asking import ASKS
from consistency_check.read.clauses import Clause, list_between, list_clauses
from consistency_check.read.features import (
    FEATURES,
    SHORT,
    TYPES,
    describe_mention,
    describe_sentence,
    measure_nearness,
    measure_pairs,
)
from consistency_check.read.options import Options
from consistency_check.read.scene import Scene, lay_out
from consistency_check.read.vectors import Floats
from consistency_check.read.wording import Passages, Wording

# A sentence is weighed against a policy where it or the question covers this share of one wording; 7 in 100
# of the labelled claims of tests/corpora that are no values lie below.
GATE = 0.2
SENTENCE_FAMILIES = ("yes_no", "choice", "text")
NONE = np.zeros(0, np.intp)
# What a value with something left out may stand for: "fourteen" for days, "two fifty" for a price.
BORROWERS = {
    "number": ("duration", "money", "percent", "time"),
    "time": ("number", "percent", "duration", "money"),
    "money": ("number", "time", "percent"),
    "duration": ("number",),
}


class Candidate(NamedTuple):
    """A possible claim: `text[start:end]`, in sentence number `place` of a scene, about one policy.

    `scene` counts in `Batch.scenes`, `policy` in `Wording.policies`; `family` is typed, yes_no, choice or
    text. The value of a typed candidate is as it was said, that of a yes_no or text one has no word yet.
    """

    scene: int
    policy: int
    family: str
    value: Value
    start: int
    end: int
    place: int


@dataclass(frozen=True, slots=True)
class Batch:
    """The candidates of some replies by family, and their features, a float32 row each in the same order.

    `covered` and `likeness` rate every policy's options by each sentence (first axis), see `Options`;
    `firsts` has the row of each scene's first sentence there.
    """

    scenes: tuple[Scene, ...]
    found: Mapping[str, tuple[Candidate, ...]]
    rows: Mapping[str, Floats]
    covered: Floats
    likeness: Floats
    firsts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sight:
    """What a batch's passages are near to, and in which row each stands.

    Rows of `near`: all sentences, one question a scene, one whole reply a scene, each sentence with its
    neighbours, each value's clause.
    """

    near: Floats
    firsts: list[int]
    sentences: int
    scenes: int

    def views(self, scene: int, place: int, clause: int = -1) -> tuple[int, int, int, int, int]:
        """The rows of VIEWS for a sentence, and for a value's clause where there is one."""
        sentence = self.firsts[scene] + place
        asked = self.sentences + scene
        around = self.sentences + 2 * self.scenes + sentence
        own = sentence if clause < 0 else 2 * self.sentences + 2 * self.scenes + clause
        return own, sentence, around, asked, asked + self.scenes


@dataclass(slots=True)
class Rows:
    """Candidates of one family while they are collected.

    For each candidate the passages it is seen in (`views`), the row of `own` that describes its value or
    sentence, and what is its own beside that (`extra`).
    """

    found: list[Candidate] = field(default_factory=list)
    views: list[tuple[int, int, int, int, int]] = field(default_factory=list)
    short: list[bool] = field(default_factory=list)
    described: list[int] = field(default_factory=list)
    own: list[list[float]] = field(default_factory=list)
    extra: list[list[float]] = field(default_factory=list)


class Finder:
    """Finds the candidates of replies for one knowledge base."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self.wording = Wording(knowledge)
        self.policies = self.wording.policies
        kinds: dict[str, list[int]] = {}
        for number, policy in enumerate(self.policies):
            kinds.setdefault(policy.type, []).append(number)
        self._by_kind = {kind: np.array(numbers, np.intp) for kind, numbers in kinds.items()}
        self._groups = [numbers[0] for numbers in kinds.values()]
        self._kinds = np.array([[p.type == kind for kind in TYPES] for p in self.policies], np.float32)
        self._rivals = np.array([len(kinds[policy.type]) for policy in self.policies], np.float32)
        self.options = Options(self.wording)

    def find(self, replies: Sequence[Reply]) -> Batch:
        """All candidates of some replies, reply by reply and in the order of the text.

        A reply's candidates are the same in whatever company it is read: a batch only shares arithmetic.
        """
        scenes = tuple(lay_out(reply) for reply in replies)
        firsts = [0, *accumulate(len(scene.sentences) for scene in scenes)]
        clauses = [clause for number, scene in enumerate(scenes) for clause in list_clauses(number, scene)]
        passages = self._meet_passages(scenes, firsts, clauses)
        near = measure_nearness(self.wording.profile(passages), self._groups)
        covered, likeness = self.options.rate(passages.near[: firsts[-1]], passages.meaning[: firsts[-1]])
        sight = Sight(near, firsts, firsts[-1], len(scenes))
        families = {
            "typed": self._collect_typed(scenes, sight, clauses),
            **self._collect_sentences(scenes, sight, covered, likeness),
        }
        found = {family: tuple(rows.found) for family, rows in families.items()}
        rows = {family: self._measure(family, rows, near) for family, rows in families.items()}
        return Batch(scenes, found, rows, covered, likeness, tuple(firsts[:-1]))

    def _meet_passages(
        self, scenes: Sequence[Scene], firsts: list[int], clauses: Sequence[Clause]
    ) -> Passages:
        """The passages of `Sight`, in its order."""
        own: list[Sequence[str]] = [() if s.greets else s.words for scene in scenes for s in scene.sentences]
        asked = [scene.asked.words for scene in scenes]
        parts = [list_between(scenes[c.scene].sentences[c.place], c.left, c.right) for c in clauses]
        met = self.wording.meet([*own, *asked, *parts])
        count, questions = len(own), len(own) + len(asked)
        near, meaning = met.near[:count], met.meaning[:count]
        starts = np.zeros(count + 1, bool)
        starts[firsts] = True
        before = np.arange(count) - ~starts[:-1]
        after = np.arange(count) + ~starts[1:]
        around = np.maximum(np.maximum(near, near[before]), near[after])
        beside = meaning + meaning[before] * ~starts[:-1, None] + meaning[after] * ~starts[1:, None]
        whole = gather_whole(near, meaning, firsts)
        return normalise(
            np.concatenate((met.near[:questions], whole.near, around, met.near[questions:])),
            np.concatenate((met.meaning[:questions], whole.meaning, beside, met.meaning[questions:])),
        )

    def _measure(self, family: str, collected: Rows, near: Floats) -> Floats:
        if not collected.found:
            return np.zeros((0, len(FEATURES[family])), np.float32)
        policies = np.array([candidate.policy for candidate in collected.found], np.intp)
        views = np.array(collected.views, np.intp)
        short = np.array(collected.short, np.float32)
        pairs = measure_pairs(near, views, policies, short, self._rivals[policies])
        own = np.array(collected.own, np.float32)[collected.described]
        extra = np.array(collected.extra, np.float32)
        if family == "typed":
            extra = np.concatenate((self._kinds[policies], extra), axis=1)
        return np.concatenate((pairs, own, extra), axis=1)

    def _collect_typed(self, scenes: Sequence[Scene], sight: Sight, clauses: Sequence[Clause]) -> Rows:
        rows = Rows()
        wordings = sight.near[:, :, 1:3].max(axis=2)
        for at, (number, place, mention, left, right) in enumerate(clauses):
            scene = scenes[number]
            rows.own.append(describe_mention(scene, mention, place, left, right))
            views = sight.views(number, place, at)
            short = len(scene.sentences[place].words) <= SHORT
            gate = np.maximum(wordings[views[1]], wordings[views[3]]) >= GATE
            for policy, borrowed in self._offer(mention.value, gate):
                rows.found.append(
                    Candidate(number, policy, "typed", mention.value, mention.start, mention.end, place)
                )
                rows.views.append(views)
                rows.short.append(short)
                rows.described.append(at)
                rows.extra.append([borrowed])
        return rows

    def _offer(self, value: Value, gate: NDArray[np.bool_]) -> Iterator[tuple[int, float]]:
        """The policies a value may be about, and 1.0 where it has another type than the policy.

        Those of another type, which lend it a unit or take it without its own, must come through `gate`.
        """
        for number in self._by_kind.get(value.type, NONE).tolist():
            yield number, 0.0
        for kind in BORROWERS.get(value.type, ()) if is_bare(value) else ():
            policies = self._by_kind.get(kind, NONE)
            for number in policies[gate[policies]].tolist():
                yield number, 1.0

    def _collect_sentences(
        self, scenes: Sequence[Scene], sight: Sight, covered: Floats, likeness: Floats
    ) -> dict[str, Rows]:
        """Sentences with the policies of the families that have no values of their own."""
        families = {family: Rows() for family in SENTENCE_FAMILIES}
        wordings = sight.near[:, :, 1:3].max(axis=2)
        for number, scene in enumerate(scenes):
            for place, sentence in enumerate(scene.sentences):
                if sentence.greets and len(sentence.words) > 2:
                    continue
                views = sight.views(number, place)
                gate = np.maximum(wordings[views[1]], wordings[views[3]]) >= GATE
                own: list[float] = []
                for family, rows in families.items():
                    policies = self._by_kind.get(family, NONE)
                    near_ones = policies[gate[policies]].tolist()
                    if not near_ones:
                        continue
                    own = own or describe_sentence(scene, place)
                    rows.own.append([*own, float(ASKS[family].search(scene.asked.low) is not None)])
                    for policy in near_ones:
                        value, extra = self._name_option(
                            policy, family, covered[views[1]], likeness[views[1]]
                        )
                        rows.found.append(
                            Candidate(number, policy, family, value, sentence.start, sentence.end, place)
                        )
                        rows.views.append(views)
                        rows.short.append(len(sentence.words) <= SHORT)
                        rows.described.append(len(rows.own) - 1)
                        rows.extra.append(extra)
        return families

    def _name_option(
        self, policy: int, family: str, covered: Floats, likeness: Floats
    ) -> tuple[Value, list[float]]:
        if family != "choice":
            return Value(family), []
        name, columns = self.options.name_best(policy, covered, likeness)
        return Value(family, word=name), columns


def gather_whole(near: Floats, meaning: Floats, firsts: list[int]) -> Passages:
    """All sentences of each scene as one passage; one without sentences meets nothing."""
    filled = [number for number in range(len(firsts) - 1) if firsts[number] < firsts[number + 1]]
    wholes = Passages(
        np.zeros((len(firsts) - 1, near.shape[1]), np.float32),
        np.zeros((len(firsts) - 1, meaning.shape[1]), np.float32),
    )
    if filled:
        starts = [firsts[number] for number in filled]
        wholes.near[filled] = np.maximum.reduceat(near, starts)
        wholes.meaning[filled] = np.add.reduceat(meaning, starts)
    return wholes


def normalise(near: Floats, meaning: Floats) -> Passages:
    """Passages whose meanings have unit length."""
    length = np.linalg.norm(meaning, axis=1, keepdims=True)
    return Passages(near, (meaning / np.maximum(length, 1e-6)).astype(np.float32))


def is_bare(value: Value) -> bool:
    """Whether a value leaves something out that its policy may fill in; "free" leaves nothing out."""
    if not (value.low or value.high):
        return False
    if value.type == "duration":
        return value.unit == "year"
    if value.type == "time":
        return bool(value.unit) and value.low == value.high
    return not value.unit
