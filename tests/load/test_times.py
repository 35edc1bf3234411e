"""A day far off, as systems write it for none, is a problem with its place in whatever way it is written."""

from __future__ import annotations

import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from consistency_check.load.counts import parse_count
from consistency_check.load.times import check_year, parse_time
from tests.load.loaded import load

FAR = ["9999-12-31", "9999-12-31T23:00:00-05:00", "0001-01-01T00:00:00Z", "2201-01-01", "1899-12-31"]
MAIL = "From: kim@acme.example\nTo: ana@mail.example\nDate: {}\nSubject: x\n\nYou have 30 days.\n"


@pytest.mark.parametrize("text", FAR)
@pytest.mark.parametrize("name", ["sent_at", "asked_at"])
def test_a_far_time_is_a_problem_of_its_record_alone(tmp_path: Path, text: str, name: str) -> None:
    records = ({"id": "1", "text": "30 days.", name: text}, {"id": "2", "text": "14 days."})
    path = tmp_path / "email.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    loaded = load(path)
    assert loaded.reply.id == "2"
    assert loaded.problem == (
        f"email.jsonl:1: the time {text!r} is not of the years 1900 to 2200; write when it was, or nothing"
    )


@pytest.mark.parametrize("text", ["1900-01-01", "2200-12-31T23:59:59-12:00"])
def test_whoever_lives_may_write(text: str) -> None:
    zone = ZoneInfo("Asia/Tokyo")
    moment = parse_time(text, zone)
    assert check_year(moment, text) is moment
    assert moment.astimezone(ZoneInfo("UTC")).year in (1899, 2201)


def test_a_far_count_and_a_far_mail(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not of the years 1900 to 2200"):
        parse_count("99999999999", 1)
    (tmp_path / "a.eml").write_text(MAIL.format("Fri, 31 Dec 9999 23:00:00 -0500"))
    assert load(tmp_path / "a.eml", agents=("@acme.example",)).reply.sent_at is None
