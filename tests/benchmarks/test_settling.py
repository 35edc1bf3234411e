"""What it takes to judge replies by new answers without reading them, as a share of reading them again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from consistency_check.load import load_replies
from consistency_check.model import Reply
from consistency_check.policies import load_policies
from consistency_check.read import Reader, Settler
from tests.benchmarks.pace import measure_seconds
from tests.benchmarks.traffic import write_policies, write_replies

COUNT = 1_024
TRIES = 3
OF_READING = 0.12
"""Settling takes at most this share of the time of reading. Measured: 0.05."""
KEEPING = 2.0
"""Reading takes at most this many times as long where its result is kept. Measured: 1.2."""
MOST_BYTES = 800
"""What is kept of a reply. Measured: 440."""


def test_settling_spares_nearly_all_of_reading(tmp_path: Path, note: Callable[[str], None]) -> None:
    write_replies(tmp_path / "replies.jsonl", COUNT, seed=0)
    write_policies(tmp_path / "policies")
    knowledge = load_policies(tmp_path / "policies")
    replies = [
        reply for reply in load_replies((str(tmp_path / "replies.jsonl"),)) if isinstance(reply, Reply)
    ]
    reader, settler = Reader(knowledge, near_misses=False), Settler(knowledge)
    read = reader.read_kept(replies)
    kept = [(reply, blob) for reply, (_, blob) in zip(replies, read, strict=True)]
    assert settler.settle(kept) == [reading for reading, _ in read]
    settling = measure_seconds(lambda: settler.settle(kept), TRIES)
    reading = measure_seconds(lambda: reader.read_batch(replies), TRIES)
    keeping = measure_seconds(lambda: reader.read_kept(replies), TRIES)
    size = sum(len(blob) for _, blob in kept) / COUNT
    note(
        f"settling: {settling / COUNT * 1e6:.0f} microseconds a reply, {settling / reading:.3f} of reading; "
        f"keeping makes reading {keeping / reading:.2f} times as long, and takes {size:.0f} bytes a reply"
    )
    assert settling < OF_READING * reading
    assert keeping < KEEPING * reading
    assert size < MOST_BYTES
