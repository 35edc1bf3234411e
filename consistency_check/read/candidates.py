"""Everything in a reply that might be a claim: a value or a sentence, paired with each fitting policy.

A candidate's features come from wording alone, so that what is kept of a reading does not depend on
what the policies answer today.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

import numpy as np

from consistency_check.model import KnowledgeBase, Reply, Value
from consistency_check.read.asking import asks_for
from consistency_check.read.batch import Batch, Found
from consistency_check.read.clauses import Clause, list_clauses
from consistency_check.read.features import (
    FEATURES,
    MENTION,
    SENTENCE,
    SHORT,
    TYPES,
    describe_mention,
    describe_sentence,
    lay_rows,
)
from consistency_check.read.nearness import measure_nearness, measure_pairs
from consistency_check.read.options import Options
from consistency_check.read.scene import Scene, lay_out
from consistency_check.read.sight import Sight, meet_passages
from consistency_check.read.vectors import Floats, Numbers
from consistency_check.read.wording import Wording

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
        self._open = np.array([policy.is_open for policy in self.policies], bool)
        self.options = Options(self.wording)

    def find(self, replies: Sequence[Reply]) -> Batch:
        """All candidates of some replies, reply by reply and in the order of the text."""
        return self.find_in(tuple(lay_out(reply) for reply in replies))

    def find_in(self, scenes: tuple[Scene, ...]) -> Batch:
        """The same for replies that are laid out already, as they may be for two knowledge bases at once.

        A reply's candidates are the same in whatever company it is read: a batch only shares arithmetic.
        """
        firsts = np.array([0, *accumulate(len(scene.sentences) for scene in scenes)])
        clauses = tuple(
            clause for number, scene in enumerate(scenes) for clause in list_clauses(number, scene)
        )
        owners = np.repeat(np.arange(len(scenes)), np.diff(firsts))
        passages, at = meet_passages(self.wording, scenes, firsts, owners, clauses)
        near = measure_nearness(self.wording.profile(passages), self._groups)
        own = slice(1, 1 + len(owners))
        covered, likeness = self.options.rate(passages.near[own], passages.meaning[own])
        sight = Sight(near, at, owners, len(scenes))
        gate = self._gate_sentences(sight)
        typed, rows = self._collect_typed(scenes, sight, gate, firsts, clauses)
        found, measured = {"typed": typed}, {"typed": rows}
        described = Described(scenes, owners)
        for family in SENTENCE_FAMILIES:
            found[family], measured[family] = self._collect_sentences(
                family, described, sight, gate, covered, likeness
            )
        return Batch(
            scenes,
            clauses,
            found,
            measured,
            covered,
            likeness,
            tuple(firsts[:-1].tolist()),
            self.options.names,
            self._open,
        )

    def _gate_sentences(self, sight: Sight) -> Floats:
        """How much of a policy's wording each sentence or its question says: (sentences, policies)."""
        count = len(sight.owners)
        turns = sight.rows[count : count + 2 * sight.scenes]
        covered = sight.near.profiles.covered[:2, :, : 1 + turns.max(initial=count)]
        near = np.ascontiguousarray(covered.max(axis=0).T)
        asked = np.maximum(near[turns[: sight.scenes]], near[turns[sight.scenes :]])
        gate: Floats = np.maximum(near[1 : 1 + count], asked[sight.owners])
        return gate

    def _measure(
        self, sight: Sight, views: Numbers, policies: Numbers, short: Floats, *others: Floats
    ) -> Floats:
        return measure_pairs(sight.near.take(views, policies), short, self._rivals[policies], *others)

    def _collect_typed(
        self,
        scenes: Sequence[Scene],
        sight: Sight,
        gate: Floats,
        firsts: Numbers,
        clauses: Sequence[Clause],
    ) -> tuple[Found, Floats]:
        sentences = np.array([firsts[c.scene] + c.place for c in clauses], np.intp)
        offers = [
            offer
            for at, clause in enumerate(clauses)
            for offer in self._offer(clause.mention.value, at, gate[sentences[at]] >= GATE)
        ]
        if not offers:
            return Found(NONE, NONE, NONE, NONE, NONE), np.zeros((0, len(FEATURES["typed"])), np.float32)
        policies = np.concatenate([offered for _, offered, _ in offers])
        counts = [len(offered) for _, offered, _ in offers]
        words = np.repeat([at for at, _, _ in offers], counts)
        borrowed = np.repeat([lent for _, _, lent in offers], counts)
        described = lay_rows(
            [describe_mention(scenes[c.scene], c.mention, c.place, c.left, c.right) for c in clauses],
            len(MENTION),
        )
        own = sentences[words]
        short = np.array([len(scenes[c.scene].sentences[c.place].words) <= SHORT for c in clauses])[words]
        others = described[words], self._kinds[policies], borrowed[:, None]
        rows = self._measure(sight, sight.views(own, words), policies, short, *others)
        return Found(sight.owners[own], own, policies, words, np.zeros_like(words)), rows

    def _offer(self, value: Value, at: int, gate: Numbers) -> Iterator[tuple[int, Numbers, float]]:
        """The policies that clause number `at` may be about, and 1.0 where they are of another type.

        Those of another type, which lend a value its unit or take it without its own, must come through
        `gate`.
        """
        if value.type in self._by_kind:
            yield at, self._by_kind[value.type], 0.0
        for kind in BORROWERS.get(value.type, ()) if is_bare(value) else ():
            policies = self._by_kind.get(kind, NONE)
            near = policies[gate[policies]]
            if near.size:
                yield at, near, 1.0

    def _collect_sentences(
        self,
        family: str,
        described: Described,
        sight: Sight,
        gate: Floats,
        covered: Floats,
        likeness: Floats,
    ) -> tuple[Found, Floats]:
        """Sentences with the policies of a family that has no values of its own."""
        kind = self._by_kind.get(family, NONE)
        open_to = (gate[:, kind] >= GATE) & described.said[:, None]
        words, columns = np.nonzero(open_to)
        policies = kind[columns]
        chosen, extra = np.zeros_like(words), np.zeros((len(words), 0), np.float32)
        if family == "choice":
            chosen, extra = self.options.name_best(words, policies, covered, likeness)
        others = described.describe(words, family), extra
        rows = self._measure(sight, sight.views(words), policies, described.short[words], *others)
        return Found(sight.owners[words], words, policies, words, chosen), rows


class Described:
    """The sentences of a batch with the columns of SENTENCE, worked out once for all families."""

    def __init__(self, scenes: Sequence[Scene], owners: Numbers) -> None:
        sentences = [sentence for scene in scenes for sentence in scene.sentences]
        self._scenes = scenes
        self._owners = owners
        self._rows = lay_rows(
            [describe_sentence(scene, place) for scene in scenes for place in range(len(scene.sentences))],
            len(SENTENCE) - 1,
        )
        self.said = np.array([not (s.greets and len(s.words) > 2) for s in sentences], bool)
        self.short = np.array([len(s.words) <= SHORT for s in sentences], bool)

    def describe(self, sentences: Numbers, family: str) -> Floats:
        """The columns of SENTENCE for each of these sentences."""
        asks = np.array([asks_for(family, scene.asked.low) for scene in self._scenes], np.float32)
        return np.column_stack((self._rows[sentences], asks[self._owners[sentences]]))


def is_bare(value: Value) -> bool:
    """Whether a value leaves something out that its policy may fill in; "free" leaves nothing out."""
    if not (value.low or value.high):
        return False
    if value.type == "duration":
        return value.unit == "year"
    if value.type == "time":
        return bool(value.unit) and value.low == value.high
    return not value.unit
