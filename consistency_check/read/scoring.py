"""Scores a reply's candidates with the learned models: first each alone, then against its rivals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import numpy as np

from consistency_check.model import Policy, Value, value_on
from consistency_check.read.answers import ANSWERS, measure_answers, settle_stated
from consistency_check.read.candidates import Batch, Candidate
from consistency_check.read.competition import COMPETITION, measure_competition
from consistency_check.read.features import FEATURES
from consistency_check.read.options import Options
from consistency_check.read.polarity import POLARITY, describe_polarity, read_statement
from consistency_check.read.prose import MOST_CERTAIN, read_prose
from consistency_check.read.weights import Weights, show_probability
from consistency_check.read.wording import EMPTY, list_words

FAMILIES = ("typed", "yes_no", "choice", "text")
COLUMNS = {
    **FEATURES,
    "typed": (*FEATURES["typed"], *ANSWERS),
    **{f"{family}, competition": COMPETITION for family in FAMILIES},
    "polarity": POLARITY,
}
# A candidate whose words alone score below this (log odds) is not looked at further, whatever its value; the
# models of the second look are learned behind the same floor.
FLOOR = -5.0
# Below these final log odds (a probability of .15) a candidate is not even a near miss.
UNLIKELY = -1.73


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate with its settled value and its confidence, 0 to 1."""

    candidate: Candidate
    value: Value
    confidence: float


class Scorer:
    """Gives each candidate a value and a confidence."""

    def __init__(self, policies: Sequence[Policy], options: Options, weights: Weights) -> None:
        self._policies = policies
        self._models = {name: weights.model(name, columns) for name, columns in COLUMNS.items()}
        self._options = options
        self._statements = {
            number: (frozenset(list_words(policy.statement)) - EMPTY, read_statement(policy))
            for number, policy in enumerate(policies)
            if policy.type == "yes_no"
        }
        self._measure_once = lru_cache(50_000)(self._measure_answers)
        self._find_version = lru_cache(50_000)(self._find_first_day)

    def weigh(self, batch: Batch, family: str, days: Sequence[date | None]) -> list[Weighed]:
        """The family's candidates that are worth a look, in order; `days` are those of the scenes."""
        found, rows = batch.found[family], batch.rows[family]
        if not found:
            return []
        model, width = self._models[family], rows.shape[1]
        wording = rows @ model.weights[:width] + np.float32(model.bias)
        kept = np.flatnonzero(wording >= FLOOR)
        chosen = [found[number] for number in kept.tolist()]
        if family == "typed":
            measured = [self._measure(one.value, one.policy, days[one.scene]) for one in chosen]
            fitting = [at for at, columns in enumerate(measured) if columns]
            kept, chosen = kept[fitting], [chosen[at] for at in fitting]
        if not chosen:
            return []
        scores = wording[kept]
        if family == "typed":
            answers = np.array([columns[1] for columns in measured if columns], np.float32)
            scores = scores + answers @ model.weights[width:]
        columns = measure_competition(chosen, scores)
        finals = self._models[f"{family}, competition"].score(columns)
        return [
            self._settle(batch, one, show_probability(final), days[one.scene])
            for one, final in zip(chosen, finals.tolist(), strict=True)
            if final >= UNLIKELY
        ]

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

    def _settle(self, batch: Batch, one: Candidate, confidence: float, day: date | None) -> Weighed:
        """Fills in the value that the family leaves open, and lowers the confidence by its own doubt."""
        policy = self._policies[one.policy]
        if one.family == "typed":
            measured = self._measure(one.value, one.policy, day)
            return Weighed(one, measured[0] if measured else one.value, confidence)
        if one.family == "yes_no":
            words, statement = self._statements[one.policy]
            sentence = batch.firsts[one.scene] + one.place
            lean = self._options.lean(one.policy, batch.covered[sentence], batch.likeness[sentence])
            row = describe_polarity(batch.scenes[one.scene], one.place, words, statement, lean)
            yes = show_probability(float(self._models["polarity"].score(row[None])[0]))
            return Weighed(
                one, Value("yes_no", word="yes" if yes >= 0.5 else "no"), confidence * max(yes, 1 - yes)
            )
        if one.family == "text":
            value = read_prose(batch.scenes[one.scene], one.place, policy)
            return Weighed(one, value, min(confidence, MOST_CERTAIN))
        return Weighed(one, one.value, confidence)


def choose_claims(weighed: Sequence[Weighed], min_confidence: float) -> list[Weighed]:
    """The candidates that are claims: the surest for the same words, and for the same policy and value."""
    chosen: list[Weighed] = []
    taken: set[tuple[object, ...]] = set()
    for one in sorted(weighed, key=lambda w: (-w.confidence, w.candidate.start, w.candidate.policy)):
        if one.confidence < min_confidence:
            break
        candidate = one.candidate
        value = replace(one.value, per="")
        keys: list[tuple[object, ...]] = [(candidate.policy, value)]
        if candidate.family == "typed":
            keys.append((candidate.start, candidate.end))
        if candidate.family in ("yes_no", "text"):
            keys.append((candidate.policy,))
        if not taken.intersection(keys):
            taken.update(keys)
            chosen.append(one)
    return chosen
