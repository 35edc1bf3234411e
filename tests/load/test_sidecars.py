"""Tables beside transcripts: which call it was, with whom, when and who the agent is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.load.loaded import load, write

CALL = (
    "WEBVTT\n\n00:01.000 --> 00:02.000\nAna Diaz: How long?\n\n01:01.000 --> 01:02.000\nKim Lee: 30 days.\n"
)


@pytest.mark.parametrize(
    ("names", "row"),
    [
        ("file,agent,customer_name,customer_id,phone,date,queue", "Call-17.vtt"),
        ("call_id,agent_name,caller,customer_id,caller_number,started_at,queue", "call-17"),
        ("recording;agent;name;customer_id;phone;time;queue", "calls\\call-17.mp3"),
    ],
)
def test_a_row_tells_what_the_transcript_does_not(tmp_path: Path, names: str, row: str) -> None:
    mark = ";" if ";" in names else ","
    cells = mark.join(
        [row, "Kim Lee", "Ana Diaz", "C-7", "+15550199", "2026-03-01T10:00:00+01:00", "Returns"]
    )
    write(tmp_path / "calls", **{"call-17_vtt": CALL, "call-18_vtt": CALL})
    loaded = load(write(tmp_path, index_csv=f"{names}\n{cells}\n"))
    reply = loaded.reply
    assert loaded.said == [("How long?", "30 days.")]
    assert (reply.agent, reply.name, reply.customer_id, reply.phone) == (
        "Kim Lee",
        "Ana Diaz",
        "C-7",
        "+15550199",
    )
    assert reply.sent_at is not None
    assert reply.sent_at.isoformat() == "2026-03-01T10:01:01+01:00"
    assert reply.attributes["queue"] == "Returns"
    assert all("call-18.vtt" in problem for problem in loaded.problems)
    assert len(loaded.problems) == 2


def test_rows_that_cannot_be_used_are_told(tmp_path: Path) -> None:
    rows = "file,agent,date\n,Kim,2026-03-01\ncall-17.vtt,Kim,soon\ncall-17.vtt,Kim Lee,2026-03-01\n"
    loaded = load(write(tmp_path, **{"call-17_vtt": CALL}, index_csv=rows))
    assert [problem.partition(": ")[0] for problem in loaded.problems] == ["index.csv:2", "index.csv:3"]
    assert "names no transcript; write the file's name" in loaded.problems[0]
    assert "'soon' is not ISO 8601" in loaded.problems[1]
    assert loaded.said == [("How long?", "30 days.")]


def test_a_table_without_transcripts_is_a_table_like_any_other(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, index_csv="call_id,agent,date\n1,Kim,2026-03-01\n"))
    assert "the header has no column `text`" in loaded.problem


def test_a_table_of_what_was_said_stands_for_itself(tmp_path: Path) -> None:
    rows = "call_id,agent,agent_reply\ncall-17,Kim Lee,You have 30 days.\n"
    loaded = load(write(tmp_path, **{"call-17_vtt": CALL}, index_csv=rows), agents=("Kim Lee",))
    assert [text for _, text in loaded.said] == ["30 days.", "You have 30 days."]
