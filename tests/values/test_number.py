"""Counts and measures."""

import pytest

from consistency_check.model import Relation, Value
from consistency_check.values import ValueReadError, parse_value, settle_value


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("3", 3, 3, ""),
        ("2025", 2025, 2025, ""),
        ("a dozen", 12, 12, ""),
        ("one", 1, 1, ""),
        ("2-4", 2, 4, ""),
        ("up to 5", None, 5, ""),
        ("twenty-one", 21, 21, ""),
        ("20 kg", 20, 20, "kg"),
        ("20kg max", None, 20, "kg"),
        ("half a kilo", 0.5, 0.5, "kg"),
        ("7 feet 10 inches", 94, 94, "inch"),
        ("3 to 5 kilometres", 3, 5, "km"),
        ("seven hundred twenty-one thousand twelve", 721012, 721012, ""),
        ("1,674,200", 1674200, 1674200, ""),
        ("two and a half", 2.5, 2.5, ""),
        ("minus five point five", -5.5, -5.5, ""),
    ],
)
def test_what_people_write_is_read(parsed, text, low, high, unit):
    assert parsed(text) == Value("number", low, high, unit)


def test_it_is_shown_in_one_way(shown):
    assert [shown(text) for text in ("three", "20 kilos", "5 or more", "2 to 4", "0.5 l")] == [
        "3",
        "20 kg",
        "at least 5",
        "2-4",
        "0.5 l",
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("3 days", "'3 days' is a duration, not a number; set 'type: duration'"),
        ("several", "write for example '3', 'up to 5' or '20 kg'"),
        ("3 bags", "not a number"),
    ],
)
def test_anything_else_says_what_to_write(text, says):
    with pytest.raises(ValueReadError) as error:
        parse_value("number", text)
    assert says in str(error.value)


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        ("1 kg", "1000 g", Relation.EQUAL),
        ("1 mile", "1.609344 km", Relation.EQUAL),
        ("50 lbs", "23 kg", Relation.INCOMPATIBLE),
        ("20 kg", "20", Relation.EQUAL),
        ("20 kg", "20 cm", Relation.NOT_COMPARABLE),
        ("up to 23 kg", "23000 g", Relation.COMPATIBLE),
        ("3", "4", Relation.INCOMPATIBLE),
    ],
)
def test_two_numbers_relate(related, a, b, relation):
    assert related(a, b) is related(b, a) is relation


def test_a_stated_number_agrees_with_the_policy(agreed):
    assert agreed("no more than two", "2") is True
    assert agreed("18 or over", "18") is True
    assert agreed("20 kg", "20 cm") is None
    assert agreed("19", "18", "at_least") is True
    assert agreed("20.4 kg", "20 kg", "", Value("number", 500, 500, "g")) is True


@pytest.mark.parametrize(
    ("stated", "settled"),
    [(Value("number", 1.5, 1.5, "m"), (150, "cm")), (Value("duration", 21, 21, "year"), (21, ""))],
)
def test_a_measure_is_settled_in_the_unit_of_a_bare_number(stated, settled):
    value = settle_value(stated, Value("number", 140, 140))
    assert value is not None
    assert (value.low, value.unit) == settled


@pytest.mark.parametrize(
    "text",
    [
        "Order 4411 shipped.",
        "Ref AB12-3456, ticket 887612.",
        "Visa ending in 4242",
        "It runs on iPhone 15.",
        "No one can change it.",
        "That's the one I meant.",
        "See section 4.2, step 3.",
        "It is open 24/7.",
        "Rated 4.5 out of 5 stars",
        "Version 4.10.2",
        "Use 4C5ID or 8DHKY.",
        "1. Open it\n2. Close it",
    ],
)
def test_codes_names_and_labels_are_no_numbers(found, text):
    assert found(text) == []


def test_counted_things_are_numbers(found):
    assert found("Bring 3 bags, one (1) coat and up to 2 friends.") == [
        ("3", "3"),
        ("one (1)", "1"),
        ("up to 2", "up to 2"),
    ]
    assert found("Nine.") == [("Nine", "9")]
