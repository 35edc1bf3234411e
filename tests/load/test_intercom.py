"""Intercom: the first message and the parts, notes, bots, lists without parts, and broken files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from consistency_check.load.format import Fit
from consistency_check.load.formats.intercom import FORMAT
from tests.load.loaded import load, write

START = 1_772_529_160  # 2026-03-03T09:12:40Z
SAM = {"type": "user", "id": "u-1", "name": "Sam Ode", "email": "sam@mail.example"}
NOOR = {"type": "admin", "id": "a-1", "name": "Noor", "email": "noor@acme.example"}
FIN = {"type": "bot", "id": "b-1", "name": "Fin"}


def part(id_: str, author: dict[str, Any], body: str | None, minute: int, **more: Any) -> dict[str, Any]:
    common = {"type": "conversation_part", "part_type": "comment", "created_at": START + 60 * minute}
    return {**common, "id": id_, "author": author, "body": body, **more}


def conversation(*parts: dict[str, Any], **more: Any) -> dict[str, Any]:
    source = {
        "type": "conversation",
        "id": "m-1",
        "delivered_as": "customer_initiated",
        "body": "<p>How long can I return a sofa &amp; chairs?</p>",
        "author": SAM,
    }
    return {
        "type": "conversation",
        "id": "4711",
        "created_at": START,
        "waiting_since": None,
        "admin_assignee_id": 17,
        "source": source,
        "contacts": {"contacts": [{"type": "contact", "id": "u-1", "external_id": "C-17"}]},
        "custom_attributes": {"Tier": "gold", "seen": True, "nothing": None},
        "conversation_parts": {"conversation_parts": list(parts), "total_count": len(parts)},
        **more,
    }


WHOLE = conversation(
    part("p1", FIN, "<p>Let me get someone.</p>", 1),
    part("p2", NOOR, "<p>gold, so 60</p>", 2, part_type="note"),
    part("p3", NOOR, None, 3, part_type="assignment"),
    part("p4", NOOR, "<p>You have 30 days.</p><p>It costs $25.50.</p>", 4, part_type="close"),
    part("p5", SAM, "<p>Thanks</p>", 5),
    part("p6", {**NOOR, "from_ai_agent": True}, "<p>Anything else?</p>", 6),
    part("p7", NOOR, "<p><i>This message was deleted</i></p>", 7, redacted=True),
)


def test_a_conversation(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, chat_json=WHOLE))
    reply = loaded.reply
    assert reply.question == "How long can I return a sofa & chairs?"
    assert [line for line in reply.text.splitlines() if line] == ["You have 30 days.", "It costs $25.50."]
    assert (reply.id, reply.conversation_id) == ("intercom:4711.p4", "intercom:4711")
    assert (reply.channel, reply.agent, str(reply.sent_at)) == ("chat", "Noor", "2026-03-03 09:16:40+00:00")
    assert (reply.customer_id, reply.email, reply.name) == ("C-17", "sam@mail.example", "Sam Ode")
    assert reply.attributes == {"tier": "gold", "seen": "true"}
    assert str(reply.source).endswith("chat.json#4")
    assert loaded.left_out == {"bot messages": 2, "internal notes": 1, "events": 2}
    assert not loaded.problems


def test_bots_on_request(tmp_path: Path) -> None:
    replies = load(write(tmp_path, chat_json=WHOLE), bots=True).replies
    assert [reply.text for reply in replies][::2] == ["Let me get someone.", "Anything else?"]


@pytest.mark.parametrize("shape", ["lines", "list", "pages", "list of pages"])
def test_every_shape_of_export(tmp_path: Path, shape: str) -> None:
    both = [WHOLE, {**WHOLE, "id": "4712"}]
    page = {"type": "conversation.list", "pages": {"page": 1}, "conversations": both, "total_count": 2}
    content: Any = {"list": both, "pages": page, "list of pages": [page]}.get(shape)
    if shape == "lines":
        content = "".join(json.dumps(each) + "\n" for each in both)
    replies = load(write(tmp_path, chats_json=content)).replies
    assert [reply.conversation_id for reply in replies] == ["intercom:4711", "intercom:4712"]
    assert len({str(reply.source) for reply in replies}) == 2


def test_mail_is_cleaned_and_plain_text_is_kept(tmp_path: Path) -> None:
    answer = "<p>30 days.</p><br>On Tue, 3 Mar 2026 at 9:12, Sam &lt;sam@mail.example&gt; wrote:<br>&gt; why?"
    mail = conversation(part("p1", NOOR, answer, 1))
    mail["source"] = {**mail["source"], "type": "email"}
    assert load(write(tmp_path / "mail", chat_json=mail)).reply.text == "30 days."
    plain = conversation(part("p1", NOOR, "if a < b & c\n\n  then 5 > 4", 1))
    assert load(write(tmp_path / "plain", chat_json=plain)).reply.text == "if a < b & c\n\n  then 5 > 4"


def test_an_answer_from_a_campaign_is_no_persons(tmp_path: Path) -> None:
    sent = conversation()
    sent["source"] = {**sent["source"], "author": NOOR, "delivered_as": "automated"}
    assert load(write(tmp_path, chat_json=sent)).left_out == {"bot messages": 1}


def test_a_list_without_parts_is_told(tmp_path: Path) -> None:
    listed = {key: value for key, value in conversation().items() if key != "conversation_parts"}
    loaded = load(write(tmp_path, chats_json={"type": "conversation.list", "conversations": [listed]}))
    assert "chats.json#1: the conversation has no `conversation_parts`" in loaded.problem


def test_missing_parts_are_told_and_the_others_read(tmp_path: Path) -> None:
    cut = conversation(part("p1", NOOR, "30 days", 1))
    cut["conversation_parts"]["total_count"] = 812
    loaded = load(write(tmp_path, chat_json=cut))
    assert "has 1 of 812 parts" in loaded.problem
    assert loaded.reply.text == "30 days"


def test_of_a_group_nobody_is_taken_for_the_customer(tmp_path: Path) -> None:
    both = [{"id": "u-1", "external_id": "C-17"}, {"id": "u-2", "external_id": "C-18"}]
    group = conversation(part("p1", NOOR, "30 days", 1), contacts={"contacts": both})
    group["source"] = {**group["source"], "author": NOOR}
    assert {reply.customer_id for reply in load(write(tmp_path, chat_json=group)).replies} == {""}


BROKEN: dict[str, tuple[Any, str]] = {
    "cut off": (json.dumps(WHOLE)[:-60], "the JSON is broken"),
    "no conversation": ([{"part_type": 1, "waiting_since": 2}], "the record is no conversation"),
    "no object": ([["part_type", {"part_type": 1, "waiting_since": 1}]], "the record is no JSON object"),
    "no time": (conversation(part("p1", NOOR, "30 days", 1, created_at="noon")), "no count of seconds"),
    "an author that is none": (
        conversation(part("p1", {"type": "owl"}, "30 days", 1)),
        "nothing says whether the speaker is an agent",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_files_are_problems(tmp_path: Path, name: str) -> None:
    content, message = BROKEN[name]
    loaded = load(write(tmp_path, chat_json=content))
    assert message in loaded.problem
    assert not loaded.replies


def test_wrong_types_everywhere_are_no_crash(tmp_path: Path) -> None:
    for key in WHOLE:
        for wrong in (None, 7, "x", [], [7, None], {}, {"contacts": 7}):
            load(write(tmp_path, chat_json={**WHOLE, key: wrong}))


def test_recognised_by_content() -> None:
    assert FORMAT.recognise(json.dumps(WHOLE).encode(), "x.txt") is Fit.EXACT
    assert FORMAT.recognise(b'{"id": 1, "conversation_parts": "none"}', "x.json") is Fit.NONE
