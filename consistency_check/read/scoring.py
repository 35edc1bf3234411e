"""Scores a reply's candidates with the learned models: first each alone, then against its rivals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from consistency_check.model import Policy, Value
from consistency_check.read.answers import ANSWERS, Answers, agrees_in_general
from consistency_check.read.batch import Batch, Candidate, Found
from consistency_check.read.competition import COMPETITION, measure_competition
from consistency_check.read.exact import add_up_rows
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
from consistency_check.read.trees import Bins, Trees
from consistency_check.read.units import list_words
from consistency_check.read.vectors import Floats, Numbers
from consistency_check.read.weights import Linear, Weights, show_log_odds, show_probability
from consistency_check.read.wording import EMPTY

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
# Chosen for precision on the left-out corpora (tests/accuracy): a false alarm costs more than a miss.
MIN_CONFIDENCE = 0.5
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


@dataclass(frozen=True, slots=True)
class Look:
    """The candidates of one family that come above the floor: all that the policies' wording tells of them.

    A row each of `rows` (FEATURES and stance) and `wording`, their log odds; `again` are those of the second
    look, which no answer has a part in but for typed values: there it is empty.
    """

    found: Found
    rows: Floats
    wording: Floats
    again: Floats


class Scorer:
    """Gives each candidate a value and a confidence."""

    def __init__(self, policies: Sequence[Policy], options: Options, weights: Weights) -> None:
        self.policies = policies
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
        self._answers = Answers(policies)

    @property
    def typed_bins(self) -> Bins:
        """The bins of the second look at typed candidates."""
        return self._trees["typed, again"].bins

    def look(self, batch: Batch) -> dict[str, Look]:
        """The first look at the candidates of each family, and the second where that needs no answers."""
        told = self._stances.read(batch)
        return {family: self._look_at(batch, family, told) for family in FAMILIES}

    def weigh(
        self,
        batch: Batch,
        looks: Mapping[str, Look],
        days: Sequence[date | None],
        least: float,
    ) -> list[Weighed]:
        """The candidates of at least these log odds, family by family; `days` are those of the scenes."""
        return [
            one
            for family, look in looks.items()
            for one in self._weigh_family(batch, family, look, days, least)
        ]

    def _look_at(self, batch: Batch, family: str, told: Told) -> Look:
        found, rows = batch.found[family], batch.rows[family]
        near = self._find_near(family, rows)
        found, rows = found.take(near), rows[near]
        stance = self._stances.measure(batch, family, told, rows, near)
        rows = np.concatenate((rows, stance[:, None]), axis=1)
        wording = self._firsts[family].score(rows)
        kept = np.flatnonzero(wording >= FLOOR)
        found, rows, wording = found.take(kept), rows[kept], wording[kept]
        again = np.zeros(0, np.float32)
        if family != "typed":
            again = self._look_again(family, found, rows, wording, np.zeros((len(kept), 0), np.float32))
        return Look(found, rows, wording, again)

    def _look_again(
        self, family: str, found: Found, rows: Floats, wording: Floats, answers: Floats
    ) -> Floats:
        looked = look_again(found, rows, wording, answers, len(self.policies))
        return self._trees[f"{family}, again"].score(looked)

    def _weigh_family(
        self,
        batch: Batch,
        family: str,
        look: Look,
        days: Sequence[date | None],
        least: float,
    ) -> list[Weighed]:
        found, wording, finals = look.found, look.wording, look.again
        if family == "typed":
            values = [batch.clauses[words].mention.value for words in found.words.tolist()]
            stated = zip(values, found.policy.tolist(), found.scene.tolist(), strict=True)
            measured = [self._answers.measure(value, policy, days[scene]) for value, policy, scene in stated]
            fit = [at for at, one in enumerate(measured) if one]
            found, wording = found.take(np.array(fit, np.intp)), wording[fit]
            answers = np.array([one.columns for one in measured if one], np.float32)
            answers = answers.reshape(len(fit), len(ANSWERS))
            finals = self._look_again(family, found, look.rows[fit], wording, answers)
        likely = [at for at, final in enumerate(finals.tolist()) if final >= least]
        chosen = batch.list_candidates(family, found.take(np.array(likely, np.intp)))
        odds = zip(finals[likely].tolist(), wording[likely].tolist(), strict=True)
        return [
            self._settle(batch, one, show_probability(final), days[one.scene], alone)
            for one, (final, alone) in zip(chosen, odds, strict=True)
        ]

    def _find_near(self, family: str, rows: Floats) -> Numbers:
        """The candidates that come above the floor if their stance, which is dear to measure, lets them."""
        model = self._firsts[family]
        alone = add_up_rows(rows, model.weights[:-1]) + np.float32(model.bias)
        return np.flatnonzero(alone + max(0.0, float(model.weights[-1])) * MOST_STANCE >= FLOOR)

    def _settle(
        self, batch: Batch, one: Candidate, confidence: float, day: date | None, wording: float
    ) -> Weighed:
        """Fills in the value that the family leaves open, and lowers the confidence by its own doubt."""
        policy = self.policies[one.policy]
        value = one.value
        if one.family == "typed" and (measured := self._answers.measure(value, one.policy, day)):
            return Weighed(one, measured.value, confidence, wording, measured.agrees)
        if one.family == "yes_no":
            value, confidence = settle_yes_no(self.affirm(batch, one), confidence)
        elif one.family == "text":
            confidence = min(confidence, MOST_CERTAIN)
            value = read_prose(batch.scenes[one.scene], one.place, policy)
        return Weighed(one, value, confidence, wording, agrees_in_general(value, policy, day))

    def affirm(self, batch: Batch, one: Candidate) -> float:
        """The log odds that a sentence affirms a policy's statement, which it is taken to be about."""
        words, statement = self._statements[one.policy]
        sentence = batch.firsts[one.scene] + one.place
        lean = self._options.lean(one.policy, batch.covered[sentence], batch.likeness[sentence])
        row = describe_polarity(batch.scenes[one.scene], one.place, words, statement, lean)
        grams = list_polar_grams(batch.sentence(sentence), statement)
        return float(self._polarity.score(row[None], [grams])[0])


def settle_yes_no(affirmed: float, confidence: float) -> tuple[Value, float]:
    """The answer of a sentence, from the log odds that it affirms, and what the confidence is then."""
    yes = show_probability(affirmed)
    return Value("yes_no", word="yes" if yes >= 0.5 else "no"), confidence * max(yes, 1 - yes)


def look_again(found: Found, rows: Floats, wording: Floats, answers: Floats, policies: int) -> Floats:
    """The columns of the second look; `answers` is of shape (candidates, 0) but for typed ones."""
    agreement = measure_agreement(answers)
    return np.concatenate((rows, answers, measure_competition(found, policies, wording, agreement)), axis=1)


def measure_agreement(answers: Floats) -> Floats:
    """1 for a candidate that agrees with its policy today, .5 for one of another day or case, else 0."""
    agrees = np.zeros(len(answers), np.float32)
    if answers.shape[1]:
        agrees += answers[:, 0] + answers[:, 1] / 2
    return agrees


def find_kept_least(min_confidence: float) -> float:
    """The log odds from which a candidate may be a claim, or a near miss, whatever the policies answer."""
    return min(UNLIKELY, show_log_odds(min_confidence))


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
    keys: set[tuple[object, ...]] = {
        (candidate.policy, replace(one.value, per="") if one.value.per else one.value)
    }
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
