"""What a ledger says is what an audit of everything from scratch says, whatever has changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
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


TOLD = {"customer_id": "C1", "conversation_id": "T1", "channel": "email"}
QUESTION = {**TOLD, "id": "q", "question": "How much is the label?", "asked_at": "2026-03-02T10:00:00Z"}
ANSWER = {**TOLD, "id": "a", "text": "We have passed it on to returns.", "sent_at": "2026-03-02T12:00:00Z"}
LAST = {**TOLD, "id": "z", "conversation_id": "T9", "text": "Thanks.", "sent_at": "2026-04-02T12:00:00Z"}


@pytest.mark.parametrize(
    ("answer", "checks"),
    [
        (ANSWER, []),
        ({**ANSWER, "sent_at": "2026-03-02T09:00:00Z"}, ["no-answer"]),
        ({**ANSWER, "conversation_id": "T2"}, ["no-answer"]),
        ({**ANSWER, "channel": "chat"}, ["no-answer"]),
        ({**ANSWER, "customer_id": "C2"}, ["no-answer"]),
    ],
    ids=["answered", "said before", "another conversation", "another channel", "another customer"],
)
def test_a_question_that_another_record_of_its_conversation_answers(
    answer: dict[str, str], checks: list[str], tmp_path: Path
) -> None:
    settings = lay_out(tmp_path, [answer, QUESTION, LAST])
    scratch = run_audit(settings)
    assert [each.check for each in scratch.findings] == checks
    assert_same(follow(tmp_path, settings), scratch)


def test_the_answer_to_a_question_comes_the_night_after(tmp_path: Path) -> None:
    for night, records in enumerate(([QUESTION, LAST], [QUESTION, LAST, ANSWER])):
        settings = lay_out(tmp_path, records)
        report = follow(tmp_path, settings, DAY + timedelta(night))
        assert_same(report, run_audit(settings))
    assert [each.check for each in report.fixed] == ["no-answer"]


def test_a_reply_that_is_somebody_elses_now(tmp_path: Path) -> None:
    told = {"question": "How much is the label?", "text": "The return label costs $5.", "channel": "email"}
    records = [
        {**told, "id": "1", "customer_id": "C1", "sent_at": "2026-03-01T10:00:00Z"},
        {**told, "id": "2", "customer_id": "C1", "sent_at": "2026-03-02T10:00:00Z", "channel": "chat"},
        {**told, "id": "3", "customer_id": "C2", "sent_at": "2026-03-03T10:00:00Z"},
    ]
    assert_same(follow(tmp_path, lay_out(tmp_path, records)), run_audit(lay_out(tmp_path, records)))
    records[1]["customer_id"] = "C2"
    settings = lay_out(tmp_path, records)
    assert_same(follow(tmp_path, settings, DAY + timedelta(1)), run_audit(settings))


def test_who_was_told_different_things_does_not_hang_on_the_checks_asked_for(tmp_path: Path) -> None:
    contact = {"customer_id": "C1", "question": "How much is the return label?"}
    records = [
        {
            **contact,
            "id": channel,
            "channel": channel,
            "text": f"The return label costs {fee}.",
            "sent_at": f"2026-03-0{day}T10:00:00Z",
        }
        for channel, fee, day in (("email", "$5", 1), ("chat", "$9", 2))
    ]
    every = run_audit(lay_out(tmp_path, records))
    assert every.headline.told_different == 1
    settings = replace(lay_out(tmp_path, records), checks=("repeat-contact",))
    scratch = run_audit(settings)
    assert scratch.headline == every.headline
    assert_same(follow(tmp_path, settings), scratch)


def lay_out(folder: Path, records: Iterable[Mapping[str, str]], policies: str = FEE) -> AuditSettings:
    """These records and policies on disk."""
    (folder / "policies").mkdir(exist_ok=True)
    (folder / "policies" / "returns.yaml").write_text(policies, encoding="utf-8")
    lines = "".join(json.dumps(record) + "\n" for record in records)
    (folder / "replies.jsonl").write_text(lines, encoding="utf-8")
    return AuditSettings((str(folder / "replies.jsonl"),), folder / "policies")


def test_a_policy_that_was_only_asked_about_stands_elsewhere(tmp_path: Path) -> None:
    contact = {"customer_id": "C1", "question": "How much is the return label?", "text": "I will look it up."}
    records = [
        {**contact, "id": channel, "channel": channel, "sent_at": f"2026-03-0{day}T10:00:00Z"}
        for day, channel in enumerate(("email", "chat"), 1)
    ]
    for night, text in enumerate((FEE, f"# Looked at by Kim.\n{FEE}")):
        settings = lay_out(tmp_path, records, text)
        scratch = run_audit(settings)
        assert [each.check for each in scratch.findings] == ["repeat-contact"]
        assert_same(follow(tmp_path, settings, DAY + timedelta(night)), scratch)


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
