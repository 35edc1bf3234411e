"""Audits on Spark as they were measured, stage by stage, and kept in `spark_runs.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

KEPT = Path(__file__).with_suffix(".json")
SLOTS = 2
"""Tasks that ran at once."""
PARTITIONS = 4
"""Of a shuffle: `engines.spark.session` has so many on one machine."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage that ran: the processor seconds of each task, and the bytes that it wrote for others."""

    seconds: tuple[float, ...]
    written: int


@dataclass(frozen=True, slots=True)
class Step:
    """A step of an audit: its stages in order, and the seconds in which only the driver worked.

    `passed` is how long it took, as processor seconds.
    """

    name: str
    stages: tuple[Stage, ...]
    driver: float
    passed: float


@dataclass(frozen=True, slots=True)
class Run:
    """An audit of so many replies on `SLOTS` cores.

    `ties` are pairs of identities that came to the driver, `start` the processor seconds of Spark's
    start, `warm` of a worker that imports the package and builds its readers.
    """

    replies: int
    ties: int
    start: float
    warm: float
    steps: tuple[Step, ...]

    @property
    def worked(self) -> float:
        """Its processor seconds."""
        return self.start + sum(step.driver + sum_up(step) for step in self.steps)

    @property
    def passed(self) -> float:
        """How long it took, as processor seconds."""
        return self.start + sum(step.passed for step in self.steps)


def sum_up(step: Step) -> float:
    """The seconds of all its tasks."""
    return sum(sum(stage.seconds) for stage in step.stages)


def load_runs(path: Path = KEPT) -> list[Run]:
    """The runs that are kept, by size."""
    runs = [open_run(**content) for content in json.loads(path.read_text("utf-8"))]
    return sorted(runs, key=lambda run: run.replies)


def open_run(steps: Sequence[Mapping[str, Any]], **others: Any) -> Run:
    """A run as it is kept."""
    return Run(
        steps=tuple(
            Step(
                step["name"],
                tuple(Stage(tuple(stage["seconds"]), stage["written"]) for stage in step["stages"]),
                step["driver"],
                step["passed"],
            )
            for step in steps
        ),
        **others,
    )
