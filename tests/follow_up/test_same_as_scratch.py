"""What a ledger says is what an audit of everything from scratch says, whatever has changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from consistency_check.audit import run_audit
from consistency_check.follow_up import run_follow_up
from consistency_check.intake import AuditSettings
from consistency_check.ledger import open_ledger
from consistency_check.model import Report
from consistency_check.values import parse_value
from tests.follow_up.world import World, strip_memory

NIGHTS = 6
DAY = date(2026, 11, 1)


def follow(folder: Path, settings: AuditSettings, day: date = DAY) -> Report:
    with open_ledger(folder / "ledger.duckdb") as ledger:
        return run_follow_up(ledger, settings, day).report


def assert_same(report: Report, scratch: Report, *, loads_all: bool = True) -> None:
    """Without `loads_all` the night has a part of the sources: what the others leave out is not told."""
    assert strip_memory(report) == list(scratch.findings)
    told, whole = report, scratch
    if not loads_all:
        told, whole = (replace(each, problems=()) for each in (report, scratch))
        told = replace(told, summary=replace(told.summary, left_out=whole.summary.left_out))
    assert replace(told.summary, by_status={}) == replace(whole.summary, by_status={})
    assert told.headline == whole.headline
    assert told.problems == whole.problems
    assert told.notes == whole.notes


@pytest.mark.parametrize("seed", range(6))
def test_random_changes_night_by_night(seed: int, tmp_path: Path) -> None:
    world = World.begin(tmp_path, seed)
    for night in range(NIGHTS):
        report = follow(tmp_path, world.settings, DAY + timedelta(night))
        assert_same(report, run_audit(world.settings))
        world.change()


@pytest.mark.parametrize("seed", range(3))
def test_random_settings_night_by_night(seed: int, tmp_path: Path) -> None:
    """Regions, thresholds, time zones, checks, response times and the CRM come and go, beside all else."""
    world = World.begin(tmp_path, seed)
    draw = Random(seed)
    for night in range(NIGHTS):
        changed = dict(draw.sample(SETTINGS, 3)) if night else {}
        settings = replace(world.settings, **changed)
        assert_same(follow(tmp_path, settings, DAY + timedelta(night)), run_audit(settings))
        world.change()


SETTINGS: list[tuple[str, Any]] = [
    ("region", "US"),
    ("region", "FR"),
    ("min_link", 0.8),
    ("min_link", 0.999),
    ("min_confidence", 0.2),
    ("min_confidence", 0.8),
    ("timezone", "Asia/Tokyo"),
    ("customers", None),
    ("references", (r"\b[A-Z]{2}-\d{4,}\b",)),
    ("checks", ("channel-conflict", "no-answer")),
    ("response_times", {"email": parse_value("duration", "1 hour"), "chat": None}),
]


def test_each_night_brings_its_own_export(tmp_path: Path) -> None:
    world = World.begin(tmp_path, 1)
    world.add(len(world.waiting))
    world.write()
    exports = world.settings.sources
    for night in range(len(exports)):
        report = follow(tmp_path, replace(world.settings, sources=exports[night : night + 1]))
        scratch = run_audit(replace(world.settings, sources=exports[: night + 1]))
        assert_same(report, scratch, loads_all=False)
