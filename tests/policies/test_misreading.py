"""`misread-phrasing`: a policy's own words are read as its own answer, or it is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from consistency_check.misreading import MISREAD, explain_misreading
from consistency_check.model import Claim, DatedValue, Policy, Reply, Value
from consistency_check.policies import load_policies
from consistency_check.policies.lint import LintSettings

ROOT = Path(__file__).parents[2]
TODAY = LintSettings(date(2026, 4, 1))
KNOWLEDGE = [
    ROOT / "policies",
    *ROOT.glob("tests/corpora/*/policies"),
    *ROOT.glob("tests/lessons/*/policies"),
]
POLICIES = """\
topic: returns
keywords: [return, send back]
policies:
  window:
    statement: Items can be returned within {value} of delivery.
    type: duration
    value: {2025-01-01: 14 days, 2026-01-01: 30 days}
    questions: ["How long do I have to return an item?"]
    phrasings:
      - you have {value} to send it back
      - you have 21 days to send it back
  refund_time:
    statement: Refunds reach your card within {value} of the return.
    type: duration
    value: 5 days
    questions: ["When do I get my refund?"]
"""
LENT = "      - refunds reach your card within 5 days of the return\n"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (POLICIES, 11, "“You have 21 days to send it back.”, which is read as 21 days; word it so that"),
        (
            POLICIES.replace("      - you have 21 days to send it back\n", LENT),
            11,
            "which is read as an answer about returns.refund_time; add what tells it from",
        ),
    ],
)
def test_what_is_misread_is_told_at_its_place(tmp_path: Path, text: str, line: int, said: str) -> None:
    (tmp_path / "returns.yaml").write_text(text, "utf-8")
    [(place, message)] = MISREAD.find(load_policies(tmp_path), TODAY)
    assert place.line == line
    assert message.startswith("returns.window is said by ")
    assert said in message


def test_it_has_few_false_alarms_on_the_bundled_knowledge_bases() -> None:
    """21 of 1,010 phrasings, nearly all a yes or no taken for the other; none is taken for another policy."""
    found = [message for folder in KNOWLEDGE for _, message in MISREAD.find(load_policies(folder), TODAY)]
    assert len(found) <= 21
    assert not [message for message in found if "an answer about" in message]


VALUE = Value("duration", 3, 3, "day")
OWN, OTHER = (
    Policy(f"a.{key}", "a", f"{key} takes {{value}}.", "duration", (DatedValue(None, VALUE),)) for key in "xy"
)


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        ([], ""),
        ([("a.x", 3)], ""),
        ([("a.x", 3), ("a.y", 3)], ""),
        ([("a.x", 4), ("a.x", 3)], ""),
        ([("a.x", 4), ("a.y", 3)], "which is read as 4 days; word it"),
        ([("a.y", 3)], "which is read as an answer about a.y; add what tells it from “y takes {value}.”"),
    ],
)
def test_what_a_reading_of_its_own_words_says(claims: list[tuple[str, int]], said: str) -> None:
    read = [Claim("a.x", p, Value("duration", n, n, "day"), f"{n} days", 9, 15, 0.9) for p, n in claims]
    message = explain_misreading(OWN, Reply("a.x", "", "It takes 3 days."), read, {"a.x": OWN, "a.y": OTHER})
    assert said in message
    assert bool(message) == bool(said)
