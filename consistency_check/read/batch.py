"""The possible claims of some replies that are read at once, and what is known of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from consistency_check.model import Value
from consistency_check.read.clauses import Clause
from consistency_check.read.passages import Sentence
from consistency_check.read.scene import Scene
from consistency_check.read.vectors import Flags, Floats, Numbers


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
class Found:
    """The candidates of one family, columns of equal length, in the order of the replies and their text.

    `sentence` is the number of the sentence, `words` of the words that say it: the clause of a typed
    candidate, else the sentence again; both count through the batch. `option` is the one named of a choice,
    else 0.
    """

    scene: Numbers
    sentence: Numbers
    policy: Numbers
    words: Numbers
    option: Numbers

    def __len__(self) -> int:
        return len(self.scene)

    def take(self, kept: Numbers) -> Found:
        """Some of them."""
        columns = (self.scene, self.sentence, self.policy, self.words, self.option)
        return Found(*(column[kept] for column in columns))


@dataclass(frozen=True, slots=True)
class Batch:
    """The candidates of some replies by family, and their features, a float32 row each in the same order.

    `covered` and `likeness` rate every policy's options by each sentence (first axis), see `Options`;
    `firsts` has the row of each scene's first sentence there, `names` the options of each policy; `open`
    tells which policies have no fixed value, shape (policies,).
    """

    scenes: tuple[Scene, ...]
    clauses: tuple[Clause, ...]
    found: Mapping[str, Found]
    rows: Mapping[str, Floats]
    covered: Floats
    likeness: Floats
    firsts: tuple[int, ...]
    names: Mapping[int, tuple[str, ...]]
    open: Flags

    def sentence(self, number: int) -> Sentence:
        """A sentence by its number in the batch."""
        scene = bisect_right(self.firsts, number) - 1
        return self.scenes[scene].sentences[number - self.firsts[scene]]

    def list_candidates(self, family: str, found: Found | None = None) -> list[Candidate]:
        """The candidates of a family one by one; all of them, or those `found` of them."""
        found = self.found[family] if found is None else found
        columns = (found.scene, found.policy, found.words, found.option)
        return [
            self._make_candidate(family, *one)
            for one in zip(*(column.tolist() for column in columns), strict=True)
        ]

    def _make_candidate(self, family: str, scene: int, policy: int, words: int, option: int) -> Candidate:
        if family == "typed":
            clause = self.clauses[words]
            mention = clause.mention
            return Candidate(scene, policy, family, mention.value, mention.start, mention.end, clause.place)
        place = words - self.firsts[scene]
        sentence = self.scenes[scene].sentences[place]
        value = Value(family, word=self.names[policy][option] if family == "choice" else "")
        return Candidate(scene, policy, family, value, sentence.start, sentence.end, place)
