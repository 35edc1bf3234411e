"""Learns, from labelled corpora, how surely a question is about a policy.

    pip install '.[dev]'
    python -m consistency_check.read.training.questions tests/corpora tests/lessons

writes `consistency_check/read/questions.json`. A question is about the policies that its answer claims
something of; one whose answer claims nothing tells nothing, and is left out of learning. It then prints, for
each corpus of the first folder, what a model reaches that was learned from all corpora of other trades.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from consistency_check.policies import load_policies
from consistency_check.read.passages import split_sentences
from consistency_check.read.questions import ASKED, FILE, MEASURES, UNCOVERED, measure_question
from consistency_check.read.scene import LONGEST_QUESTION, straighten
from consistency_check.read.training.corpus import make_reply
from consistency_check.read.vectors import Flags, Floats
from consistency_check.read.weights import Linear, show_log_odds
from consistency_check.read.wording import Wording

STRENGTH = 1.0


@dataclass(frozen=True, slots=True)
class Lesson:
    """A corpus's questions that were answered: for each the rows of all policies, and which it is about."""

    name: str
    like: tuple[str, ...]
    rows: tuple[Floats, ...]
    labels: tuple[Flags, ...]


def read_lesson(folder: Path) -> Lesson:
    """Lays every question of a labelled corpus beside its policies."""
    document = json.loads((folder / "gold.json").read_text("utf-8"))
    wording = Wording(load_policies(folder / "policies"))
    rows, labels = [], []
    for record in _list_records(folder):
        reply = make_reply(record)
        claims = document["replies"].get(reply.id, {}).get("claims", ())
        policies = {claim["policy"] for claim in claims}
        question = straighten(reply.question)[-LONGEST_QUESTION:].strip()
        if question and policies:
            rows.append(measure_question(wording, split_sentences(question), question.lower()))
            labels.append(np.array([policy.id in policies for policy in wording.policies]))
    return Lesson(folder.name, tuple(document.get("like", ())), tuple(rows), tuple(labels))


def _list_records(folder: Path) -> Iterator[dict[str, str]]:
    for file in sorted((folder / "exports").glob("*.jsonl")):
        yield from map(json.loads, file.read_text("utf-8").splitlines())


def fit_model(lessons: Iterable[Lesson]) -> Linear:
    """A logistic regression, learned from all of them."""
    from sklearn.linear_model import LogisticRegression

    lessons = list(lessons)
    rows = np.concatenate([row for lesson in lessons for row in lesson.rows])
    labels = np.concatenate([label for lesson in lessons for label in lesson.labels])
    fitted = LogisticRegression(C=STRENGTH, max_iter=5000).fit(rows, labels)
    return Linear(fitted.coef_[0].astype(np.float32), float(fitted.intercept_[0]))


def measure_model(model: Linear, lesson: Lesson) -> str:
    """Of the questions that reach ASKED how many are about that policy, and how many lie below UNCOVERED."""
    asked = right = below = 0
    for rows, label in zip(lesson.rows, lesson.labels, strict=True):
        scores = model.score(rows)
        reached = scores >= show_log_odds(ASKED)
        asked += int(reached.sum())
        right += int((reached & label).sum())
        below += bool(scores.max() < show_log_odds(UNCOVERED))
    number = len(lesson.rows)
    return (
        f"{lesson.name:<12} {number:>4} questions, {asked} policies found, "
        f"{right / max(asked, 1):.1%} right; below every policy {below / number:.1%}"
    )


def write_model(model: Linear, file: Path = FILE) -> None:
    """The weights, five significant digits each, with the command that made them."""
    command = "python -m consistency_check.read.training.questions tests/corpora tests/lessons"
    document = {"command": command, "measures": list(MEASURES), **model.write()}
    file.write_text(json.dumps(document, indent=1) + "\n", "utf-8")


def main(folders: Sequence[str]) -> None:
    """Learn from all corpora of the folders; measure on those of the first, each left out in turn."""
    lessons = [
        read_lesson(gold.parent) for folder in folders for gold in sorted(Path(folder).glob("*/gold.json"))
    ]
    write_model(fit_model(lessons))
    first = {gold.parent.name for gold in Path(folders[0]).glob("*/gold.json")}
    for one in lessons:
        if one.name in first:
            others = [
                x for x in lessons if x is not one and x.name not in one.like and one.name not in x.like
            ]
            print(measure_model(fit_model(others), one))  # noqa: T201 - a training command


if __name__ == "__main__":
    main(sys.argv[1:])
