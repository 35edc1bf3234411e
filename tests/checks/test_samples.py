"""Samples of a count: the answers that were heard first, whatever the offsets of their times."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from consistency_check.checks.tallies import pick_samples
from consistency_check.model import FindingAnswer, Verdict


def answer(number, sent_at, start=0):
    times = {"sent_at": sent_at.isoformat() if sent_at else ""}
    shown = {"value": "", "verdict": Verdict.AGREES, "quote": "", "start": start, "end": start}
    return FindingAnswer(f"R{number}", "email", "", "", **times, **shown, confidence=1.0, source="")


offsets = st.integers(-14, 14).map(lambda hours: timezone(timedelta(hours=hours)))
moments = st.datetimes(datetime(2026, 3, 1), datetime(2026, 3, 4), timezones=offsets)


def test_a_morning_in_tokyo_is_before_the_evening_before_in_london():
    london = answer(1, datetime(2026, 3, 1, 23, tzinfo=UTC))
    tokyo = answer(2, datetime(2026, 3, 2, 5, tzinfo=timezone(timedelta(hours=9))))
    assert pick_samples([london, tokyo]) == (tokyo, london)


@given(st.lists(st.none() | moments, max_size=12))
def test_the_first_heard_come_first_and_those_without_a_time_last(times):
    picked = pick_samples(answer(number, time) for number, time in enumerate(times))
    known = sorted(time for time in times if time)
    shown = [datetime.fromisoformat(each.sent_at) if each.sent_at else None for each in picked]
    assert shown == [*known, *[None] * times.count(None)][: len(picked)]
    assert len(picked) == min(5, len(times))


def test_places_in_a_reply_are_numbers():
    first, then = answer(1, None, start=9), answer(1, None, start=10)
    assert pick_samples([then, first]) == (first, then)
