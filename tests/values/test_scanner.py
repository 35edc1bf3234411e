"""The cases of `tests/cases/values`: a text, and the words, type and value of each mention in it."""

import json
import time
from datetime import date
from pathlib import Path

import pytest

from consistency_check.values import find_mentions, show_value

FOLDER = Path(__file__).parents[1] / "cases" / "values"
DAY = date(2026, 4, 20)
CASES = [
    pytest.param(json.loads(line), id=f"{path.stem}:{number}")
    for path in sorted(FOLDER.glob("*.jsonl"))
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
]


@pytest.mark.parametrize("case", CASES)
def test_a_text_says_its_values(case):
    text = case["text"]
    found = [[text[m.start : m.end], m.value.type, show_value(m.value)] for m in find_mentions(text, DAY)]
    assert found == case["found"]


@pytest.mark.parametrize(
    "text",
    [
        "one " * 4000,
        "ten past " * 2000,
        "1-" * 5000,
        "5" * 20000,
        "half a " * 3000,
        "(555) " * 2000,
        "a.b." * 5000,
        "$" * 9000,
    ],
)
def test_a_long_hostile_text_takes_time_in_proportion(text):
    started = time.process_time()
    find_mentions(text, DAY)
    assert time.process_time() - started < 5


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_first_and_last_days_of_the_calendar_are_no_trouble(day):
    assert find_mentions("By Friday, tomorrow, on the 31st, the last Monday in May, 5/6.", day) is not None


def test_offsets_hold_where_lower_case_is_longer():
    text = "İİ it costs $5"
    mention = find_mentions(text)[0]
    assert text[mention.start : mention.end] == "$5"
