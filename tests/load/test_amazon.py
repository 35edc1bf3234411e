"""Amazon Connect Contact Lens and Transcribe Call Analytics: calls, chats, and broken files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from consistency_check.load.format import Fit
from consistency_check.load.formats.amazon import FORMAT
from tests.load.loaded import load, write

CALL: dict[str, Any] = {
    "Version": "1.1.0",
    "AccountId": "000011112222",
    "Channel": "VOICE",
    "JobStatus": "COMPLETED",
    "LanguageCode": "en-GB",
    "CustomerMetadata": {"ContactId": "7a1c-call"},
    "Participants": [
        {"ParticipantId": "p-1", "ParticipantRole": "CUSTOMER"},
        {"ParticipantId": "p-2", "ParticipantRole": "AGENT"},
    ],
    "ConversationCharacteristics": {"TotalConversationDurationMillis": 9000},
    "Transcript": [
        {"Id": "t1", "ParticipantId": "AGENT", "Content": "Hello [PII].", "BeginOffsetMillis": 0},
        {"Id": "t2", "ParticipantId": "p-1", "Content": "How long", "BeginOffsetMillis": 2500},
        {"Id": "t3", "ParticipantId": "p-1", "Content": "do I have?", "BeginOffsetMillis": 3100},
        {"Id": "t4", "ParticipantId": "p-2", "Content": "Thirty", "BeginOffsetMillis": 4000},
        {"Id": "t5", "ParticipantId": "p-2", "Content": "days.", "BeginOffsetMillis": 4700},
    ],
}

CHAT: dict[str, Any] = {
    **CALL,
    "Channel": "CHAT",
    "CustomerMetadata": {"ContactId": "7a1c-chat"},
    "Participants": [*CALL["Participants"], {"ParticipantId": "p-3", "ParticipantRole": "CUSTOM_BOT"}],
    "Transcript": [
        {
            "Id": "e1",
            "Type": "EVENT",
            "ContentType": "application/vnd.amazonaws.connect.event.participant.joined",
            "ParticipantId": "p-3",
            "AbsoluteTime": "2026-03-03T09:00:00.000Z",
        },
        {"Id": "m1", "Type": "MESSAGE", "ParticipantId": "p-3", "Content": "We open at 8.",
         "AbsoluteTime": "2026-03-03T09:00:01.000Z", "DisplayName": "BOT"},
        {"Id": "m2", "Type": "MESSAGE", "ParticipantId": "p-1", "Content": "Is delivery free?",
         "AbsoluteTime": "2026-03-03T09:00:02.000Z", "DisplayName": "Sam"},
        {"Id": "m3", "Type": "MESSAGE", "ParticipantId": "p-2", "Content": "From $50.",
         "AbsoluteTime": "2026-03-03T09:01:02.500Z", "DisplayName": "Noor"},
        {"Id": "m4", "Type": "MESSAGE", "ParticipantId": "p-2", "Content": "Anything else?",
         "AbsoluteTime": "2026-03-03T09:01:09.000Z", "DisplayName": "Noor"},
        {"Id": "a1", "Type": "ATTACHMENT", "ParticipantId": "p-2",
         "AbsoluteTime": "2026-03-03T09:01:10.000Z"},
    ],
}  # fmt: skip

TRANSCRIBE: dict[str, Any] = {
    "JobStatus": "COMPLETED",
    "LanguageCode": "en-US",
    "AccountId": "000011112222",
    "Channel": "VOICE",
    "JobName": "job-17",
    "Participants": [{"ParticipantRole": "AGENT"}, {"ParticipantRole": "CUSTOMER"}],
    "ConversationCharacteristics": {},
    "Transcript": [
        {"ParticipantRole": "CUSTOMER", "Content": "Is it free?", "BeginOffsetMillis": 10, "Id": "x1"},
        {"ParticipantRole": "AGENT", "Content": "It costs $25.50.", "BeginOffsetMillis": 900, "Id": "x2"},
    ],
}


def test_a_call_with_ids_and_roles_mixed(tmp_path: Path) -> None:
    folder = write(tmp_path, **{"7a1c_analysis_2026-03-03T09_12_40Z_json": CALL})
    loaded = load(folder)
    assert loaded.said == [("", "Hello [PII]."), ("How long do I have?", "Thirty days.")]
    first, second = loaded.replies
    assert (second.id, second.conversation_id, second.channel) == ("amazon:t4", "amazon:7a1c-call", "phone")
    assert str(second.sent_at) == "2026-03-03 09:12:44+00:00"
    assert str(first.source).endswith("Z.json#1")
    assert not loaded.problems


def test_a_chat_without_its_events_and_its_bot(tmp_path: Path) -> None:
    folder = write(tmp_path, chat_json=CHAT)
    loaded = load(folder)
    assert loaded.said == [("Is delivery free?", "From $50."), ("", "Anything else?")]
    assert loaded.left_out == {"events": 2, "bot messages": 1}
    reply = loaded.replies[0]
    assert (reply.agent, reply.name, reply.handle, reply.channel) == ("Noor", "Sam", "", "chat")
    assert str(reply.sent_at) == "2026-03-03 09:01:02.500000+00:00"
    assert load(folder, bots=True).replies[0].text == "We open at 8."


def test_a_customer_called_customer_has_no_name(tmp_path: Path) -> None:
    turns = [{**turn, "DisplayName": "Customer"} for turn in CHAT["Transcript"][2:3]] + CHAT["Transcript"][
        3:4
    ]
    assert load(write(tmp_path, chat_json={**CHAT, "Transcript": turns})).reply.name == ""


def test_transcribe_with_roles_and_no_ids(tmp_path: Path) -> None:
    reply = load(write(tmp_path, call_json=TRANSCRIBE)).reply
    assert (reply.question, reply.text) == ("Is it free?", "It costs $25.50.")
    assert (reply.conversation_id, reply.sent_at) == ("amazon:job-17", None)


def test_the_table_beside_it_tells_the_customer_and_the_time(tmp_path: Path) -> None:
    table = "contact_id,customer_id,started_at,agent\n7A1C-CALL,C-9,2026-03-04T10:00:00+01:00,Noor\n"
    reply = load(write(tmp_path, call_json=CALL, calls_csv=table)).replies[1]
    assert (reply.customer_id, str(reply.sent_at)) == ("C-9", "2026-03-04 10:00:04+01:00")


def test_many_contacts_in_one_file(tmp_path: Path) -> None:
    lines = "".join(json.dumps(each) + "\n" for each in (CALL, TRANSCRIBE))
    loaded = load(write(tmp_path, all_jsonl=lines))
    assert [reply.conversation_id for reply in loaded.replies] == ["amazon:7a1c-call"] * 2 + ["amazon:job-17"]
    assert str(loaded.replies[-1].source).endswith("all.jsonl#2.2")


def test_a_contact_may_be_known_by_its_file_alone(tmp_path: Path) -> None:
    call = {**CALL, "CustomerMetadata": None}
    write(tmp_path / "a", **{"7a1c-x_analysis_redacted_2026-03-03T09_12_40Z_json": call})
    write(tmp_path / "b", call_json={**call, "Transcript": TRANSCRIBE["Transcript"]})
    assert {reply.conversation_id for reply in load(tmp_path).replies} == {
        "amazon:7a1c-x",
        f"amazon:{tmp_path / 'b' / 'call.json'}",
    }


def test_a_participant_without_a_role_is_asked_for(tmp_path: Path) -> None:
    turns = [*CALL["Transcript"], {"ParticipantId": "p-9", "Content": "60 days", "BeginOffsetMillis": 9000}]
    loaded = load(write(tmp_path, call_json={**CALL, "Transcript": turns}))
    assert "call.json#6: nothing says whether 'amazon:p-9' is an agent" in loaded.problem
    assert loaded.left_out == {"speaker unknown": 1}


BROKEN: dict[str, tuple[Any, str]] = {
    "cut off": (json.dumps(CALL)[:-40], "the JSON is broken"),
    "no turns": ({**CALL, "Transcript": []}, "the contact has no `Transcript`"),
    "turns that are none": ({**CALL, "Transcript": {"a": 1}}, "the turn has no words"),
    "no words": ({**CALL, "Transcript": [{"ParticipantId": "p-2", "Content": 7.5e3 > 1}]}, "no words"),
    "no time": (
        {**CHAT, "Transcript": [{**CHAT["Transcript"][3], "AbsoluteTime": "noon"}]},
        "the time 'noon' is not ISO 8601",
    ),
    "a far offset": (
        {**CALL, "Transcript": [{**CALL["Transcript"][0], "BeginOffsetMillis": 1e300}]},
        "`BeginOffsetMillis` is 1e+300, longer than a year",
    ),
    "too deep": (json.dumps(CALL)[:-1] + ', "x": ' + "[" * 10_000 + "]" * 10_000 + "}", "nested too deeply"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_files_are_problems(tmp_path: Path, name: str) -> None:
    content, message = BROKEN[name]
    loaded = load(write(tmp_path, **{"call_2026-03-03T09_12_40Z_json": content}))
    assert message in loaded.problem
    assert not loaded.replies


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (json.dumps(CALL).encode(), Fit.EXACT),
        (json.dumps(TRANSCRIBE).encode()[:200], Fit.EXACT),
        (b'{"Participants": ["Ann"], "Transcript": "we met"}', Fit.NONE),
        (b'x "Transcript" "Participants" "ParticipantRole"', Fit.NONE),
    ],
)
def test_recognised_by_content(head: bytes, expected: Fit) -> None:
    assert FORMAT.recognise(head, "call.json") is expected
