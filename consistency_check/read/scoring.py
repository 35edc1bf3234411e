"""Scores a reply's candidates with the learned models: first each alone, then against its rivals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import numpy as np

from consistency_check.model import Policy, Value, value_on
from consistency_check.read.answers import ANSWERS, measure_answers, settle_stated
from consistency_check.read.batch import Batch, Candidate, Found
from consistency_check.read.competition import COMPETITION, measure_competition
from consistency_check.read.features import FEATURES
from consistency_check.read.hearing import Stances, Told
from consistency_check.read.options import Options
from consistency_check.read.polarity import (
    POLARITY,
    describe_polarity,
    list_polar_grams,
    read_statement,
)
from consistency_check.read.prose import MOST_CERTAIN, read_prose
from consistency_check.read.stance import DESCRIBED, Spoken
from consistency_check.read.trees import Trees
from consistency_check.read.vectors import Floats, Numbers
from consistency_check.read.weights import Linear, Weights, show_probability
from consistency_check.read.wording import EMPTY, list_words
from consistency_check.values import agrees

FAMILIES = ("typed", "yes_no", "choice", "text")
COLUMNS = {
    **{f"{family}, stance": DESCRIBED[family] for family in FAMILIES},
    **{family: (*FEATURES[family], "stance") for family in FAMILIES},
    **{f"{family}, again": (*FEATURES[family], "stance", *COMPETITION) for family in FAMILIES},
    "typed, again": (*FEATURES["typed"], "stance", *ANSWERS, *COMPETITION),
    "polarity": POLARITY,
}
# A candidate whose words alone score below this (log odds) is not looked at further, whatever its value; the
# models of the second look are learned behind the same floor.
FLOOR = -4.5
# 2 in 100 candidates of tests/corpora have a stance (log odds) above this; no figure measured there changes
# when it is not waited for.
MOST_STANCE = 4.0
# How much dearer a false alarm is than a miss: a judgement; the figures it gives are those of tests/accuracy.
DEAR = 2.5
# Below these final log odds (a probability of .15) a candidate is not even a near miss.
UNLIKELY = -1.73


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate with its settled value, its confidence, 0 to 1, and the log odds of its wording alone.

    `agrees` where the value is what its policy answers in general on that day, or the policy answers nothing.
    """

    candidate: Candidate
    value: Value
    confidence: float
    wording: float
    agrees: bool = True


class Scorer:
    """Gives each candidate a value and a confidence."""

    def __init__(self, policies: Sequence[Policy], options: Options, weights: Weights) -> None:
        self._policies = policies
        models = {name: weights.model(name, columns) for name, columns in COLUMNS.items()}
        self._firsts = {n: model for n, model in models.items() if isinstance(model, Linear)}
        self._trees = {n: model for n, model in models.items() if isinstance(model, Trees)}
        spoken = {n: model for n, model in models.items() if isinstance(model, Spoken)}
        self._polarity = spoken["polarity"]
        self._stances = Stances({family: spoken[f"{family}, stance"] for family in FAMILIES})
        self._options = options
        self._statements = {
            number: (frozenset(list_words(policy.statement)) - EMPTY, read_statement(policy))
            for number, policy in enumerate(policies)
            if policy.type == "yes_no"
        }
        self._measure_once = lru_cache(50_000)(self._measure_answers)
        self._find_version = lru_cache(50_000)(self._find_first_day)

    def weigh(
        self,
        batch: Batch,
        days: Sequence[date | None],
        least: float,
        met: Sequence[set[int]] | None = None,
    ) -> list[Weighed]:
        """The candidates of at least these log odds, family by family; `days` are those of the scenes.

        `met` takes, for each scene, the policies whose answers were looked at: no others have a part in it.
        """
        told = self._stances.read(batch)
        return [
            one for family in FAMILIES for one in self._weigh_family(batch, family, told, days, least, met)
        ]

    def _weigh_family(
        self,
        batch: Batch,
        family: str,
        told: Told,
        days: Sequence[date | None],
        least: float,
        met: Sequence[set[int]] | None,
    ) -> list[Weighed]:
        found = batch.found[family]
        if not len(found):
            return []
        near = self._find_near(family, batch.rows[family])
        found = found.take(near)
        rows = batch.rows[family][near]
        stance = self._stances.measure(batch, family, told, rows, near)
        rows = np.concatenate((rows, stance[:, None]), axis=1)
        wording = self._firsts[family].score(rows)
        kept = np.flatnonzero(wording >= FLOOR)
        chosen = batch.list_candidates(family, found.take(kept))
        if met is not None:
            for one in chosen:
                met[one.scene].add(one.policy)
        answers = np.zeros((len(kept), 0), np.float32)
        if family == "typed":
            measured = [self._measure(one.value, one.policy, days[one.scene]) for one in chosen]
            fitting = [at for at, columns in enumerate(measured) if columns]
            kept, chosen = kept[fitting], [chosen[at] for at in fitting]
            answers = np.array([columns[1] for columns in measured if columns], np.float32)
        if not chosen:
            return []
        looked = look_again(found.take(kept), rows[kept], wording[kept], answers, len(self._policies))
        finals = self._trees[f"{family}, again"].score(looked)
        return [
            self._settle(batch, one, show_probability(final), days[one.scene], alone)
            for one, final, alone in zip(chosen, finals.tolist(), wording[kept].tolist(), strict=True)
            if final >= least
        ]

    def _find_near(self, family: str, rows: Floats) -> Numbers:
        """The candidates that come above the floor if their stance, which is dear to measure, lets them."""
        model = self._firsts[family]
        alone = rows @ model.weights[:-1] + np.float32(model.bias)
        return np.flatnonzero(alone + max(0.0, float(model.weights[-1])) * MOST_STANCE >= FLOOR)

    def _measure(self, value: Value, policy: int, day: date | None) -> tuple[Value, list[float]] | None:
        """`_measure_answers`, worked out once for all days on which the policy answers the same."""
        return self._measure_once(value, policy, self._find_version(policy, day))

    def _find_first_day(self, policy: int, day: date | None) -> date | None:
        """The first day of the version that is in force on a day; the first of all where none is."""
        inforce = value_on(self._policies[policy].values, day)
        return None if day is None else inforce.since or date.min if inforce else date.min

    def _measure_answers(
        self, value: Value, policy: int, day: date | None
    ) -> tuple[Value, list[float]] | None:
        """The value as the policy takes it and the columns of ANSWERS; None where it cannot take it."""
        settled = settle_stated(value, self._policies[policy], day)
        if settled is None:
            return None
        return settled, measure_answers(settled, self._policies[policy], day)

    def _settle(
        self, batch: Batch, one: Candidate, confidence: float, day: date | None, wording: float
    ) -> Weighed:
        """Fills in the value that the family leaves open, and lowers the confidence by its own doubt."""
        policy = self._policies[one.policy]
        value = one.value
        if one.family == "typed":
            measured = self._measure(one.value, one.policy, day)
            value = measured[0] if measured else one.value
        elif one.family == "yes_no":
            yes = self._affirm(batch, one)
            confidence *= max(yes, 1 - yes)
            value = Value("yes_no", word="yes" if yes >= 0.5 else "no")
        elif one.family == "text":
            confidence = min(confidence, MOST_CERTAIN)
            value = read_prose(batch.scenes[one.scene], one.place, policy)
        return Weighed(one, value, confidence, wording, agrees_in_general(value, policy, day))

    def _affirm(self, batch: Batch, one: Candidate) -> float:
        """The probability that a sentence affirms a policy's statement, which it is taken to be about."""
        words, statement = self._statements[one.policy]
        sentence = batch.firsts[one.scene] + one.place
        lean = self._options.lean(one.policy, batch.covered[sentence], batch.likeness[sentence])
        row = describe_polarity(batch.scenes[one.scene], one.place, words, statement, lean)
        grams = list_polar_grams(batch.sentence(sentence), statement)
        return show_probability(float(self._polarity.score(row[None], [grams])[0]))


def agrees_in_general(value: Value, policy: Policy, day: date | None) -> bool:
    """Whether a value is the policy's general one on a day; True where it has none."""
    general = value_on(policy.values, day)
    if general is None or general.value is None:
        return True
    if policy.type == "text":
        return value == general.value
    return agrees(value, general.value, policy.compare, policy.tolerance) is not False


def look_again(found: Found, rows: Floats, wording: Floats, answers: Floats, policies: int) -> Floats:
    """The columns of the second look; `answers` is of shape (candidates, 0) but for typed ones."""
    agrees = np.zeros(len(rows), np.float32)
    if answers.shape[1]:
        agrees += answers[:, 0] + answers[:, 1] / 2
    return np.concatenate((rows, answers, measure_competition(found, policies, wording, agrees)), axis=1)


def choose_claims(weighed: Sequence[Weighed], min_confidence: float) -> list[Weighed]:
    """The candidates that are claims: the surest for the same words, and for the same policy and value."""
    chosen: list[Weighed] = []
    taken: set[tuple[object, ...]] = set()
    for one in sorted(weighed, key=lambda w: (-w.confidence, w.candidate.start, w.candidate.policy)):
        keys = list_keys(one)
        if one.confidence >= find_bar(one, min_confidence) and taken.isdisjoint(keys):
            taken.update(keys)
            chosen.append(one)
    return chosen


def list_keys(one: Weighed) -> set[tuple[object, ...]]:
    """What a claim takes for itself, so that no other of the reply may have it: its policy's value.

    Also the words of a value, which speaks of one policy, and a policy that is affirmed or denied but once.
    """
    candidate = one.candidate
    keys: set[tuple[object, ...]] = {(candidate.policy, replace(one.value, per=""))}
    if candidate.family == "typed":
        keys.add((candidate.start, candidate.end))
    if candidate.family in ("yes_no", "text"):
        keys.add((candidate.policy,))
    return keys


def find_bar(one: Weighed, min_confidence: float) -> float:
    """The confidence from which it counts: where it disagrees with its policy, DEAR times the odds."""
    if one.agrees:
        return min_confidence
    return DEAR * min_confidence / (DEAR * min_confidence + 1 - min_confidence)
