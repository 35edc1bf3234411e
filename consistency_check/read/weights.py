"""The learned numbers of reading: the models in `weights.json`, made by `training/train.py`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, log
from pathlib import Path
from typing import Any

import numpy as np

from consistency_check.read.exact import add_up_rows
from consistency_check.read.stance import Spoken, read_spoken
from consistency_check.read.trees import Trees, read_trees, shorten
from consistency_check.read.vectors import Floats

FILE = Path(__file__).with_name("weights.json")


@dataclass(frozen=True, slots=True)
class Linear:
    """A logistic regression: `score` gives the log odds of each row."""

    weights: Floats
    bias: float

    def score(self, rows: Floats) -> Floats:
        """Log odds, float32, one for each row."""
        scores: Floats = add_up_rows(rows, self.weights) + np.float32(self.bias)
        return scores

    def write(self) -> dict[str, Any]:
        """What JSON keeps of it, five significant digits a number."""
        return {"bias": shorten(self.bias), "weights": [shorten(w) for w in self.weights.tolist()]}


Model = Linear | Trees | Spoken


@dataclass(frozen=True, slots=True)
class Weights:
    """Every model that reading uses, by name, and the columns that each was made for."""

    models: Mapping[str, Model]
    columns: Mapping[str, tuple[str, ...]]

    def model(self, name: str, columns: Sequence[str]) -> Model:
        """One model for these columns; ValueError where the file was made for others."""
        if self.columns[name] != tuple(columns):
            raise ValueError(
                f"the weights were made for other columns of {name}; run the training command again"
            )
        return self.models[name]


@cache
def load_weights(file: Path = FILE) -> Weights:
    """Reads the models of a file once a process."""
    entries: dict[str, dict[str, Any]] = json.loads(file.read_text("utf-8"))["models"]
    models = {name: read_model(entry) for name, entry in entries.items()}
    return Weights(models, {name: tuple(entry["measures"]) for name, entry in entries.items()})


def read_model(entry: Mapping[str, Any]) -> Model:
    """One model of the file, whatever its kind."""
    if "leaves" in entry:
        return read_trees(entry)
    if "grams" in entry:
        return read_spoken(entry)
    return Linear(np.array(entry["weights"], np.float32), float(entry["bias"]))


def show_probability(log_odds: float) -> float:
    """Log odds as a probability."""
    return 1.0 / (1.0 + exp(-max(-50.0, min(50.0, log_odds))))


def show_log_odds(probability: float) -> float:
    """A probability as log odds, at most 50 either way."""
    bounded = max(1e-21, min(1 - 1e-15, probability))
    return max(-50.0, min(50.0, log(bounded / (1 - bounded))))
