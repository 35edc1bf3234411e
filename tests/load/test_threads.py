"""What a customer said earlier in a conversation: which turns come with a reply, and how many are kept."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency_check.load.threads import LONGEST_TURN, TURNS, recall_questions
from consistency_check.model import Reply


def make_turn(question: str, conversation: str = "C1", channel: str = "chat") -> Reply:
    return Reply("R1", channel, "Yes.", question, conversation_id=conversation)


def recall(replies: Iterable[Reply]) -> list[str]:
    return [reply.asked_before for reply in recall_questions(replies)]


def test_a_reply_comes_with_the_turns_before_its_question() -> None:
    assert recall([make_turn("a"), make_turn("b"), make_turn("c")]) == ["", "a", "a\nb"]


def test_only_the_last_turns_are_kept() -> None:
    turns = [str(number) for number in range(TURNS + 3)]
    assert recall(map(make_turn, turns))[-1].split("\n") == turns[-TURNS - 1 : -1]


def test_of_a_long_turn_the_end_is_kept() -> None:
    end = "y" * LONGEST_TURN
    assert recall([make_turn("x" + end), make_turn("b")]) == ["", end]


@pytest.mark.parametrize(("conversation", "channel"), [("C2", "chat"), ("C1", "email")])
def test_other_conversations_and_channels_are_apart(conversation: str, channel: str) -> None:
    assert recall([make_turn("a"), make_turn("b", conversation, channel), make_turn("c")]) == ["", "", "a"]


def test_a_reply_without_a_conversation_is_left_as_it_is() -> None:
    replies = [make_turn("a", ""), make_turn("b", "")]
    assert all(one is other for one, other in zip(recall_questions(replies), replies, strict=True))


def test_a_reply_to_no_question_adds_no_turn() -> None:
    assert recall([make_turn("a"), make_turn(""), make_turn("b")]) == ["", "a", "a"]


def test_nothing_but_the_earlier_turns_is_added() -> None:
    first, second = recall_questions([make_turn("a"), make_turn("b")])
    assert first == make_turn("a")
    assert (second.question, second.text, second.conversation_id) == ("b", "Yes.", "C1")


def test_no_conversation_is_forgotten_however_many_come_between() -> None:
    """As a ledger has it, which reads one conversation after the other."""
    others = (make_turn("b", f"C{number}") for number in range(2, 5_000))
    assert recall([make_turn("a"), *others, make_turn("c")])[-1] == "a"


def test_a_conversation_takes_bounded_memory() -> None:
    count, question = 2_000, "x" * 100
    replies = (make_turn(question + str(number), f"C{number}" + "y" * 5_000) for number in range(count))
    tracemalloc.start()
    try:
        for _ in recall_questions(replies):
            pass
        # All is still there when the last one has come: what stays is what the conversations take.
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak / count < 600


def test_threads_are_read_as_they_come() -> None:
    def say_forever() -> Iterable[Reply]:
        while True:
            yield make_turn("again")

    recalled = recall_questions(say_forever())
    assert [next(recalled).asked_before for _ in range(2)] == ["", "again"]


TURN = st.builds(
    make_turn, st.sampled_from(["", "a", "b", "c"]), st.sampled_from(["", "C1", "C2"]), st.sampled_from("xy")
)


@given(st.lists(TURN, max_size=12))
def test_each_thread_is_what_was_asked_in_it(replies: list[Reply]) -> None:
    asked: dict[tuple[str, str], list[str]] = {}
    for reply, recalled in zip(replies, recall(replies), strict=True):
        before = asked.setdefault((reply.channel, reply.conversation_id), [])
        assert recalled == ("\n".join(before[-TURNS:]) if reply.conversation_id else "")
        before += [reply.question] if reply.question else []
