"""Google CCAI Insights: roles, times since 1970 or since the call's start, and broken files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.load.loaded import load, write

START = 1_772_529_160_000_000  # 2026-03-03T09:12:40Z


def say(role: str, second: float, text: str, user: int) -> dict[str, Any]:
    return {"role": role, "start_timestamp_usec": int(second * 1e6), "text": text, "user_id": user}


def call(start: int, *entries: dict[str, Any]) -> dict[str, Any]:
    moved = [{**each, "start_timestamp_usec": each["start_timestamp_usec"] + start} for each in entries]
    return {"conversation_info": {"categories": [{"display_name": "returns"}]}, "entries": moved}


ENTRIES = [
    say("AUTOMATED_AGENT", 0, "Welcome.", 3),
    say("END_USER", 2, "How long do I have?", 1),
    say("AGENT", 5, "You have thirty", 2),
    say("AGENT", 6.5, "days.", 2),
    say("CUSTOMER", 8, "Thanks.", 1),
]


def test_a_call_with_its_times(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, call_json=call(START, *ENTRIES)))
    reply = loaded.reply
    assert (reply.question, reply.text) == ("How long do I have?", "You have thirty days.")
    assert (reply.agent, reply.handle, reply.channel) == ("google:2", "", "phone")
    assert str(reply.sent_at) == "2026-03-03 09:12:45+00:00"
    assert reply.conversation_id == f"google:{tmp_path / 'call.json'}"
    assert str(reply.source).endswith("call.json#3")
    assert loaded.left_out == {"bot messages": 1}
    assert not loaded.problems


@pytest.mark.parametrize(("name", "time"), [("call_json", None), ("2026-03-03T091240Z_json", "09:12:45")])
def test_times_since_the_start_of_the_call(tmp_path: Path, name: str, time: str | None) -> None:
    sent_at = load(write(tmp_path, **{name: call(0, *ENTRIES)})).reply.sent_at
    assert (sent_at.strftime("%H:%M:%S") if sent_at else None) == time


def test_a_path_may_hold_any_sign(tmp_path: Path) -> None:
    reply = load(write(tmp_path, **{"call #7_json": call(START, *ENTRIES)})).reply
    assert reply.source.path.endswith("call #7.json#3")
    assert reply.conversation_id.endswith("call #7.json")


def test_a_role_that_is_none_is_asked_for(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, call_json=call(START, *ENTRIES, say("", 9, "60 days", 9))))
    assert "call.json#6: nothing says whether 'google:9' is an agent" in loaded.problem
    assert [reply.text for reply in loaded.replies] == ["You have thirty days."]


BROKEN: dict[str, tuple[Any, str]] = {
    "cut off": (json.dumps(call(START, *ENTRIES))[:-30], "the JSON is broken"),
    "no entries": ({"entries": [], "x": {"role": "", "user_id": 1}}, "no `entries`"),
    "no text": ({"entries": [say("AGENT", 1, "", 1)]}, "has no `text`"),
    "no time": ({"entries": [{**ENTRIES[2], "start_timestamp_usec": None}]}, "is no count of microseconds"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_files_are_problems(tmp_path: Path, name: str) -> None:
    content, message = BROKEN[name]
    loaded = load(write(tmp_path, call_json=content))
    assert message in loaded.problem
    assert not loaded.replies
