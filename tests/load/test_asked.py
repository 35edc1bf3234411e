"""Which last words want an answer, and what becomes of questions that nobody answered."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency_check.load.asked import WANTS, wants_answer
from tests.load.loaded import load


@pytest.mark.parametrize("want", WANTS, ids=[want.name for want in WANTS])
def test_every_wording_matches_its_example_and_spares_the_other(want) -> None:
    assert re.search(want.pattern, want.matches)
    assert not re.search(want.pattern, want.silent)
    assert wants_answer(want.matches)
    assert not wants_answer(want.silent)


@pytest.mark.parametrize(
    "text",
    [
        "ok thanks, bye",
        "Thank you so much for your help!",
        "no that's all",
        "Really? Great, thanks. Bye",
        "ok?",
        "no, nothing else. Goodbye!",
    ],
)
def test_thanks_and_small_talk_want_none(text: str) -> None:
    assert not wants_answer(text)


@pytest.mark.parametrize(
    "text",
    [
        "Thanks. And how long does it take",
        "still no refund",
        "please send it again",
        "Hello? Anyone?",
        "How much does the return label cost? Thanks, bye",
        "How much does the return label cost?\n\nGoodbye,\nAna",
        "I was told that's all I need to pay. When will my parcel arrive?",
        "You said that is it, but where is my refund?",
        "Is there nothing else you can do? I want a refund.",
    ],
)
def test_what_asks_requests_or_waits_wants_one(text: str) -> None:
    assert wants_answer(text)


@pytest.mark.parametrize(
    ("messages", "wants"),
    [
        (("How much is the label?", "ah, found it, that's all, thanks"), False),
        (("How much is the label?", "OK. Bye!"), False),
        (("How much is the label?", "No, nothing else. Have a nice day"), False),
        (("How much is the label?", "I was told that's all I have to pay."), True),
        (("How much is the label?", "Still no answer. Bye"), True),
        (("Bye", "Oh, and how much is the label?"), True),
        (("Thanks", "Bye"), False),
    ],
)
def test_the_last_message_of_several_may_end_the_conversation(messages: tuple[str, ...], wants: bool) -> None:
    assert wants_answer(*messages) is wants


@given(st.text(max_size=300), st.lists(st.text(max_size=40), max_size=2))
def test_any_text_is_looked_at(text: str, more: list[str]) -> None:
    assert wants_answer(text, *more) in (True, False)


def test_a_long_text_takes_no_time() -> None:
    assert not wants_answer("please " * 100_000)


def write_lines(folder: Path, *records: dict[str, str]) -> Path:
    path = folder / "chat.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return path


def test_a_record_with_a_question_alone_is_unanswered(tmp_path: Path) -> None:
    records = (
        {"id": "1", "question": "How long?", "sent_at": "2026-03-01T10:00:00Z"},
        {"id": "2", "question": "How long?", "asked_at": "2026-03-02T10:00:00Z"},
        {"id": "3", "question": "ok thanks, bye"},
        {"id": "4", "sent_at": "2026-03-01"},
        {"id": "5", "question": "How long?", "asked_at": "soon"},
        {"id": "6", "question": "How long?", "text": "30 days.", "asked_at": "2026-03-02T10:00:00Z"},
    )
    loaded = load(write_lines(tmp_path, *records))
    asked = {reply.id: reply.asked_at for reply in loaded.unanswered}
    assert asked == {"1": datetime(2026, 3, 1, 10, tzinfo=UTC), "2": datetime(2026, 3, 2, 10, tzinfo=UTC)}
    assert all(reply.sent_at is None and not reply.text for reply in loaded.unanswered)
    assert loaded.left_out == {"last words that ask nothing": 1}
    assert [problem.partition(": ")[2][:19] for problem in loaded.problems] == [
        "the record has no t",
        "the time 'soon' is ",
    ]
    assert loaded.reply.asked_at == datetime(2026, 3, 2, 10, tzinfo=UTC)


def test_a_question_beside_an_empty_answer_is_unanswered(tmp_path: Path) -> None:
    path = tmp_path / "form.csv"
    path.write_text(
        "ticket_id,customer_message,agent_reply,created_at,email\n"
        "7,How long may I keep it?,,2026-03-01T10:00:00Z,ana@mail.example\n"
        "8,And is it free?,Yes.,2026-03-02T10:00:00Z,ana@mail.example\n",
        "utf-8",
    )
    loaded = load(path)
    (question,) = loaded.unanswered
    assert (question.question, question.conversation_id) == ("How long may I keep it?", "7")
    assert question.asked_at == datetime(2026, 3, 1, 10, tzinfo=UTC)
    assert loaded.said == [("And is it free?", "Yes.")]
