"""How turns become answers: who spoke, in which order, what was asked, and what is left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency_check.load.gathering import Gathering
from consistency_check.load.options import LoadOptions
from consistency_check.load.people import NOBODY, Person, Role, merge_people
from consistency_check.load.records import Record
from consistency_check.load.turns import Conversation, Turn, make_replies
from consistency_check.model import LeftOut, Problem, Source

DEFAULT = LoadOptions()
DAY = datetime(2026, 3, 1, tzinfo=UTC)
ANA = Person(name="Ana", email="ana@mail.example")
KIM = Person(name="Kim", email="kim@acme.example")


def say(role: Role, text: str, **more: object) -> Turn:
    return replace(Turn("T1", role, text, Source("a", 1)), **more)  # type: ignore[arg-type]


def reply(*turns: Turn, options: LoadOptions = DEFAULT, **more: object) -> list[object]:
    conversation = replace(Conversation("T1", turns, Source("a")), **more)  # type: ignore[arg-type]
    return list(make_replies(conversation, options))


def said(items: list[object]) -> list[tuple[str, str]]:
    return [
        (item.fields.get("question", ""), item.fields["text"])
        for item in items
        if isinstance(item, Record) and "text" in item.fields
    ]


def test_what_was_asked_since_the_last_answer_is_the_question() -> None:
    turns = (
        say(Role.AGENT, "Hello."),
        say(Role.CUSTOMER, " How long? "),
        say(Role.EVENT, "joined"),
        say(Role.CUSTOMER, "And how much?"),
        say(Role.INTERNAL, "vip"),
        say(Role.AGENT, "30 days."),
        say(Role.AGENT, "Free."),
        say(Role.AGENT, "  "),
        say(Role.CUSTOMER, "Thanks"),
    )
    items = reply(*turns)
    assert said(items) == [("", "Hello."), ("How long?\nAnd how much?", "30 days."), ("", "Free.")]
    left_out = {item.reason: item.count for item in items if isinstance(item, LeftOut)}
    assert left_out == {"events": 1, "internal notes": 1, "without words": 1}


def test_bots_answer_only_on_request() -> None:
    turns = (say(Role.CUSTOMER, "How long?"), say(Role.BOT, "30 days.", speaker=Person(name="Robo")))
    assert said(reply(*turns)) == []
    (record,) = reply(*turns, options=LoadOptions(bots=True))
    assert isinstance(record, Record)
    assert (record.fields["agent"], record.fields["question"]) == ("Robo", "How long?")


def test_the_customer_is_found_in_any_turn_but_a_colleague_in_copy_is_not_mixed_in() -> None:
    other = Person(name="Bo", email="bo@mail.example")
    turns = (
        say(Role.AGENT, "Hello.", speaker=KIM),
        say(Role.CUSTOMER, "Hi", speaker=ANA),
        say(Role.AGENT, "30 days.", speaker=KIM, addressee=other),
    )
    first, second = (item for item in reply(*turns) if isinstance(item, Record))
    assert (first.fields["email"], first.fields["name"]) == ("ana@mail.example", "Ana")
    assert (second.fields["email"], second.fields["name"]) == ("bo@mail.example", "Bo")


@pytest.mark.parametrize(
    ("first", "second", "merged"),
    [
        (ANA, Person(phone="1"), Person(name="Ana", email="ana@mail.example", phone="1")),
        (ANA, Person(name="A. Diaz", email="Ana@mail.example", phone="1"), replace(ANA, phone="1")),
        (ANA, Person(name="Bo", phone="1"), ANA),
        (ANA, Person(email="b@mail.example", phone="1"), ANA),
        (NOBODY, ANA, ANA),
    ],
)
def test_people_are_merged_where_nothing_speaks_against_it(
    first: Person, second: Person, merged: Person
) -> None:
    assert merge_people(first, second) == merged


UNKNOWN = (
    say(Role.UNKNOWN, "How long?", speaker=ANA),
    say(Role.UNKNOWN, "30 days.", speaker=KIM),
)


@pytest.mark.parametrize(
    "options",
    [
        {"agents": ("@acme.example",)},
        {"agents": ("*@ACME.example",)},
        {"agents": ("K?m",)},
        {"customers": ("ana@mail.example",)},
        {"agents": ("Kim",), "customers": ("*",)},
    ],
)
def test_who_speaks_is_looked_up(options: dict[str, tuple[str, ...]]) -> None:
    assert said(reply(*UNKNOWN, options=LoadOptions(**options))) == [("How long?", "30 days.")]


@pytest.mark.parametrize(
    "options", [{}, {"agents": ("@other.example",)}, {"agents": ("Bo",), "customers": ("Cy",)}]
)
def test_who_speaks_is_asked_for_and_never_guessed(options: dict[str, tuple[str, ...]]) -> None:
    items = reply(*UNKNOWN, *UNKNOWN, options=LoadOptions(**options))
    assert said(items) == []
    problems = [item.message for item in items if isinstance(item, Problem)]
    assert [problem[:45] for problem in problems] == [
        "nothing says whether 'Ana' is an agent or a c",
        "nothing says whether 'Kim' is an agent or a c",
    ]
    assert "--agents" in problems[0]


def test_where_both_sides_are_named_a_third_stays_unknown() -> None:
    third = say(Role.UNKNOWN, "Well.", speaker=Person(name="Bo"))
    options = LoadOptions(agents=("Kim",), customers=("Ana",))
    assert any(isinstance(item, Problem) for item in reply(*UNKNOWN, third, options=options))


def test_the_table_beside_a_transcript_tells_who_the_agent_is() -> None:
    assert said(reply(*UNKNOWN, agent=Person(name="KIM"))) == [("How long?", "30 days.")]
    assert said(reply(*UNKNOWN, customer=Person(name="ana"))) == [("How long?", "30 days.")]


def test_seconds_of_a_call_count_from_its_start() -> None:
    turns = (say(Role.AGENT, "30 days.", offset=61.5), say(Role.CUSTOMER, "How long?", offset=2.0))
    (record,) = reply(*turns, started_at=DAY)
    assert isinstance(record, Record)
    assert record.fields["sent_at"] == "2026-03-01T00:01:01.500000+00:00"
    assert record.fields["question"] == "How long?"
    (record,) = reply(*turns)
    assert isinstance(record, Record)
    assert "sent_at" not in record.fields


ROLES = st.sampled_from([Role.AGENT, Role.CUSTOMER, Role.BOT, Role.INTERNAL, Role.EVENT])


@given(st.lists(st.tuples(ROLES, st.sampled_from(["", "a", "b c"])), max_size=12), st.randoms())
@settings(max_examples=150, deadline=None)
def test_no_answer_is_lost_and_order_of_input_does_not_matter(spoken, random):
    turns = [
        say(role, text, sent_at=DAY + timedelta(minutes=at), id=str(at))
        for at, (role, text) in enumerate(spoken)
    ]
    expected = reply(*turns)
    assert len(said(expected)) == sum(role is Role.AGENT and bool(text) for role, text in spoken)
    asked = "\n".join(question for question, _ in said(expected) if question)
    assert asked.count("\n") < max(1, sum(role is Role.CUSTOMER and bool(text) for role, text in spoken))
    random.shuffle(turns)
    assert reply(*turns) == expected


@given(st.lists(st.tuples(st.sampled_from("abc"), st.text(max_size=5)), max_size=20))
@settings(max_examples=100, deadline=None)
def test_gathered_turns_come_back_by_conversation(spoken):
    gathering = Gathering()
    turns = [
        say(
            Role.AGENT,
            text,
            conversation_id=name,
            sent_at=DAY,
            speaker=KIM,
            addressee=ANA,
            attributes={"x": text},
        )
        for name, text in spoken
    ]
    for turn in turns:
        gathering.add(turn)
    expected: dict[str, list[Turn]] = {}
    for turn in turns:
        expected.setdefault(turn.conversation_id, []).append(turn)
    assert [list(each.turns) for each in gathering.conversations()] == list(expected.values())


def test_a_conversation_without_end_is_taken_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("consistency_check.load.gathering.TURNS_AT_ONCE", 4)
    gathering = Gathering()
    for _ in range(10):
        gathering.add(say(Role.AGENT, "a"))
    assert [len(each.turns) for each in gathering.conversations()] == [4, 4, 2]


def wait(*turns: Turn) -> list[Record]:
    items = reply(*turns, channel="chat", agent=KIM)
    return [item for item in items if isinstance(item, Record) and "text" not in item.fields]


def test_what_nobody_answered_is_a_record_without_a_text() -> None:
    asked = say(Role.CUSTOMER, "And how much?", id="m3", sent_at=DAY + timedelta(hours=3), speaker=ANA)
    more = say(Role.CUSTOMER, "Hello?", id="m4", sent_at=DAY + timedelta(hours=4), speaker=ANA)
    turns = (
        say(Role.CUSTOMER, "How long?", sent_at=DAY),
        say(Role.AGENT, "30 days.", sent_at=DAY),
        asked,
        more,
    )
    (record,) = wait(*turns)
    assert record.fields["question"] == "And how much?\nHello?"
    assert record.fields["asked_at"] == (DAY + timedelta(hours=3)).isoformat()
    assert (record.fields["id"], record.fields["email"]) == ("m3", ANA.email)
    assert not {"text", "sent_at", "agent"} & record.fields.keys()
    assert not record.is_spoken


@pytest.mark.parametrize(
    "last",
    [
        say(Role.CUSTOMER, "ok thanks, bye"),
        say(Role.BOT, "30 days."),
        say(Role.AGENT, " "),
        say(Role.AGENT, "30 days."),
        say(Role.UNKNOWN, "30 days.", speaker=Person(name="Lee")),
    ],
)
def test_thanks_and_what_somebody_reacted_to_wait_for_nothing(last: Turn) -> None:
    assert not wait(say(Role.CUSTOMER, "How long?"), last)


def test_notes_and_events_are_no_reaction() -> None:
    assert wait(say(Role.CUSTOMER, "How long?"), say(Role.INTERNAL, "vip"), say(Role.EVENT, "closed"))


def test_an_answer_knows_when_it_was_asked() -> None:
    turns = (
        say(Role.CUSTOMER, "How long?", sent_at=DAY),
        say(Role.CUSTOMER, "Hello?", sent_at=DAY + timedelta(hours=1)),
        say(Role.AGENT, "30 days.", sent_at=DAY + timedelta(hours=2)),
        say(Role.AGENT, "Free.", sent_at=DAY + timedelta(hours=2)),
    )
    first, second = [item for item in reply(*turns) if isinstance(item, Record)]
    assert first.fields["asked_at"] == DAY.isoformat()
    assert "asked_at" not in second.fields
