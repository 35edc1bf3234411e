"""The figures of the nights: what was not counted is no zero."""

import csv
import io
import json
from dataclasses import replace

from consistency_check.model import Headline
from consistency_check.report import ReportOptions
from consistency_check.report.statistics import (
    write_night_rows,
    write_statistics,
    write_statistics_document,
)
from tests.golden.golden_morning import build_night

PAIRS = {("email", "phone"): build_night(0).headline.by_channel_pair["email", "phone"]}
FIGURES = (
    Headline(asked_twice=34, told_different=9, by_channel_pair=PAIRS),
    Headline(asked_twice=34, told_different=0),
)
NIGHTS = [replace(build_night(n), headline=headline) for n, headline in enumerate(FIGURES)]


def test_who_was_told_different_things_in_a_table():
    stream = io.StringIO()
    write_statistics((), NIGHTS, stream, ReportOptions(width=100))
    rows = [line.split()[5:] for line in stream.getvalue().splitlines() if line.startswith("2026")]
    assert rows == [["34", "9", "(26%)", "-"], ["34", "0", "-"]]


def test_who_was_told_different_things_in_a_document():
    stream = io.StringIO()
    write_statistics_document((), NIGHTS, stream)
    headlines = [night["headline"] for night in json.loads(stream.getvalue())["nights"]]
    assert [each["told_different"] for each in headlines] == [9, 0]
    assert headlines[0]["by_channel_pair"] == {"email / phone": {"wrong": 14, "total": 142}}


def test_who_was_told_different_things_in_rows():
    stream = io.StringIO()
    write_night_rows(NIGHTS, stream)
    rows = list(csv.DictReader(io.StringIO(stream.getvalue())))
    assert [row["told_different"] for row in rows] == ["9", "0"]
