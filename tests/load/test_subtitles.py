"""WebVTT and SRT: who speaks, pieces joined, times, the table beside them, and broken files."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency_check.load.formats.subtitles import FORMAT
from tests.load.loaded import load, write

ZOOM = """WEBVTT\r
\r
1\r
00:00:02.000 --> 00:00:05.000\r
Noor Bakker: Thank you for calling. You have thirty\r
\r
2\r
00:00:05.000 --> 00:00:07.500\r
Noor Bakker: days to send it back.\r
\r
3\r
00:00:08.000 --> 00:00:09.000\r
Sam Ode: And for a sofa?\r
\r
4\r
00:00:09.500 --> 00:00:12.000\r
Noor Bakker: Remember: a hundred days.\r
"""

TEAMS = """WEBVTT

NOTE a remark
on two lines

STYLE
::cue { color: lime }

6d3b1c9e-6f1e-4d8c-9b6e-0d9f3c3a1f10/3-0
0:0:0.0 --> 0:0:2.120 align:start
<v D&#205;AZ, Ana>Hello, <i>this</i> is <c.loud>Ana</c>.</v>

6d3b1c9e-6f1e-4d8c-9b6e-0d9f3c3a1f10/9-0
0:0:1.500 --> 0:0:5.0
<v Sam Ode>How long is the warranty?</v>
<v D&#205;AZ, Ana>Two years &amp; a day.</v>
"""

SRT = (
    "\ufeff1\n00:00:01,000 --> 00:00:02,500\nAGENT: We charge $25.50\n\n"
    "2\n00:00:02,500 --> 00:00:04,000\nfor delivery.\n\n"
    "3\n00:00:04,000 --> 00:00:06,000\nNote: it is free above $50.\n\n"
    "4\n00:00:06,000 --> 00:00:07,000\nCUSTOMER: Thanks.\nAGENT: You're welcome.\n"
)


def test_zoom_with_the_agent_named(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, call_vtt=ZOOM) / "call.vtt", agents=("Noor *",))
    assert loaded.said == [
        ("", "Thank you for calling. You have thirty days to send it back."),
        ("And for a sofa?", "Remember: a hundred days."),
    ]
    first, second = loaded.replies
    assert (first.agent, first.name, first.channel) == ("Noor Bakker", "Sam Ode", "phone")
    assert (first.source.line, second.source.line) == (4, 16)
    assert first.conversation_id == f"subtitles:{tmp_path / 'call.vtt'}"
    assert not loaded.problems


def test_who_is_who_is_asked(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, call_vtt=ZOOM))
    assert not loaded.replies
    assert loaded.left_out == {"speaker unknown": 3}
    assert [problem.split(";")[0] for problem in loaded.problems] == [
        "call.vtt:4: nothing says whether 'Noor Bakker' is an agent or a customer",
        "call.vtt:12: nothing says whether 'Sam Ode' is an agent or a customer",
    ]
    assert all("--agents" in problem for problem in loaded.problems)


def test_teams_voices_entities_tags_and_two_in_a_cue(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, call_vtt=TEAMS), customers=("Sam Ode",))
    assert loaded.said == [
        ("", "Hello, this is Ana."),
        ("How long is the warranty?", "Two years & a day."),
    ]
    assert {reply.agent for reply in loaded.replies} == {"DÍAZ, Ana"}
    assert not loaded.problems


def test_a_voice_without_a_name_is_not_the_one_before(tmp_path: Path) -> None:
    text = TEAMS + "\n0:0:6.0 --> 0:0:7.0\n<v >Sixty days.</v>\n"
    loaded = load(write(tmp_path, call_vtt=text), customers=("Sam Ode",))
    assert loaded.replies[-1].text == "Two years & a day."
    assert loaded.left_out == {"speaker unknown": 1}


def test_srt_with_parts_for_names_and_cues_that_go_on(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, call_srt=SRT))
    assert loaded.said == [
        ("", "We charge $25.50 for delivery. Note: it is free above $50."),
        ("Thanks.", "You're welcome."),
    ]
    assert {(reply.agent, reply.name) for reply in loaded.replies} == {("AGENT", "")}


def test_a_name_that_speaks_once_among_cues_that_go_on_is_no_name(tmp_path: Path) -> None:
    cues = ["Kim: one", "two", "Remember: three", "Kim: four", "Lee: five", "Lee: six"]
    text = "WEBVTT\n\n" + "".join(f"00:0{n}.000 --> 00:0{n}.900\n{cue}\n\n" for n, cue in enumerate(cues))
    loaded = load(write(tmp_path, call_vtt=text), agents=("Kim",), customers=("Lee",))
    assert loaded.said == [("", "one two Remember: three four")]


def test_the_table_beside_them_tells_the_agent_the_customer_and_the_time(tmp_path: Path) -> None:
    table = (
        "file,agent,customer_id,phone,started_at,region\n"
        "call.vtt,Noor Bakker,00017,+44 20 7946 0018,2026-03-03T09:12:40+00:00,north\n"
    )
    loaded = load(write(tmp_path, call_vtt=ZOOM, calls_csv=table))
    first, second = loaded.replies
    assert (first.customer_id, first.phone, first.name) == ("00017", "+44 20 7946 0018", "Sam Ode")
    assert [reply.sent_at.isoformat() for reply in loaded.replies if reply.sent_at] == [
        "2026-03-03T09:12:42+00:00",
        "2026-03-03T09:12:49.500000+00:00",
    ]
    assert second.attributes == {"region": "north"}
    assert not loaded.problems


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("GMT20260303-091240_Recording_vtt", "2026-03-03T09:12:42+00:00"),
        ("Call with Sam-20260303_091240-Meeting Recording_vtt", "2026-03-03T09:12:42-05:00"),
        ("2026-03-03 call_vtt", "2026-03-03T00:00:02-05:00"),
        ("call 20269999_vtt", None),
        ("call 447700900123 03-04-2026_vtt", None),
    ],
)
def test_the_file_name_may_tell_the_time(tmp_path: Path, name: str, day: str | None) -> None:
    loaded = load(write(tmp_path, **{name: ZOOM}), agents=("Noor *",), timezone="America/Bogota")
    sent_at = loaded.replies[0].sent_at
    assert (sent_at.isoformat() if sent_at else None) == day


BROKEN = {
    "no speakers": ("WEBVTT\n\n00:01.000 --> 00:02.000\nhello\n", ":3: no cue says who speaks"),
    "no times": ("WEBVTT\n\nNoor: hello\n\n00:01.0 --> 00:02.0\nNoor: you\n", ":3: the cue has no times"),
    "cut off": (ZOOM[: ZOOM.index("-->", 160)], "the cue has no times"),
    "nothing": ("WEBVTT\n", "holds no cue"),
    "not text": (b"WEBVTT\n\n00:01.000 --> 00:02.000\nNoor: a\0b\n\n", "NUL bytes"),
    "a long line": ("WEBVTT\n\n00:01.000 --> 00:02.000\n" + "<v." * 2_000_000, "longer than 4 MiB"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_files_are_problems(tmp_path: Path, name: str) -> None:
    content, message = BROKEN[name]
    loaded = load(write(tmp_path, call_vtt=content), agents=("Noor*",))
    assert any(message in problem for problem in loaded.problems), loaded.problems


def test_what_is_whole_in_a_broken_file_is_read(tmp_path: Path) -> None:
    text = "WEBVTT\n\nlost words\n\n00:01.000 --> 00:02.000\nAgent: 30 days.\n"
    assert load(write(tmp_path, call_vtt=text)).reply.text == "30 days."


@pytest.mark.parametrize("hostile", ["<v.", "<v ", "a" * 40 + " ", "&#", "- ", "::", "<c"])
def test_hostile_cues_take_no_time(tmp_path: Path, hostile: str) -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nAgent: 30 days " + hostile * (1_000_000 // len(hostile)) + "\n"
    begin = time.perf_counter()
    loaded = load(write(tmp_path, call_vtt=text))
    assert time.perf_counter() - begin < 10
    assert loaded.reply.text.startswith("30 days")


@given(st.binary(max_size=300))
def test_it_is_recognised_by_content(head: bytes) -> None:
    FORMAT.recognise(head, "call.vtt")
    assert FORMAT.recognise(b"WEBVTT - " + head, "x.txt") == FORMAT.recognise(b"WEBVTT\n", "x")
