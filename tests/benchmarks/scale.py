"""What an audit with a ledger takes at several sizes, and whether it is right at each.

    python -m tests.benchmarks.scale 10000 100000 1000000

writes traffic of each size with customers of whom it is known what they were told (`known.py`), audits it in
a process of its own, and prints a Markdown table: seconds of processor time, replies a second, peak memory,
size of the ledger, and of the known conflicts the share that was found; at last what ten times the largest
size takes if it grows on as between the two largest. Disk: some 2 KB a reply.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tests.benchmarks.child import run_module
from tests.benchmarks.known import list_people, make_known
from tests.benchmarks.traffic import make_replies, write_customers, write_policies

A_KNOWN = 50
"""Of so many replies one is followed by the two of a customer known."""
MEBI = 2**20


@dataclass(frozen=True, slots=True)
class Run:
    """One size's audit: processor seconds, bytes of memory and of the ledger, what it made of the known."""

    replies: int
    seconds: float
    peak: int
    ledger: int
    conflicts: int
    found: int
    agreeing: int
    alarms: int

    def show(self) -> str:
        """A row of the table."""
        return (
            f"| {self.replies:,} | {self.seconds:,.1f} | {self.replies / self.seconds:,.0f} "
            f"| {self.peak / MEBI:,.0f} | {self.ledger / MEBI:,.0f} "
            f"| {self.found:,} of {self.conflicts:,} | {self.alarms:,} of {self.agreeing:,} |"
        )


HEAD = """\
| replies | processor seconds | replies a second | peak MiB | ledger MiB | conflicts found | false alarms |
| ---: | ---: | ---: | ---: | ---: | ---: | ---: |"""


def write_project(folder: Path, count: int) -> None:
    """Traffic of that many replies in `folder`, with the known ones spread over it."""
    customers = count // (A_KNOWN + 2)
    write_policies(folder / "policies")
    write_customers(folder / "customers.csv", count - 2 * customers, list_people(customers))
    known = make_known(customers)
    with (
        (folder / "replies.jsonl").open("w", encoding="utf-8") as replies,
        (folder / "known.jsonl").open("w", encoding="utf-8") as truth,
    ):
        for number, record in enumerate(make_replies(count - 2 * customers)):
            records = [record]
            if number % A_KNOWN == A_KNOWN - 1 and (one := next(known, None)):
                records += one[1]
                said = {"policy": one[0].policy, "replies": sorted(one[0].replies), "differ": one[0].differ}
                truth.write(json.dumps(said) + "\n")
            replies.writelines(json.dumps(each, ensure_ascii=False) + "\n" for each in records)


def audit_project(folder: Path) -> dict[str, Any]:
    """Audits such a folder with a new ledger, and compares: what `main` prints with `--folder`."""
    from consistency_check.follow_up import run_follow_up
    from consistency_check.intake import AuditSettings
    from consistency_check.ledger import open_ledger
    from tests.benchmarks.known import Known, find_known
    from tests.benchmarks.peak import measure_peak

    settings = AuditSettings((str(folder / "replies.jsonl"),), folder / "policies", folder / "customers.csv")
    ledger = folder / "audit.duckdb"
    with open_ledger(ledger) as opened:
        report = run_follow_up(opened, settings, date(2026, 11, 1)).report
    seconds, peak = time.process_time(), measure_peak()
    with (folder / "known.jsonl").open(encoding="utf-8") as lines:
        told = [json.loads(line) for line in lines]
    known = [Known(one["policy"], frozenset(one["replies"]), one["differ"]) for one in told]
    found = find_known(known, report)
    by_kind = {
        kind: [hit for one, hit in zip(known, found, strict=True) if one.differ is kind]
        for kind in (True, False)
    }
    return {
        "replies": report.summary.replies,
        "seconds": seconds,
        "peak": peak,
        "ledger": ledger.stat().st_size,
        "conflicts": len(by_kind[True]),
        "found": sum(by_kind[True]),
        "agreeing": len(by_kind[False]),
        "alarms": sum(by_kind[False]),
    }


def measure(folder: Path, count: int) -> Run:
    """Writes and audits that many replies in an empty folder."""
    write_project(folder, count)
    return Run(**run_module("tests.benchmarks.scale", "--folder", folder))


def extrapolate(smaller: Run, larger: Run, times: int = 10) -> str:
    """A row for so many times the larger run, each figure growing on as between the two."""
    replies = larger.replies * times

    def grow(first: float, second: float) -> float:
        return second + (second - first) / (larger.replies - smaller.replies) * (replies - larger.replies)

    seconds = grow(smaller.seconds, larger.seconds)
    peak, ledger = grow(smaller.peak, larger.peak) / MEBI, grow(smaller.ledger, larger.ledger) / MEBI
    return (
        f"| {replies:,} (extrapolated) | {seconds:,.0f} | {replies / seconds:,.0f} "
        f"| {peak:,.0f} | {ledger:,.0f} | | |"
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.scale", description="Measure audits of several sizes."
    )
    parser.add_argument("counts", type=int, nargs="*", metavar="N", help="how many replies")
    parser.add_argument("--folder", type=Path, help="audit what stands there and print JSON")
    options = parser.parse_args(arguments)
    if options.folder:
        print(json.dumps(audit_project(options.folder)))
        return
    print(HEAD)
    runs: list[Run] = []
    for count in sorted(options.counts):
        with tempfile.TemporaryDirectory() as folder:
            runs.append(measure(Path(folder), count))
        print(runs[-1].show())
        sys.stdout.flush()
    if len(runs) > 1:
        print(extrapolate(*runs[-2:]))


if __name__ == "__main__":
    main()
