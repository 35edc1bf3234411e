"""How a stated value stands to a policy's answers, whatever was asked for before it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from consistency_check.model import Value
from consistency_check.policies import load_policies
from consistency_check.read import answers
from consistency_check.read.answers import Answers

FILE = """\
topic: loans
title: Loans
policies:
  fine:
    statement: A late toy costs {value} a day.
    type: money
    value:
      2024-01-01: $2
      2025-06-01: $3
  period:
    statement: Toys can be borrowed for {value}.
    type: duration
    value: 21 days
"""
DAYS = [None, *(date(2023, 12, 1) + timedelta(days=90 * step) for step in range(12))]
VALUES = [Value("money", float(amount), float(amount), "USD") for amount in range(1, 6)]


@pytest.fixture
def policies(tmp_path: Path):
    (tmp_path / "loans.yaml").write_text(FILE)
    return sorted(load_policies(tmp_path).policies.values(), key=lambda policy: policy.id)


@pytest.mark.parametrize("known", [0, 3, 1000])
def test_what_is_at_hand_is_what_would_be_worked_out(policies, monkeypatch, known) -> None:
    monkeypatch.setattr(answers, "KNOWN", known)
    shared = Answers(policies)
    asked = [(value, number, day) for day in DAYS for value in VALUES for number in range(len(policies))]
    first, again = ([shared.measure(*each) for each in asked] for _ in range(2))
    assert first == again == [Answers(policies).measure(*each) for each in asked]


def test_a_value_agrees_with_the_version_of_its_day(policies) -> None:
    three = Value("money", 3.0, 3.0, "USD")
    measure = Answers(policies).measure
    before, after = (measure(three, 0, day) for day in (date(2025, 5, 31), date(2025, 6, 1)))
    assert before and after
    assert (before.agrees, after.agrees) == (False, True)
    assert measure(three, 1, date(2025, 6, 1)) is None  # a price is no duration
