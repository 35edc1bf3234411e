"""What is doubtful in a knowledge base: each rule in its place, and silence everywhere else."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from consistency_check.model import Level
from consistency_check.policies import load_policies
from consistency_check.policies.lint import RULES, LintSettings, lint_policies

CASES = sorted((Path(__file__).parents[1] / "cases" / "lint").glob("*.yaml"))
SAMPLE = Path(__file__).parents[2] / "policies"
# 150 days after the older of the two changes in missing.yaml.
SETTINGS = LintSettings(date(2026, 1, 1) + timedelta(days=151), stale_after=150)
EXPECTED = re.compile(r"! ([a-z-]+)")
ABOUT_WHAT_IS_MISSING = {"missing-owner", "missing-questions", "missing-source", "stale-policy"}
ASKED_FOR = {"missing-owner", "missing-source"}


def list_expected(file: Path) -> Counter[tuple[int, str]]:
    return Counter(
        (number, name)
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        for name in EXPECTED.findall(line.partition(" #")[2])
    )


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_what_is_marked_is_found_and_nothing_else(file: Path) -> None:
    names = (
        set(RULES)
        if file.stem == "missing"
        else set(RULES) - ASKED_FOR - {"missing-questions", "stale-policy"}
    )
    found = lint_policies(load_policies(file), names, SETTINGS)
    assert Counter((advice.source.line, advice.rule) for advice in found) == list_expected(file)


def test_every_rule_has_a_case() -> None:
    assert {name for file in CASES for _, name in list_expected(file)} == set(RULES)


@pytest.mark.parametrize("name", RULES)
def test_a_rule_says_what_it_finds_and_what_to_write_instead(name: str) -> None:
    rule = RULES[name]
    assert rule.name == name
    assert rule.finds.endswith(".")
    assert rule.why.endswith(".")
    assert rule.always == (name not in ASKED_FOR)
    messages = [a.message for file in CASES for a in lint_policies(load_policies(file), [name], SETTINGS)]
    assert messages
    assert all("; " in message and not message.endswith(".") for message in messages)


def test_a_rule_that_is_turned_off_says_nothing() -> None:
    found = lint_policies(load_policies(CASES[0]), set(RULES) - {"idle-date"}, SETTINGS)
    assert "idle-date" not in {advice.rule for advice in found}


def test_without_a_setting_no_policy_is_stale() -> None:
    found = lint_policies(load_policies(CASES[0].with_name("missing.yaml")), RULES, LintSettings(date.max))
    assert "stale-policy" not in {advice.rule for advice in found}


def test_the_sample_has_no_errors() -> None:
    found = lint_policies(load_policies(SAMPLE), RULES, SETTINGS)
    assert not [advice for advice in found if advice.level is Level.ERROR]
