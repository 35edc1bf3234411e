"""The JSON Schema for editors: good files pass it, broken ones fail it as far as a schema can tell."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from consistency_check.model import Severity, Verdict
from consistency_check.policies.node import Kind, Node
from consistency_check.policies.policy import COMPARE, EXAMPLES, FAVOURS, OPTIONAL, REQUIRED
from consistency_check.policies.recovery import parse_text
from consistency_check.policies.starter import write_starter
from consistency_check.policies.tests import EXPECTED
from consistency_check.policies.tests import OPTIONAL as TEST_OPTIONAL
from consistency_check.policies.tests import REQUIRED as TEST_REQUIRED
from consistency_check.policies.topic import FIELDS
from consistency_check.values import VALUE_TYPES

ROOT = Path(__file__).parents[2]
TESTS = ROOT / "tests"
SCHEMA = json.loads(files("consistency_check.policies").joinpath("schema.json").read_text("utf-8"))
GOOD = sorted(
    [
        *(ROOT / "policies").glob("*.yaml"),
        *TESTS.glob("corpora/*/policies/*.yaml"),
        *TESTS.glob("lessons/*/policies/*.yaml"),
        *TESTS.glob("cases/lint/*.yaml"),
    ]
)
MUSEUM = TESTS / "cases" / "broken"
# What only a person, or the whole folder, can tell: values that their type cannot read, names used twice …
BEYOND_A_SCHEMA = frozenset(
    (
        "attribute_not_declared", "attribute_words", "attributes_alone", "attributes_twice", "bad_date",
        "bad_duration", "bad_money", "bad_number", "bad_range", "bad_time", "bad_yes_no", "choice_alias",
        "choice_misspelt", "choice_unknown", "control_escape", "dated_bad_value", "dated_no_such_day",
        "dated_twice", "duplicate_key", "duplicate_policy", "duplicate_value_word", "exception_bad_value",
        "id_twice", "latin_1", "tolerance_unreadable",
    )
)  # fmt: skip
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def read_plain(file: Path) -> tuple[Any, bool]:
    """A file as mappings, lists and texts, and whether it is YAML at all."""
    problems: list[Any] = []
    root = parse_text(file.read_text("utf-8", "replace"), str(file), problems).root
    return (to_plain(root) if root else None), not problems


def to_plain(node: Node) -> Any:
    if node.kind is Kind.MAP:
        return {key.text: to_plain(value) for key, value in node.entries}
    if node.kind is Kind.LIST:
        return [to_plain(item) for item in node.items]
    return node.text


def fails(content: Any) -> bool:
    return not VALIDATOR.is_valid(content)


def test_it_is_a_schema() -> None:
    VALIDATOR.check_schema(SCHEMA)


@pytest.mark.parametrize("file", GOOD, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_good_file_passes(file: Path) -> None:
    jsonschema.validate(read_plain(file)[0], SCHEMA)


def list_exhibits() -> dict[str, list[Any]]:
    """The contents of each exhibit of the museum whose files are all YAML."""
    exhibits = {}
    for expected in sorted(MUSEUM.glob("*.expect")):
        file = MUSEUM / f"{expected.stem}.yaml"
        read = [
            read_plain(f) for f in ([file] if file.exists() else sorted(file.with_suffix("").rglob("*.yaml")))
        ]
        if read and all(is_yaml for _, is_yaml in read):
            exhibits[expected.stem] = [content for content, _ in read]
    return exhibits


EXHIBITS = list_exhibits()


@pytest.mark.parametrize("name", EXHIBITS)
def test_a_broken_file_fails_where_a_schema_can_tell(name: str) -> None:
    assert any(map(fails, EXHIBITS[name])) == (name not in BEYOND_A_SCHEMA)


def test_it_knows_every_key_and_every_word() -> None:
    definitions = SCHEMA["$defs"]
    policy, test = definitions["policy"]["properties"], definitions["test"]["properties"]
    assert set(definitions["topic"]["properties"]) == set(FIELDS)
    assert set(policy) == {*REQUIRED, *OPTIONAL}
    assert definitions["policy"]["required"] == list(REQUIRED)
    assert policy["type"]["enum"] == sorted(VALUE_TYPES)
    assert policy["severity"]["enum"] == list(Severity)
    assert policy["favours"]["enum"] == list(FAVOURS)
    assert policy["compare"]["enum"] == list(COMPARE)
    assert set(policy["examples"]["properties"]) == set(EXAMPLES)
    assert set(test) == {*TEST_REQUIRED, *TEST_OPTIONAL}
    assert set(test["claims"]["items"]["properties"]) == set(EXPECTED)
    assert test["claims"]["items"]["properties"]["verdict"]["enum"] == list(Verdict)
    sizes = {name for name, kind in VALUE_TYPES.items() if kind.tolerance_type}
    [rule] = [
        each for each in definitions["policy"]["allOf"] if each["then"].get("properties", {}).get("compare")
    ]
    assert set(rule["if"]["properties"]["type"]["enum"]) == set(VALUE_TYPES) - sizes


@pytest.mark.parametrize("value", [30, 2.5, True, "no", {"2026-01-01": 5}])
def test_editors_may_read_a_value_as_a_number_or_a_truth(value: object) -> None:
    policy = {"statement": "Up to {value}.", "type": "number", "value": value}
    jsonschema.validate({"topic": "returns", "policies": {"window": policy}}, SCHEMA)


@pytest.mark.parametrize(
    "test",
    [
        {"reply": "Hi."},
        {"reply": "Hi.", "claims": [{"value": "30 days"}]},
        {"reply": "Hi.", "claims": [], "tier": "gold"},
        {"reply": "Hi.", "claims": [{"policy": "a.b", "verdict": "right"}]},
        {"reply": "Hi.", "claims": [], "day": "1 May"},
    ],
)
def test_a_broken_test_fails(test: object) -> None:
    assert fails({"tests": [test]})
    assert not fails({"tests": [{"reply": "Hi.", "claims": [{"policy": "a.b"}]}]})


def test_the_starter_passes(tmp_path: Path) -> None:
    file = tmp_path / "late_fees.yaml"
    file.write_text(write_starter("late_fees"), "utf-8")
    assert not fails(read_plain(file)[0])
