"""The shipped mappings, each with a small export after the documented shape: plain, its quirks, broken."""

# ruff: noqa: E501 - exports read best with one line a record

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from consistency_check.load.mapping_syntax import read_mapping, read_yaml
from consistency_check.load.mappings import read_shipped_mappings
from consistency_check.load.sources import InputError
from tests.load.loaded import load, write

HUBSPOT = {
    "results": [
        {
            "id": "m1",
            "conversationsThreadId": "900",
            "createdAt": "2026-03-01T10:00:00.5Z",
            "direction": "INCOMING",
            "type": "MESSAGE",
            "channelId": "1002",
            "senders": [
                {
                    "actorId": "V-1",
                    "name": "Ana",
                    "deliveryIdentifier": {"type": "HS_EMAIL_ADDRESS", "value": "ana@mail.example"},
                }
            ],
            "text": "How long may I keep it?",
            "richText": "<p>How long may I keep it?</p>",
            "truncationStatus": "NOT_TRUNCATED",
        },
        {
            "id": "m2",
            "conversationsThreadId": "900",
            "createdAt": "2026-03-01T11:00:00Z",
            "direction": "OUTGOING",
            "type": "MESSAGE",
            "channelId": "1002",
            "senders": [{"actorId": "A-7", "name": "Kim"}],
            "text": "You have 30 days.",
            "richText": None,
        },
        {
            "id": "m3",
            "conversationsThreadId": "900",
            "type": "COMMENT",
            "direction": "OUTGOING",
            "text": "vip",
        },
        {"id": "m4", "conversationsThreadId": "900", "type": "ASSIGNMENT"},
        {"id": "m5", "conversationsThreadId": "900", "type": "WELCOME_MESSAGE", "text": "Hi! I am a bot."},
    ],
    "paging": {"next": {"after": "x"}},
}
GORGIAS = {
    "id": 77,
    "channel": "email",
    "customer": {"id": 5, "email": "ana@mail.example", "name": "Ana", "external_id": "C-5"},
    "messages": [
        {
            "id": 1,
            "ticket_id": 77,
            "from_agent": False,
            "public": True,
            "channel": "email",
            "sender": {"email": "ana@mail.example", "name": "Ana"},
            "body_text": "How long may I keep it?",
            "stripped_text": "How long may I keep it?",
            "created_datetime": "2026-03-01T10:00:00+00:00",
        },
        {
            "id": 2,
            "ticket_id": 77,
            "from_agent": True,
            "public": True,
            "channel": "email",
            "sender": {"email": "kim@acme.example", "name": "Kim"},
            "source": {"to": [{"address": "ana@mail.example", "name": "Ana"}]},
            "body_html": "<div>You have 30 days.</div>",
            "sent_datetime": "2026-03-01T11:00:00+00:00",
        },
        {"id": 3, "ticket_id": 77, "from_agent": True, "public": False, "body_text": "vip"},
    ],
}
FRONT = {
    "_results": [
        {
            "id": "msg_2",
            "type": "email",
            "is_inbound": False,
            "created_at": 1772362800.25,
            "body": "<p>You have 30 days.</p>",
            "author": {"email": "kim@acme.example", "first_name": "Kim"},
            "recipients": [
                {"handle": "help@acme.example", "role": "from"},
                {"handle": "ana@mail.example", "name": "Ana", "role": "to"},
            ],
            "_links": {"related": {"conversation": "https://api.example/conversations/cnv_9"}},
        },
        {
            "id": "msg_1",
            "type": "email",
            "is_inbound": True,
            "created_at": 1772359200.0,
            "body": "<p>How long may I keep it?</p>",
            "text": "How long may I keep it?",
            "author": None,
            "recipients": [{"handle": "ana@mail.example", "role": "from"}],
            "_links": {"related": {"conversation": "https://api.example/conversations/cnv_9"}},
        },
    ]
}
HELP_SCOUT = {
    "_embedded": {
        "conversations": [
            {
                "id": 10,
                "number": 3,
                "type": "email",
                "subject": "Returns",
                "primaryCustomer": {"id": 4, "email": "ana@mail.example", "first": "Ana"},
                "_embedded": {
                    "threads": [
                        {
                            "id": 102,
                            "type": "message",
                            "createdBy": {
                                "id": 7,
                                "type": "user",
                                "first": "Kim",
                                "email": "kim@acme.example",
                            },
                            "customer": {"email": "ana@mail.example", "first": "Ana"},
                            "body": "You have 30 days.<br>",
                            "createdAt": "2026-03-01T11:00:00Z",
                        },
                        {
                            "id": 101,
                            "type": "customer",
                            "createdBy": {"id": 4, "type": "customer", "email": "ana@mail.example"},
                            "body": "How long may I keep it?",
                            "createdAt": "2026-03-01T10:00:00Z",
                        },
                        {"id": 103, "type": "note", "createdBy": {"type": "user"}, "body": "vip"},
                        {"id": 104, "type": "lineitem", "createdBy": {"type": "user"}},
                    ]
                },
            },
            {"id": 11, "type": "email", "primaryCustomer": {"email": "bo@mail.example"}},
        ]
    }
}
LIVECHAT = {
    "chats": [
        {
            "id": "Q1",
            "users": [
                {"id": "u-1", "type": "customer", "name": "Ana", "email": "ana@mail.example"},
                {"id": "kim@acme.example", "type": "agent", "name": "Kim", "email": "kim@acme.example"},
            ],
            "threads": [
                {
                    "id": "T1",
                    "events": [
                        {
                            "id": "e1",
                            "type": "message",
                            "text": "How long may I keep it?",
                            "author_id": "u-1",
                            "created_at": "2026-03-01T10:00:00.123456Z",
                            "visibility": "all",
                        },
                        {
                            "id": "e2",
                            "type": "message",
                            "text": "vip",
                            "author_id": "kim@acme.example",
                            "created_at": "2026-03-01T10:30:00Z",
                            "visibility": "agents",
                        },
                        {
                            "id": "e3",
                            "type": "system_message",
                            "text": "Kim joined",
                            "created_at": "2026-03-01T10:31:00Z",
                        },
                        {
                            "id": "e4",
                            "type": "message",
                            "text": "You have 30 days.",
                            "author_id": "kim@acme.example",
                            "created_at": "2026-03-01T11:00:00Z",
                            "visibility": "all",
                        },
                    ],
                }
            ],
        }
    ]
}
TWILIO = {
    "messages": [
        {
            "sid": "SM2",
            "from": "+15550100",
            "to": "+15550199",
            "body": "You have 30 days.",
            "direction": "outbound-api",
            "status": "delivered",
            "date_sent": "Sun, 01 Mar 2026 11:00:00 +0000",
        },
        {
            "sid": "SM1",
            "from": "+15550199",
            "to": "+15550100",
            "body": "How long may I keep it?",
            "direction": "inbound",
            "status": "received",
            "date_sent": "Sun, 01 Mar 2026 10:00:00 +0000",
        },
        {
            "sid": "SM3",
            "from": "+15550100",
            "to": "+15550199",
            "body": "x",
            "direction": "outbound-api",
            "status": "failed",
        },
    ]
}
MESSENGER = {
    "participants": [{"name": "Ana"}, {"name": "Acme"}],
    "messages": [
        {
            "sender_name": "Acme",
            "timestamp_ms": 1772362800000,
            "content": "You have 30 days. \u00e2\u0080\u0093 Acme",
        },
        {"sender_name": "Ana", "timestamp_ms": 1772359200000, "content": "How long may I keep it?"},
        {"sender_name": "Ana", "timestamp_ms": 1772359100000, "photos": [{"uri": "a.jpg"}]},
    ],
    "title": "Ana",
    "thread_path": "inbox/ana_1",
}
EXPORTS: dict[str, tuple[Any, dict[str, str], dict[str, int]]] = {
    "hubspot": (HUBSPOT, {"id": "hubspot:m2", "channel": "email", "agent": "Kim"}, {"internal notes": 1, "events": 1, "bot messages": 1}),
    "gorgias": (GORGIAS, {"id": "gorgias:2", "channel": "email", "agent": "Kim", "customer_id": "C-5"}, {"internal notes": 1}),
    "front": (FRONT, {"id": "front:msg_2", "channel": "email", "agent": "kim@acme.example"}, {}),
    "helpscout": (HELP_SCOUT, {"id": "helpscout:102", "channel": "email", "agent": "Kim"}, {"internal notes": 1, "events": 1}),
    "livechat": (LIVECHAT, {"id": "livechat:e4", "channel": "chat", "agent": "Kim"}, {"internal notes": 1, "events": 1}),
    "twilio": (TWILIO, {"id": "twilio:SM2", "channel": "sms", "phone": "+15550199"}, {"events": 1}),
}  # fmt: skip


@pytest.mark.parametrize("key", EXPORTS)
@pytest.mark.parametrize("shape", ["document", "one line", "lines"])
def test_an_export(tmp_path: Path, key: str, shape: str) -> None:
    export, expected, left_out = EXPORTS[key]
    mapping = next(each for each in read_shipped_mappings() if each.key == key)
    records = [export]
    if shape == "lines":
        for step in mapping.records:
            records = [inner for record in records for inner in (record[step] if isinstance(record.get(step), list) else [record[step]])] if step in records[0] else records  # fmt: skip
    text = "".join(json.dumps(record, indent=1 if shape == "document" else None) + "\n" for record in records)
    loaded = load(write(tmp_path, export_txt=text))
    assert not loaded.problems
    assert loaded.said == [("How long may I keep it?", "You have 30 days.")]
    found = loaded.reply
    assert {name: getattr(found, name) for name in expected} == expected
    assert found.sent_at is not None
    assert found.sent_at.isoformat()[:16] == "2026-03-01T11:00"
    assert found.email == "ana@mail.example" or key == "twilio"
    assert found.conversation_id.startswith(f"{key}:")
    assert dict(loaded.left_out) == left_out


def test_messenger_asks_who_the_agent_is_and_mends_its_letters(tmp_path: Path) -> None:
    folder = write(tmp_path, message_1_json=MESSENGER)
    asked = load(folder)
    assert not asked.replies
    assert "nothing says whether 'Ana' is an agent" in asked.problems[0]
    assert asked.left_out["speaker unknown"] == 2
    loaded = load(folder, agents=("Acme",))
    assert loaded.said == [("How long may I keep it?", "You have 30 days. – Acme")]
    assert (loaded.reply.channel, loaded.reply.name) == ("social", "Ana")
    assert loaded.reply.conversation_id == "messenger:inbox/ana_1"
    twice = load(write(folder, message_2_json={**MESSENGER, "thread_path": "inbox/ana_2"}))
    assert len(twice.problems) == 4, "a speaker is asked for once a file"


SLACK_DAY = [
    {"type": "message", "subtype": "channel_join", "user": "U1", "text": "joined", "ts": "1772359100.000100"},
    {"type": "message", "user": "U1", "text": "How long may I keep it?", "ts": "1772359200.000100"},
    {"type": "message", "user": "U2", "text": "", "attachments": [{"text": "You have 30 days."}], "ts": "1772362800.000200"},
    {"type": "message", "subtype": "bot_message", "bot_id": "B1", "text": "Reminder", "ts": "1772362900.000200"},
]  # fmt: skip
SLACK_PEOPLE = [
    {"id": "U1", "team_id": "T", "name": "ana", "real_name": "Ana", "is_bot": False, "profile": {"email": "ana@mail.example"}},
    {"id": "U2", "team_id": "T", "name": "kim", "real_name": "Kim", "is_bot": False, "profile": {"email": "kim@acme.example"}},
]  # fmt: skip


def test_slack_joins_its_people_and_asks_who_the_agents_are(tmp_path: Path) -> None:
    folder = write(tmp_path, users_json=SLACK_PEOPLE)
    write(tmp_path / "help-acme", **{"2026-03-01_json": SLACK_DAY})
    asked = load(folder)
    assert not asked.replies
    assert "'Ana' is an agent or a customer" in asked.problems[0]
    loaded = load(folder, agents=("@acme.example",))
    assert loaded.said == [("How long may I keep it?", "You have 30 days.")]
    assert loaded.reply.agent == "Kim"
    assert (loaded.reply.email, loaded.reply.channel) == ("ana@mail.example", "slack")
    assert dict(loaded.left_out) == {"events": 1, "bot messages": 1}
    everything = load(folder, agents=("@acme.example",), bots=True)
    assert [text for _, text in everything.said] == ["You have 30 days.", "Reminder"]


def test_what_is_wrong_with_one_message_leaves_the_others(tmp_path: Path) -> None:
    broken = json.loads(json.dumps(HUBSPOT))
    broken["results"][1]["createdAt"] = "yesterday"
    broken["results"] += [
        17,
        None,
        {"id": "m9", "conversationsThreadId": {"a": 1}, "direction": "SIDEWAYS", "text": "?"},
    ]
    loaded = load(write(tmp_path, export_json=broken))
    assert [problem.partition(": ")[0] for problem in loaded.problems] == [
        f"export.json#{n}" for n in (2, 6, 7, 8)
    ]
    assert "'yesterday' cannot be read" in loaded.problems[0]
    assert loaded.left_out["internal notes"] == 1


@pytest.mark.parametrize(
    ("mapping", "place", "words"),
    [
        ("body: {text: a}", "1:1", "no `author_role`; write `author_role:"),
        ("author_role: {is: agent}", "1:1", "no `body`; write `body: {text: NAME}`"),
        ("bodi: {text: a}", "1:1", "no key 'bodi'; did you mean 'body'"),
        ("body: {text: a}\nbody: {text: b}", "2:1", "the key 'body' twice; remove one"),
        ("body: {text: a}\nauthor_role: {is: boss}", "2:14", "'boss' is no role; write one of agent"),
        ("body: {text: 'a[x]'}\nauthor_role: {is: agent}", "1:14", "[x] picks nothing; write []"),
        ("body: {text: a..b}\nauthor_role: {is: agent}", "1:14", "is no path; write it as customer.email"),
        ("body: {text: a}\nauthor_role: {is: agent}\ntime: {path: t, unit: hours}", "3:23", "'hours'; write one of"),
        ("body: {text: a}\nauthor_role: {is: agent}\ntime: {path: t, zone: Mars}", "3:23", "no time zone 'Mars'; write"),
        ("body: {text: a}\nauthor_role: {path: r, map: {agent: x, customer: x}}", "2:50", "'x' of `author_role` has two"),
        ("body: &a {text: a}", "1:7", "anchors, aliases and tags are not read; write it out"),
        ("body: !!python/object:os.system {}", "1:7", "anchors, aliases and tags are not read; write it out"),
        ("body: {text: a", "1:15", "the YAML is broken"),
        ("- a", "1:1", "is no mapping; write `key: value` lines"),
        ("body: {text: a}\nauthor_role: {path: r, among: x}", "2:14", "`among` without `key` and `value`; write both"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_mapping_is_told_with_its_place(mapping: str, place: str, words: str) -> None:
    with pytest.raises(InputError) as error:
        node = read_yaml(mapping, "m.yaml")
        assert node is not None
        read_mapping(node, "m.yaml", "mine")
    assert str(error.value).startswith(f"m.yaml:{place}: ")
    assert words in str(error.value)
