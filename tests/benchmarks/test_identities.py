"""Linking in bounded time and memory: what a million identities take, told by fewer."""

from __future__ import annotations

from collections.abc import Callable

from tests.benchmarks.child import run_module
from tests.benchmarks.identities import make_replies

COUNT = 50_000
FIXED = 100 * 2**20
"""Bytes for Python and for caches, which do not grow with the identities. Measured: 70 MiB."""
BYTES = 3_000
"""Of memory for each identity: a million must fit into 4 GiB. Measured, with a million: 2,400."""


def test_linking_keeps_pace(note: Callable[[str], None]) -> None:
    measured = run_module("tests.benchmarks.identities", COUNT)
    count, seconds = measured["identities"], measured["seconds to take in"] + measured["seconds to link"]
    note(
        f"linking: {count:,} identities of {measured['people']:,} people in {seconds:.0f} s on one core, "
        f"{measured['bytes'] / 2**20:,.0f} MiB, {measured['customers']:,} customers"
    )
    assert count > COUNT
    assert measured["mixed"] == 0
    assert measured["customers"] < 1.6 * measured["people"]
    assert measured["bytes"] < FIXED + BYTES * count


def test_the_same_number_makes_the_same_people() -> None:
    assert list(make_replies(100)) == list(make_replies(100))
