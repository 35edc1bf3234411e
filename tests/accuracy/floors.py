"""The figures that must not fall: measured ones, and the floors under them in `floors.json`."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path

from tests.accuracy.scoring import Score, pool_scores
from tests.accuracy.table import POOLED, measure_miscalibration

FILE = Path(__file__).with_name("floors.json")
COMMAND = "python -m tests.accuracy.measure --write-floors"
TOLERANCE = 0.005
"""What a figure may fall below its floor: one claim of the smallest corpus, which another machine's
rounding may tip over the threshold."""
WELL_ABOVE = 0.02
"""From here on a figure is worth a new floor."""
FEWEST = 50
"""Labels of a value type from which on its figure says something."""

Figures = Mapping[str, float]


def list_figures(score: Score) -> dict[str, float]:
    """Every figure that is held, by name; the higher the better."""
    tallies = {
        "claims": score.claims,
        "flags": score.flags,
        "channel conflicts": score.conflicts,
        "customers": score.customers,
    }
    figures = {}
    for name, tally in tallies.items():
        figures[f"{name}: precision"] = tally.precision
        figures[f"{name}: recall"] = tally.recall
        figures[f"{name}: F1"] = tally.f1
    figures["verdicts: accuracy"] = score.verdicts.precision
    return figures


def list_pooled_figures(score: Score) -> dict[str, float]:
    """As `list_figures`, and what takes more labels than one corpus has."""
    types = {f"{name}: F1": tally.f1 for name, tally in score.by_type.items() if tally.wanted >= FEWEST}
    return {**list_figures(score), **types, "confidence: calibration": 1 - measure_miscalibration(score)}


def list_all_figures(scores: Mapping[str, Score]) -> dict[str, dict[str, float]]:
    """The held figures of each corpus, and of all taken together."""
    figures = {name: list_figures(score) for name, score in scores.items()}
    return {**figures, POOLED: list_pooled_figures(pool_scores(scores.values()))}


def read_floors() -> dict[str, dict[str, float]]:
    """The floors of each corpus and of all; empty where none was ever set."""
    floors: dict[str, dict[str, float]] = (
        json.loads(FILE.read_text("utf-8"))["floors"] if FILE.exists() else {}
    )
    return floors


def raise_floors(
    floors: Mapping[str, Figures], figures: Mapping[str, Figures]
) -> dict[str, dict[str, float]]:
    """The floors with each one that a figure exceeds lifted to it, rounded down; none ever falls."""
    raised = {corpus: dict(held) for corpus, held in floors.items()}
    for corpus, measured in figures.items():
        held = raised.setdefault(corpus, {})
        for name, figure in measured.items():
            held[name] = max(held.get(name, 0.0), math.floor(figure * 1000) / 1000)
    return {corpus: dict(sorted(raised[corpus].items())) for corpus in sorted(raised)}


def write_floors(figures: Mapping[str, Figures]) -> None:
    """Lifts the floors in the file to the figures measured."""
    document = {"made_by": COMMAND, "floors": raise_floors(read_floors(), figures)}
    FILE.write_text(json.dumps(document, indent=1) + "\n", "utf-8")


def list_falls(held: Figures, measured: Figures) -> list[str]:
    """A line for each figure below its floor."""
    return [
        f"{name} is {measured.get(name, 0.0):.3f}, below its floor {floor:.3f}"
        for name, floor in held.items()
        if measured.get(name, 0.0) < floor - TOLERANCE
    ]


def list_rises(held: Figures, measured: Figures) -> list[str]:
    """The names of figures that are well above their floor."""
    return [name for name, figure in measured.items() if figure >= held.get(name, 0.0) + WELL_ABOVE]
