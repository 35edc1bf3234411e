"""Reads a reply: its candidates are scored and become claims, or near misses with a reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from consistency_check.model import (
    Claim,
    Considered,
    Explanation,
    KnowledgeBase,
    MetCue,
    NearMiss,
    Policy,
    Reading,
    Reply,
)
from consistency_check.read.batch import Batch, Candidate
from consistency_check.read.candidates import Finder
from consistency_check.read.cases import CaseWords, part_cases
from consistency_check.read.cues import CUES
from consistency_check.read.fingerprints import fingerprint_wording
from consistency_check.read.kept import Keeper
from consistency_check.read.misses import explain_miss
from consistency_check.read.passages import forget_words
from consistency_check.read.scene import Scene, lay_out
from consistency_check.read.scoring import (
    MIN_CONFIDENCE,
    UNLIKELY,
    Look,
    Scorer,
    Weighed,
    choose_claims,
    find_kept_least,
)
from consistency_check.read.spots import find_spot, write_claim
from consistency_check.read.weights import Weights, load_weights, show_log_odds, show_probability

Seen = tuple[Batch, Mapping[str, Look]]
"""The candidates of some replies and the looks at them, by family."""
# Log odds that every candidate has.
NEVER = -100.0


class Reader:
    """Reads replies against one knowledge base; the same reply always gives the same reading.

    Claims below `min_confidence` (0 to 1) are near misses, which are left out where `near_misses` is False.
    """

    def __init__(
        self,
        knowledge: KnowledgeBase,
        weights: Weights | None = None,
        min_confidence: float = MIN_CONFIDENCE,
        near_misses: bool = True,
    ) -> None:
        self._knowledge = knowledge
        self._finder = Finder(knowledge)
        self._scorer = Scorer(self._finder.policies, self._finder.options, weights or load_weights())
        self._cases = CaseWords(knowledge)
        self._min_confidence = min_confidence
        bar = show_log_odds(min_confidence)
        # A hair below, for the way to log odds and back is not exact.
        self._least = min(UNLIKELY, bar) if near_misses else bar - 1e-6
        self._near_misses = near_misses

    def read(self, reply: Reply) -> Reading:
        """The claims of a reply and what was considered and not counted, in the order of the text."""
        return self.read_batch([reply])[0]

    def read_batch(self, replies: Sequence[Reply]) -> list[Reading]:
        """The same for some replies at once, which is faster; each is read as if alone."""
        if not replies:
            return []
        forget_words()
        return self.weigh(replies, self.look(tuple(lay_out(reply) for reply in replies)))

    def read_kept(self, replies: Sequence[Reply]) -> list[tuple[Reading, bytes]]:
        """As `read_batch`, and of each reply what `Settler` makes its claims of when other answers hold.

        Those bytes are empty where no answer can make a claim of anything in the reply.
        """
        if not replies:
            return []
        forget_words()
        seen = self.look(tuple(lay_out(reply) for reply in replies))
        return list(zip(self.weigh(replies, seen), self._keeper.keep(*seen), strict=True))

    def look(self, scenes: tuple[Scene, ...]) -> Seen:
        """All that is found in replies that are laid out before a policy's answers are asked for."""
        batch = self._finder.find_in(scenes)
        return batch, self._scorer.look(batch)

    def weigh(self, replies: Sequence[Reply], seen: Seen) -> list[Reading]:
        """The readings of replies, from what was seen in them by this wording."""
        batch, looks = seen
        days = [reply.day for reply in replies]
        weighed: list[list[Weighed]] = [[] for _ in replies]
        for one in self._scorer.weigh(batch, looks, days, self._least):
            weighed[one.candidate.scene].append(one)
        return [
            self._write_reading(reply, scene, ones)
            for reply, scene, ones in zip(replies, batch.scenes, weighed, strict=True)
        ]

    @cached_property
    def _keeper(self) -> Keeper:
        fingerprint = fingerprint_wording(self._knowledge, self._min_confidence)
        return Keeper(self._scorer, self._cases, fingerprint, find_kept_least(self._min_confidence))

    def explain(self, reply: Reply) -> Explanation:
        """How a reply is read: what `read` finds in it, and all that led there."""
        batch, looks = self.look((lay_out(reply),))
        scene, days = batch.scenes[0], [reply.day]
        weighed = self._scorer.weigh(batch, looks, days, NEVER)
        chosen = choose_claims(weighed, self._min_confidence)
        reasons = self._explain_misses(scene, weighed, chosen)
        considered = [
            Considered(
                self._policy_of(one.candidate).id,
                one.value,
                reply.text[one.candidate.start : one.candidate.end],
                one.candidate.start,
                one.candidate.end,
                round(show_probability(one.wording), 3),
                round(one.confidence, 3),
                reasons.get(id(one), ""),
            )
            for one in sorted(weighed, key=lambda one: (one.candidate.start, -one.confidence))
        ]
        values = [*((mention, "") for mention in scene.mentions), *scene.discarded]
        return Explanation(
            tuple(sorted(values, key=lambda value: value[0].start)),
            tuple(list_cues(scene, reply.text)),
            tuple(considered),
            self._write_claims(reply, scene, chosen),
        )

    def _write_reading(self, reply: Reply, scene: Scene, weighed: Sequence[Weighed]) -> Reading:
        chosen = choose_claims(weighed, self._min_confidence)
        misses = self._list_misses(reply, scene, weighed, chosen) if self._near_misses else ()
        return Reading(self._write_claims(reply, scene, chosen), misses)

    def _write_claims(self, reply: Reply, scene: Scene, chosen: Sequence[Weighed]) -> tuple[Claim, ...]:
        claims = [
            write_claim(
                reply,
                self._policy_of(one.candidate),
                one.value,
                one.confidence,
                one.candidate.start,
                find_spot(scene, one.candidate, self._cases),
            )
            for one in chosen
        ]
        return part_cases(claims, self._knowledge.policies, reply.day)

    def _list_misses(
        self, reply: Reply, scene: Scene, weighed: Sequence[Weighed], chosen: Sequence[Weighed]
    ) -> tuple[NearMiss, ...]:
        reasons = self._explain_misses(scene, weighed, chosen)
        found = [
            (one.candidate.start, one.candidate.end, self._policy_of(one.candidate).id, reasons[id(one)])
            for one in weighed
            if id(one) in reasons
        ]
        found += [(mention.start, mention.end, "", reason) for mention, reason in scene.discarded]
        return tuple(
            NearMiss(reply.id, policy, reply.text[start:end], start, end, reason)
            for start, end, policy, reason in sorted(found)
        )

    def _explain_misses(
        self, scene: Scene, weighed: Sequence[Weighed], chosen: Sequence[Weighed]
    ) -> dict[int, str]:
        """Why each that is not chosen is no claim, by its `id`."""
        counted = {id(one) for one in chosen}
        policies, least = self._finder.policies, self._min_confidence
        return {
            id(one): explain_miss(scene, one, chosen, policies, least)
            for one in weighed
            if id(one) not in counted
        }

    def _policy_of(self, candidate: Candidate) -> Policy:
        return self._finder.policies[candidate.policy]


def list_cues(scene: Scene, text: str) -> Iterator[MetCue]:
    """Every cue that a scene's sentences meet, in the words of the reply's own text."""
    for sentence in scene.sentences:
        for met in sentence.cues:
            cue = CUES[met.cue]
            yield MetCue(cue.name, text[met.start : met.end], met.start, met.end, cue.reason)


def build_reader(
    knowledge: KnowledgeBase,
    weights: Weights | None = None,
    min_confidence: float = MIN_CONFIDENCE,
    near_misses: bool = True,
) -> Reader:
    """A reader for one knowledge base; building it takes the time of reading some hundred replies."""
    return Reader(knowledge, weights, min_confidence, near_misses)
