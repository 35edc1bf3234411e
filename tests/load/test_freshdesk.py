"""Freshdesk: tickets of both versions, conversations apart from them, notes, and broken files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from consistency_check.load.format import Fit
from consistency_check.load.formats.freshdesk import FORMAT
from tests.load.loaded import load, write


def note(id_: int, body: str, minute: int, **more: Any) -> dict[str, Any]:
    """A conversation as the API's second version gives it."""
    common = {"incoming": False, "private": False, "user_id": 900, "source": 0, "ticket_id": 55}
    html = f"<div>{body}</div>"
    time = f"2026-03-03T09:{minute:02}:00Z"
    return {**common, "id": id_, "body": html, "body_text": body, "created_at": time, **more}


TICKET: dict[str, Any] = {
    "id": 55,
    "subject": "Return",
    "source": 1,
    "description": "<div>How long can I <b>return</b> a sofa?</div>",
    "description_text": "How long can I return a sofa?",
    "requester_id": 43000123,
    "responder_id": 900,
    "created_at": "2026-03-03T09:12:40Z",
    "custom_fields": {"cf_tier": "gold", "cf_none": None},
    "requester": {"id": 43000123, "name": "Sam Ode", "email": "sam@mail.example", "mobile": "0044 20 7946"},
    "conversations": [
        note(1, "gold customer", 13, private=True),
        note(2, "You have 30 days & it costs $25.50.", 14),
        note(3, "And chairs?", 15, incoming=True, user_id=43000123),
        note(4, "please answer this one", 16, source=8),
        note(5, "60 days.", 17),
    ],
}

OLD = {
    "helpdesk_ticket": {
        "display_id": 56,
        "source": 7,
        "source_name": "Chat",
        "description": "Is delivery free?",
        "description_html": "<p>Is delivery free?</p>",
        "requester_id": 43000124,
        "requester_name": "Ann",
        "created_at": "2014-01-20T10:10:04+10:00",
        "custom_field": {"tier_1": "silver"},
        "notes": [
            {"note": {"id": 8, "incoming": False, "private": False, "source": 0, "user_id": 900,
                      "deleted": False, "body": "From $50 > $40.", "body_html": "<p>From $50 &gt; $40.</p>",
                      "created_at": "2014-01-20T10:11:04+10:00"}},
            {"note": {"id": 9, "incoming": False, "private": True, "body": "hm", "user_id": 900,
                      "created_at": "2014-01-20T10:12:04+10:00"}},
        ],
    }
}  # fmt: skip


def test_a_ticket_of_the_second_version(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, tickets_json=[TICKET]))
    assert loaded.said == [
        ("How long can I return a sofa?", "You have 30 days & it costs $25.50."),
        ("And chairs?", "60 days."),
    ]
    first = loaded.replies[0]
    assert (first.id, first.conversation_id, first.channel) == ("freshdesk:55.2", "freshdesk:55", "email")
    assert (first.name, first.email, first.phone) == ("Sam Ode", "sam@mail.example", "0044 20 7946")
    assert (first.handle, first.agent) == ("freshdesk:43000123", "freshdesk:900")
    assert (str(first.sent_at), first.attributes) == ("2026-03-03 09:14:00+00:00", {"cf_tier": "gold"})
    assert str(first.source).endswith("tickets.json#1.2") or str(first.source).endswith("tickets.json#2")
    assert loaded.left_out == {"internal notes": 2}
    assert not loaded.problems


def test_a_ticket_of_the_first_version(tmp_path: Path) -> None:
    reply = load(write(tmp_path, tickets_json=[OLD])).reply
    assert (reply.question, reply.text) == ("Is delivery free?", "From $50 > $40.")
    assert (reply.channel, reply.name, reply.attributes) == ("chat", "Ann", {"tier_1": "silver"})
    assert str(reply.sent_at) == "2014-01-20 10:11:04+10:00"


def test_conversations_in_a_file_of_their_own(tmp_path: Path) -> None:
    ticket = {key: value for key, value in TICKET.items() if key != "conversations"}
    folder = write(tmp_path, tickets_json=[ticket], notes_json=TICKET["conversations"])
    loaded = load(folder)
    assert loaded.said[0] == ("How long can I return a sofa?", "You have 30 days & it costs $25.50.")
    assert loaded.replies[1].email == "sam@mail.example"


@pytest.mark.parametrize(
    ("source", "said", "left_out"),
    [
        (3, "Is it free?", {"internal notes": 1}),
        (10, "Is it free?", {}),
        (2, "Is it free?", {}),
    ],
)
def test_who_wrote_the_description(tmp_path: Path, source: int, said: str, left_out: dict[str, int]) -> None:
    ticket = {**TICKET, "source": source, "description_text": said, "description": "", "conversations": []}
    loaded = load(write(tmp_path, tickets_json=[ticket]))
    assert [reply.text for reply in loaded.replies] == ([said] if source == 10 else [])
    assert loaded.left_out == left_out


def test_quoted_mail_is_left_off(tmp_path: Path) -> None:
    body = "<p>30 days.</p><br>On Tue, 3 Mar 2026 at 09:12, Sam &lt;sam@mail.example&gt; wrote:<br>&gt; Why?"
    ticket = {**TICKET, "conversations": [{**note(1, "30 days. On Tue", 14), "body": body}]}
    assert load(write(tmp_path, tickets_json=[ticket])).reply.text == "30 days."


def test_deleted_tickets_are_left_out(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, tickets_json=[{**TICKET, "spam": True}, {**TICKET, "deleted": True}]))
    assert (loaded.left_out, loaded.replies, loaded.problems) == ({"deleted": 2}, [], [])


BROKEN: dict[str, tuple[Any, str]] = {
    "cut off": (json.dumps([TICKET])[:-60], "the JSON is broken"),
    "neither": ([{"id": 1, "requester_id": 1, "body_text": "", "private": 1}], "neither a ticket nor"),
    "no time": (
        [{**TICKET, "conversations": [note(1, "30 days", 1, created_at="noon")]}],
        "the time 'noon' is not ISO 8601",
    ),
    "no side": (
        [{**TICKET, "conversations": [{"id": 1, "body_text": "30 days", "private": False}]}],
        "does not tell whether it is `incoming`",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_files_are_problems(tmp_path: Path, name: str) -> None:
    content, message = BROKEN[name]
    loaded = load(write(tmp_path, tickets_json=content))
    assert message in loaded.problem
    assert not loaded.replies


def test_wrong_types_everywhere_are_no_crash(tmp_path: Path) -> None:
    for whole in (TICKET, OLD["helpdesk_ticket"]):
        for key in whole:
            for wrong in (None, 7, "x", [], [7, None], [{"note": 7}], {}):
                load(write(tmp_path, tickets_json=[{**whole, key: wrong}]))


def test_recognised_by_content() -> None:
    assert FORMAT.recognise(json.dumps([TICKET]).encode(), "x") is Fit.EXACT
    assert FORMAT.recognise(json.dumps([OLD]).encode(), "x") is Fit.EXACT
    zendesk = b'{"id": 1, "requester_id": 2, "description": "a", "comments": [{"public": true}]}'
    assert FORMAT.recognise(zendesk, "x") is Fit.NONE
