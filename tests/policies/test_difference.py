"""What is a change of meaning between two versions of a knowledge base, and what is not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from consistency_check.model import ChangeKind, PolicyChange
from consistency_check.policies import load_policies
from consistency_check.policies.difference import compare_policies, pair_policies

SAMPLE = Path(__file__).parents[2] / "policies"
OLD = """\
topic: returns
title: Returns
questions: [How do I return it?]
keywords: [return, refund]
policies:
  window:
    statement: Items can be returned within {value} of delivery.
    type: duration
    value:
      2025-01-01: 14 days
      2026-01-01: 28 days
    phrasings: ["you have {value} to send it back", "it can come back for {value}"]
    exceptions:
      - when: {tier: [gold, silver]}
        value: 60 days
      - when: {region: north}
        value: 90 days
  label:
    statement: A label costs {value}.
    type: money
    value: $7
    questions: [How much is the label?]
    severity: high
  method:
    statement: Refunds are paid as {value}.
    type: choice
    value: card
    options: {card: [same card], credit: [voucher, gift card]}
"""
LABEL = OLD[OLD.index("  label:") : OLD.index("  method:")]
WINDOW = OLD[OLD.index("  window:") : OLD.index("  label:")]


def diff(folder: Path, old: str, new: str) -> list[PolicyChange]:
    loaded = []
    for name, text in (("old", old), ("new", new)):
        path = folder / name / "returns.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
        loaded.append(load_policies(path.parent))
    return list(compare_policies(*loaded))


def tell(changes: list[PolicyChange]) -> list[tuple[str, str, str, tuple[str, ...], tuple[str, ...]]]:
    return [(c.about, c.kind.value, c.part, c.before, c.after) for c in changes]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("14 days", "2 weeks  # a fortnight"),
        ("14 days", "'14   days'"),
        ("      2026-01-01: 28 days\n", "      2026-01-01: 4 weeks\n      2026-06-01: 28 days\n"),
        (
            "      2025-01-01: 14 days\n      2026-01-01: 28 days\n",
            "      2026-01-01: 28 days\n      2025-01-01: 14 days\n",
        ),
        (WINDOW + LABEL, LABEL + WINDOW),
        ("tier: [gold, silver]", "tier: [Silver, Gold, gold]"),
        (
            "questions: [How do I return it?]\nkeywords: [return, refund]",
            "keywords: [refund, return]\nquestions:\n- 'How do I return it?'",
        ),
        (
            "{card: [same card], credit: [voucher, gift card]}",
            "{credit: [gift card, voucher], card: [same card]}",
        ),
        (
            "type: money",
            "type: money\n    source: https://wiki.example\n    examples: {agrees: [A label costs $7.]}",
        ),
        ("$7", "$7.00"),
        ("[same card]", "[same card, card]"),  # an option's name is one of its words
    ],
)
def test_how_it_is_written_is_no_change(tmp_path: Path, before: str, after: str) -> None:
    assert before in OLD
    assert diff(tmp_path, OLD, OLD.replace(before, after, 1)) == []


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("28 days", "a month", ("returns.window", "value", "from 2026-01-01", ("28 days",), ("1 month",))),
        ("28 days", "30 days", ("returns.window", "value", "from 2026-01-01", ("28 days",), ("30 days",))),
        ("28 days", "any", ("returns.window", "value", "from 2026-01-01", ("28 days",), ("any",))),
        (
            "2026-01-01: 28",
            "2026-03-01: 28",
            ("returns.window", "date", "28 days", ("from 2026-01-01",), ("from 2026-03-01",)),
        ),
        ("      2025-01-01: 14 days\n", "", ("returns.window", "value", "from 2025-01-01", ("14 days",), ())),
        (
            "60 days",
            "9 weeks",
            ("returns.window", "exception", "tier: gold or silver", ("60 days",), ("9 weeks",)),
        ),
        (
            "      - when: {region: north}\n        value: 90 days\n",
            "",
            ("returns.window", "exception", "region: north", ("90 days",), ()),
        ),
        (
            "value: $7",
            "value: $7\n    exceptions: [{when: {tier: gold}, value: free}]",
            ("returns.label", "exception", "tier: gold", (), ("free",)),
        ),
        ("$7", "£7", ("returns.label", "value", "", ("$7",), ("£7",))),
        (
            "it can come back for",
            "keep it for",
            (
                "returns.window",
                "wording",
                "phrasings",
                ("it can come back for {value}",),
                ("keep it for {value}",),
            ),
        ),
        (
            "A label costs",
            "Labels cost",
            ("returns.label", "wording", "statement", ("A label costs {value}.",), ("Labels cost {value}.",)),
        ),
        (
            "How much is the label?",
            "What is a label?",
            ("returns.label", "wording", "questions", ("How much is the label?",), ("What is a label?",)),
        ),
        ("voucher,", "coupon,", ("returns.method", "wording", "option credit", ("voucher",), ("coupon",))),
        ("severity: high", "severity: low", ("returns.label", "severity", "", ("high",), ("low",))),
        (
            "severity: high",
            "severity: high\n    favours: lower",
            ("returns.label", "favours", "", ("neither",), ("lower",)),
        ),
        (
            "severity: high",
            "severity: high\n    compare: at_most",
            ("returns.label", "compare", "", ("equal or, where the value is a range, within",), ("at_most",)),
        ),
        (
            "severity: high",
            "severity: high\n    tolerance: $1",
            ("returns.label", "tolerance", "", (), ("$1",)),
        ),
        (
            "title: Returns",
            "title: Sending back",
            ("returns", "wording", "title", ("Returns",), ("Sending back",)),
        ),
        ("return, refund", "return", ("returns", "wording", "keywords", ("refund",), ())),
        (LABEL, "", ("returns.label", "removed", "", ("A label costs {value}.", "$7"), ())),
        (
            "  label:",
            "  label_fee:",
            ("returns.label_fee", "renamed", "", ("returns.label",), ("returns.label_fee",)),
        ),
    ],
)
def test_each_kind_of_change(tmp_path: Path, before: str, after: str, expected: tuple[object, ...]) -> None:
    assert before in OLD
    assert tell(diff(tmp_path, OLD, OLD.replace(before, after, 1))) == [expected]


def test_of_two_exceptions_that_both_hold_the_first_wins(tmp_path: Path) -> None:
    gold, north = OLD[OLD.index("      - when: {tier") : OLD.index("  label:")].split("      - when: {region")
    swapped = OLD.replace(f"{gold}      - when: {{region{north}", f"      - when: {{region{north}{gold}")
    [change] = diff(tmp_path, OLD, swapped)
    assert (change.kind, change.part) == (
        ChangeKind.EXCEPTION,
        "tier: gold or silver and region: north together",
    )
    assert (change.before, change.after) == (("60 days",), ("90 days",))


def test_a_rename_says_how_sure_it_is_and_what_else_changed(tmp_path: Path) -> None:
    new = OLD.replace("  label:", "  label_fee:").replace("$7", "$8")
    renamed, value = diff(tmp_path, OLD, new)
    assert (renamed.kind, renamed.sureness) == (ChangeKind.RENAMED, 0.75)
    assert (value.kind, value.before, value.after) == (ChangeKind.VALUE, ("$7",), ("$8",))


def test_another_policy_in_its_place_is_no_rename(tmp_path: Path) -> None:
    new = OLD.replace(
        LABEL,
        LABEL.replace("label:", "fee:")
        .replace("A label costs", "Collection by courier is")
        .replace("How much is the label?", "Who collects?"),
    )
    assert [change.kind for change in diff(tmp_path, OLD, new)] == [ChangeKind.ADDED, ChangeKind.REMOVED]


def test_a_topic_that_is_renamed_takes_its_policies_along(tmp_path: Path) -> None:
    new = OLD.replace("topic: returns", "topic: refunds").replace("title: Returns", "title: Refunds")
    changes = tell(diff(tmp_path, OLD, new))
    assert changes[0] == ("refunds", "wording", "title", ("Returns",), ("Refunds",))
    assert [(about, kind, before) for about, kind, _, before, _ in changes[1:]] == [
        (f"refunds.{name}", "renamed", (f"returns.{name}",)) for name in ("label", "method", "window")
    ]


def test_words_of_attributes(tmp_path: Path) -> None:
    for name, words in (("old", "[VIP]"), ("new", "[VIP, gold card]")):
        (tmp_path / name).mkdir()
        declared = f"attributes:\n  tier:\n    gold: {words}\n    silver:\n  region:\n    north:\n"
        (tmp_path / name / "attributes.yaml").write_text(declared, "utf-8")
    assert tell(diff(tmp_path, OLD, OLD)) == [("attributes.tier", "attribute", "gold", (), ("gold card",))]


def test_a_policy_is_never_paired_twice() -> None:
    knowledge = load_policies(SAMPLE)
    moved = {f"moved_{name}": policy for name, policy in knowledge.policies.items()}
    moved = {name: replace(policy, id=name) for name, policy in moved.items()}
    pairs = pair_policies(knowledge, replace(knowledge, policies=moved))
    assert [(f"moved_{pair.old.id}", pair.sureness) for pair in pairs] == [
        (pair.new.id, 1.0) for pair in pairs
    ]
    assert len(pairs) == len(moved)
