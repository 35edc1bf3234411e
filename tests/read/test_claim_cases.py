"""tests/cases/claims/*.yaml: what a reply says -> the claims read from it. One line adds a case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml

from consistency_check.model import KnowledgeBase, Reply, Value
from consistency_check.policies import load_policies
from consistency_check.read import Reader, build_reader
from consistency_check.values import VALUE_TYPES, parse_value

FOLDER = Path(__file__).parents[1] / "cases" / "claims"


@dataclass(frozen=True, slots=True)
class ClaimCase:
    """One line of a file, and the knowledge base it is read with."""

    name: str
    policies: str
    said: Mapping[str, Any]


def list_cases() -> Iterator[ClaimCase]:
    """Every line of every file; all scalars stay text."""
    for path in sorted(FOLDER.glob("*.yaml")):
        content = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
        for said in content["cases"]:
            yield ClaimCase(f"{path.stem}: {said['says']}", content["policies"], said)


CASES = tuple(list_cases())


@cache
def load_base(policies: str) -> KnowledgeBase:
    """The knowledge base of a file: its one topic and its attributes."""
    topic, attributes = policies.split("\n---\n")
    with TemporaryDirectory() as folder:
        Path(folder, "topic.yaml").write_text(topic, "utf-8")
        Path(folder, "attributes.yaml").write_text(attributes, "utf-8")
        return load_policies(Path(folder))


@cache
def build_once(policies: str) -> Reader:
    """A reader for a file's knowledge base."""
    return build_reader(load_base(policies))


def list_expected(case: ClaimCase) -> dict[str, Value]:
    """The values that a case's reply claims, by policy."""
    policies = load_base(case.policies).policies.values()
    keys = {policy.id.partition(".")[2]: policy for policy in policies}
    claims = case.said["claims"].items()
    return {keys[key].id: parse_value(keys[key].type, word) for key, word in claims}


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_reply_is_read_as_its_case_says(case: ClaimCase) -> None:
    said, expected = case.said, list_expected(case)
    reading = build_once(case.policies).read(Reply("R1", "email", said["says"], said.get("asked", "")))
    assert {claim.policy: claim.value for claim in reading.claims} == expected
    assert len(reading.claims) == len(expected)
    for claim in reading.claims:
        assert dict(claim.case) == said.get("about", {})
        assert dict(claim.own_case) == said.get("own", {})


def test_every_value_type_but_prose_has_a_case() -> None:
    types = {value.type for case in CASES for value in list_expected(case).values()}
    assert types == set(VALUE_TYPES) - {"text"}


def test_some_replies_claim_nothing() -> None:
    assert sum(not case.said["claims"] for case in CASES) > len(CASES) / 8
