"""The learned numbers fit the code; a file made for other columns is refused."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest

from consistency_check.read import build_reader
from consistency_check.read.scoring import COLUMNS, FAMILIES
from consistency_check.read.stance import Spoken
from consistency_check.read.trees import Trees
from consistency_check.read.weights import (
    FILE,
    Linear,
    Model,
    load_weights,
    read_model,
    show_probability,
)
from tests.read.knowledge import load_base

KINDS: dict[str, type[Model]] = {
    **dict.fromkeys(FAMILIES, Linear),
    **{f"{family}, again": Trees for family in FAMILIES},
    **{f"{family}, stance": Spoken for family in FAMILIES},
    "polarity": Spoken,
}
SPOKEN = tuple(name for name, kind in KINDS.items() if kind is Spoken)
# Where a gram's words stand: for which statements, on which side of a value and how far, or at the beginning.
PLACE_MARK = re.compile(r"(?:(?:not|must|may): |any )?(?:[<>][012] |(?:[a-z_]+)?[<>] ?|\^ )?")
LINEAR = Linear(np.array([2.0, -1.0], np.float32), 0.5)
TREES = Trees(np.array([[1]]), np.array([[0.5]], np.float32), np.array([[1, 2]], np.float32), 10.0)
SPEAKING = Spoken(np.array([2.0, -1.0], np.float32), 0.5, {"please": -1.5})


@pytest.mark.parametrize("name", COLUMNS)
def test_the_shipped_weights_fit_the_columns_of_the_code(name: str) -> None:
    model = load_weights().model(name, COLUMNS[name])
    assert isinstance(model, KINDS[name])
    assert np.isfinite(model.bias)
    if not isinstance(model, Trees):
        assert model.weights.shape == (len(COLUMNS[name]),)
        assert np.isfinite(model.weights).all()
        assert model.weights.any()


@pytest.mark.parametrize("name", [name for name in COLUMNS if KINDS[name] is Trees])
def test_the_shipped_trees_are_whole(name: str) -> None:
    model = load_weights().model(name, COLUMNS[name])
    assert isinstance(model, Trees)
    count, inner = model.columns.shape
    assert count > 0
    assert (inner + 1).bit_count() == 1
    assert model.bounds.shape == (count, inner)
    assert model.leaves.shape == (count, inner + 1)
    assert 0 <= model.columns.min() <= model.columns.max() < len(COLUMNS[name])
    assert not np.isnan(model.bounds).any()
    assert np.isfinite(model.leaves).all()
    assert model.leaves.any()


@pytest.mark.parametrize("name", SPOKEN)
def test_the_shipped_grams_weigh_something(name: str) -> None:
    model = load_weights().model(name, COLUMNS[name])
    assert isinstance(model, Spoken)
    assert model.grams
    assert all(np.isfinite(weight) and weight for weight in model.grams.values())


@pytest.mark.parametrize("name", SPOKEN)
def test_no_policy_s_value_is_learned_as_a_word(name: str) -> None:
    model = load_weights().model(name, COLUMNS[name])
    assert isinstance(model, Spoken)
    assert [gram for gram in model.grams if re.search(r"\d", PLACE_MARK.sub("", gram, count=1))] == []


def test_there_is_a_model_for_every_name_and_no_other() -> None:
    assert set(load_weights().models) == set(COLUMNS) == set(KINDS)


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_are_named_once(name: str) -> None:
    assert len(set(COLUMNS[name])) == len(COLUMNS[name])


def test_the_file_says_how_it_was_made() -> None:
    document = json.loads(FILE.read_text("utf-8"))
    assert document["made_by"].startswith("python -m consistency_check.read.training")
    assert document["learned_from"]


@pytest.mark.parametrize("name", ["typed", "text, again", "yes_no, stance"])
def test_weights_of_other_columns_are_refused(tmp_path: Path, name: str) -> None:
    document = json.loads(FILE.read_text("utf-8"))
    document["models"][name]["measures"][0] = "another column"
    file = tmp_path / "weights.json"
    file.write_text(json.dumps(document), "utf-8")
    with pytest.raises(ValueError, match=f"other columns of {name}; run the training command again"):
        build_reader(load_base(), load_weights(file))


@pytest.mark.parametrize("model", [LINEAR, TREES, SPEAKING], ids=lambda model: type(model).__name__)
def test_a_model_comes_back_from_json_as_it_was(model: Model) -> None:
    back = read_model(json.loads(json.dumps(model.write())))
    assert type(back) is type(model)
    assert back.write() == model.write()


def test_a_model_scores_rows() -> None:
    assert LINEAR.score(np.array([[1, 1], [0, 3]], np.float32)).tolist() == [1.5, -2.5]


@pytest.mark.parametrize(("odds", "probability"), [(0, 0.5), (1000, 1.0), (-1000, 0.0), (1.0986, 0.75)])
def test_log_odds_become_a_probability(odds: float, probability: float) -> None:
    assert show_probability(odds) == pytest.approx(probability, abs=1e-4)
