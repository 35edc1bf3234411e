"""Dates as people write them, and the order of day and month that a file tells or does not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency_check.load.written_times import find_order, infer_order, read_written_time

NOON = datetime(2026, 3, 31, 14, 5)


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("31/03/2026 14:05", "", NOON),
        ("31.3.26, 14:05", "", NOON),
        ("3/31/2026 2:05 PM", "", NOON),
        ("3/31/26, 2:05\u202fpm", "", NOON),
        ("31/03/2026, 2:05 p. m.", "", NOON),
        ("2026/03/31 14:05:00", "", NOON),
        ("31 Mar 2026 14:05", "", NOON),
        ("Tue, 31-Mar-2026 14:05:00", "", NOON),
        ("March 31, 2026 at 2:05 PM", "", NOON),
        ("Mar. 31 2026, 14.05", "", NOON),
        ("04/03/2026", "dmy", datetime(2026, 3, 4)),
        ("04/03/2026", "mdy", datetime(2026, 4, 3)),
        ("12/31/2026 12:00 AM", "", datetime(2026, 12, 31)),
        ("31/03/2026 14:05Z", "", NOON.replace(tzinfo=UTC)),
        ("2026/03/31 14:05:00.000 UTC", "", NOON.replace(tzinfo=UTC)),
        ("31/03/2026 14:05 -0530", "", NOON.replace(tzinfo=timezone(-timedelta(hours=5, minutes=30)))),
    ],
)
def test_written_times(text: str, order: str, expected: datetime) -> None:
    assert read_written_time(text, order) == expected


@pytest.mark.parametrize(
    ("text", "order", "words"),
    [
        ("04/03/2026", "", "may have the day or the month first; say --day-order"),
        ("31/03/2026", "mdy", "cannot be read; write it as"),
        ("31/02/2026", "dmy", "cannot be read; write it as"),
        ("3/31/2026 13:05 PM", "mdy", "cannot be read; write it as"),
        ("yesterday", "", "cannot be read; write it as"),
        ("31 Foo 2026", "", "cannot be read; write it as"),
        ("9" * 100_000, "", "cannot be read; write it as"),
        ("", "", "cannot be read; write it as"),
        ("31/12/9999", "", "'31/12/9999' is not of the years 1900 to 2200; write when it was, or nothing"),
        ("1 Jan 1753", "", "not of the years 1900 to 2200"),
    ],
)
def test_what_is_no_time(text: str, order: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read_written_time(text, order)


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["01/02/2026", "13/02/2026"], "dmy"),
        (["01/02/2026", "02/13/2026"], "mdy"),
        (["2026/01/02"], "ymd"),
        (["01/02/2026", "03/04/2026"], ""),
        (["1 May 2026", "x"], None),
        ([], None),
    ],
)
def test_the_order_is_inferred_once_a_file(texts: list[str], order: str | None) -> None:
    assert infer_order(texts) == order


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)), st.sampled_from(["dmy", "mdy"]), st.sampled_from("/-."))  # noqa: E501 # fmt: skip
def test_a_written_time_comes_back(time, order, mark):
    time = time.replace(second=0, microsecond=0)
    day = {"dmy": f"%d{mark}%m{mark}%Y", "mdy": f"%m{mark}%d{mark}%Y"}[order]
    text = time.strftime(f"{day} %H:%M")
    assert read_written_time(text, order) == time
    assert find_order(text) in ("", order)
