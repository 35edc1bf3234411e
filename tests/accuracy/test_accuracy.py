"""The figures measured on the labelled corpora do not fall below `floors.json`, whose floors only rise.

Raise them with `python -m tests.accuracy.measure --write-floors`. A floor is lowered by hand alone, and
the commit says what was gained for it.
"""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from consistency_check.policies import load_policies
from consistency_check.read import build_reader
from consistency_check.read.weights import FILE as SHIPPED
from consistency_check.read.weights import load_weights
from tests.accuracy import floors
from tests.accuracy.outcome import CORPORA, NAMES, WEIGHTS, find_weights
from tests.accuracy.scoring import Score
from tests.accuracy.table import POOLED

TESTS = Path(__file__).parents[1]
LESSONS = sorted(path.parent.name for path in (TESTS / "lessons").glob("*/gold.json"))
LEARNING = {"sklearn", "torch", "transformers"}
"""What learning needs and reading must not."""

Measure = Callable[[str], Score]


@pytest.fixture(scope="module")
def figures(measure: Measure) -> dict[str, dict[str, float]]:
    return floors.list_all_figures({name: measure(name) for name in NAMES})


@pytest.mark.parametrize("name", [*NAMES, POOLED])
def test_no_figure_falls_below_its_floor(name: str, figures: dict[str, dict[str, float]]) -> None:
    held = floors.read_floors()[name]
    fallen = floors.list_falls(held, figures[name])
    assert not fallen, (
        f"{name}: {'; '.join(fallen)}; `python -m tests.accuracy.measure --errors FILE` tells why"
    )
    if risen := floors.list_rises(held, figures[name]):
        warnings.warn(
            f"{name} is well above its floors ({', '.join(risen)}); run `{floors.COMMAND}`", stacklevel=1
        )


def test_every_figure_has_a_floor(figures: dict[str, dict[str, float]]) -> None:
    held = floors.read_floors()
    assert {name: set(each) for name, each in held.items()} == {
        name: set(each) for name, each in figures.items()
    }


def test_most_claims_are_as_sure_as_they_say(figures: dict[str, dict[str, float]]) -> None:
    assert figures[POOLED]["confidence: calibration"] > 0.95


@pytest.mark.parametrize("name", NAMES)
def test_a_corpus_is_measured_with_weights_that_never_saw_it(name: str) -> None:
    learned_from = json.loads(find_weights(name).read_text("utf-8"))["learned_from"]
    alike = {lesson for lesson in LESSONS if name in list_like(lesson)}
    assert sorted(learned_from) == sorted({*NAMES, *LESSONS} - {name} - alike)


def list_like(lesson: str) -> list[str]:
    """The corpora of a lesson's own trade."""
    gold = json.loads((TESTS / "lessons" / lesson / "gold.json").read_text("utf-8"))
    return list(gold.get("like", ()))


def test_the_shipped_weights_are_learned_from_every_corpus() -> None:
    assert sorted(json.loads(SHIPPED.read_text("utf-8"))["learned_from"]) == sorted({*NAMES, *LESSONS})


def test_there_are_weights_for_every_corpus_and_no_other() -> None:
    assert {path.name for path in WEIGHTS.iterdir()} == {find_weights(name).name for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_the_weights_fit_the_reader(name: str) -> None:
    build_reader(load_policies(CORPORA / name / "policies"), load_weights(find_weights(name)))


@pytest.mark.parametrize("file", sorted(TESTS.rglob("*.py")), ids=lambda file: str(file.relative_to(TESTS)))
def test_no_test_needs_what_learning_needs(file: Path) -> None:
    imported: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            imported.add(node.module.partition(".")[0])
    assert not imported & LEARNING


def test_measuring_and_labelling_work_without_what_learning_needs() -> None:
    absent = f"import sys; sys.modules.update(dict.fromkeys({sorted(LEARNING)!r}))"
    needed = "import tests.accuracy.outcome, consistency_check.read.training.train"
    audit = f"tests.accuracy.outcome.audit_corpus({NAMES[0]!r})"
    subprocess.run(
        [sys.executable, "-c", f"{absent}; {needed}; {audit}"],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        check=True,
    )
