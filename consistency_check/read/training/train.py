"""Learns the reader's weights from labelled corpora.

    pip install '.[dev]'
    OMP_NUM_THREADS=1 python -m consistency_check.read.training.train tests/corpora tests/lessons

writes `consistency_check/read/weights.json`, learned from every corpus of the folders, and for each corpus
of the first folder `tests/accuracy/weights/without-NAME.json`, learned from all others that are not of its
trade, by which accuracy is measured.
The first look at a candidate, at its words alone, is a logistic regression; the second, which sees its
rivals and the policy's answers as well, is made of boosted trees. The scores that the second look learns
from come from first looks that have not seen the corpus scored.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from consistency_check.model import Policy
from consistency_check.read.answers import ANSWERS, measure_answers, settle_stated
from consistency_check.read.polarity import (
    POLARITY,
    describe_polarity,
    list_polar_grams,
    read_statement,
)
from consistency_check.read.scoring import COLUMNS, FAMILIES, FLOOR, look_again
from consistency_check.read.stance import BLOCKS, Units, list_units
from consistency_check.read.training.boosting import TREES, grow
from consistency_check.read.training.corpus import Corpus, read_corpus
from consistency_check.read.training.mutation import mutate_knowledge
from consistency_check.read.training.spoken import Part, fit_spoken
from consistency_check.read.units import list_words
from consistency_check.read.vectors import Floats
from consistency_check.read.weights import FILE, Linear, Model
from consistency_check.read.wording import EMPTY

Labels = NDArray[np.int_]
# Inverse strength of the L2 penalty, by leave-one-corpus-out average precision, that of polarity by the share
# right.
STRENGTH = {"typed": 0.01, "yes_no": 0.015, "choice": 0.01, "text": 0.01, "stance": 0.02, "polarity": 0.1}
# The true knowledge base and mutated ones, from which values are learned.
VARIANTS = 3
# The corpora are parted so often for scores from models that have not seen them.
FOLDS = 5
# A value that its policy cannot take; it is left out where it is met.
UNFIT = [-1.0] * len(ANSWERS)
UNUSED = -2
HELD_OUT = Path("tests/accuracy/weights")


@dataclass(frozen=True, slots=True)
class Example:
    """One corpus as matrices: each family's rows, units and labels, and the columns of ANSWERS of typed rows.

    The first matrix of `answers` is of the true knowledge base, the others of mutated ones.
    """

    corpus: Corpus
    rows: Mapping[str, Floats]
    units: Mapping[str, Units]
    labels: Mapping[str, Labels]
    answers: tuple[Floats, ...]
    polarity: Part

    def variants(self, family: str) -> list[tuple[Floats, Labels]]:
        """A family's answers, one part a knowledge base, and labels; unused where a value does not fit."""
        labels = self.labels[family]
        if family != "typed":
            return [(np.zeros((len(labels), 0), np.float32), labels)]
        return [(answers, np.where(answers[:, -1] >= 0, labels, UNUSED)) for answers in self.answers]

    def spoken(self, family: str) -> Part:
        """A family's units: their columns, grams, and whether they are a claim about any policy."""
        units, labels = self.units[family], self.labels[family]
        best = np.full(len(units.first), UNUSED)
        np.maximum.at(best, units.owner, labels)
        return self.rows[family][units.first][:, BLOCKS[family]], units.grams, best


def prepare_example(corpus: Corpus) -> Example:
    """All that is learned from one corpus."""
    knowledges = [
        corpus.knowledge,
        *(mutate_knowledge(corpus.knowledge, seed) for seed in range(VARIANTS - 1)),
    ]
    return Example(
        corpus,
        corpus.batch.rows,
        {family: list_units(corpus.batch, family) for family in FAMILIES},
        {family: np.array(corpus.labels[family]) for family in FAMILIES},
        tuple(list_answers(corpus, knowledge.policies) for knowledge in knowledges),
        prepare_polarity(corpus),
    )


def list_answers(corpus: Corpus, policies: Mapping[str, Policy]) -> Floats:
    """The columns of ANSWERS for every typed candidate of a corpus."""
    found = []
    for candidate in corpus.batch.list_candidates("typed"):
        policy = policies[corpus.finder.policies[candidate.policy].id]
        day = corpus.replies[candidate.scene].day
        value = settle_stated(candidate.value, policy, day)
        found.append(measure_answers(value, policy, day) if value else UNFIT)
    return np.array(found, np.float32).reshape(len(found), len(ANSWERS))


def prepare_polarity(corpus: Corpus) -> Part:
    """The columns of POLARITY, the grams and the answer (1 yes, 0 no) for each labelled yes_no sentence."""
    rows, met, answers = [], [], []
    batch, finder = corpus.batch, corpus.finder
    for candidate, label in zip(batch.list_candidates("yes_no"), corpus.labels["yes_no"], strict=True):
        if label != 1:
            continue
        policy = finder.policies[candidate.policy]
        about = [one for one in corpus.gold[candidate.scene] if one.policy == policy.id and not one.open]
        answers.append(int(about[0].word.casefold() in ("yes", "true")))
        sentence = batch.firsts[candidate.scene] + candidate.place
        lean = finder.options.lean(candidate.policy, batch.covered[sentence], batch.likeness[sentence])
        words = frozenset(list_words(policy.statement)) - EMPTY
        scene = batch.scenes[candidate.scene]
        statement = read_statement(policy)
        rows.append(describe_polarity(scene, candidate.place, words, statement, lean))
        met.append(list_polar_grams(scene.sentences[candidate.place], statement))
    return np.array(rows, np.float32).reshape(len(rows), len(POLARITY)), met, np.array(answers)


def fit(rows: Floats, labels: Labels, strength: float) -> Linear:
    """A logistic regression on standardised columns, given back for the columns as they are."""
    from sklearn.linear_model import LogisticRegression

    mean, scale = rows.mean(axis=0, dtype=np.float64), rows.std(axis=0, dtype=np.float64)
    scale[scale == 0] = 1.0
    model = LogisticRegression(C=strength, max_iter=1000).fit((rows - mean) / scale, labels)
    weights = model.coef_[0] / scale
    return Linear(weights.astype(np.float32), float(model.intercept_[0] - weights @ mean))


def fit_known(parts: Sequence[tuple[Floats, Labels]], strength: float) -> Linear:
    """A logistic regression on the rows whose labels are not left open."""
    rows, labels = (np.concatenate(column) for column in zip(*parts, strict=True))
    return fit(rows[labels >= 0], labels[labels >= 0], strength)


def look_anew(example: Example, family: str, rows: Floats, model: Linear) -> Iterator[tuple[Floats, Labels]]:
    """The rows of the second look and their labels, for a first look that has not seen the corpus."""
    batch, policies = example.corpus.batch, len(example.corpus.finder.policies)
    wording = model.score(rows)
    for answers, labels in example.variants(family):
        kept = np.flatnonzero((wording >= FLOOR) & (labels != UNUSED))
        found = batch.found[family].take(kept)
        looked = look_again(found, rows[kept], wording[kept], answers[kept], policies)
        known = labels[kept] >= 0
        yield looked[known], labels[kept][known]


def learn(examples: Sequence[Example]) -> dict[str, Model]:
    """Every model, learned from these corpora."""
    models: dict[str, Model] = {}
    for family in FAMILIES:
        models.update(learn_family(examples, family))
    models["polarity"] = fit_spoken([one.polarity for one in examples], STRENGTH["polarity"])
    return models


def learn_family(examples: Sequence[Example], family: str) -> dict[str, Model]:
    """A family's three models, each learned from scores of models that had not seen the corpus scored."""
    stances = [one.spoken(family) for one in examples]
    rows: list[Floats] = []
    for number, model in zip(*part_in_folds(stances, STRENGTH["stance"], fit_spoken), strict=True):
        described, grams, _ = stances[number]
        column = model.score(described, grams)[examples[number].units[family].owner]
        rows.append(np.concatenate((examples[number].rows[family], column[:, None]), axis=1))
    firsts = [(own, one.labels[family]) for own, one in zip(rows, examples, strict=True)]
    looked = [
        part
        for number, model in zip(*part_in_folds(firsts, STRENGTH[family], fit_known), strict=True)
        for part in look_anew(examples[number], family, rows[number], model)
    ]
    again, labels = (np.concatenate(column) for column in zip(*looked, strict=True))
    return {
        f"{family}, stance": fit_spoken(stances, STRENGTH["stance"]),
        family: fit_known(firsts, STRENGTH[family]),
        f"{family}, again": grow(again, labels, TREES[family]),
    }


def part_in_folds(
    parts: Sequence[Any], strength: float, learn_from: Callable[[Sequence[Any], float], Any]
) -> tuple[range, list[Any]]:
    """For each part a model that was learned from the parts of other folds."""
    count = min(FOLDS, len(parts))
    models = [
        learn_from([part for at, part in enumerate(parts) if at % count != fold], strength)
        for fold in range(count)
    ]
    return range(len(parts)), [models[number % count] for number in range(len(parts))]


def write_models(models: Mapping[str, Model], file: Path, learned_from: Sequence[str]) -> None:
    """The models as JSON: for each what it measures and its numbers."""
    document = {
        "made_by": "python -m consistency_check.read.training.train",
        "learned_from": list(learned_from),
        "models": {
            name: {
                "measures": COLUMNS[name],
                **model.write(),
            }
            for name, model in models.items()
        },
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")


def learn_without(examples: Sequence[Example], left_out: str, file: Path) -> None:
    """Writes what is learned from all corpora but one and those like it; all where none has that name."""
    used = [one for one in examples if left_out not in (one.corpus.name, *one.corpus.like)]
    write_models(learn(used), file, [one.corpus.name for one in used])


def main() -> None:
    """Writes the shipped weights and those of each corpus of the first folder left out, several at once."""
    measured, *more = (sorted(path.parent for path in Path(p).glob("*/gold.json")) for p in sys.argv[1:])
    folders = [*measured, *(folder for folders in more for folder in folders)]
    examples = [prepare_example(read_corpus(folder)) for folder in folders]
    settings = [("", FILE), *((one.name, HELD_OUT / f"without-{one.name}.json") for one in measured)]
    # Forked, for then no process has to be sent the examples.
    running = [get_context("fork").Process(target=learn_without, args=(examples, *one)) for one in settings]
    for start in range(0, len(running), cpu_count() or 1):
        some = running[start : start + (cpu_count() or 1)]
        for process in some:
            process.start()
        for process in some:
            process.join()
    if any(process.exitcode for process in running):
        sys.exit("some weights could not be learned; see the errors above")


if __name__ == "__main__":
    main()
