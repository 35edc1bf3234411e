"""Durations: units, business time, months, bounds."""

import pytest

from consistency_check.model import Relation, Value
from consistency_check.values import ValueReadError, parse_value, show_value

DAY = Value("duration", 1, 1, "day")


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("30 days", 30, 30, "day"),
        ("2 weeks", 2, 2, "week"),
        ("3-5 business days", 3, 5, "business day"),
        ("5 – 7 working days", 5, 7, "business day"),
        ("1 hr 30 mins", 90, 90, "minute"),
        ("half an hour", 30, 30, "minute"),
        ("a year and a half", 1.5, 1.5, "year"),
        ("a fortnight", 14, 14, "day"),
        ("2 business hours", 2, 2, "business hour"),
        ("up to 30 days", None, 30, "day"),
        ("at least 6 months", 6, None, "month"),
        ("24 hours", 24, 24, "hour"),
        ("7 days to 2 weeks", 7, 14, "day"),
        ("thirty (30) days", 30, 30, "day"),
        ("0 days", 0, 0, "day"),
    ],
)
def test_what_people_write_is_read(parsed, text, low, high, unit):
    assert parsed(text) == Value("duration", low, high, unit)


@pytest.mark.parametrize(
    ("text", "shown_as"),
    [("14 day", "14 days"), ("1 days", "1 day"), ("0-1 day", "0-1 days"), ("within a week", "up to 1 week")],
)
def test_it_is_shown_in_one_way(shown, text, shown_as):
    assert shown(text) == shown_as


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("30", "'30' has no unit; write for example '30 days'"),
        ("soon", "not a duration; write for example"),
        ("30 days or a week", "not a duration"),
        ("30 dais", "not a duration"),
        ("$30", "not a duration"),
    ],
)
def test_anything_else_says_what_to_write(text, says):
    with pytest.raises(ValueReadError) as error:
        parse_value("duration", text)
    assert says in str(error.value)


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        ("2 weeks", "14 days", Relation.EQUAL),
        ("24 hours", "1 day", Relation.EQUAL),
        ("1 month", "30 days", Relation.EQUAL),
        ("1 month", "4 weeks", Relation.EQUAL),
        ("1 month", "27 days", Relation.INCOMPATIBLE),
        ("12 months", "1 year", Relation.EQUAL),
        ("12 months", "365 days", Relation.EQUAL),
        ("12 months", "13 months", Relation.INCOMPATIBLE),
        ("1 business week", "5 business days", Relation.EQUAL),
        ("5 days", "5 business days", Relation.INCOMPATIBLE),
        ("5 business hours", "5 business days", Relation.INCOMPATIBLE),
        ("up to 30 days", "30 days", Relation.COMPATIBLE),
        ("3-5 days", "4 days", Relation.COMPATIBLE),
        ("3-5 days", "4-6 days", Relation.INCOMPATIBLE),
        ("at least 3 days", "up to 5 days", Relation.INCOMPATIBLE),
    ],
)
def test_two_durations_relate(related, a, b, relation):
    assert related(a, b) is related(b, a) is relation


@pytest.mark.parametrize(
    ("stated", "expected", "compare", "agrees"),
    [
        ("within 30 days", "30 days", "", True),
        ("up to 30 days", "30 days", "", True),
        ("at least 30 days", "30 days", "", True),
        ("within 45 days", "30 days", "", False),
        ("a month", "30 days", "", True),
        ("5 business days", "3-5 business days", "", True),
        ("up to 5 business days", "3-5 business days", "", True),
        ("3 to 5 business days", "3-5 business days", "", True),
        ("5-7 business days", "3-5 business days", "", False),
        ("1-5 business days", "3-5 business days", "", False),
        ("4 days", "3-5 business days", "", False),
        ("4 business days", "3-5 business days", "equal", False),
        ("20 days", "30 days", "at_most", True),
        ("20-40 days", "30 days", "at_most", False),
        ("40 days", "30 days", "at_least", True),
        ("20-40 days", "30 days", "at_least", False),
    ],
)
def test_a_stated_duration_agrees_with_the_policy(agreed, stated, expected, compare, agrees):
    assert agreed(stated, expected, compare) is agrees


def test_a_tolerance_widens_both_ways(agreed, related):
    assert agreed("31 days", "30 days", "", DAY) is True
    assert agreed("29 days", "30 days", "", DAY) is True
    assert agreed("32 days", "30 days", "", DAY) is False
    assert agreed("6 business days", "3-5 business days", "", DAY) is True
    assert related("31 days", "30 days", DAY) is Relation.EQUAL


def test_a_rate_is_no_second_duration(found):
    assert found("You may work twenty hours a week.") == [("twenty hours", "20 hours")]
    assert found("We are there 24 hours a day, 7 days a week.") == []


def test_the_unit_that_was_said_is_kept():
    assert show_value(parse_value("duration", "two weeks")) == "2 weeks"
