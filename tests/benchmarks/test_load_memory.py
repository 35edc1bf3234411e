"""An export streams: what loading it takes in memory does not grow with its size."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.benchmarks.child import run_module

pytest.importorskip("resource", reason="peak memory is not told here")

# Both more than what waits in memory to be put together, and to learn footers from.
FEW = 10_000
MANY = 25_000
A_REPLY = 300
"""Bytes that may stay of a reply: its id's hash. Its text and question take 2,000 on disk."""
PROSE = "You have thirty days from the delivery on, and the refund goes to the card that you paid with. " * 10


def write_pages(count: int) -> Iterator[str]:
    """One list on one line, as APIs give it: a turn a record, conversations of two, mixed up."""
    yield '{"results": ['
    for number in range(2 * count):
        record = {
            "id": f"m{number}",
            "conversationsThreadId": str(number % count),
            "direction": "OUTGOING" if number >= count else "INCOMING",
            "createdAt": "2026-03-01T10:00:00Z",
            "text": f"{number} {PROSE}",
        }
        yield ("," if number else "") + json.dumps(record)
    yield "]}"


def write_table(count: int) -> Iterator[str]:
    """A row a turn under usual column names."""
    yield "Ticket ID,Author Type,Body,Created\n"
    for number in range(2 * count):
        role = "agent" if number % 2 else "customer"
        yield f'{number // 2},{role},"{number} {PROSE}",2026-03-01\n'


def write_tickets(count: int) -> Iterator[str]:
    """A ticket a line with its comments, after the users."""
    yield from (
        json.dumps({"id": n, "role": ("agent", "end-user")[n], "email": "", "time_zone": ""}) + "\n"
        for n in (0, 1)
    )
    for number in range(count):
        comments = [
            {"id": 2 * number + n, "author_id": 1 - n, "public": True, "html_body": f"<p>{number} {PROSE}"}
            for n in (0, 1)
        ]
        yield json.dumps({"id": number, "requester_id": 1, "via": {}, "comments": comments}) + "\n"


@pytest.mark.parametrize("write", [write_pages, write_table, write_tickets])
def test_memory_does_not_grow_with_the_export(
    tmp_path: Path, write: Callable[[int], Iterator[str]], note: Callable[[str], None]
) -> None:
    peaks = []
    for count in (FEW, MANY):
        export = tmp_path / "export.txt"
        with export.open("w", encoding="utf-8") as stream:
            stream.writelines(write(count))
        measured = run_module("tests.benchmarks.load_peak", export)
        assert measured["replies"] == count
        peaks.append(measured["bytes"])
    growth = (peaks[1] - peaks[0]) / (MANY - FEW)
    note(f"loading: {peaks[1] / 2**20:.0f} MiB, {growth:.0f} bytes a reply ({write.__name__})")
    assert growth < A_REPLY
