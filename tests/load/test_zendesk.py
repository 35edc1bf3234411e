"""Zendesk in all of its shapes: tickets, pages, audits, tables, chats, macros, articles; and broken."""

# ruff: noqa: E501 - exports read best with one line a record

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.load.loaded import load, write

USERS = [
    {"id": 11, "name": "Ana", "email": "ana@mail.example", "phone": "+15550199", "role": "end-user", "external_id": "C-7", "time_zone": "UTC"},
    {"id": 21, "name": "Kim", "email": "kim@acme.example", "role": "agent", "time_zone": "UTC"},
]  # fmt: skip
COMMENTS = [
    {"id": 501, "author_id": 11, "public": True, "html_body": "<p>How long may I keep it?</p>", "plain_body": "How long may I keep it?", "created_at": "2026-03-01T10:00:00Z"},
    {"id": 502, "author_id": 21, "public": False, "html_body": "<p>vip</p>", "plain_body": "vip", "created_at": "2026-03-01T10:30:00Z"},
    {"id": 503, "author_id": 21, "public": True, "html_body": "<p>You have 30 days.</p>", "plain_body": "You have 30 days.", "created_at": "2026-03-01T11:00:00Z"},
]  # fmt: skip
TICKET = {"id": 35, "requester_id": 11, "subject": "Returns", "status": "open", "via": {"channel": "email"}, "created_at": "2026-03-01T10:00:00Z"}  # fmt: skip
SAID = [("How long may I keep it?", "You have 30 days.")]


def lines(records: list[Any]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def make_audits(kind: str = "Comment") -> list[dict[str, Any]]:
    return [
        {
            "id": 900 + at,
            "ticket_id": 35,
            "author_id": comment["author_id"],
            "created_at": comment["created_at"],
            "via": {"channel": "email"},
            "events": [
                {"id": comment["id"], "type": kind, "author_id": comment["author_id"], "public": comment["public"], "html_body": comment["html_body"]},
                {"id": 700 + at, "type": "Change", "field_name": "status", "value": "open"},
            ],
        }
        for at, comment in enumerate(COMMENTS)
    ]  # fmt: skip


TICKET_TABLE = "id,requester_id,subject,via_channel,status\n35,11,Returns,email,open\n"
COMMENT_TABLE = (
    "id,ticket_id,user_id,public,body,created\n"
    "503,35,21,true,You have 30 days.,2026-03-01 11:00:00.000 UTC\n"
    "502,35,21,false,vip,2026-03-01 10:30:00.000 UTC\n"
    "501,35,11,true,How long may I keep it?,2026-03-01 10:00:00.000 UTC\n"
)
USER_TABLE = (
    "id,role,name,email,phone,external_id,organization_id\n"
    "11,end-user,Ana,ana@mail.example,+15550199,C-7,\n21,agent,Kim,kim@acme.example,,,\n"
)

SHAPES: dict[str, dict[str, Any]] = {
    "json lines": {"tickets_json": lines([{**TICKET, "comments": COMMENTS}]), "users_json": lines(USERS)},
    "users first": {"a_json": lines(USERS), "b_json": lines([{**TICKET, "comments": COMMENTS}])},
    "one page": {"page_json": {"tickets": [{**TICKET, "comments": COMMENTS}], "users": USERS, "count": 1}},
    "pages a line": {"p_jsonl": lines([{"tickets": [TICKET], "users": USERS}, {"audits": make_audits()}])},
    "audits": {
        "t_json": {"tickets": [TICKET]},
        "a_json": {"audits": make_audits()},
        "u_json": {"users": USERS},
    },
    "a list": {"all_json": [*USERS, {**TICKET, "comments": COMMENTS}]},
    "comments": {
        "t_json": lines([TICKET, *({**c, "ticket_id": 35} for c in COMMENTS)]),
        "u_json": lines(USERS),
    },
    "tables": {"ticket_csv": TICKET_TABLE, "ticket_comment_csv": COMMENT_TABLE, "user_csv": USER_TABLE},
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_ticket(tmp_path: Path, shape: str) -> None:
    loaded = load(write(tmp_path, **SHAPES[shape]))
    assert not loaded.problems
    assert loaded.said == SAID
    reply = loaded.reply
    assert (reply.id, reply.conversation_id, reply.channel) == ("zendesk:503", "zendesk:35", "email")
    assert (reply.agent, reply.customer_id, reply.email) == ("Kim", "C-7", "ana@mail.example")
    assert (reply.name, reply.phone, reply.handle) == ("Ana", "+15550199", "zendesk:11")
    assert reply.attributes == {"subject": "Returns"}
    assert reply.sent_at is not None
    assert reply.sent_at.isoformat() == "2026-03-01T11:00:00+00:00"
    assert loaded.left_out["internal notes"] == 1
    assert loaded.left_out["events"] == (3 if "audits" in str(SHAPES[shape]) else 0)


def test_without_users_the_requester_is_known_and_the_others_are_asked_for(tmp_path: Path) -> None:
    folder = write(tmp_path, tickets_json=lines([{**TICKET, "comments": COMMENTS}]))
    loaded = load(folder)
    assert not loaded.replies
    assert "nothing says whether 'zendesk:21' is an agent or a customer" in loaded.problem
    assert load(folder, agents=("zendesk:21",)).said == SAID


def test_tickets_without_comments_say_what_to_export(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, tickets_json=lines([TICKET]), users_json=lines(USERS)))
    assert loaded.problem == (
        "tickets.json:1: the tickets come without their comments; export the ticket audits or the comments too"
    )


def test_a_call_speaks_only_where_it_was_transcribed(tmp_path: Path) -> None:
    audits = make_audits("VoiceComment")
    folder = write(tmp_path, a_json={"audits": audits, "tickets": [TICKET], "users": USERS})
    assert not load(folder).replies
    audits[2]["events"][0]["data"] = {"from": "+1", "transcription_text": "You have 30 days."}
    audits[2]["events"][0]["html_body"] = None
    loaded = load(write(tmp_path, a_json={"audits": audits, "tickets": [TICKET], "users": USERS}))
    assert [(reply.channel, reply.text) for reply in loaded.replies] == [("phone", "You have 30 days.")]


def test_a_chat(tmp_path: Path) -> None:
    chat = {
        "id": "2403.1",
        "type": "chat",
        "timestamp": "2026-03-01T10:00:00Z",
        "visitor": {"id": "v1", "name": "Ana", "email": "ana@mail.example", "phone": ""},
        "agent_names": ["Kim"],
        "history": [
            {"type": "chat.memberjoin", "name": "Ana", "timestamp": "2026-03-01T10:00:00Z"},
            {
                "type": "chat.msg",
                "name": "Ana",
                "msg": "How long may I keep it?",
                "timestamp": "2026-03-01T10:00:01Z",
            },
            {
                "type": "chat.msg",
                "name": "Kim",
                "msg": "You have 30 days.",
                "timestamp": "2026-03-01T10:01:00Z",
            },
            {"type": "chat.msg", "name": "Someone", "msg": "Hello", "timestamp": "2026-03-01T10:02:00Z"},
        ],
    }
    loaded = load(write(tmp_path, chats_json={"chats": [chat], "count": 1}))
    assert loaded.said == SAID
    assert (loaded.reply.channel, loaded.reply.agent, loaded.reply.email) == (
        "chat",
        "Kim",
        "ana@mail.example",
    )
    assert "'Someone' is an agent or a customer" in loaded.problem
    assert loaded.left_out["events"] == 1


def test_macros_and_articles_are_answers_to_every_customer(tmp_path: Path) -> None:
    macros = [
        {"id": 1, "title": "Returns", "active": True, "updated_at": "2026-01-01T00:00:00Z", "restriction": None,
         "actions": [{"field": "status", "value": "solved"}, {"field": "comment_value", "value": ["channel:all", "Hi {{ticket.requester.first_name}}, you have 30 days."]}]},
        {"id": 2, "title": "Old", "active": False, "actions": [{"field": "comment_value", "value": "x"}]},
        {"id": 3, "title": "Tag", "active": True, "actions": [{"field": "status", "value": "open"}]},
    ]  # fmt: skip
    articles = [
        {"id": 8, "title": "Returns", "section_id": 3, "locale": "en-us", "body": "<h1>Returns</h1><p>You have 30&nbsp;days.</p>", "updated_at": "2026-02-01T00:00:00Z", "draft": False},
        {"id": 9, "title": "Soon", "section_id": 3, "locale": "en-us", "body": "x", "draft": True},
    ]  # fmt: skip
    loaded = load(write(tmp_path, macros_json={"macros": macros}, articles_json={"articles": articles}))
    article, macro = loaded.replies
    assert (macro.channel, macro.text) == ("macro", "Hi {{ticket.requester.first_name}}, you have 30 days.")
    assert (article.channel, article.question) == ("help-centre", "Returns")
    assert "You have 30" in article.text
    assert not (article.email or article.customer_id or article.conversation_id)
    assert dict(loaded.left_out) == {"inactive macros": 1, "macros without an answer": 1, "drafts": 1}
    assert not loaded.problems


def test_damage_stays_where_it_is(tmp_path: Path) -> None:
    good = json.dumps({**TICKET, "comments": COMMENTS})
    broken = [
        json.dumps({**TICKET, "id": 36, "comments": ["x", {**COMMENTS[2], "id": 9, "created_at": "once"}]}),
        good[:200],
        json.dumps({"audits": [{"ticket_id": 35, "events": 7, "author_id": 1}]}),
        "[" * 5000,
        "17",
    ]
    loaded = load(write(tmp_path, t_json="\n".join([*broken, good]) + "\n", users_json=lines(USERS)))
    assert loaded.said == SAID
    places = [problem.split(" ")[0].rstrip(":") for problem in loaded.problems]
    assert places == ["t.json:1", "t.json:1", "t.json:2", "t.json#1", "t.json:4"]


@pytest.mark.parametrize("size", [50, 400, 900])
def test_a_truncated_page_gives_what_came_before(tmp_path: Path, size: int) -> None:
    text = json.dumps({"users": USERS, "tickets": [{**TICKET, "comments": COMMENTS}] * 2})
    loaded = load(write(tmp_path, page_json=text[:size]))
    assert "the JSON is broken" in loaded.problems[-1]
