"""Findings that are held compressed are the findings that were given."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterable
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency_check.ledger.volume import AT_ONCE, HELD, Volume
from consistency_check.model import Finding, Severity, Status

SIZES = (0, 1, AT_ONCE - 1, AT_ONCE, AT_ONCE + 1, 3 * AT_ONCE + 7)


def make_findings(count: int) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            id=f"{number:016x}",
            check="channel-conflict",
            severity=Severity.HIGH,
            customer=f"C{number}",
            topic="t",
            policy="p",
            expected="14 days",
            message=f"two things \udcff {number}",
            answers=(),
            status=Status.NEW,
        )
        for number in range(count)
    )


def fill(findings: Iterable[Finding]) -> Volume:
    volume = Volume()
    given = list(findings)
    assert list(volume.take(iter(given))) == given
    return volume


@pytest.mark.parametrize("held", [HELD, 1])
@pytest.mark.parametrize("count", SIZES)
def test_a_volume_is_what_was_put_into_it(count, held, monkeypatch):
    monkeypatch.setattr("consistency_check.ledger.volume.HELD", held)  # with 1, all of it is on disk
    findings = make_findings(count)
    volume = fill(iter(findings))
    assert len(volume) == count
    assert tuple(volume) == tuple(volume) == findings
    assert volume == findings
    assert findings == volume
    assert volume == fill(findings)
    assert hash(volume) == hash(findings)
    assert repr(volume) == repr(findings)


ALL = make_findings(2 * AT_ONCE + 3)
VOLUME = fill(ALL)


def test_many_findings_take_no_memory(monkeypatch):
    monkeypatch.setattr("consistency_check.ledger.volume.HELD", 10_000)
    random = Random(0)
    findings = [replace(each, message=random.randbytes(500).hex()) for each in make_findings(50 * AT_ONCE)]
    tracemalloc.start()
    try:
        volume = Volume()
        for _ in volume.take(iter(findings)):
            pass
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held < 500_000  # bytes, of more than three million
    assert volume == tuple(findings)


@given(st.slices(len(ALL)))
def test_parts_of_a_volume_are_those_of_a_tuple(part):
    assert VOLUME[part] == ALL[part]


@given(st.integers(-len(ALL), len(ALL) - 1))
def test_each_finding_of_a_volume_has_its_place(place):
    assert VOLUME[place] == ALL[place]


@pytest.mark.parametrize("place", [len(ALL), -len(ALL) - 1])
def test_a_place_outside_is_refused(place):
    with pytest.raises(IndexError):
        VOLUME[place]


def test_a_volume_differs_from_other_findings():
    assert ALL[:-1] != VOLUME
    assert (*ALL[:-1], ALL[0]) != VOLUME
    assert VOLUME != "findings"
