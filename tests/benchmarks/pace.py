"""One audit timed in a process of its own: `python -m tests.benchmarks.pace REPLIES POLICIES CUSTOMERS`.

Prints seconds of processor time, all threads together, as JSON: for the whole audit from files to findings,
and for work on the same replies that cannot be spared: cutting them into words, and decoding their lines.
What a process imports once is imported before the clock starts.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import spacy

from consistency_check.audit import run_audit
from consistency_check.intake import AuditSettings
from consistency_check.policies import load_policies
from consistency_check.read import build_reader

TRIES = 3


def measure_seconds(work: Callable[[], object], tries: int = 1) -> float:
    """The processor time that some work takes, the least of some tries."""

    def measure_once() -> float:
        before = time.process_time()
        work()
        return time.process_time() - before

    return min(measure_once() for _ in range(tries))


def read_lines(file: Path) -> list[Any]:
    """Each line's record."""
    with file.open("rb") as stream:
        return [json.loads(line) for line in stream]


def main() -> None:
    """The command."""
    replies, policies, customers = map(Path, sys.argv[1:])
    build_reader(load_policies(policies))
    texts = [record["text"] for record in read_lines(replies)]
    cut = spacy.blank("en").make_doc
    settings = AuditSettings((str(replies),), policies, customers)
    seconds = {
        "audit": measure_seconds(lambda: run_audit(settings)),
        "tokenising": measure_seconds(lambda: [cut(text) for text in texts], TRIES),
        "parsing": measure_seconds(lambda: read_lines(replies), TRIES),
    }
    print(json.dumps(seconds))


if __name__ == "__main__":
    main()
