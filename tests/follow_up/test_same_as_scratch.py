"""What a ledger says is what an audit of everything from scratch says, whatever has changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from consistency_check.audit import run_audit
from consistency_check.follow_up import run_follow_up
from consistency_check.intake import AuditSettings
from consistency_check.ledger import open_ledger
from consistency_check.model import Report
from tests.follow_up.world import World, strip_memory

NIGHTS = 6
DAY = date(2026, 11, 1)


def follow(folder: Path, settings: AuditSettings, day: date = DAY) -> Report:
    with open_ledger(folder / "ledger.duckdb") as ledger:
        return run_follow_up(ledger, settings, day).report


def assert_same(report: Report, scratch: Report) -> None:
    assert strip_memory(report) == list(scratch.findings)
    told = replace(report.summary, by_status={}, left_out={})
    assert told == replace(scratch.summary, by_status={}, left_out={})
    assert report.headline == scratch.headline


@pytest.mark.parametrize("seed", range(8))
def test_random_changes_night_by_night(seed: int, tmp_path: Path) -> None:
    world = World.begin(tmp_path, seed)
    for night in range(NIGHTS):
        report = follow(tmp_path, world.settings, DAY + timedelta(night))
        assert_same(report, run_audit(world.settings))
        world.change()


def test_a_part_of_the_checks(tmp_path: Path) -> None:
    world = World.begin(tmp_path, 1)
    world.add(len(world.waiting))
    world.write()
    for checks, told in ((("policy-conflict",), False), (("channel-conflict", "late-answer"), True)):
        settings = replace(world.settings, checks=checks)
        report = follow(tmp_path, settings)
        assert_same(report, run_audit(settings))
        assert (report.headline.told_different is not None) is told
        assert bool(report.headline.by_channel_pair) is told
        assert report.nights[-1].headline == report.headline


def test_each_night_brings_its_own_export(tmp_path: Path) -> None:
    world = World.begin(tmp_path, 1)
    world.add(len(world.waiting))
    world.write()
    exports = world.settings.sources
    for night in range(len(exports)):
        report = follow(tmp_path, replace(world.settings, sources=exports[night : night + 1]))
        assert_same(report, run_audit(replace(world.settings, sources=exports[: night + 1])))
