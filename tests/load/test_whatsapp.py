"""WhatsApp's text exports: shapes of Android and iOS, day and month, what is no message, who speaks."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency_check.load import transcripts
from consistency_check.load.format import Fit
from consistency_check.load.formats.whatsapp import FORMAT
from tests.load.loaded import load, write

ANDROID = """03/02/2026, 09:05 - Messages and calls are end-to-end encrypted. Tap to learn more.
03/02/2026, 09:05 - Sam Ode: Hi, I bought a sofa
and it does not fit.

How long can I return it?
03/02/2026, 09:06 - Noor Bakker: You have 30 days.
25/02/2026, 17:30 - Sam Ode: <Media omitted>
25/02/2026, 17:31 - Sam Ode: This message was deleted
25/02/2026, 17:32 - Noor Bakker: IMG-20260225-WA0001.jpg (file attached)
Pick-up costs £12: we come to you. <This message was edited>
25/02/2026, 17:33 - Noor Bakker: null
25/02/2026, 17:34 - Noor Bakker changed the group description
"""

IOS = (
    "\u200e[2/3/26, 9:05:07\u202fAM] Acme: \u200eMessages and calls are end-to-end encrypted.\r\n"
    "[2/3/26, 9:05:33\u202fPM] ~\u202fSam: Can I pay later?\r\n"
    "\u200e[2/3/26, 9:06:00\u202fPM] \u202a+44\u00a020\u00a07946\u00a00018\u202c: \u200eimage omitted\r\n"
    "[2/25/26, 12:00:01\u202fAM] Acme: Yes, within 14 days.\u200e<This message was edited>\r\n"
    "\u200e[2/25/26, 12:00:02\u202fPM] Acme: Terms.pdf • \u200e3 pages \u200edocument omitted\r\n"
)


def test_android(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, chat_txt=ANDROID) / "chat.txt", agents=("Noor*",))
    question = "Hi, I bought a sofa\nand it does not fit.\n\nHow long can I return it?"
    assert loaded.said == [(question, "You have 30 days."), ("", "Pick-up costs £12: we come to you.")]
    first, second = loaded.replies
    assert [str(reply.sent_at) for reply in loaded.replies] == [
        "2026-02-03 09:06:00+00:00",
        "2026-02-25 17:32:00+00:00",
    ]
    assert (first.agent, first.name, first.channel, first.conversation_id) == (
        "Noor Bakker",
        "Sam Ode",
        "whatsapp",
        f"whatsapp:{tmp_path / 'chat.txt'}",
    )
    assert (first.source.line, second.source.line) == (6, 9)
    assert loaded.left_out == {"events": 5}
    assert not loaded.problems


def test_ios_with_marks_halves_of_the_day_and_month_first(tmp_path: Path) -> None:
    folder = write(tmp_path / "WhatsApp Chat - Sam", _chat_txt=IOS)
    reply = load(folder, agents=("acme",)).reply
    assert (reply.question, reply.text) == ("Can I pay later?", "Yes, within 14 days.")
    assert str(reply.sent_at) == "2026-02-25 00:00:01+00:00"
    assert reply.name == "Sam"
    assert reply.conversation_id == f"whatsapp:{folder / '_chat.txt'}"


@pytest.mark.parametrize(
    ("stamp", "expected"),
    [
        ("31/12/2025, 21:05 - ", "2025-12-31 21:05:00"),
        ("12/31/25, 9:05 PM - ", "2025-12-31 21:05:00"),
        ("31.12.25, 21:05 - ", "2025-12-31 21:05:00"),
        ("31/12/25 9:05 p. m. - ", "2025-12-31 21:05:00"),
        ("31/12/2025, 12:05 am - ", "2025-12-31 00:05:00"),
        ("2025-12-31, 9:05 a.m. - ", "2025-12-31 09:05:00"),
        ("2025/12/31 21:05 – ", "2025-12-31 21:05:00"),
        ("[31/12/2025, 21:05:33] ", "2025-12-31 21:05:33"),
        ("[31.12.25, 21:05:33] ", "2025-12-31 21:05:33"),
        ("[12/31/25, 9:05:33 PM] ", "2025-12-31 21:05:33"),
        ("[31-12-2025 21.05.33] ", "2025-12-31 21:05:33"),
    ],
)
def test_stamps_of_many_phones(tmp_path: Path, stamp: str, expected: str) -> None:
    loaded = load(write(tmp_path, chat_txt=f"{stamp}Ann: yes\n{stamp}Ann: no\n"), agents=("Ann",))
    assert [str(reply.sent_at) for reply in loaded.replies] == [f"{expected}+00:00"] * 2


OPEN = "03/02/2026, 09:05 - Sam: hi?\n03/02/2026, 09:06 - Ann: yes\n"


@pytest.mark.parametrize(("order", "day"), [("dmy", "2026-02-03"), ("mdy", "2026-03-02")])
def test_the_order_of_day_and_month_is_asked_for(tmp_path: Path, order: str, day: str) -> None:
    path = write(tmp_path, chat_txt=OPEN)
    loaded = load(path, agents=("Ann",))
    assert loaded.problem.startswith("chat.txt:1: the dates may have the day or the month first")
    assert "--day-order" in loaded.problem
    assert loaded.left_out == {"day not known": 2}
    assert str(load(path, agents=("Ann",), day_order=order).reply.day) == day


def test_the_file_goes_before_the_option(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, chat_txt=ANDROID), agents=("Noor*",), day_order="mdy")
    assert str(loaded.replies[0].day) == "2026-02-03"


def test_a_day_that_there_is_not_is_a_problem_of_its_own(tmp_path: Path) -> None:
    text = ANDROID + "02/30/2026, 10:00 - Noor Bakker: lost\n02/03/2026, 10:00 - Noor Bakker: kept\n"
    loaded = load(write(tmp_path, chat_txt=text), agents=("Noor*",))
    assert loaded.problem.startswith("chat.txt:13: the time '02/30/2026, 10:00' cannot be read")
    assert loaded.replies[-1].text == "kept"


def test_messages_out_of_order_are_put_in_order(tmp_path: Path) -> None:
    text = "[31/12/2025, 21:05:33] Ann: 30 days\n[31/12/2025, 21:05:30] Sam: how long?\n"
    assert load(write(tmp_path, chat_txt=text), agents=("Ann",)).said == [("how long?", "30 days")]


def test_a_number_is_a_phone_number(tmp_path: Path) -> None:
    text = "31/12/2025, 21:05 - +44 20 7946 0018: how long?\n31/12/2025, 21:06 - Ann: 30 days\n"
    reply = load(write(tmp_path, chat_txt=text), agents=("Ann",)).reply
    assert (reply.phone, reply.name) == ("+44 20 7946 0018", "")


def test_who_is_who_is_asked(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, chat_txt=ANDROID))
    assert not loaded.replies
    assert len(loaded.problems) == 2
    assert "'Sam Ode' is an agent or a customer" in loaded.problems[0]


def test_words_before_the_first_message_are_told_once(tmp_path: Path) -> None:
    text = "Chat history\nof Sam\n" + ANDROID
    (tmp_path / "chat.txt").write_text(text)
    loaded = load(f"whatsapp:{tmp_path / 'chat.txt'}", agents=("Noor*",))
    assert "chat.txt:1: no message begins before this line" in loaded.problem
    assert len(loaded.replies) == 2


def test_damaged_lines_are_problems_and_the_rest_is_read(tmp_path: Path) -> None:
    text = (
        ANDROID.encode() + b"26/02/2026, 10:00 - Noor Bakker: a\0b\n26/02/2026, 10:01 - Noor Bakker: kept\n"
    )
    loaded = load(write(tmp_path, chat_txt=text), agents=("Noor*",))
    assert "chat.txt:13:35: the line holds NUL bytes" in loaded.problem
    assert loaded.replies[-1].text == "kept"


def test_what_is_too_long_for_a_chat_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transcripts, "LINES_LIMIT", 7)
    loaded = load(write(tmp_path, chat_txt=ANDROID), agents=("Noor*",))
    assert "chat.txt:8: the file is longer than" in loaded.problem
    assert len(loaded.replies) == 1
    monkeypatch.undo()
    monkeypatch.setattr(transcripts, "BYTES_LIMIT", 400)
    assert "too long for one conversation" in load(tmp_path, agents=("Noor*",)).problem


@pytest.mark.parametrize("hostile", ["<", "\u200e", "• ", " ", "a.jpg (", ":", "<a>\u200e", "\na"])
def test_hostile_messages_take_no_time(tmp_path: Path, hostile: str) -> None:
    body = hostile * (1_500_000 // len(hostile.encode()))
    text = f"31/12/2025, 21:05 - Ann: 30 days {body}\n31/12/2025, 21:06 - {body}\n"
    begin = time.perf_counter()
    loaded = load(write(tmp_path, chat_txt=text), agents=("Ann",))
    assert time.perf_counter() - begin < 10
    assert loaded.replies[0].text.startswith("30 days")


@pytest.mark.parametrize(
    "head",
    [
        b"31/12/2025, 21:05 INFO - started\n",
        b"2025-12-31 21:05:33 - root - INFO: on\n2025-12-31 21:05:34 - root - INFO: off\n",
        b"Hello\n31/12/2025, 21:05 - Ann: hi\n",
        b"31/12/2025 - Ann: hi\n",
    ],
)
def test_logs_and_notes_are_no_chats(head: bytes) -> None:
    assert FORMAT.recognise(head, "chat.txt") is Fit.NONE


@given(st.lists(st.sampled_from(["31/12/2025, 21:05 - Ann: a", "[", "a: b", "\u200e", "]", " - ", "\n"])))
def test_no_line_of_a_message_is_lost(tmp_path_factory: pytest.TempPathFactory, parts: list[str]) -> None:
    folder = tmp_path_factory.mktemp("chat")
    text = "31/12/2025, 21:04 - Ann: first\n" + "".join(parts)
    loaded = load(write(folder, chat_txt=text), agents=("Ann",), customers=("?",))
    assert loaded.replies[0].text.startswith("first")
    assert len(loaded.replies) + loaded.left_out.total() >= text.count("\n31/12/2025, 21:05 - Ann: a")
