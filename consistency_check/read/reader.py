"""Reads a reply: its candidates are scored and become claims, or near misses with a reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from consistency_check.model import (
    Case,
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
from consistency_check.read.batch import Candidate
from consistency_check.read.candidates import Finder
from consistency_check.read.cases import CaseWords, Named, belongs_to, part_cases, split_case
from consistency_check.read.clauses import find_clause, find_span
from consistency_check.read.cues import CUES
from consistency_check.read.misses import explain_miss
from consistency_check.read.passages import forget_words
from consistency_check.read.scene import Scene, lay_out
from consistency_check.read.scoring import UNLIKELY, Scorer, Weighed, choose_claims
from consistency_check.read.weights import Weights, load_weights, show_log_odds, show_probability

# Chosen for precision on the left-out corpora (tests/accuracy): a false alarm costs more than a miss.
MIN_CONFIDENCE = 0.5
WIDEST_CONTEXT = 300
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

    @property
    def policies(self) -> tuple[Policy, ...]:
        """The policies by their numbers in this reader."""
        return self._finder.policies

    def read(self, reply: Reply) -> Reading:
        """The claims of a reply and what was considered and not counted, in the order of the text."""
        return self.read_batch([reply])[0]

    def read_batch(self, replies: Sequence[Reply]) -> list[Reading]:
        """The same for some replies at once, which is faster; each is read as if alone."""
        if not replies:
            return []
        forget_words()
        return self.read_scenes(replies, tuple(lay_out(reply) for reply in replies))

    def read_scenes(
        self, replies: Sequence[Reply], scenes: tuple[Scene, ...], met: Sequence[set[int]] | None = None
    ) -> list[Reading]:
        """The same for replies that are laid out already.

        `met` takes, for each reply, the numbers of the policies whose answers had a part in its reading.
        """
        batch = self._finder.find_in(scenes)
        days = [reply.day for reply in replies]
        weighed: list[list[Weighed]] = [[] for _ in replies]
        for one in self._scorer.weigh(batch, days, self._least, met):
            weighed[one.candidate.scene].append(one)
        return [
            self._write_reading(reply, scene, ones)
            for reply, scene, ones in zip(replies, batch.scenes, weighed, strict=True)
        ]

    def explain(self, reply: Reply) -> Explanation:
        """How a reply is read: what `read` finds in it, and all that led there."""
        batch = self._finder.find([reply])
        scene, days = batch.scenes[0], [reply.day]
        weighed = self._scorer.weigh(batch, days, NEVER)
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
        claims = [self._write_claim(reply, scene, one) for one in chosen]
        claims = part_cases(claims, self._knowledge.policies, reply.day)
        return tuple(sorted(claims, key=lambda claim: (claim.start, claim.end, claim.policy)))

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

    def _find_case(self, scene: Scene, candidate: Candidate, policy: Policy) -> list[Named]:
        """The case words of a value's own clause, else those of its sentence that are no other value's."""
        sentence = scene.sentences[candidate.place]
        if candidate.family != "typed":
            return self._cases.find(scene.text, sentence.start, sentence.end, policy)
        left, right = find_clause(scene, candidate.place, candidate.start, candidate.end)
        if named := self._cases.find(scene.text, left, right, policy):
            return named
        named = self._cases.find(scene.text, sentence.start, sentence.end, policy)
        others = [
            (other.start, other.end)
            for other in scene.mentions
            if other.value.type == candidate.value.type and sentence.start <= other.start < sentence.end
        ]
        return [one for one in named if belongs_to(one, (candidate.start, candidate.end), others)]

    def _find_asked(self, scene: Scene, case: Case, policy: Policy) -> Case:
        """What of a case the customer's question names."""
        asked = self._cases.find(scene.asked.low, 0, len(scene.asked.low), policy) if case else []
        named = {(one.attribute, one.value) for one in asked}
        return tuple(one for one in case if one in named)

    def _write_claim(self, reply: Reply, scene: Scene, one: Weighed) -> Claim:
        candidate, policy = one.candidate, self._policy_of(one.candidate)
        start, end = find_span(
            scene, candidate.place, candidate.start, candidate.end, whole=candidate.family != "typed"
        )
        sentence = scene.sentences[candidate.place]
        other, own = split_case(self._find_case(scene, candidate, policy), candidate.start)
        left = max(sentence.start, start - WIDEST_CONTEXT // 2)
        right = min(sentence.end, end + WIDEST_CONTEXT // 2)
        return Claim(
            reply_id=reply.id,
            policy=policy.id,
            value=one.value,
            quote=reply.text[start:end],
            start=start,
            end=end,
            confidence=round(one.confidence, 3),
            case=other,
            context=reply.text[left:right],
            context_start=left,
            own_case=own,
            asked_case=self._find_asked(scene, other, policy),
        )


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
