"""The learned numbers fit the code; a file made for other columns is refused."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from consistency_check.read import build_reader
from consistency_check.read.scoring import COLUMNS
from consistency_check.read.weights import FILE, Linear, load_weights, show_probability
from tests.read.knowledge import load_base


@pytest.mark.parametrize("name", COLUMNS)
def test_the_shipped_weights_fit_the_columns_of_the_code(name: str) -> None:
    model = load_weights().model(name, COLUMNS[name])
    assert model.weights.shape == (len(COLUMNS[name]),)
    assert np.isfinite(model.weights).all()
    assert model.weights.any()


def test_there_is_a_model_for_every_name_and_no_other() -> None:
    assert set(load_weights().models) == set(COLUMNS)


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_are_named_once(name: str) -> None:
    assert len(set(COLUMNS[name])) == len(COLUMNS[name])


def test_the_file_says_how_it_was_made() -> None:
    document = json.loads(FILE.read_text("utf-8"))
    assert document["made_by"].startswith("python -m consistency_check.read.training")
    assert document["learned_from"]


def test_weights_of_other_columns_are_refused(tmp_path: Path) -> None:
    document = json.loads(FILE.read_text("utf-8"))
    document["models"]["typed"]["columns"][0] = "another column"
    file = tmp_path / "weights.json"
    file.write_text(json.dumps(document), "utf-8")
    with pytest.raises(ValueError, match="other columns of typed; run the training command again"):
        build_reader(load_base(), load_weights(file))


def test_a_model_scores_rows() -> None:
    model = Linear(np.array([2.0, -1.0], np.float32), 0.5)
    assert model.score(np.array([[1, 1], [0, 3]], np.float32)).tolist() == [1.5, -2.5]


@pytest.mark.parametrize(("odds", "probability"), [(0, 0.5), (1000, 1.0), (-1000, 0.0), (1.0986, 0.75)])
def test_log_odds_become_a_probability(odds: float, probability: float) -> None:
    assert show_probability(odds) == pytest.approx(probability, abs=1e-4)
