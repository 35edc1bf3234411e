"""Dates, with and without a year, absolute and by the reply's day."""

from datetime import date

import pytest

from consistency_check.model import Relation, Value
from consistency_check.values import ValueReadError, find_mentions, parse_value, show_value

MONDAY = date(2026, 4, 20)
TWO_DAYS = Value("duration", 2, 2, "day")


@pytest.mark.parametrize(
    ("text", "shown_as"),
    [
        ("2 March 2026", "2026-03-02"),
        ("2026-03-02", "2026-03-02"),
        ("March 2nd, 2026", "2026-03-02"),
        ("Mon 2 March 2026", "2026-03-02"),
        ("05/03/2026", "2026-03-05"),
        ("03/25/2026", "2026-03-25"),
        ("31/12/26", "2026-12-31"),
        ("16 February", "16 February"),
        ("sixteenth of February", "16 February"),
        ("May twenty-first", "21 May"),
        ("1-15 June 2026", "2026-06-01 to 2026-06-15"),
        ("June 1–15", "1 June to 15 June"),
        ("10 August - 12 September 2013", "2013-08-10 to 2013-09-12"),
        ("by 5 May 2026", "until 2026-05-05"),
        ("from 6 April", "from 6 April"),
        ("February 2026", "2026-02-01 to 2026-02-28"),
        ("january twenty five nineteen eighty six", "1986-01-25"),
    ],
)
def test_what_people_write_is_read_and_shown_in_one_way(shown, text, shown_as):
    assert shown(text) == shown_as


@pytest.mark.parametrize("text", ["soon", "2026-02-30", "31 June", "2026", "Friday", "30 days"])
def test_anything_else_says_what_to_write(text):
    with pytest.raises(ValueReadError, match="not a date; write for example '2026-03-02'"):
        parse_value("date", text)


def test_two_dates_relate(related, agreed):
    assert related("2 March 2026", "2026-03-02") is Relation.EQUAL
    assert related("2 March", "2026-03-02") is Relation.EQUAL
    assert related("2 March 2025", "2026-03-02") is Relation.INCOMPATIBLE
    assert related("1-15 June 2026", "3 June") is Relation.COMPATIBLE
    assert related("by 5 May 2026", "1 May 2026") is Relation.COMPATIBLE
    assert related("2 March 2026", "4 March 2026", TWO_DAYS) is Relation.EQUAL
    assert agreed("by 5 May 2026", "5 May 2026") is True
    assert agreed("4 May", "5 May 2026") is False


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("You'll have it by Friday.", "until 2026-04-24"),
        ("See you tomorrow.", "2026-04-21"),
        ("It is due at the end of the month.", "2026-04-30"),
        ("We come on the 16th.", "2026-05-16"),
        ("It ships on the twenty-ninth.", "2026-04-29"),
        ("It is the first Monday in March.", "2026-03-02"),
        ("Expect it Wednesday the sixth.", "2026-05-06"),
        ("Arriving Wed 5/6.", "6 May"),
        ("Payment leaves on 7/5.", "7 May"),
        ("Next Monday then.", "2026-04-27"),
    ],
)
def test_the_day_of_the_reply_settles_a_date(text, value):
    assert value in [show_value(mention.value) for mention in find_mentions(text, MONDAY)]


@pytest.mark.parametrize(
    "text",
    [
        "You may 100% rely on us.",
        "We march on.",
        "Open Mon to Fri.",
        "Twice a second.",
        "On Sundays we rest.",
        "The sun is out.",
    ],
)
def test_words_that_look_like_dates_are_none(text):
    assert all(mention.value.type != "date" for mention in find_mentions(text, MONDAY))


def test_without_a_day_nothing_relative_is_found():
    assert find_mentions("By Friday or tomorrow, on the 16th.") == []


def test_a_numeric_date_can_be_read_month_first():
    mention = find_mentions("on 5/3/2026", month_first=True)[0]
    assert show_value(mention.value) == "2026-05-03"
