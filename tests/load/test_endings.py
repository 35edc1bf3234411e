"""Footers are learned from an export's first answers and cut off all of them, in the order of the export."""

from __future__ import annotations

import pytest

from consistency_check.load.endings import strip_footers
from consistency_check.load.records import Record
from consistency_check.model import LeftOut, Source

FOOTER = "\n\n--\nKim Lee | Acme | www.acme.example"


def answer(text: str, agent: str = "Kim", spoken: bool = True) -> Record:
    return Record({"text": text, "agent": agent}, Source("a"), is_spoken=spoken)


def strip(*items: Record | LeftOut) -> list[str]:
    return [item.fields["text"] if isinstance(item, Record) else "-" for item in strip_footers(items)]


def test_a_repeated_footer_goes_and_the_order_stays() -> None:
    left_out = LeftOut(Source("a"), "events")
    items = [answer(f"You have {days} days.{FOOTER}") for days in (10, 20, 30, 40)]
    assert strip(left_out, *items, left_out) == [
        "-",
        *(f"You have {days} days." for days in (10, 20, 30, 40)),
        "-",
    ]


def test_what_another_wrote_or_what_is_no_turn_stays() -> None:
    items = [answer(f"You have {days} days.{FOOTER}") for days in (10, 20, 30, 40)]
    other, whole = answer(f"Hello.{FOOTER}", "Bo"), answer(f"Hello.{FOOTER}", spoken=False)
    assert strip(*items, other, whole)[-2:] == [f"Hello.{FOOTER}"] * 2


def test_answers_behind_the_window_are_stripped_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("consistency_check.load.endings._WINDOW", 5)
    items = [answer(f"You have {days} days.{FOOTER}") for days in range(12)]
    assert strip(*items) == [f"You have {days} days." for days in range(12)]


def test_records_that_are_no_turns_do_not_wait() -> None:
    stream = strip_footers(answer(str(number), spoken=False) for number in iter(int, 1))
    assert next(stream) == answer("0", spoken=False)
