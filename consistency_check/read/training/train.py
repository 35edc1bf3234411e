"""Learns the reader's weights from labelled corpora.

    pip install '.[dev]'
    python -m consistency_check.read.training.train tests/corpora

writes `consistency_check/read/weights.json`, learned from every corpus of the folder, and for each corpus
`tests/accuracy/weights/without-NAME.json`, learned from all the others, by which accuracy is measured.
Everything is a logistic regression; the scores that the second look (`competition.py`) learns from
come from models that have not seen the corpus scored.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from consistency_check.model import Policy
from consistency_check.read.answers import ANSWERS, measure_answers, settle_stated
from consistency_check.read.competition import measure_competition
from consistency_check.read.polarity import POLARITY, describe_polarity, read_statement
from consistency_check.read.scoring import COLUMNS, FAMILIES, FLOOR
from consistency_check.read.training.corpus import Corpus, read_corpus
from consistency_check.read.training.mutation import mutate_knowledge
from consistency_check.read.vectors import Floats
from consistency_check.read.weights import FILE, Linear
from consistency_check.read.wording import EMPTY, list_words

Labels = NDArray[np.int_]
# Inverse strength of the L2 penalty: those of the families by leave-one-corpus-out average precision, that of
# polarity by the share right; that of the competition, which has few columns, is a guess.
STRENGTH = {
    "typed": 0.01,
    "yes_no": 0.005,
    "choice": 0.008,
    "text": 0.01,
    "polarity": 0.02,
    "competition": 0.1,
}
# The true knowledge base and mutated ones, from which values are learned.
VARIANTS = 3
# A value that its policy cannot take; it is left out where it is met.
UNFIT = [-1.0] * len(ANSWERS)
UNUSED = -2
HELD_OUT = Path("tests/accuracy/weights")


@dataclass(frozen=True, slots=True)
class Example:
    """One corpus as matrices: each family's rows and labels, and the columns of ANSWERS of each typed row.

    The first matrix of `answers` is of the true knowledge base, the others of mutated ones.
    """

    corpus: Corpus
    rows: Mapping[str, Floats]
    labels: Mapping[str, Labels]
    answers: tuple[Floats, ...]
    polarity: tuple[Floats, Labels]

    def variants(self, family: str) -> list[tuple[Floats, Labels]]:
        """A family's rows with each variant of the answers, and labels; open where a value does not fit."""
        rows, labels = self.rows[family], self.labels[family]
        if family != "typed":
            return [(rows, labels)]
        return [
            (np.concatenate((rows, answers), axis=1), np.where(answers[:, -1] >= 0, labels, UNUSED))
            for answers in self.answers
        ]


def prepare_example(corpus: Corpus) -> Example:
    """All that is learned from one corpus."""
    knowledges = [
        corpus.knowledge,
        *(mutate_knowledge(corpus.knowledge, seed) for seed in range(VARIANTS - 1)),
    ]
    return Example(
        corpus,
        corpus.batch.rows,
        {family: np.array(corpus.labels[family]) for family in FAMILIES},
        tuple(list_answers(corpus, knowledge.policies) for knowledge in knowledges),
        prepare_polarity(corpus),
    )


def list_answers(corpus: Corpus, policies: Mapping[str, Policy]) -> Floats:
    """The columns of ANSWERS for every typed candidate of a corpus."""
    found = []
    for candidate in corpus.batch.found["typed"]:
        policy = policies[corpus.finder.policies[candidate.policy].id]
        day = corpus.replies[candidate.scene].day
        value = settle_stated(candidate.value, policy, day)
        found.append(measure_answers(value, policy, day) if value else UNFIT)
    return np.array(found, np.float32)


def prepare_polarity(corpus: Corpus) -> tuple[Floats, Labels]:
    """The columns of POLARITY and the answer (1 yes, 0 no) for each labelled yes_no sentence."""
    rows, answers = [], []
    batch, finder = corpus.batch, corpus.finder
    for candidate, label in zip(batch.found["yes_no"], corpus.labels["yes_no"], strict=True):
        if label != 1:
            continue
        policy = finder.policies[candidate.policy]
        about = [one for one in corpus.gold[candidate.scene] if one.policy == policy.id and not one.open]
        answers.append(int(about[0].word.casefold() in ("yes", "true")))
        sentence = batch.firsts[candidate.scene] + candidate.place
        lean = finder.options.lean(candidate.policy, batch.covered[sentence], batch.likeness[sentence])
        words = frozenset(list_words(policy.statement)) - EMPTY
        scene = batch.scenes[candidate.scene]
        rows.append(describe_polarity(scene, candidate.place, words, read_statement(policy), lean))
    return np.array(rows, np.float32).reshape(len(rows), len(POLARITY)), np.array(answers)


def fit(rows: Floats, labels: Labels, strength: float) -> Linear:
    """A logistic regression on standardised columns, given back for the columns as they are."""
    from sklearn.linear_model import LogisticRegression

    mean, scale = rows.mean(axis=0, dtype=np.float64), rows.std(axis=0, dtype=np.float64)
    scale[scale == 0] = 1.0
    model = LogisticRegression(C=strength, max_iter=1000).fit((rows - mean) / scale, labels)
    weights = model.coef_[0] / scale
    return Linear(weights.astype(np.float32), float(model.intercept_[0] - weights @ mean))


def fit_alone(examples: Sequence[Example], family: str) -> Linear:
    """The first look at each candidate by itself."""
    parts = [part for one in examples for part in one.variants(family)]
    return fit_known(parts, STRENGTH[family] * len(examples) / len(parts))


def compete(example: Example, family: str, model: Linear) -> list[tuple[Floats, Labels]]:
    """The columns of COMPETITION and the labels of one corpus, scored by a model that has not seen it."""
    parts = []
    width = example.rows[family].shape[1]
    wording = example.rows[family] @ model.weights[:width] + np.float32(model.bias)
    for rows, labels in example.variants(family)[:2]:
        kept = np.flatnonzero((wording >= FLOOR) & (labels != UNUSED))
        chosen = [example.corpus.batch.found[family][number] for number in kept.tolist()]
        parts.append((measure_competition(chosen, model.score(rows)[kept]), labels[kept]))
    return parts


def learn(examples: Sequence[Example], memory: dict[tuple[str, ...], Linear]) -> dict[str, Linear]:
    """Every model, learned from these corpora; `memory` keeps models by family and corpora."""

    def alone(others: Sequence[Example], family: str) -> Linear:
        key = (family, *(one.corpus.name for one in others))
        if key not in memory:
            memory[key] = fit_alone(others, family)
        return memory[key]

    models: dict[str, Linear] = {}
    for family in FAMILIES:
        models[family] = alone(examples, family)
        parts: list[tuple[Floats, Labels]] = []
        for one in examples:
            unseen = alone([other for other in examples if other is not one], family)
            parts += compete(one, family, unseen)
        models[f"{family}, competition"] = fit_known(parts, STRENGTH["competition"])
    models["polarity"] = fit_known([one.polarity for one in examples], STRENGTH["polarity"])
    return models


def fit_known(parts: Sequence[tuple[Floats, Labels]], strength: float) -> Linear:
    """A logistic regression on the rows whose labels are not left open."""
    rows, labels = (np.concatenate(column) for column in zip(*parts, strict=True))
    return fit(rows[labels >= 0], labels[labels >= 0], strength)


def write_models(models: Mapping[str, Linear], file: Path, learned_from: Sequence[str]) -> None:
    """The models as JSON, five significant digits: a model's columns, its bias and its weights."""
    document = {
        "made_by": "python -m consistency_check.read.training.train",
        "learned_from": list(learned_from),
        "models": {
            name: {
                "columns": COLUMNS[name],
                "bias": float(f"{model.bias:.5g}"),
                "weights": [float(f"{weight:.5g}") for weight in model.weights.tolist()],
            }
            for name, model in models.items()
        },
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")


def main() -> None:
    """Writes the shipped weights and those of each corpus left out."""
    folders = sorted(path.parent for path in Path(sys.argv[1]).glob("*/gold.json"))
    examples = [prepare_example(read_corpus(folder)) for folder in folders]
    memory: dict[tuple[str, ...], Linear] = {}
    names = [one.corpus.name for one in examples]
    write_models(learn(examples, memory), FILE, names)
    for left_out in examples:
        rest = [one for one in examples if one is not left_out]
        file = HELD_OUT / f"without-{left_out.corpus.name}.json"
        write_models(learn(rest, memory), file, [one.corpus.name for one in rest])


if __name__ == "__main__":
    main()
