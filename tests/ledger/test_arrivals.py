"""Which replies are known again: whatever their export is called tonight, and whenever they were sent."""

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from consistency_check.ledger import open_ledger
from consistency_check.ledger.replies import find_last_moment, settle_arrivals, stage_replies
from consistency_check.model import Reply, Source
from tests.ledger.nights import FEE, strip


def call(company, source):
    company.settings = replace(company.settings, sources=(str(source),))


def test_an_export_is_the_same_however_its_path_is_spelt(busy, monkeypatch):
    """Its records have no ids: all that they are known by is their words and their file."""
    for record in busy.records:
        del record["id"]
    first = busy.night("2026-05-01")
    monkeypatch.chdir(busy.folder)
    linked = busy.folder.with_name(f"{busy.folder.name} again")
    linked.symlink_to(busy.folder)
    for number, source in enumerate(("all.jsonl", "./all.jsonl", linked / "all.jsonl"), 2):
        call(busy, source)
        report = busy.night(f"2026-05-0{number}")
        assert report.summary.replies == first.summary.replies == 5
        assert strip(report.findings) == strip(busy.audit())


def test_a_name_that_leads_to_another_file_each_night_is_one_export(company):
    """As `latest.jsonl` does, whose files grow."""
    company.tell("max", "chat", "2026-04-03", FEE)
    del company.records[0]["id"]
    latest = company.folder / "latest.jsonl"
    for number in (1, 2):
        call(company, company.folder / f"night{number}.jsonl")
        company.write()
        latest.unlink(missing_ok=True)
        latest.symlink_to(company.settings.sources[0])
        call(company, latest)
        assert company.night(f"2026-05-0{number}").summary.replies == 1


@pytest.mark.parametrize(
    "sent_at",
    [
        datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=9))),
        datetime(9999, 12, 31, 23, 59, tzinfo=timezone(timedelta(hours=-10))),
    ],
)
def test_a_time_that_no_calendar_has_in_utc(tmp_path, sent_at):
    with open_ledger(tmp_path / "audit.duckdb") as ledger:
        stage_replies(ledger, [Reply("R1", "chat", "Hello.", sent_at=sent_at, source=Source("all.jsonl", 1))])
        assert settle_arrivals(ledger, 1).new == 1
        assert find_last_moment(ledger) == sent_at.replace(tzinfo=UTC)


def test_standard_input_is_one_export_wherever_a_run_stands(tmp_path, monkeypatch):
    reply = Reply("-:1", "chat", "Hello.", source=Source("-", 1))
    assert reply.has_made_id
    with open_ledger(tmp_path / "audit.duckdb") as ledger:
        for known, folder in ((0, tmp_path), (1, os.sep)):
            monkeypatch.chdir(folder)
            stage_replies(ledger, [reply])
            assert settle_arrivals(ledger, 1).same == known
