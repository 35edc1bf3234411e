"""Times of day and opening hours."""

import pytest

from consistency_check.model import Relation, Value
from consistency_check.values import ValueReadError, parse_value, relate, settle_value, show_value

QUARTER = Value("duration", 15, 15, "minute")


def half_open(minutes):
    """A time said without its half of the day, such as 'half past five'."""
    return Value("time", minutes, minutes, "12h")


@pytest.mark.parametrize(
    ("text", "low", "high", "per"),
    [
        ("18:30", 1110, 1110, ""),
        ("6.30 pm", 1110, 1110, ""),
        ("6:30 a.m.", 390, 390, ""),
        ("noon", 720, 720, ""),
        ("midnight", 0, 0, ""),
        ("09:00-17:00", 540, 1020, ""),
        ("9am to 5pm", 540, 1020, ""),
        ("nine to five", 540, 1020, ""),
        ("8am–6pm weekdays", 480, 1080, "mon-fri"),
        ("23:00-07:00", 1380, 420, ""),
        ("half 8 til half 6", 510, 1110, ""),
        ("5 to 6pm", 1020, 1080, ""),
        ("until 17:00", None, 1020, ""),
        ("from 2 pm", 840, None, ""),
        ("quarter to ten in the morning", 585, 585, ""),
        ("ten past 9 at night", 1270, 1270, ""),
        ("9:30", 570, 570, ""),
    ],
)
def test_what_people_write_is_read(parsed, text, low, high, per):
    assert parsed(text) == Value("time", low, high, per=per)


def test_it_is_shown_in_one_way(shown):
    assert [shown(text) for text in ("6.30pm", "9am - 5pm Mon-Sat", "by noon", "12 midnight")] == [
        "18:30",
        "09:00-17:00 mon-sat",
        "until 12:00",
        "00:00",
    ]


@pytest.mark.parametrize("text", ["soon", "25:00", "9:75", "three days", "9 to 5 pounds"])
def test_anything_else_says_what_to_write(text):
    with pytest.raises(ValueReadError, match="not a time of day; write for example '18:30'"):
        parse_value("time", text)


def test_two_times_relate(related):
    assert related("18:30", "6.30 pm") is Relation.EQUAL
    assert related("09:00-17:00", "12:00") is Relation.COMPATIBLE
    assert related("23:00-07:00", "09:00-17:00") is Relation.INCOMPATIBLE
    assert related("until 17:00", "16:00") is Relation.COMPATIBLE
    assert related("9-5 mon-fri", "9-5 sat") is Relation.INCOMPATIBLE
    assert related("9-5 mon-fri", "9-5") is Relation.EQUAL
    assert related("18:30", "18:40", QUARTER) is Relation.EQUAL


def test_an_open_half_of_the_day_agrees_with_either(agreed):
    for clock in ("17:30", "05:30"):
        assert relate(half_open(1050), parse_value("time", clock)) is Relation.EQUAL
    assert relate(half_open(1050), parse_value("time", "18:30")) is Relation.INCOMPATIBLE
    assert show_value(half_open(1050)) == "17:30 or 05:30"
    assert agreed("until 17:00", "17:00") is True


@pytest.mark.parametrize(
    ("stated", "expected", "settled"),
    [
        (half_open(1050), "05:30", "05:30"),
        (half_open(1050), "18:00", "17:30"),
        (Value("number", 8, 8), "20:00", "20:00"),
        (Value("number", 7.3, 7.3), "07:30", "07:30"),
        (Value("money", 5.3, 5.3), "17:30", "17:30"),
        (Value("time", 540, 1260), "21:00", "21:00"),
    ],
)
def test_what_was_left_out_is_settled_by_what_was_expected(stated, expected, settled):
    value = settle_value(stated, parse_value("time", expected))
    assert value is not None
    assert show_value(value) == settled


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("We close at half past five.", "17:30 or 05:30"),
        ("Doors stay open til 8p tonight.", "until 20:00"),
        ("Come at 6.", "18:00 or 06:00"),
        ("Our hours are 9-5, Monday to Friday.", "09:00-17:00 mon-fri"),
        ("We open at nine and shut at half past five.", "09:00-17:30"),
        ("Sat counter is 8 til 1", "08:00-13:00"),
    ],
)
def test_times_are_found_by_their_surroundings(found, text, value):
    assert [shown for _, shown in found(text)] == [value]


@pytest.mark.parametrize("text", ["Capped at 3.", "It takes five to seven days.", "Sizes 9-5 are gone."])
def test_numbers_are_no_times(found, text):
    assert all(":" not in shown for _, shown in found(text))
