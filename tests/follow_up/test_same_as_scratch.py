"""What a ledger says is what an audit of everything from scratch says, whatever has changed."""

from __future__ import annotations

import json
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


FEE = """\
topic: returns
title: Returns
policies:
  label:
    statement: The return label costs {value}.
    type: money
    value: $5
    questions: [How much is the return label?]
"""


def test_a_policy_that_was_only_asked_about_stands_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "policies").mkdir()
    rules = tmp_path / "policies" / "returns.yaml"
    contact = {"customer_id": "C1", "question": "How much is the return label?", "text": "I will look it up."}
    records = [
        {**contact, "id": channel, "channel": channel, "sent_at": f"2026-03-0{day}T10:00:00Z"}
        for day, channel in enumerate(("email", "chat"), 1)
    ]
    exports = tmp_path / "replies.jsonl"
    exports.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    settings = AuditSettings((str(exports),), rules.parent)
    for night, text in enumerate((FEE, f"# Looked at by Kim.\n{FEE}")):
        rules.write_text(text, encoding="utf-8")
        scratch = run_audit(settings)
        assert [each.check for each in scratch.findings] == ["repeat-contact"]
        assert_same(follow(tmp_path, settings, DAY + timedelta(night)), scratch)


def test_each_night_brings_its_own_export(tmp_path: Path) -> None:
    world = World.begin(tmp_path, 1)
    world.add(len(world.waiting))
    world.write()
    exports = world.settings.sources
    for night in range(len(exports)):
        report = follow(tmp_path, replace(world.settings, sources=exports[night : night + 1]))
        assert_same(report, run_audit(replace(world.settings, sources=exports[: night + 1])))
