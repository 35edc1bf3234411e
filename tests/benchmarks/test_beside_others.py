"""Reading beside other ways to read the same replies, all timed in this run, so that figures are ratios."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from consistency_check.model import Reply
from consistency_check.policies import load_policies
from consistency_check.read import build_reader
from tests.benchmarks.references import REFERENCES, Work
from tests.benchmarks.traffic import make_replies, write_policies

COUNT = 200
BATCH = 100
ROUNDS = 3
READING = "reading claims"
LEAST = {
    "decoding JSON": 0.0013,
    "spaCy, blank tokeniser": 0.05,
    "quantulum3": 4.0,
    "spaCy with parser": 4.0,
    "rapidfuzz, all pairs of sentences": 2.0,
}
"""How many times as fast as each reference reading must be at least; about half of what was measured. All
pairs take the square of the number of replies, here `COUNT`."""

pytestmark = pytest.mark.benchmark(group=f"{COUNT} replies", timer=time.process_time)
Timed = dict[str, float]


@pytest.fixture(scope="module")
def timed() -> Timed:
    """The seconds of each work so far, by its name."""
    return {}


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return [record["text"] for record in make_replies(COUNT)]


def read_claims(folder: Path, texts: list[str]) -> Work:
    """What the project does in their stead."""
    write_policies(folder)
    reader = build_reader(load_policies(folder), near_misses=False)
    replies = [Reply(str(number), "email", text) for number, text in enumerate(texts)]
    batches = [replies[first : first + BATCH] for first in range(0, COUNT, BATCH)]
    return lambda: [reading for batch in batches for reading in reader.read_batch(batch)]


@pytest.mark.parametrize("name", [READING, *REFERENCES])
def test_time(name: str, texts: list[str], timed: Timed, tmp_path: Path, benchmark: BenchmarkFixture) -> None:
    work = read_claims(tmp_path, texts) if name == READING else REFERENCES[name](texts)
    found = benchmark.pedantic(work, rounds=ROUNDS, warmup_rounds=1)
    assert len(found) >= COUNT
    if benchmark.stats:
        timed[name] = benchmark.stats.stats.min


@pytest.mark.parametrize("name", REFERENCES)
def test_reading_keeps_its_distance(name: str, timed: Timed, note: Callable[[str], None]) -> None:
    if not {READING, name} <= timed.keys():
        pytest.skip("nothing was timed in this process")
    ratio = timed[name] / timed[READING]
    note(f"reading: {ratio:.4g} times as fast as {name} ({COUNT / timed[READING]:,.0f} replies a second)")
    assert ratio > LEAST[name]
