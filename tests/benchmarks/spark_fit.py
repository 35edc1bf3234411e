"""What an audit on Spark costs, stage by stage, fitted to measured runs: for `spark_simulation`.

A step costs so many seconds a task, so many a reply, and the driver's own. In which of its stages the replies
count is told by how two runs differ; how many tasks a stage has elsewhere, by how many it had in them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from statistics import fmean

from tests.benchmarks.spark_runs import PARTITIONS, SLOTS, Run, Step, sum_up

READ_ROWS = 10_000
"""Replies of a reading task, as `engines.spark.run` has it."""


class Cut(Enum):
    """What the tasks of a stage are as many as."""

    READING = "the tasks that read"
    PARTITIONS = "the partitions of a shuffle"
    BYTES = "partitions that Spark joined, for there was little in them"
    NOTHING = "ever: what is done there does not grow"


@dataclass(frozen=True, slots=True)
class StageCost:
    """A stage: its share of what a reply costs in its step, its tasks where it was measured, how it is cut,
    and the bytes a reply that it writes for others.
    """

    share: float
    tasks: int
    cut: Cut
    written: float


@dataclass(frozen=True, slots=True)
class StepCost:
    """A step: seconds a task, seconds a reply, and the driver's own."""

    name: str
    stages: tuple[StageCost, ...]
    a_task: float
    a_reply: float
    driver: float


@dataclass(frozen=True, slots=True)
class Costs:
    """What an audit costs; `spread` is how far tasks differ that have the same to do, as a lognormal's sigma.

    `constant` and `slope` make the closed formula: the processor seconds of all, and those a reply.
    """

    steps: tuple[StepCost, ...]
    start: float
    warm: float
    ties: float
    spread: float
    constant: float
    slope: float


def count_reading(replies: int, slots: int) -> int:
    """The tasks that read so many replies."""
    return max(-(-replies // READ_ROWS), min(replies, slots), 1)


def fit_costs(runs: Sequence[Run]) -> Costs:
    """The costs that explain these runs best; the two smallest tell in which stages work grows."""
    columns = [[next(s for s in run.steps if s.name == step.name) for run in runs] for step in runs[0].steps]
    steps = tuple(_fit_step(runs, column) for column in columns)
    constant, slope = fit_line([run.replies for run in runs], [run.worked for run in runs])
    warm, start = (fmean(each) for each in zip(*((run.warm, run.start) for run in runs), strict=True))
    ties = fmean(run.ties / run.replies for run in runs)
    return Costs(steps, start, warm, ties, _fit_spread(runs), constant, slope)


def _fit_step(runs: Sequence[Run], measured: Sequence[Step]) -> StepCost:
    replies, seconds = [], []
    for run, step in zip(runs, measured, strict=True):
        tasks = sum(len(stage.seconds) for stage in step.stages)
        # Each core's first task of reading built the readers; the simulation adds that for itself.
        built = run.warm * min(SLOTS, tasks) if step.name == "read" else 0.0
        replies.append(run.replies / tasks)
        seconds.append(max(sum_up(step) - built, 0.0) / tasks)
    a_task, a_reply = fit_line(replies, seconds)
    stages = tuple(_list_stages(measured[0], measured[1], runs[1].replies))
    return StepCost(measured[0].name, stages, a_task, a_reply, fmean(step.driver for step in measured))


def _list_stages(small: Step, large: Step, replies: int) -> Iterator[StageCost]:
    """The stages of a step; Spark must have planned both alike."""
    seconds = [[sum(stage.seconds) for stage in step.stages] for step in (small, large)]
    grown = [max(0.0, more - less) for less, more in zip(*seconds, strict=True)]
    written = [stage.written / replies for stage in large.stages]
    moved = map(max, [0.0, *written], written)
    cuts = [
        _find_cut(len(stage.seconds), more / sum(grown), bytes_, replies)
        for stage, more, bytes_ in zip(large.stages, grown, moved, strict=False)
    ]
    grown = [0.0 if cut is Cut.NOTHING else more for more, cut in zip(grown, cuts, strict=True)]
    for at, stage in enumerate(large.stages):
        yield StageCost(grown[at] / sum(grown), len(stage.seconds), cuts[at], written[at])


def _find_cut(tasks: int, share: float, moved: float, replies: int) -> Cut:
    """By the bytes a reply that a stage fetches or writes, for how its work grows is told less well."""
    if share < 0.01 and moved < 1:
        return Cut.NOTHING
    if tasks == count_reading(replies, SLOTS):
        return Cut.READING
    return Cut.PARTITIONS if tasks >= PARTITIONS else Cut.BYTES


def _fit_spread(runs: Sequence[Run]) -> float:
    """How far the tasks that read differ, of which each has about as much to do."""
    squares = []
    for run in runs:
        read = next(step for step in run.steps if step.name == "read")
        seconds = [math.log(each) for each in max(read.stages, key=lambda stage: sum(stage.seconds)).seconds]
        squares += [(each - fmean(seconds)) ** 2 for each in seconds]
    return math.sqrt(fmean(squares))


def fit_line(sizes: Sequence[float], seconds: Sequence[float]) -> tuple[float, float]:
    """Constant and slope of the line with the least relative errors; the constant is never below 0."""
    weights = [1 / max(each, 1e-9) ** 2 for each in seconds]
    total = sum(weights)
    x = sum(w * size for w, size in zip(weights, sizes, strict=True)) / total
    y = sum(w * each for w, each in zip(weights, seconds, strict=True)) / total
    above = sum(w * (size - x) * (each - y) for w, size, each in zip(weights, sizes, seconds, strict=True))
    below = sum(w * (size - x) ** 2 for w, size in zip(weights, sizes, strict=True))
    slope = above / below if below else 0.0
    if y - slope * x >= 0:
        return y - slope * x, slope
    through = sum(w * size * each for w, size, each in zip(weights, sizes, seconds, strict=True))
    return 0.0, through / sum(w * size**2 for w, size in zip(weights, sizes, strict=True))
