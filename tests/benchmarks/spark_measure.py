"""Measures audits on Spark, stage by stage.

    python -m tests.benchmarks.spark_measure 5000 20000 50000

Each audit of made-up traffic runs in a process and a Spark of its own, and writes its tables as Parquet,
as one of 300,000,000 replies would. Spark's event log says when each task ran. How long that was says
little on a machine that does other work: so the processor seconds of a step, of all processes, are shared
out over its tasks, and the driver between them, in proportion to the time that passed in each.

The runs are kept in `spark_runs.json`, to which `spark_simulation` is fitted.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.benchmarks.spark_runs import KEPT, SLOTS, Run, Stage, Step
from tests.benchmarks.traffic import make_replies, write_customers, write_policies

MASTER = f"local[{SLOTS}]"
FILES = 8
TICKS = os.sysconf("SC_CLK_TCK")
LOGGED = (
    "--conf spark.eventLog.enabled=true --conf spark.eventLog.rolling.enabled=false "
    "--conf spark.eventLog.compress=false --conf spark.eventLog.dir=file://{folder} pyspark-shell"
)
WATCHED = {
    "read_replies": "load",
    "_find_last_moment": "read",
    "link_customers": "tie",
    "add_tallies": "judge",
}
"""Functions of an audit, and the step that is over once each is done."""
BUILD = """
from tests.benchmarks.spark_measure import build_readers
import sys
build_readers(sys.argv[1])
"""


def measure_tree() -> float:
    """The processor seconds of this process and all that it has started, so far."""
    children: dict[int, list[int]] = {}
    used: dict[int, float] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text("utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(process := int(status.parent.name))
        used[process] = sum(map(int, fields[11:15])) / TICKS
    waiting, total = [os.getpid()], 0.0
    while waiting:
        process = waiting.pop()
        total += used.get(process, 0.0)
        waiting += children.get(process, [])
    return total


def write_traffic(folder: Path, count: int) -> None:
    """Replies in some files, the policies and the CRM's export."""
    write_policies(folder / "policies")
    write_customers(folder / "customers.csv", count)
    (folder / "exports").mkdir()
    files = [(folder / "exports" / f"part{at}.jsonl").open("w", encoding="utf-8") for at in range(FILES)]
    for at, record in enumerate(make_replies(count)):
        files[at % FILES].write(json.dumps(record) + "\n")
    for file in files:
        file.close()


def run_audit(folder: Path) -> Mapping[str, Any]:
    """One audit: moments at which its steps were over, with the processor seconds so far, and its ties."""
    from consistency_check.engines.spark import linking, open_session, run
    from consistency_check.intake import AuditSettings

    marks: list[tuple[str, float, float]] = []
    ties = [0]

    def note_after(name: str, step: str) -> None:
        done: Callable[..., Any] = getattr(run, name)

        def noted(*given: Any, **named: Any) -> Any:
            result = done(*given, **named)
            marks.append((step, time.time(), measure_tree()))
            return result

        setattr(run, name, noted)

    def count_ties(a: Any, b: Any) -> Any:
        ties[0] += len(a)
        return find(a, b)

    find = linking.find_components
    linking.find_components = count_ties
    for name, step in WATCHED.items():
        note_after(name, step)
    open_session(MASTER).range(1).count()
    marks.append(("start", time.time(), measure_tree()))
    settings = AuditSettings(
        (str(folder / "exports"),), policies=folder / "policies", customers=folder / "customers.csv"
    )
    run.audit_sources(settings).write_parquet(str(folder / "audit"))
    marks.append(("write", time.time(), measure_tree()))
    return {"marks": marks, "ties": ties[0]}


def build_readers(folder: str) -> None:
    """What each worker does before its first reply."""
    from consistency_check.engines.spark.packing import Setup
    from consistency_check.engines.spark.reading import build_worker_asker, build_worker_reader
    from consistency_check.intake import AuditSettings, load_knowledge

    settings = AuditSettings((), policies=Path(folder) / "policies")
    packed = Setup(settings, load_knowledge(settings)).pack()
    build_worker_reader(packed)
    build_worker_asker(packed)


def measure_build(folder: Path) -> float:
    """The processor seconds of a process that builds readers."""
    before = os.times()
    subprocess.run([sys.executable, "-c", BUILD, str(folder)], check=True)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return round(used, 2)


def measure_run(replies: int) -> Run:
    """One audit of made-up traffic in a process of its own."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write_traffic(folder, replies)
        (folder / "log").mkdir()
        settings = {**os.environ, "PYSPARK_SUBMIT_ARGS": LOGGED.format(folder=folder / "log")}
        command = [sys.executable, "-m", "tests.benchmarks.spark_measure", "--run", place]
        done = subprocess.run(command, env=settings, capture_output=True, text=True, check=True)
        seen = json.loads(done.stdout.splitlines()[-1])
        (log,) = (folder / "log").iterdir()
        tasks = list(read_tasks(log))
        (_, _, start), *_ = marks = seen["marks"]
        steps = tuple(share_out(name, *times, tasks) for name, times in list_spans(marks))
        return Run(replies, seen["ties"], round(start, 2), measure_build(folder), steps)


def list_spans(marks: Sequence[Any]) -> Iterator[tuple[str, tuple[float, float, float]]]:
    """Each step's name, begin, end and processor seconds."""
    for (_, begin, before), (name, end, after) in pairwise(marks):
        yield name, (begin, end, after - before)


def read_tasks(log: Path) -> Iterator[tuple[int, float, float, int]]:
    """Of each task of an event log its stage, begin, end and the bytes that it wrote for others."""
    for line in log.read_text("utf-8").splitlines():
        event = json.loads(line)
        if event["Event"] == "SparkListenerTaskEnd":
            info, written = event["Task Info"], event["Task Metrics"]["Shuffle Write Metrics"]
            times = info["Launch Time"] / 1000, info["Finish Time"] / 1000
            yield event["Stage ID"], *times, written["Shuffle Bytes Written"]


def share_out(
    name: str, begin: float, end: float, used: float, tasks: Sequence[tuple[int, float, float, int]]
) -> Step:
    """A step between two moments, in which so many processor seconds were used."""
    own = sorted(task for task in tasks if begin <= task[1] < end)
    alone = (end - begin) - measure_union([(first, last) for _, first, last, _ in own])
    scale = used / (alone + sum(last - first for _, first, last, _ in own))
    stages = tuple(
        Stage(
            tuple(round((last - first) * scale, 3) for at, first, last, _ in own if at == number),
            sum(written for at, _, _, written in own if at == number),
        )
        for number in dict.fromkeys(task[0] for task in own)
    )
    return Step(name, stages, round(alone * scale, 3), round((end - begin) * scale, 3))


def measure_union(spans: Sequence[tuple[float, float]]) -> float:
    """How long at least one of some spans lasts."""
    total, reached = 0.0, float("-inf")
    for first, last in sorted(spans):
        total += max(0.0, last - max(first, reached))
        reached = max(reached, last)
    return total


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.spark_measure")
    parser.add_argument("sizes", type=int, nargs="*", metavar="N", help="replies of a run; two are fitted")
    parser.add_argument("--run", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.run:
        print(json.dumps(run_audit(given.run)))
        return
    runs = []
    for size in sorted(given.sizes):
        runs.append(run := measure_run(size))
        print(f"{size:,} replies: {run.worked:,.0f} processor seconds", flush=True)
        KEPT.write_text(json.dumps([asdict(each) for each in runs]) + "\n", "utf-8")


if __name__ == "__main__":
    main()
