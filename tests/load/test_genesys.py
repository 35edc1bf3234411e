"""Genesys Cloud transcripts: sides, machines, numbers called, and broken files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.load.loaded import load, write

START = 1_772_529_160_000  # 2026-03-03T09:12:40Z


def say(side: str, second: float, text: str, **more: Any) -> dict[str, Any]:
    return {"participantPurpose": side, "text": text, "startTimeMs": int(START + second * 1000), **more}


CALL: dict[str, Any] = {
    "organizationId": "o-1",
    "conversationId": "c-1",
    "communicationId": "m-1",
    "mediaType": "call",
    "conversationStartTime": START,
    "transcripts": [
        {
            "transcriptId": "t-1",
            "phrases": [
                say("internal", 1, "press one for returns"),
                say("internal", 21, "hello you have", decoratedText="Hello, you have"),
                say("internal", 23, "thirty days", decoratedText="30 days."),
            ],
        },
        {"transcriptId": "t-2", "phrases": [say("external", 15, "how long do I have")]},
    ],
    "participants": [
        {"participantPurpose": "customer", "ani": "tel:+442079460018", "dnis": "tel:+4415550",
         "startTimeMs": START, "initialDirection": "inbound"},
        {"participantPurpose": "ivr", "startTimeMs": START, "endTimeMs": START + 10_000},
        {"participantPurpose": "agent", "userId": "u-7", "startTimeMs": START + 12_000},
    ],
}  # fmt: skip


def test_a_call_with_the_flow_before_it(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, call_json=CALL))
    reply = loaded.reply
    assert (reply.question, reply.text) == ("how long do I have", "Hello, you have 30 days.")
    assert (reply.conversation_id, reply.channel, reply.phone, reply.agent) == (
        "genesys:c-1",
        "phone",
        "+442079460018",
        "genesys:u-7",
    )
    assert str(reply.sent_at) == "2026-03-03 09:13:01+00:00"
    assert str(reply.source).endswith("call.json#2")
    assert loaded.left_out == {"bot messages": 1}
    assert not loaded.problems


def test_the_customer_of_a_call_from_the_company_is_the_number_called(tmp_path: Path) -> None:
    customer = {**CALL["participants"][0], "initialDirection": "outbound"}
    call = {**CALL, "participants": [customer, CALL["participants"][2]]}
    assert load(write(tmp_path, call_json=call)).replies[0].phone == "+4415550"


@pytest.mark.parametrize(
    ("address", "field", "value"),
    [
        ("sip:+442079460018@carrier.example;transport=udp", "phone", "+442079460018"),
        ("sip:sam@carrier.example", "handle", "sam@carrier.example"),
        ("sam@mail.example", "email", "sam@mail.example"),
        ("+44 20 7946 0018", "phone", "+44 20 7946 0018"),
        ("tel:anonymous", "phone", ""),
        ("sip:anonymous@anonymous.invalid", "handle", ""),
    ],
)
def test_addresses(tmp_path: Path, address: str, field: str, value: str) -> None:
    call = {**CALL, "participants": [{**CALL["participants"][0], "ani": address}]}
    assert getattr(load(write(tmp_path, call_json=call)).replies[0], field) == value


def test_messages_stay_apart_and_name_their_channel(tmp_path: Path) -> None:
    phrases = [say("external", 1, "free?"), say("internal", 2, "From $50."), say("internal", 9, "Bye.")]
    chat = {**CALL, "mediaType": "message", "participants": [], "transcripts": [{"phrases": phrases}]}
    loaded = load(write(tmp_path, chat_json=chat))
    assert loaded.said == [("free?", "From $50."), ("", "Bye.")]
    assert {reply.channel for reply in loaded.replies} == {"chat"}


def test_two_agents_are_not_taken_for_each_other(tmp_path: Path) -> None:
    second = {"participantPurpose": "agent", "userId": "u-8", "startTimeMs": START + 22_000}
    call = {**CALL, "participants": [*CALL["participants"], second]}
    assert [reply.agent for reply in load(write(tmp_path, call_json=call)).replies] == ["genesys:u-7", ""]


BROKEN: dict[str, tuple[Any, str]] = {
    "cut off": (json.dumps(CALL)[:600], "the JSON is broken"),
    "no phrases": ({**CALL, "transcripts": []}, "no `transcripts` with `phrases`"),
    "phrases that are none": ({**CALL, "transcripts": [{"phrases": None}]}, "the phrase has no `text`"),
    "no text": ({**CALL, "transcripts": [{"phrases": [say("internal", 1, "")]}]}, "has no `text`"),
    "no time": (
        {**CALL, "transcripts": [{"phrases": [say("internal", 1, "a", startTimeMs="soon")]}]},
        "the time 'soon' is no count of milliseconds",
    ),
    "no calendar": (
        {**CALL, "transcripts": [{"phrases": [say("internal", 1, "a", startTimeMs=10**300)]}]},
        "is no count of milliseconds",
    ),
    "no side": (
        {**CALL, "transcripts": [{"phrases": [say("witness", 1, "a")]}]},
        "nothing says whether the speaker is an agent",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_files_are_problems(tmp_path: Path, name: str) -> None:
    content, message = BROKEN[name]
    loaded = load(write(tmp_path, call_json=content))
    assert message in loaded.problem
    assert not loaded.replies
