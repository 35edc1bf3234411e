"""From what was kept of readings to their claims, by whatever the policies answer now: no reply is read.

Everything here is what `Scorer.weigh` and `Reader` do with a fresh batch, in numbers from disk; the claims
are the same to the last digit, which tests/read/test_kept.py holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from consistency_check.model import KnowledgeBase, Reading, Reply, Value
from consistency_check.read.answers import ANSWERS, Answers, Inforce, Measured, agrees_in_general
from consistency_check.read.batch import Candidate, Found
from consistency_check.read.cases import part_cases
from consistency_check.read.competition import measure_competition
from consistency_check.read.features import FEATURES, TYPES
from consistency_check.read.fingerprints import fingerprint_wording
from consistency_check.read.kept import SENTENCES, Layout, Shelf, read_value, unpack_blobs
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
from consistency_check.read.spots import write_claim
from consistency_check.read.trees import Trees
from consistency_check.read.vectors import Flags, Floats, Numbers
from consistency_check.read.weights import Weights, load_weights, show_log_odds, show_probability
from consistency_check.read.wording import order_policies

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
        self._read_value = lru_cache(MOST_VALUES)(read_value)

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
        replies = [reply for reply, _ in kept]
        shelf = unpack_blobs([blob for _, blob in kept], self._fingerprint, self._layout)
        weighed: dict[int, list[Weighed]] = {}
        units: dict[int, int] = {}
        for one, unit in (*self._weigh_typed(shelf, replies), *self._weigh_sentences(shelf, replies)):
            weighed.setdefault(one.candidate.scene, []).append(one)
            units[id(one)] = unit
        readings = [NOTHING_READ if good else None for good in shelf.is_good]
        for scene, ones in weighed.items():
            if chosen := choose_claims(ones, self._min_confidence):
                readings[scene] = self._write_reading(shelf, replies[scene], chosen, units)
        return readings

    def _weigh_typed(self, shelf: Shelf, replies: Sequence[Reply]) -> Iterator[tuple[Weighed, int]]:
        """The typed candidates that may be claims, each with the number of its value."""
        values = [self._read_value(value) for value in shelf.values]
        typed = list_typed(shelf)
        days = [reply.day for reply in replies]
        measured, which = self._measure_answers(values, typed, days)
        fit = np.array([one is not None for one in measured], bool)[which]
        typed, which = Typed(*(column[fit] for column in typed)), which[fit]
        answers = np.array([one.columns if one else UNFIT for one in measured], np.float32)
        answers = answers.reshape(len(measured), len(ANSWERS))[which]
        finals = self._look_again(shelf, fit, typed, values, answers)
        sure = np.flatnonzero(finals >= self._least)
        places = (shelf.said[name][typed.said[sure]] for name in ("start", "end", "place"))
        columns = (*(column[sure] for column in typed), *places, which[sure], finals[sure])
        for scene, policy, said, wording, start, end, place, case, final in zip(
            *(column.tolist() for column in columns), strict=True
        ):
            if one := measured[case]:
                candidate = Candidate(scene, policy, "typed", values[said], start, end, place)
                confidence = show_probability(final)
                yield Weighed(candidate, one.value, confidence, wording, one.agrees), said

    def _measure_answers(
        self, values: Sequence[Value], typed: Typed, days: Sequence[date | None]
    ) -> tuple[list[Measured | None], Numbers]:
        """How some values stand to some policies on some days, and which of that is each candidate's.

        Values, policies and what is in force are few, so equal ones are one case.
        """
        numbers: dict[Value, int] = {}
        owns = np.array([numbers.setdefault(value, len(numbers)) for value in values], np.intp)
        known = list(numbers)
        versions = self._inforce.find(typed.policy, days, typed.scene)
        keys = (owns[typed.said] * len(self._policies) + typed.policy) * self._inforce.most + versions
        _, firsts, which = np.unique(keys, return_index=True, return_inverse=True)
        cases = zip(
            owns[typed.said[firsts]].tolist(),
            typed.policy[firsts].tolist(),
            typed.scene[firsts].tolist(),
            strict=True,
        )
        found = [self._answers.measure(known[own], policy, days[scene]) for own, policy, scene in cases]
        return found, which.ravel()

    def _look_again(
        self, shelf: Shelf, fit: Flags, typed: Typed, values: Sequence[Value], answers: Floats
    ) -> Floats:
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
        types = [policy.type for policy in self._policies]
        borrowed = [
            values[said].type != types[policy]
            for said, policy in zip(typed.said.tolist(), typed.policy.tolist(), strict=True)
        ]
        late = np.concatenate(
            (self._kinds[typed.policy], np.array(borrowed, np.float32)[:, None], answers, competition), axis=1
        )
        places = layout.late - KINDS_AT - (layout.late > layout.stance)
        bins[layout.late_rows] = self._bins.sort(layout.late, late.T.take(places, axis=0))
        return self._bins.score(bins)

    def _weigh_sentences(self, shelf: Shelf, replies: Sequence[Reply]) -> Iterator[tuple[Weighed, int]]:
        """The sentences that may be claims, each with its number below all values."""
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
                value = name_prose(straighten(reply.text[start:end]), policy, denies=option == 1)
            else:
                value = Value("choice", word=policy.options[option][0])
            one = Candidate(scene, number, SENTENCES[family], value, start, end, place)
            agrees = agrees_in_general(value, policy, reply.day)
            yield Weighed(one, value, confidence, wording, agrees), len(shelf.said) + at

    def _write_reading(
        self, shelf: Shelf, reply: Reply, chosen: Sequence[Weighed], units: Mapping[int, int]
    ) -> Reading:
        claims = [
            write_claim(
                reply,
                self._policies[one.candidate.policy],
                one.value,
                one.confidence,
                one.candidate.start,
                shelf.find_spot(one.candidate, units[id(one)]),
            )
            for one in chosen
        ]
        return Reading(part_cases(claims, self._knowledge.policies, reply.day))


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
