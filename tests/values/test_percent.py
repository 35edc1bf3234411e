"""Percentages."""

import pytest

from consistency_check.model import Relation, Value
from consistency_check.values import ValueReadError, parse_value, settle_value


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("25%", 25, 25),
        ("fifteen percent", 15, 15),
        ("15 per cent", 15, 15),
        ("10-15%", 10, 15),
        ("half price", 50, 50),
        ("a quarter off", 25, 25),
        ("up to 20%", None, 20),
        ("1.25 pct", 1.25, 1.25),
    ],
)
def test_what_people_write_is_read(parsed, text, low, high):
    assert parsed(text) == Value("percent", low, high, "%")


def test_it_is_shown_in_one_way(shown):
    assert [shown(text) for text in ("15 percent", "10 to 15 %", "at least 5%")] == [
        "15%",
        "10-15%",
        "at least 5%",
    ]


@pytest.mark.parametrize(
    ("text", "says"), [("25", "write '25%'"), ("some", "write for example '25%' or '10-15%'")]
)
def test_anything_else_says_what_to_write(text, says):
    with pytest.raises(ValueReadError) as error:
        parse_value("percent", text)
    assert says in str(error.value)


def test_two_percentages_relate(related, agreed):
    assert related("15%", "fifteen percent") is Relation.EQUAL
    assert related("15%", "up to 20%") is Relation.COMPATIBLE
    assert related("15%", "20%") is Relation.INCOMPATIBLE
    assert agreed("up to 20%", "20%") is True
    assert agreed("12%", "10-15%") is True
    assert agreed("21%", "20%", "", Value("percent", 1, 1, "%")) is True


@pytest.mark.parametrize(("number", "percent"), [(15, 15), (0.25, 25)])
def test_a_bare_number_is_settled_as_a_percentage(number, percent):
    assert settle_value(Value("number", number, number), parse_value("percent", "20%")) == Value(
        "percent", percent, percent, "%"
    )


def test_multiples_of_a_price_are_what_comes_on_top(found):
    assert found("Late ones pay three times the charge.") == [("three times", "200%")]
