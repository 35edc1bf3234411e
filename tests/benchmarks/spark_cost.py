"""What an audit on Spark costs: processor seconds of each step, as lines through measured runs.

    python -m tests.benchmarks.spark_cost 10000 30000 100000 --check 200000 --predict 300000000

runs audits of made-up traffic of these sizes, each in a process and a Spark of its own, and prints for each
step the seconds that do not depend on the size and the seconds a million replies, how the step grows (the
slope on double logarithmic paper: 1 is linear), and what that makes of other sizes. With `--check N` a size
that was not fitted is run as well, and held against its prediction.

Seconds are of all processes: the driver, Spark's Java and the workers. A machine that is shared changes them
less than it changes the time that passes.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.benchmarks.traffic import make_replies, write_customers, write_policies

STEPS = ("start", "load", "read", "tie", "judge", "report")
FILES = 8
MASTER = "local[2]"
TICKS = os.sysconf("SC_CLK_TCK")


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


def run_audit(folder: Path) -> Mapping[str, float]:
    """One audit; the processor seconds of each step, what was counted, and the bytes that were shuffled."""
    from consistency_check.engines.spark import open_session, run
    from consistency_check.intake import AuditSettings

    seen = [("", measure_tree())]

    def note_after(name: str, step: str) -> None:
        done: Callable[..., Any] = getattr(run, name)

        def noted(*given: Any, **named: Any) -> Any:
            result = done(*given, **named)
            seen.append((step, measure_tree()))
            return result

        setattr(run, name, noted)

    open_session(MASTER).range(1).count()
    seen.append(("start", measure_tree()))
    for name, step in {
        "read_replies": "load",
        "_find_last_moment": "read",
        "link_customers": "tie",
        "add_tallies": "judge",
    }.items():
        note_after(name, step)
    settings = AuditSettings(
        (str(folder / "exports"),), policies=folder / "policies", customers=folder / "customers.csv"
    )
    report = run.audit_sources(settings).make_report()
    seen.append(("report", measure_tree()))
    seconds = {step: after - before for (_, before), (step, after) in pairwise(seen)}
    return {**seconds, "replies": report.summary.replies, "findings": report.summary.findings}


def run_apart(count: int) -> dict[str, float]:
    """One audit of made-up traffic in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        write_traffic(Path(folder), count)
        command = [sys.executable, "-m", "tests.benchmarks.spark_cost", "--run", folder]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured


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


def find_growth(sizes: Sequence[float], seconds: Sequence[float]) -> float:
    """The slope between the smallest and the largest size on double logarithmic paper."""
    if len(sizes) < 2 or not seconds[0]:
        return math.nan
    return math.log(seconds[-1] / seconds[0]) / math.log(sizes[-1] / sizes[0])


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.spark_cost")
    parser.add_argument("sizes", type=int, nargs="*", metavar="N", help="replies of a run that is fitted")
    parser.add_argument(
        "--predict", type=int, nargs="*", default=[], metavar="N", help="say what so many take"
    )
    parser.add_argument("--check", type=int, nargs="*", default=[], metavar="N", help="run these as well")
    parser.add_argument("--run", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.run:
        print(json.dumps(run_audit(given.run)))
        return
    print(f"{'replies':>10}" + "".join(f"{step:>9}" for step in STEPS) + f"{'all':>9}{'findings':>10}")
    measured = {size: run_shown(size) for size in sorted(given.sizes)}
    lines = {step: fit_line(list(measured), [run[step] for run in measured.values()]) for step in STEPS}
    print(f"\n{'step':8}{'constant s':>12}{'s a million':>14}{'growth':>8}")
    for step, (constant, slope) in lines.items():
        growth = find_growth(list(measured), [run[step] for run in measured.values()])
        print(f"{step:8}{constant:12.1f}{slope * 1e6:14.0f}{growth:8.2f}")
    print()
    for size in given.predict:
        seconds = sum(constant + slope * size for constant, slope in lines.values())
        print(f"{size:,} replies: {seconds:,.0f} processor seconds, {seconds / 3600:,.1f} hours of one core")
    for size in given.check:
        run = run_shown(size)
        found, said = sum(run[step] for step in STEPS), sum(a + b * size for a, b in lines.values())
        print(f"{size:,} replies: {said:,.0f} s predicted, {found:,.0f} s measured ({found / said - 1:+.0%})")


def run_shown(size: int) -> Mapping[str, float]:
    """A run, and a row for it."""
    run = run_apart(size)
    cells = "".join(f"{run[step]:9.1f}" for step in STEPS)
    print(f"{size:10,}{cells}{sum(run[step] for step in STEPS):9.1f}{run['findings']:10,.0f}", flush=True)
    return run


if __name__ == "__main__":
    main()
