"""When an answer is due: hours and days go on, business days leave weekends out."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency_check.checks.response_times import DEFAULT_TIMES, find_due, is_late
from consistency_check.model import Reply
from consistency_check.values import parse_value

# 2 March 2026 is a Monday.
DUE = [
    ("2026-03-02T10:00", "24 hours", "2026-03-03T10:00"),
    ("2026-03-06T17:00", "24 hours", "2026-03-07T17:00"),
    ("2026-03-02T10:00", "10 minutes", "2026-03-02T10:10"),
    ("2026-03-02T10:00", "1-2 days", "2026-03-04T10:00"),
    ("2026-03-02T10:00", "1 week", "2026-03-09T10:00"),
    ("2026-03-02T10:00", "1 business day", "2026-03-03T10:00"),
    ("2026-03-06T17:00", "1 business day", "2026-03-09T17:00"),
    ("2026-03-07T17:00", "1 business day", "2026-03-10T00:00"),
    ("2026-03-06T17:00", "5 business days", "2026-03-13T17:00"),
    ("2026-03-05T17:00", "12 business days", "2026-03-23T17:00"),
    ("2026-03-06T23:00", "2 business hours", "2026-03-09T01:00"),
    ("2026-03-02T10:00", "1 business week", "2026-03-09T10:00"),
    ("2026-03-02T10:00", "1 month", "2026-04-02T10:00"),
]


@pytest.mark.parametrize(("asked", "allowed", "due"), DUE)
def test_when_it_is_due(asked, allowed, due):
    moments = [datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (asked, due)]
    assert find_due(moments[0], parse_value("duration", allowed)) == moments[1]


@given(st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1)), st.integers(0, 30), st.integers(0, 30))
def test_more_time_is_never_due_earlier(asked, days, more):
    asked = asked.replace(tzinfo=UTC)
    first, then = (
        find_due(asked, parse_value("duration", f"{n} business days")) for n in (days, days + more)
    )
    assert asked <= first <= then
    assert then.weekday() < 5


def test_what_is_late():
    asked = datetime(2026, 3, 2, 10, tzinfo=UTC)
    reply = Reply("R", "email", "", sent_at=asked + timedelta(days=1), asked_at=asked)
    assert not is_late(reply, DEFAULT_TIMES)
    late = Reply("R", "email", "", sent_at=asked + timedelta(days=1, minutes=1), asked_at=asked)
    assert is_late(late, DEFAULT_TIMES)
    assert not is_late(late, {})
    assert not is_late(Reply("R", "email", "", sent_at=asked), DEFAULT_TIMES)


def test_calls_and_unknown_channels_have_none():
    assert not {"phone", "call", "counter"} & DEFAULT_TIMES.keys()
    assert {"email", "chat", "sms", "social", "letter", "web"} <= DEFAULT_TIMES.keys()
