"""From what was kept of readings to their claims, by whatever the policies answer now: no reply is read.

Everything here is what `Scorer.weigh` and `Reader` do with a fresh batch, in numbers from disk; the claims
are the same to the last digit, which tests/read/test_kept.py holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np

from consistency_check.model import Claim, KnowledgeBase, Reading, Reply, Value
from consistency_check.read.answers import ANSWERS, Answers, Inforce, Measured, agrees_in_general
from consistency_check.read.batch import Candidate, Found
from consistency_check.read.cases import part_cases
from consistency_check.read.competition import measure_competition
from consistency_check.read.features import FEATURES, TYPES
from consistency_check.read.fingerprints import fingerprint_wording
from consistency_check.read.kept import SENTENCES, Layout, read_cases, read_value
from consistency_check.read.prose import MOST_CERTAIN, name_prose
from consistency_check.read.scene import straighten
from consistency_check.read.scoring import (
    COLUMNS,
    MIN_CONFIDENCE,
    Weighed,
    choose_claims,
    measure_agreement,
    settle_yes_no,
)
from consistency_check.read.shelf import Shelf, unpack_blobs
from consistency_check.read.spots import Spot, write_claim
from consistency_check.read.trees import Trees
from consistency_check.read.units import order_policies
from consistency_check.read.vectors import Flags, Floats, Numbers
from consistency_check.read.weights import Weights, load_weights, show_log_odds, show_probability
from consistency_check.values import VALUE_TYPES

AT_ONCE = 2_000
"""Replies settled at once; by measuring, more are no faster."""
MOST_VALUES = 200_000
KINDS_AT = len(FEATURES["typed"]) - len(TYPES) - 1
"""Where the columns of a policy's type begin among those of typed candidates."""
UNFIT = [0.0] * len(ANSWERS)
NOTHING_READ = Reading()


class Typed(NamedTuple):
    """Candidates of some replies, columns of equal length: `said` is the number of the value on the shelf."""

    scene: Numbers
    policy: Numbers
    said: Numbers
    wording: Floats

    def take(self, kept: Numbers | Flags) -> Typed:
        """Some of them."""
        return Typed(self.scene[kept], self.policy[kept], self.said[kept], self.wording[kept])


class Settled(NamedTuple):
    """A candidate that may be a claim, its quote and sentence (see `Spot`), and its number in its blob."""

    weighed: Weighed
    span: tuple[int, int, int, int]
    unit: int


class Settler:
    """Settles what was kept of readings by the answers of one knowledge base."""

    def __init__(
        self,
        knowledge: KnowledgeBase,
        min_confidence: float = MIN_CONFIDENCE,
        weights: Weights | None = None,
    ) -> None:
        trees = (weights or load_weights()).model("typed, again", COLUMNS["typed, again"])
        if not isinstance(trees, Trees):
            raise TypeError("the model of the second look at values is not made of trees")
        self._bins = trees.bins
        self._layout = Layout(trees.bins)
        self._knowledge = knowledge
        self._fingerprint = fingerprint_wording(knowledge, min_confidence)
        self._policies = order_policies(knowledge)
        self._kinds = np.array([[p.type == kind for kind in TYPES] for p in self._policies], np.float32)
        self._answers = Answers(self._policies)
        self._inforce = Inforce(self._policies)
        self._min_confidence = min_confidence
        # A hair below, for the way to log odds and back is not exact.
        self._least = show_log_odds(min_confidence) - 1e-6
        self._types = {kind: number for number, kind in enumerate(VALUE_TYPES)}
        self._kind_numbers = np.array([self._types[policy.type] for policy in self._policies], np.intp)
        self._forget_values()

    def settle(self, kept: Sequence[tuple[Reply, bytes]]) -> list[Reading | None]:
        """The claims of each reply; None where its blob is damaged or of another wording: read it again.

        A reply needs the id, text and time that it was read with.
        """
        return [
            reading
            for first in range(0, len(kept), AT_ONCE)
            for reading in self._settle_some(kept[first : first + AT_ONCE])
        ]

    def list_met(self, blobs: Sequence[bytes]) -> list[tuple[str, ...] | None]:
        """The ids of the policies whose answers have a part in each reading, sorted; None as in `settle`."""
        shelf = unpack_blobs(blobs, self._fingerprint, self._layout)
        met: list[set[int]] = [set() for _ in blobs]
        for owners, records in ((shelf.paired_owner, shelf.paired), (shelf.told_owner, shelf.told)):
            for owner, policy in zip(owners.tolist(), records["policy"].tolist(), strict=True):
                met[owner].add(policy)
        return [
            tuple(sorted(self._policies[number].id for number in one)) if good else None
            for one, good in zip(met, shelf.is_good, strict=True)
        ]

    def _settle_some(self, kept: Sequence[tuple[Reply, bytes]]) -> list[Reading | None]:
        if len(self._values) > MOST_VALUES:
            self._forget_values()
        replies = [reply for reply, _ in kept]
        shelf = unpack_blobs([blob for _, blob in kept], self._fingerprint, self._layout)
        settled: dict[int, list[Settled]] = {}
        for one in (*self._weigh_typed(shelf, replies), *self._weigh_sentences(shelf, replies)):
            settled.setdefault(one.weighed.candidate.scene, []).append(one)
        readings = [NOTHING_READ if good else None for good in shelf.is_good]
        for scene, ones in settled.items():
            if claims := self._write_claims(replies[scene], ones, shelf.cases[scene]):
                readings[scene] = Reading(claims)
        return readings

    def _write_claims(self, reply: Reply, ones: Sequence[Settled], cases: bytes) -> tuple[Claim, ...]:
        chosen = choose_claims([one.weighed for one in ones], self._min_confidence)
        if not chosen:
            return ()
        places = {id(one.weighed): one for one in ones}
        named = read_cases(cases)
        claims = []
        for one in chosen:
            candidate, place = one.candidate, places[id(one)]
            spot = Spot(*place.span, *named.get(place.unit, ()))
            policy = self._policies[candidate.policy]
            claims.append(write_claim(reply, policy, one.value, one.confidence, candidate.start, spot))
        return part_cases(claims, self._knowledge.policies, reply.day)

    def _weigh_typed(self, shelf: Shelf, replies: Sequence[Reply]) -> Iterator[Settled]:
        """The typed candidates that may be claims."""
        if not len(shelf.paired):
            return
        values = self._number_values(shelf.values)
        typed = list_typed(shelf)
        days = [reply.day for reply in replies]
        measured, which = self._measure_answers(values, typed, days)
        fit = np.array([one is not None for one in measured], bool)[which]
        typed, which = typed.take(fit), which[fit]
        answers = np.array([one.columns if one else UNFIT for one in measured], np.float32)
        answers = answers.reshape(len(measured), len(ANSWERS))[which]
        finals = self._look_again(shelf, fit, typed, values, answers)
        sure = np.flatnonzero(finals >= self._least)
        typed, own = typed.take(sure), typed.said[sure]
        spans = (shelf.said[name][own].tolist() for name in ("spot_start", "spot_end", "left", "right"))
        places = (shelf.said[name][own].tolist() for name in ("start", "end", "place"))
        units = (own - shelf.said_first[typed.scene]).tolist()
        columns = (typed.scene, typed.policy, values[own], typed.wording, which[sure], finals[sure])
        for span, place, unit, (scene, policy, value, wording, case, final) in zip(
            zip(*spans, strict=True),
            zip(*places, strict=True),
            units,
            zip(*(column.tolist() for column in columns), strict=True),
            strict=True,
        ):
            if one := measured[case]:
                candidate = Candidate(scene, policy, "typed", self._known[value], *place)
                confidence = show_probability(final)
                yield Settled(Weighed(candidate, one.value, confidence, wording, one.agrees), span, unit)

    def _number_values(self, said: Sequence[bytes]) -> Numbers:
        """The numbers of some values, each of which is read when it is first met."""
        numbers = self._values
        for value in said:
            if value not in numbers:
                numbers[value] = len(self._known)
                self._known.append(read_value(value))
        return np.array([numbers[value] for value in said], np.intp)

    def _forget_values(self) -> None:
        self._values: dict[bytes, int] = {}
        self._known: list[Value] = []
        self._measured: dict[int, Measured | None] = {}

    def _measure_answers(
        self, values: Numbers, typed: Typed, days: Sequence[date | None]
    ) -> tuple[list[Measured | None], Numbers]:
        """How some values stand to some policies on some days, and which of that is each candidate's.

        Values, policies and what is in force are few, so equal ones are one case.
        """
        versions = self._inforce.find(typed.policy, days, typed.scene)
        own = values[typed.said]
        keys = (own * len(self._policies) + typed.policy) * self._inforce.most + versions
        cases, firsts, which = np.unique(keys, return_index=True, return_inverse=True)
        columns = (own[firsts], typed.policy[firsts], typed.scene[firsts])
        known = self._measured
        for case, value, policy, scene in zip(
            cases.tolist(), *(column.tolist() for column in columns), strict=True
        ):
            if case not in known:
                known[case] = self._answers.measure(self._known[value], policy, days[scene])
        return [known[case] for case in cases.tolist()], which.ravel()

    def _look_again(self, shelf: Shelf, fit: Flags, typed: Typed, values: Numbers, answers: Floats) -> Floats:
        """The log odds of the second look, from the bins kept and the columns that were not."""
        layout = self._layout
        bins = np.empty((len(self._bins.columns), len(typed.scene)), np.uint8)
        bins[layout.said_rows] = layout.said_bits.unpack(shelf.said["bins"])[:, typed.said]
        bins[layout.paired_rows] = layout.paired_bits.unpack(shelf.paired["bins"][fit])
        place = shelf.said["place"].astype(np.intp)[typed.said]
        sentence = typed.scene * (1 + int(place.max(initial=0))) + place
        found = Found(typed.scene, sentence, typed.policy, typed.said, typed.policy)
        competition = measure_competition(
            found, len(self._policies), typed.wording, measure_agreement(answers)
        )
        kinds = np.array([self._types[value.type] for value in self._known], np.intp)
        borrowed = kinds[values[typed.said]] != self._kind_numbers[typed.policy]
        late = np.concatenate(
            (self._kinds[typed.policy], borrowed[:, None], answers, competition), axis=1, dtype=np.float32
        )
        places = layout.late - KINDS_AT - (layout.late > layout.stance)
        bins[layout.late_rows] = self._bins.sort(layout.late, late.T.take(places, axis=0))
        return self._bins.score(bins)

    def _weigh_sentences(self, shelf: Shelf, replies: Sequence[Reply]) -> Iterator[Settled]:
        """The sentences that may be claims."""
        told = shelf.told
        for at in np.flatnonzero(told["again"] >= self._least).tolist():
            family, number, start, end, place, option, wording, again, affirmed = told[at].item()
            scene = int(shelf.told_owner[at])
            reply, policy = replies[scene], self._policies[number]
            confidence = show_probability(again)
            value = Value(SENTENCES[family])
            if value.type == "yes_no":
                value, confidence = settle_yes_no(affirmed, confidence)
            elif value.type == "text":
                confidence = min(confidence, MOST_CERTAIN)
                value = name_prose(straighten(reply.text[start:end]), policy, option)
            else:
                value = Value("choice", word=policy.options[option][0])
            one = Candidate(scene, number, SENTENCES[family], value, start, end, place)
            agrees = agrees_in_general(value, policy, reply.day)
            said = int(shelf.said_first[scene + 1] - shelf.said_first[scene])
            unit = said + at - int(shelf.told_first[scene])
            yield Settled(Weighed(one, value, confidence, wording, agrees), (start, end, start, end), unit)


def list_typed(shelf: Shelf) -> Typed:
    """The typed candidates of a shelf."""
    said = shelf.paired["said"].astype(np.intp) + shelf.said_first[shelf.paired_owner]
    policy = shelf.paired["policy"].astype(np.intp)
    return Typed(shelf.paired_owner, policy, said, shelf.paired["wording"])


def settle_kept(
    knowledge: KnowledgeBase,
    kept: Sequence[tuple[Reply, bytes]],
    min_confidence: float = MIN_CONFIDENCE,
) -> list[Reading | None]:
    """What `Settler.settle` gives, for once."""
    return Settler(knowledge, min_confidence).settle(kept)
