"""From a reply to its claims: exact words, offsets, quoted mail, reasons, and reading in batches."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency_check.model import Reading, Reply, Value
from consistency_check.read import MIN_CONFIDENCE, Reader
from consistency_check.values import parse_value
from tests.read.knowledge import build_once, load_base, make_reply

TEXT = (
    "Dear Ann,\n\nToys can be borrowed for 3 weeks, as on the sign at the door. A late toy costs $3 a day.\n"
    "Loans are renewed online.\n\nKind regards\nMoss"
)
REPLIES = (
    make_reply(TEXT, name="R1"),
    make_reply("", name="R2"),
    make_reply("10 days", "How long can I keep a toy?", name="R3"),
    make_reply("Loans are renewed at the counter.", name="R4"),
    make_reply("Gold members can borrow toys for 60 days.", name="R5"),
    make_reply("Do you like puzzles? My cat does.", name="R6"),
)


def read(text: str, question: str = "") -> Reading:
    return build_once().read(make_reply(text, question))


def check_offsets(reply: Reply, reading: Reading) -> None:
    """Every quote is the reply's own text at its offsets, within its context."""
    for claim in reading.claims:
        assert claim.reply_id == reply.id
        assert claim.quote == reply.text[claim.start : claim.end]
        assert claim.quote.strip()
        assert reply.text.startswith(claim.context, claim.context_start)
        assert claim.context_start <= claim.start
        assert claim.end <= claim.context_start + len(claim.context)
        assert MIN_CONFIDENCE <= claim.confidence <= 1
    for miss in reading.near_misses:
        assert miss.quote == reply.text[miss.start : miss.end]
        assert miss.reason


def check_same(left: list[Reading], right: list[Reading]) -> None:
    """Both are the same readings; the last digit of a confidence may be rounded otherwise."""
    for one, other in zip(left, right, strict=True):
        assert one.near_misses == other.near_misses
        for claim, same in zip(one.claims, other.claims, strict=True):
            assert claim.confidence == pytest.approx(same.confidence, abs=0.0011)
            assert replace(claim, confidence=0) == replace(same, confidence=0)


def test_a_reply_s_claims_come_in_the_order_of_its_text() -> None:
    reading = build_once().read(REPLIES[0])
    assert [(claim.policy, claim.value) for claim in reading.claims] == [
        ("loans.period", parse_value("duration", "3 weeks")),
        ("loans.late_fee", parse_value("money", "$3 a day")),
        ("loans.renewal", Value("choice", word="online")),
    ]
    check_offsets(REPLIES[0], reading)


def test_quotes_are_the_agent_s_exact_words() -> None:
    quotes = [claim.quote for claim in build_once().read(REPLIES[0]).claims]
    assert quotes == [
        "Toys can be borrowed for 3 weeks, as on the sign at the door.",
        "A late toy costs $3 a day.",
        "Loans are renewed online.",
    ]


def test_curly_quotes_and_letters_that_grow_move_no_offset() -> None:
    reply = make_reply("İİİ it’s so: a late toy costs $3 a day.")
    reading = build_once().read(reply)
    assert [claim.policy for claim in reading.claims] == ["loans.late_fee"]
    check_offsets(reply, reading)


@pytest.mark.parametrize(
    "quoted",
    [
        "> A late toy costs $9 a day.",
        "On Mon, 2 Mar 2026 at 09:12, Ann Moss wrote:\n\nA late toy costs $9 a day.",
        "-----Original Message-----\nA late toy costs $9 a day.",
        "From: Ann\nSent: Monday\n\nA late toy costs $9 a day.",
    ],
)
def test_quoted_mail_never_gives_a_claim(quoted: str) -> None:
    assert read(f"Thanks, I will see to it.\n\n{quoted}").claims == ()
    claims = read(f"A late toy costs $2 a day.\n\n{quoted}").claims
    assert [claim.value for claim in claims] == [parse_value("money", "$2 a day")]


def test_a_value_that_is_not_counted_is_a_near_miss_with_its_reason() -> None:
    strict = Reader(load_base(), min_confidence=1.01)
    reading = strict.read(make_reply("My colleague told you that a late toy costs $3 a day."))
    assert reading.claims == ()
    assert [(miss.policy, miss.quote, miss.reason) for miss in reading.near_misses] == [
        ("loans.late_fee", "$3", "reported words")
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Would a late toy cost $3 a day?", "the agent asks"),
        ("If a late toy cost $3 a day you would pay it.", "a hypothetical"),
        ("The fine is $3.", "too little says that it is about this policy"),
    ],
)
def test_a_near_miss_says_why(text: str, reason: str) -> None:
    misses = Reader(load_base(), min_confidence=1.01).read(make_reply(text)).near_misses
    assert {miss.reason for miss in misses} == {reason}


def test_nothing_is_both_a_claim_and_a_near_miss() -> None:
    for reply in REPLIES:
        reading = build_once().read(reply)
        claimed = {(claim.policy, claim.value) for claim in reading.claims}
        assert len(claimed) == len(reading.claims)


def test_the_case_that_the_words_name_goes_with_the_claim() -> None:
    (claim,) = read("Gold members can borrow toys for 60 days.").claims
    assert (claim.case, claim.own_case) == ((("tier", "gold"),), ())
    (claim,) = read("As a gold member you can borrow toys for 60 days.").claims
    assert (claim.case, claim.own_case) == ((), (("tier", "gold"),))


def test_a_batch_is_read_as_its_replies_one_by_one_and_in_any_order() -> None:
    reader = build_once()
    alone = [reader.read(reply) for reply in REPLIES]
    assert any(reading.claims for reading in alone)
    check_same(reader.read_batch(REPLIES), alone)
    check_same(reader.read_batch(REPLIES[::-1]), alone[::-1])
    check_same(reader.read_batch([*REPLIES, *REPLIES]), alone * 2)
    assert reader.read_batch([]) == []


def test_a_new_reader_reads_the_same() -> None:
    assert Reader(load_base()).read_batch(REPLIES) == build_once().read_batch(REPLIES)


def test_a_policy_may_be_read_on_any_day() -> None:
    for day in (datetime(2020, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC), None):
        reply = Reply("R1", "chat", "A late toy costs $3 a day.", sent_at=day)
        assert [claim.policy for claim in build_once().read(reply).claims] == ["loans.late_fee"]


PIECES = st.sampled_from(
    [
        "Toys",
        " 3 weeks",
        "$2",
        "\n",
        "> ",
        ". ",
        "gold",
        " not ",
        "?",
        "’",
        "İ",
        "puzzles",
        " online",
        "wrote:",
        "\0",
        "🙂",
    ]
)
TEXTS = st.text(max_size=60) | st.lists(PIECES, max_size=12).map("".join)


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_no_text_crashes_and_every_offset_is_right(text: str, question: str) -> None:
    reply = make_reply(text, question)
    check_offsets(reply, build_once().read(reply))


@settings(deadline=None, max_examples=30)
@given(st.lists(TEXTS, max_size=4))
def test_any_batch_is_read_as_one_by_one(texts: list[str]) -> None:
    replies = [make_reply(text, name=f"R{number}") for number, text in enumerate(texts)]
    reader = build_once()
    check_same(reader.read_batch(replies), [reader.read(reply) for reply in replies])
