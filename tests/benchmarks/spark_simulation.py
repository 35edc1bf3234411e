"""What a cluster needs for more replies than were ever measured, by a simulation of its tasks.

    python -m tests.benchmarks.spark_simulation 300000000 --executors 10 50 100

A stage begins when the one before it is over. Its tasks go to whichever core is free first; each takes
what its share of the work takes, more or less, and the time to fetch its rows; some straggle, and one has
the customer to whom most replies went. Beside it stands what the processor seconds alone make, spread
evenly over all cores.

Costs are fitted to the runs in `spark_runs.json`. First it is told how well the simulation foretells the
largest of them, fitted to the others.
"""

from __future__ import annotations

import argparse
import heapq
import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from statistics import median

from tests.benchmarks.spark_fit import Costs, Cut, StageCost, StepCost, count_reading, fit_costs
from tests.benchmarks.spark_runs import PARTITIONS, SLOTS, Run, load_runs

TIE_SECONDS = 1.0e-6
"""Of the driver, for a pair of identities: `python -m tests.benchmarks.spark_simulation --ties 3000000`."""
TIE_BYTES = 130
LEAST_PART, MOST_PART = 1 << 20, 64 << 20
"""Bytes between which Spark joins small partitions, so that each core has one: its own defaults."""
SEED = 8
SEEDS = 9
"""Audits that are simulated, of which the one in the middle and the slowest are told."""
A_CORE = 6
"""Partitions a core: half as many take 7 to 9 % longer, four times as many are no better."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Executors of so many cores, and what is assumed of them; `partitions` are those of a shuffle.

    `network` is bytes a second of an executor, `arrive` the seconds until the last one is there. One task
    in `straggling` takes `slow` times as long; where it is 0, nothing is random. `crowd` replies went to
    one customer.
    """

    executors: int
    cores: int = 4
    partitions: int = 0
    network: float = 125e6
    arrive: float = 60.0
    straggling: int = 100
    slow: float = 3.0
    crowd: int = 100_000

    @property
    def slots(self) -> int:
        """Tasks that run at once."""
        return self.executors * self.cores


HERE = Cluster(1, SLOTS, PARTITIONS, network=math.inf, arrive=0, straggling=0, crowd=0)
"""Where the runs were measured."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A simulated audit: seconds that pass, seconds that tasks and driver work, tasks, and bytes shuffled."""

    passed: float
    worked: float
    tasks: int
    written: float


class Simulation:
    """An audit of so many replies that passes on a cluster; everything random comes of `seed`."""

    def __init__(self, costs: Costs, cluster: Cluster, replies: int, seed: int = SEED) -> None:
        self._costs, self._cluster, self._replies = costs, cluster, replies
        self._random = Random(seed)
        self._clock = costs.start
        waits = (cluster.arrive * at / cluster.slots for at in range(cluster.slots))
        self._free = sorted(costs.start + wait for wait in waits)
        self._worked, self._tasks, self._written, self._waiting = costs.start, 0, 0.0, 0.0

    def run(self) -> Outcome:
        """What comes of it."""
        for step in self._costs.steps:
            heaviest = max(step.stages, key=lambda stage: stage.share)
            for stage in step.stages:
                count = self._count_tasks(stage)
                work = step.a_task * count + step.a_reply * self._replies * stage.share
                self._pass_stage(work, count, self._find_extra(step) if stage is heaviest else ())
                self._waiting = stage.written * self._replies
                self._written += self._waiting
            self._pass_driver(step)
        return Outcome(self._clock, self._worked, self._tasks, self._written)

    def _count_tasks(self, stage: StageCost) -> int:
        if stage.cut is Cut.NOTHING:
            return stage.tasks
        if stage.cut is Cut.READING:
            return count_reading(self._replies, self._cluster.slots)
        if stage.cut is Cut.PARTITIONS:
            return self._cluster.partitions
        part = max(LEAST_PART, min(MOST_PART, self._waiting / self._cluster.slots))
        return min(self._cluster.partitions, max(1, round(self._waiting / part)))

    def _find_extra(self, step: StepCost) -> Sequence[float]:
        """What the first tasks of a step's heaviest stage do beside their share."""
        if step.name == "read":
            return [self._costs.warm] * self._cluster.slots
        return [step.a_reply * self._cluster.crowd] if step.name == "judge" else ()

    def _pass_stage(self, work: float, count: int, extra: Sequence[float]) -> None:
        fetched = self._waiting / count / (self._cluster.network / self._cluster.cores)
        free = [max(each, self._clock) for each in self._free]
        heapq.heapify(free)
        for at in range(count):
            seconds = work / count * self._draw() + (extra[at] if at < len(extra) else 0.0)
            done = free[0] + seconds + fetched
            heapq.heapreplace(free, done)
            self._clock = max(self._clock, done)
            self._worked += seconds
        self._free = sorted(free)
        self._tasks += count

    def _draw(self) -> float:
        """How much longer than its share a task takes: 1 on average, but for stragglers."""
        sigma = self._costs.spread if self._cluster.straggling else 0.0
        drawn = self._random.lognormvariate(-sigma * sigma / 2, sigma)
        straggles = self._cluster.straggling and self._random.random() * self._cluster.straggling < 1
        return drawn * (self._cluster.slow if straggles else 1.0)

    def _pass_driver(self, step: StepCost) -> None:
        ties = self._costs.ties * self._replies * TIE_SECONDS if step.name == "tie" else 0.0
        self._clock += step.driver + ties
        self._worked += step.driver + ties


def foretell(runs: Sequence[Run]) -> tuple[Run, Outcome]:
    """The largest run, and what is simulated of it by the costs of the others."""
    *fitted, held_out = sorted(runs, key=lambda run: run.replies)
    return held_out, Simulation(fit_costs(fitted), HERE, held_out.replies).run()


def make_cluster(executors: int) -> Cluster:
    """A cluster with `A_CORE` partitions a core."""
    cluster = Cluster(executors)
    return replace(cluster, partitions=A_CORE * cluster.slots)


def write_table(costs: Costs, replies: int, executors: Sequence[int]) -> Iterator[str]:
    """The lines of a Markdown table of clusters."""
    yield "| executors | reading tasks | partitions | hours | at worst | by formula | shuffled an executor |"
    yield "| ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for count in executors:
        cluster = make_cluster(count)
        outcomes = [Simulation(costs, cluster, replies, seed).run() for seed in range(SEEDS)]
        passed = [outcome.passed for outcome in outcomes]
        formula = (costs.constant + costs.slope * replies) / cluster.slots
        cells = (
            f"{count}",
            f"{count_reading(replies, cluster.slots):,}",
            f"{cluster.partitions:,}",
            f"{median(passed) / 3600:.1f}",
            f"{max(passed) / 3600:.1f}",
            f"{formula / 3600:.1f} ({formula / median(passed) - 1:+.0%})",
            f"{outcomes[0].written / count / 1e9:.1f} GB",
        )
        yield f"| {' | '.join(cells)} |"


def write_held_out(runs: Sequence[Run]) -> str:
    """How well the largest run was foretold."""
    run, outcome = foretell(runs)
    worked, passed = outcome.worked / run.worked - 1, outcome.passed / run.passed - 1
    fitted = " and ".join(f"{each.replies:,}" for each in runs[:-1])
    return (
        f"{run.replies:,} replies, by {fitted}:\n"
        f"  {outcome.worked:,.0f} processor seconds simulated, {run.worked:,.0f} measured ({worked:+.0%})\n"
        f"  {outcome.passed:,.0f} seconds pass, {run.passed:,.0f} measured ({passed:+.0%})"
    )


def time_ties(count: int) -> float:
    """Processor seconds a pair of identities, of so many that are tied at random."""
    import numpy as np

    from consistency_check.engines.spark.components import find_components

    ends = np.random.default_rng(SEED).integers(0, 2 * count, (2, count)) * 2_654_435_761
    before = time.process_time()
    find_components(*ends)
    return (time.process_time() - before) / count


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.spark_simulation")
    parser.add_argument("replies", type=int, nargs="?", default=300_000_000, metavar="N")
    parser.add_argument("--executors", type=int, nargs="+", default=[10, 50, 100], metavar="N")
    parser.add_argument("--ties", type=int, metavar="N", help="time so many, and nothing else")
    given = parser.parse_args(arguments)
    if given.ties:
        print(f"{time_ties(given.ties) * 1e6:.2f} microseconds a pair of identities")
        return
    runs = load_runs()
    costs = fit_costs(runs)
    print(write_held_out(runs), end="\n\n")
    print(*write_table(costs, given.replies, given.executors), sep="\n")
    ties = costs.ties * given.replies
    print(f"\nThe driver holds {ties:,.0f} pairs of identities: {ties * TIE_BYTES / 2**30:.0f} GiB")


if __name__ == "__main__":
    main()
