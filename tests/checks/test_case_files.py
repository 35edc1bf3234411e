"""tests/cases/checks/*.yaml: what was said to one customer -> findings. One entry adds a case.

A case names what was `said` (channel, day, policy and value; `case`, `attributes`, `id` where they matter),
the customer's attributes, and the findings: check, policy, and each answer as `channel value`.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from consistency_check.checks import CHECKS, run_checks
from consistency_check.judge import judge_claim
from consistency_check.model import Claim, Customer, JudgedClaim, Reply
from consistency_check.policies import load_policies
from consistency_check.values import parse_value

FOLDER = Path(__file__).parents[1] / "cases" / "checks"


@dataclass(frozen=True)
class Case:
    name: str
    policies: str
    content: dict


def list_cases():
    for path in sorted(FOLDER.glob("*.yaml")):
        content = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
        for case in content["cases"]:
            yield Case(f"{path.stem}: {case['name']}", content["policies"], case)


def judge_said(said, position, customer, knowledge):
    policy = knowledge.policies[said["policy"]]
    day = said.get("day")
    reply = Reply(
        id=said.get("id", f"R{position}"),
        channel=said["channel"],
        text="",
        sent_at=datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC) if day else None,
        attributes=said.get("attributes", {}),
    )
    value = parse_value(policy.type, said["value"])
    case = tuple(sorted(said.get("case", {}).items()))
    claim = Claim(reply.id, policy.id, value, said["value"], position, position + 1, 1.0, case)
    attributes = {**customer.attributes, **reply.attributes}
    return JudgedClaim(claim, reply, customer, policy, judge_claim(claim, policy, reply.day, attributes))


def describe(finding):
    answers = sorted(f"{answer.channel} {answer.value}" for answer in finding.answers)
    return {"check": finding.check, "policy": finding.policy, "answers": answers}


def order(description):
    return (description["check"], description["policy"], description["answers"])


CASES = list(list_cases())


@pytest.fixture(scope="session")
def load(tmp_path_factory):
    loaded = {}

    def load_text(text):
        if text not in loaded:
            folder = tmp_path_factory.mktemp("policies")
            for number, document in enumerate(text.split("\n---\n")):
                name = (
                    "attributes.yaml"
                    if document.lstrip().startswith("attributes:")
                    else f"topic{number}.yaml"
                )
                (folder / name).write_text(document, encoding="utf-8")
            loaded[text] = load_policies(folder)
        return loaded[text]

    return load_text


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_case(case, load):
    knowledge = load(case.policies)
    customer = Customer("C-1", (), ("email",), attributes=case.content.get("customer") or {})
    said = [judge_said(s, n, customer, knowledge) for n, s in enumerate(case.content["said"])]
    findings = run_checks([(customer, tuple(said))], CHECKS)
    expected = [
        {"check": f["check"], "policy": f["policy"], "answers": sorted(f["answers"])}
        for f in case.content.get("findings") or []
    ]
    assert sorted(map(describe, findings), key=order) == sorted(expected, key=order)
    messages = {finding.message for finding in findings}
    for finding in case.content.get("findings") or []:
        assert finding.get("message") in {None, *messages}
    for finding in case.content.get("findings") or []:
        severities = {
            f.severity.value
            for f in findings
            if f.check == finding["check"] and f.policy == finding["policy"]
        }
        assert finding.get("severity") in {None, *severities}


def test_every_check_has_a_case_that_finds_and_one_that_does_not():
    found = {f["check"] for case in CASES for f in case.content.get("findings") or []}
    assert found == set(CHECKS)
    assert any(not case.content.get("findings") for case in CASES)
