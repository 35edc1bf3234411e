"""Copied mail goes, every word of the author stays: clients and replies in quoting.yaml, hard cases, laws."""

from __future__ import annotations

import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from quoting import Mail, make_mails

from consistency_check.load.cleaning import clean_mail, strip_quotes

MAILS = list(make_mails())
# What a phone adds is no quote; strip_signature takes it.
ADDED = {
    "Sent from my iPhone",
    "Von meinem iPhone gesendet",
    "Get Outlook for iOS<https://aka.example/o0ukef>",
}


def split_words(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


@pytest.mark.parametrize("mail", MAILS, ids=[f"{mail.client} / {mail.reply}" for mail in MAILS])
def test_the_words_of_the_author_are_what_is_left(mail: Mail) -> None:
    left = [line for line in split_words(strip_quotes(mail.text)) if line not in ADDED]
    assert left == split_words(mail.own)


def test_there_are_enough_clients_and_replies() -> None:
    assert len({mail.client for mail in MAILS}) >= 60
    assert len({mail.reply for mail in MAILS}) >= 6
    assert len(MAILS) >= 300
    assert min(Counter(mail.client for mail in MAILS).values()) >= 4


QUOTE = "On Tue, 5 Mar 2026 at 14:05, Jane <jane@mail.example> wrote:\n"

KEPT = [
    # Nothing in these is a copy, however much it looks like one.
    "On Monday you wrote: how long? It is 30 days.",
    "On 5 March 2026 you wrote:\nHow long do I have?\nYou have 30 days.",
    "On 5 March 2026 at 14:05 the courier wrote:\nDelivered.\nSo the 30 days run from there.",
    "Our supplier wrote on 5 March:\nNo refunds.\nWe refund all the same.",
    "From: 9:00\nTo: 17:00\nDate: Monday",
    "Our policy says:\n> Items can be returned within 30 days.",
    "> 60 days: no refund\nUnder 60 days: full refund",
    "Go to\n> Orders > Returns > New",
    "-----\nReturns\n-----\n30 days",
    "Reply above or below, as you like.",
    "It was sent on 5 March 2026 at 14:05. Anna wrote:\nall good",
    # Only a copy, or nobody can say where the author begins: all of it stays.
    QUOTE + "How long do I have?\nYou have 30 days.",
    "> How long?",
    "Hi Jane,\n" + QUOTE + "How long?\n30 days.",
    "Hello,\n\nFrom: Jane <jane@mail.example>\nSent: 5 March 2026\nSubject: Lamp\n\nHow long? 30 days.",
]


@pytest.mark.parametrize("text", KEPT)
def test_where_it_is_not_sure_it_stays(text: str) -> None:
    assert strip_quotes(text) == text


CUT = [
    ("Yes.\n\n" + QUOTE + "How long?", "Yes."),
    ("Yes.\n" + QUOTE, "Yes."),
    ("Yes.\r\n\r\n" + QUOTE + "\r\n> How long?\r\n", "Yes.\r"),
    ("> How long?\n\n30 days.", "30 days."),
    (QUOTE + "> How long?\n>\n>> older\n\n30 days.\n\n> Thanks\n> Jane", "30 days."),
    ("30 days.\n\n" + QUOTE + "\n" + "> a\n\n" + QUOTE.replace("5 Mar", "4 Mar") + "> b", "30 days."),
    ("30 days.\n_______________\nFrom: Jane\nSent: 5 March\n\nHow long?", "30 days."),
    ("30 days.\n\n-----Original Message-----\nHow long?", "30 days."),
    ("30 days.\n\n##- Bitte geben Sie Ihre Antwort oberhalb dieser Zeile ein. -##\nolder", "30 days."),
    (
        "##- Please type your reply above this line -##\n\nAnna (Shop)\nMar 5, 2026, 14:05 GMT\n\n30 days."
        "\n\nJane Doe\nMar 4, 2026, 10:00 GMT\n\nHow long?",
        "30 days.",
    ),
    (
        "My answers are below in red.\n" + QUOTE + "How long?\n30 days.\nThanks",
        "My answers are below in red.\nHow long?\n30 days.\nThanks",
    ),
    ("The lamp comes in red.\n" + QUOTE + "How long?", "The lamp comes in red."),
    (
        "Am 5. März 2026 schrieb ich schon: 30 Tage.\n" + QUOTE + "x",
        "Am 5. März 2026 schrieb ich schon: 30 Tage.",
    ),
    (
        "First line\nOn 5 March 2026 at 14:05 it left.\n" + QUOTE + "x",
        "First line\nOn 5 March 2026 at 14:05 it left.",
    ),
]


@pytest.mark.parametrize(("text", "own"), CUT)
def test_a_copy_is_cut(text: str, own: str) -> None:
    assert strip_quotes(text) == own


LINES = st.sampled_from(
    [
        *(
            "> quoted",
            ">",
            "You have 30 days.",
            "Hi Jane,",
            "",
            "-- ",
            "Kind regards,",
            "Anna",
            QUOTE.strip(),
        ),
        *("On Monday you wrote:", "From: Jane <j@mail.example>", "Sent: 5 March", "Subject: Lamp", "_______"),
        *(
            "-----Original Message-----",
            "see below in red",
            "Sent from my phone",
            "##- reply above -##",
            "wrote:",
        ),
    ]
)
TEXTS = st.lists(LINES | st.text(max_size=20), max_size=14).map("\n".join)


@given(TEXTS)
def test_nothing_is_emptied_and_nothing_is_written(text: str) -> None:
    for strip in (strip_quotes, clean_mail):
        stripped = strip(text)
        assert bool(stripped.strip()) == bool(text.strip())
        rest = iter(text.split("\n"))
        assert all(line in rest for line in stripped.split("\n")) or stripped == text


@given(TEXTS)
def test_once_is_enough_for_own_words(text: str) -> None:
    own = "\n".join(line for line in text.split("\n") if not line.lstrip().startswith((">", "&gt;")))
    if ":" not in own and "-" not in own and "_" not in own and "wrote" not in own:
        assert strip_quotes(own) == own


@given(st.lists(st.sampled_from(["You have 30 days.", "It costs $5.", "", "No, we do not."]), min_size=1))
def test_an_answer_above_a_copy_is_whole(lines: list[str]) -> None:
    own = "\n".join(["Yes.", *lines]).rstrip("\n")
    assert strip_quotes(f"{own}\n\n{QUOTE}> How long?\n> Jane") == own


@pytest.mark.parametrize(
    "piece",
    [
        "On\n",
        "> \n",
        "From: a@b.example 5\n",
        "-----\n",
        QUOTE,
        "see below\n" + QUOTE,
        "Name\nMar 5, 2026, 14:05\n",
    ],
)
def test_ten_megabytes_take_little_time(piece: str) -> None:
    text = "word\n" + piece * (10_000_000 // len(piece))
    started = time.process_time()
    clean_mail(text)
    assert time.process_time() - started < 5
