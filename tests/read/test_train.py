"""How the models are learned: in folds that have not seen what they score, and written as they are read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from consistency_check.read.scoring import COLUMNS
from consistency_check.read.stance import Spoken
from consistency_check.read.training import train
from consistency_check.read.training.condense import number_words
from consistency_check.read.training.train import FOLDS, fit, fit_known, part_in_folds, write_models
from consistency_check.read.trees import Trees
from consistency_check.read.weights import Linear, Model, load_weights


@pytest.mark.parametrize("count", [2, FOLDS, 2 * FOLDS + 1])
def test_no_corpus_is_scored_by_a_model_that_has_seen_it(count: int) -> None:
    def remember(parts: Sequence[int], strength: float) -> set[int]:
        assert strength == 0.25
        return set(parts)

    numbers, models = part_in_folds(range(count), 0.25, remember)
    assert list(numbers) == list(range(count))
    for number, seen in zip(numbers, models, strict=True):
        assert number not in seen
        assert len(seen) >= count - count // FOLDS - 1 > 0


def make_rows() -> tuple[np.ndarray, np.ndarray]:
    """Columns of different sizes, the last always the same; the first two tell the labels."""
    random = np.random.default_rng(0)
    rows = random.normal(size=(300, 3)) * [1, 100, 0] + [0, 50, 7]
    labels = (rows[:, 0] + (rows[:, 1] - 50) / 100 > 0).astype(int)
    return rows.astype(np.float32), labels


def test_a_fit_is_for_the_columns_as_they_are() -> None:
    pytest.importorskip("sklearn")
    rows, labels = make_rows()
    model = fit(rows, labels, 1.0)
    assert ((model.score(rows) > 0) == labels).mean() > 0.95
    assert model.weights[0] == pytest.approx(100 * model.weights[1], rel=0.3)
    assert model.weights[2] == 0


def test_rows_that_the_labels_leave_open_are_not_learned() -> None:
    pytest.importorskip("sklearn")
    rows, labels = make_rows()
    open_part = (-rows[:50], np.where(np.arange(50) % 2, -1, -2))
    learned = fit_known([(rows, labels), open_part], 1.0)
    assert learned.write() == fit(rows, labels, 1.0).write()


def make_model(name: str) -> Model:
    """A model of some kind for these columns."""
    weights = np.linspace(-1, 1, len(COLUMNS[name]), dtype=np.float32)
    if name.endswith("again"):
        return Trees(np.array([[1]]), np.array([[0.5]], np.float32), np.array([[1, 2]], np.float32), 0.25)
    if name.endswith("stance"):
        return Spoken(weights, 0.5, {"please": 1.5})
    return Linear(weights, -0.5)


def test_what_is_learned_is_written_and_read(tmp_path: Path) -> None:
    models = {name: make_model(name) for name in COLUMNS}
    file = tmp_path / "new" / "weights.json"
    write_models(models, file, ["retail", "hotel"])
    read = load_weights(file)
    assert {name: model.write() for name, model in read.models.items()} == {
        name: model.write() for name, model in models.items()
    }
    for name, columns in COLUMNS.items():
        assert type(read.model(name, columns)) is type(models[name])


def test_a_text_s_words_are_shared_out_over_their_pieces() -> None:
    entries = ["toy", "##s", "keep", "the"]
    numbered = number_words(["keep the toys, keep", "toy zebra 12", ""], entries)
    assert numbered == [[(2, 1), (3, 1), (0, 0.5), (1, 0.5)], [(0, 1)], []]


def test_what_is_learned_without_a_corpus_is_learned_without_its_like(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    learned: list[list[str]] = []

    def note(examples: Sequence[Any]) -> dict[str, Model]:
        learned.append([one.corpus.name for one in examples])
        return {}

    monkeypatch.setattr(train, "learn", note)
    likes = {"retail": (), "hotel": (), "outdoor": ("retail",)}
    examples: list[Any] = [
        SimpleNamespace(corpus=SimpleNamespace(name=name, like=like)) for name, like in likes.items()
    ]
    for name in ("retail", "hotel", ""):
        train.learn_without(examples, name, tmp_path / f"{name}.json")
    assert learned == [["hotel"], ["retail", "outdoor"], ["retail", "hotel", "outdoor"]]
    assert json.loads((tmp_path / "retail.json").read_text("utf-8"))["learned_from"] == ["hotel"]
