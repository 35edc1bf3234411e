"""The command line answers at once: what `--help` costs, and what it must not import."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Callable

import pytest

resource = pytest.importorskip("resource", reason="a child's processor time is not told here")

RUNS = 5
SECONDS = 0.3
BARE_STARTS = 15
"""On a machine that takes long to start Python at all, `--help` may take this many times as long."""
HEAVY = ("spacy", "numpy", "rapidfuzz", "phonenumbers", "yaml", "rich")


def start(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Python with these arguments, from its start to its end."""
    return subprocess.run(
        [sys.executable, *arguments],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=True,
    )


def read_children_clock() -> float:
    """Seconds of processor time, user and system, that all children so far have taken."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return float(used.ru_utime + used.ru_stime)


def measure_start(*arguments: str) -> float:
    """Seconds of processor time, the median of some runs: waiting for a busy machine is not counted."""

    def measure_once() -> float:
        before = read_children_clock()
        start(*arguments)
        return read_children_clock() - before

    return statistics.median(measure_once() for _ in range(RUNS))


def test_help_takes_less_than_a_blink(note: Callable[[str], None]) -> None:
    bare = measure_start("-c", "pass")
    helped = measure_start("-m", "consistency_check", "--help")
    note(f"start: --help takes {helped:.3f} s, Python alone {bare:.3f} s")
    assert helped < max(SECONDS, BARE_STARTS * bare)


@pytest.mark.parametrize("command", [(), ("audit",), ("claims",), ("policies", "check")], ids=" ".join)
def test_help_imports_nothing_heavy(command: tuple[str, ...]) -> None:
    code = (
        "import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); "
        f"sys.argv = ['consistency-check', *{list(command)!r}, '--help']; "
        "from consistency_check.cli import main; main()"
    )
    done = start("-c", code)
    loaded = {name.partition(".")[0] for name in done.stderr.split()}
    assert "Usage" in done.stdout
    assert "consistency_check" in loaded
    assert not loaded & set(HEAVY)
