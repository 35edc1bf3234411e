"""Which value holds on a day and for a case, and which may hold while attributes are unknown."""

from datetime import date

import pytest

from consistency_check.model import DatedValue, Policy, PolicyException, Value, value_on
from consistency_check.policies import load_policies


def days(count: int) -> Value:
    return Value("duration", count, count, "day")


def since(day: str | None, count: int | None) -> DatedValue:
    return DatedValue(date.fromisoformat(day) if day else None, None if count is None else days(count))


def when(value: int | tuple[DatedValue, ...], **attributes: str) -> PolicyException:
    listed = tuple((name, tuple(words.split("|"))) for name, words in attributes.items())
    return PolicyException(listed, (since(None, value),) if isinstance(value, int) else value)


def policy(*exceptions: PolicyException, values: tuple[DatedValue, ...] = ()) -> Policy:
    general = values or (since(None, 30),)
    return Policy("returns.window", "returns", "Within {value}.", "duration", general, exceptions=exceptions)


DATED = (since("2024-01-01", 10), since("2026-03-01", 5))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2023-12-31", None),
        ("2024-01-01", 10),
        ("2026-02-28", 10),
        ("2026-03-01", 5),
        ("2030-01-01", 5),
        (None, 5),
    ],
)
def test_the_value_in_force_on_a_day(day: str | None, expected: int | None) -> None:
    asked = date.fromisoformat(day) if day else None
    answer = policy(values=DATED).answer_on(asked, {})
    assert answer.value == (None if expected is None else days(expected))
    found = value_on(DATED, asked)
    assert answer.since == (found.since if found else None)


def test_a_later_any_ends_the_fixed_value() -> None:
    answer = policy(values=(since(None, 30), since("2026-03-01", None))).answer_on(date(2026, 4, 1), {})
    assert (answer.value, answer.since) == (None, date(2026, 3, 1))


@pytest.mark.parametrize("tier", ["gold", "Gold", " GOLD "])
def test_an_exception_that_holds(tier: str) -> None:
    gold = when(60, tier="gold|platinum")
    answer = policy(gold).answer_on(None, {"tier": tier})
    assert (answer.value, answer.exception) == (days(60), gold)
    assert answer.possible == ((days(60), gold),)


def test_an_exception_that_does_not_hold() -> None:
    answer = policy(when(60, tier="gold")).answer_on(None, {"tier": "silver"})
    assert (answer.value, answer.exception) == (days(30), None)
    assert answer.possible == ((days(30), None),)


def test_all_attributes_must_hold() -> None:
    both = when(60, tier="gold", category="sofa")
    assert policy(both).answer_on(None, {"tier": "gold", "category": "lamp"}).value == days(30)
    assert policy(both).answer_on(None, {"tier": "gold", "category": "sofa"}).value == days(60)


def test_most_attributes_win_then_the_first() -> None:
    gold, sofa, both = (
        when(60, tier="gold"),
        when(90, category="sofa"),
        when(14, tier="gold", category="sofa"),
    )
    case = {"tier": "gold", "category": "sofa"}
    assert policy(gold, sofa, both).answer_on(None, case).exception == both
    assert policy(gold, sofa).answer_on(None, case).exception == gold
    assert policy(sofa, gold).answer_on(None, case).exception == sofa


@pytest.mark.parametrize("attributes", [{}, {"tier": ""}, {"tier": "  "}, {"region": "EU"}])
def test_an_unknown_attribute_does_not_apply_but_may(attributes: dict[str, str]) -> None:
    gold = when(60, tier="gold")
    answer = policy(gold).answer_on(None, attributes)
    assert (answer.value, answer.exception) == (days(30), None)
    assert answer.possible == ((days(30), None), (days(60), gold))


def test_one_attribute_that_differs_settles_it_whatever_is_unknown() -> None:
    both = when(60, category="sofa", tier="gold")
    assert policy(both).answer_on(None, {"tier": "silver"}).possible == ((days(30), None),)


def test_only_what_would_win_over_the_exception_that_holds_is_possible() -> None:
    first, gold, last = when(45, region="EU"), when(60, tier="gold"), when(50, store="Bonn")
    both = when(14, tier="gold", category="sofa")
    answer = policy(first, gold, last, both).answer_on(None, {"tier": "gold"})
    assert answer.exception == gold
    assert answer.possible == ((days(60), gold), (days(14), both), (days(45), first))


def test_dated_exception() -> None:
    gold = when((since("2026-03-01", 60), since("2026-06-01", 90)), tier="gold")
    asked = {"tier": "gold"}
    assert policy(gold).answer_on(date(2026, 4, 1), asked).value == days(60)
    assert policy(gold).answer_on(date(2026, 7, 1), asked).value == days(90)
    assert policy(gold).answer_on(None, asked).since == date(2026, 6, 1)


def test_before_its_first_day_an_exception_replaces_nothing() -> None:
    gold = when((since("2026-03-01", 60),), tier="gold")
    answer = policy(gold).answer_on(date(2026, 1, 1), {"tier": "gold"})
    assert (answer.value, answer.exception) == (days(30), None)
    assert policy(gold).answer_on(date(2026, 1, 1), {}).possible == ((days(30), None),)


def test_an_exception_without_a_fixed_value() -> None:
    gold = when((since(None, None),), tier="gold")
    answer = policy(gold).answer_on(None, {"tier": "gold"})
    assert (answer.value, answer.exception) == (None, gold)
    assert policy(gold).answer_on(None, {}).possible == ((days(30), None), (None, gold))


def test_attributes_have_one_name_however_they_are_written(tmp_path):
    (tmp_path / "attributes.yaml").write_text("attributes: {Member-Level: {gold: [gold]}}\n")
    (tmp_path / "fees.yaml").write_text(
        "topic: fees\npolicies:\n  parcel:\n    statement: A parcel costs {value}.\n    type: money\n"
        "    value: $5\n    exceptions:\n      - when: {Member Level: gold}\n        value: $3\n"
    )
    knowledge = load_policies(tmp_path)
    assert list(knowledge.attributes) == ["member_level"]
    assert knowledge.policies["fees.parcel"].answer_on(None, {"member_level": "Gold"}).exception is not None
