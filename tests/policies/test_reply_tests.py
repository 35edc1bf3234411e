"""`*.test.yaml`: what they may hold, and what is said of what they may not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from consistency_check.model import KnowledgeBase, Value, Verdict
from consistency_check.policies import KnowledgeBaseError, load_policies, load_tests

POLICIES = """\
topic: returns
policies:
  window:
    statement: Items can be returned within {value}.
    type: duration
    value: 30 days
  method:
    statement: Refunds are paid as {value}.
    type: choice
    value: card
    options: {card: [], credit: [voucher]}
"""
TESTS = """\
tests:
  - name: gold
    reply: You have 60 days.
    question: How long?
    channel: chat
    day: 2026-04-01
    attributes: {tier: gold}
    claims:
      - {policy: returns.window, value: 60 days, verdict: wrong_case}
      - policy: returns.method
  - reply: Hello there.
    claims: []
"""


@pytest.fixture
def knowledge(tmp_path: Path) -> KnowledgeBase:
    (tmp_path / "returns.yaml").write_text(POLICIES, "utf-8")
    return load_policies(tmp_path)


def write(folder: Path, text: str) -> None:
    (folder / "returns.test.yaml").write_text(text, "utf-8")


def test_what_a_test_holds(tmp_path: Path, knowledge: KnowledgeBase) -> None:
    write(tmp_path, TESTS)
    gold, hello = load_tests(tmp_path, knowledge)
    assert (gold.name, gold.day, gold.reply.text) == ("gold", date(2026, 4, 1), "You have 60 days.")
    assert (gold.reply.question, gold.reply.channel) == ("How long?", "chat")
    assert gold.reply.attributes == {"tier": "gold"}
    first, second = gold.expected
    assert (first.policy, first.verdict) == ("returns.window", Verdict.WRONG_CASE)
    assert first.value == Value("duration", 60, 60, "day")
    assert (second.policy, second.value, second.verdict) == ("returns.method", None, None)
    assert (hello.name, hello.day, hello.expected) == ("Hello there.", None, ())
    assert str(hello.source).endswith("returns.test.yaml:11:5")


def test_the_tests_of_one_file_lie_beside_it(tmp_path: Path, knowledge: KnowledgeBase) -> None:
    write(tmp_path, TESTS)
    (tmp_path / "other.test.yml").write_text("tests: [{reply: Hi., claims: []}]", "utf-8")
    assert len(load_tests(tmp_path, knowledge)) == 3
    assert len(load_tests(tmp_path / "returns.yaml", knowledge)) == 2


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("name: gold", "nam: gold", "2:5: a test has no key `nam`; did you mean `name`?"),
        (
            "reply: You have 60 days.",
            "text: Hi",
            "3:5: `text` has no place in a test; write the reply's words as `reply`",
        ),
        ("2026-04-01", "1 April", "6:10: `1 April` is no day; write year, month and day"),
        ("2026-04-01", "2026-02-30", "6:10: there is no day 2026-02-30; write a day of the calendar"),
        ("{tier: gold}", "gold", "7:17: `attributes` has a text here, but needs keys"),
        (
            "policy: returns.window",
            "policy: returns.windw",
            "9:18: there is no policy `returns.windw`; did you mean `returns.window`?",
        ),
        (
            "policy: returns.window",
            "polcy: returns.window",
            "a claim has no key `polcy`; did you mean `policy`?",
        ),
        ("value: 60 days", "value: soon", "'soon' is not a duration; write for example"),
        (
            "- policy: returns.method",
            "- {policy: returns.method, value: voucher}",
            "`voucher` is another word for an option; write its name, `credit`",
        ),
        ("wrong_case", "wrong", "`verdict` cannot be `wrong`; write `agrees`, `outdated`"),
        ("claims: []", "claims: none", "12:13: `claims` is a list, not a text; begin each entry with `- `"),
        ("    claims: []\n", "", "11:5: this test has no `claims`; add a line like `claims: []`"),
        ("tests:", "test:", "1:1: a test file has no key `test`; did you mean `tests`?"),
        (TESTS, "# nothing\n", "is empty; write `tests:`"),
        (TESTS, "tests: !!python/object:os.system x\n", "the tag"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(
    tmp_path: Path, knowledge: KnowledgeBase, before: str, after: str, said: str
) -> None:
    assert before in TESTS
    write(tmp_path, TESTS.replace(before, after, 1))
    with pytest.raises(KnowledgeBaseError) as raised:
        load_tests(tmp_path, knowledge)
    messages = [
        str(problem).removeprefix(f"{tmp_path}/returns.test.yaml:") for problem in raised.value.problems
    ]
    assert any(said in message for message in messages), messages
    assert all("; " in message for message in messages)
