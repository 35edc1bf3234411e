"""tests/cases/checks/*.yaml: what was said to one customer -> findings. One entry adds a case.

A case names what was `said` (channel, day, policy and value; `case`, `attributes`, `id` where they matter),
the customer's attributes, and the findings: check, policy, and each answer as `channel value`. What was said
with a `question` is a contact too; those that claim nothing are listed as `asked` (channel, question, what it
is `about` or its telling `words`, when it was `asked` and `sent`). `others` are more customers: so `many`, to
each of whom the same was said, or who asked the same. `until` is the last moment that the input knows.
`silent` names the checks that have something to look at in the case and must not find anything.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from consistency_check.checks import CHECKS, DEFAULT_TIMES, Terms, run_checks
from consistency_check.judge import judge_claim
from consistency_check.model import Asking, Claim, Contact, Customer, CustomerCase, JudgedClaim, Reply
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


def read_time(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None


def build_reply(entry, name):
    day = entry.get("day")
    return Reply(
        id=entry.get("id", name),
        channel=entry["channel"],
        text="",
        question=entry.get("question", ""),
        sent_at=read_time(entry.get("sent") or (f"{day}T12:00:00" if day else None)),
        asked_at=read_time(entry.get("asked")),
        conversation_id=entry.get("thread", ""),
        attributes=entry.get("attributes", {}),
    )


def judge_said(said, position, reply, customer, knowledge):
    policy = knowledge.policies[said["policy"]]
    value = parse_value(policy.type, said["value"])
    case = tuple(sorted(said.get("case", {}).items()))
    claim = Claim(reply.id, policy.id, value, said["value"], position, position + 1, 1.0, case)
    attributes = {**customer.attributes, **reply.attributes}
    return JudgedClaim(claim, reply, customer, policy, judge_claim(claim, policy, reply.day, attributes))


def build_contact(entry, reply, is_answered):
    words = tuple(sorted(entry.get("words", ())))
    asking = Asking(tuple(entry.get("about", ())), bool(words), "recognises" in entry, words)
    return Contact(reply, asking, is_answered)


def build_case(key, content, knowledge):
    customer = Customer(key, (), ("email",), attributes=content.get("customer") or {})
    claims, contacts = [], []
    for n, said in enumerate(content.get("said") or []):
        reply = build_reply(said, f"{key}-R{n}")
        claims.append(judge_said(said, n, reply, customer, knowledge))
        if reply.question:
            contacts.append(build_contact(said, reply, True))
    for n, asked in enumerate(content.get("asked") or []):
        contacts.append(build_contact(asked, build_reply(asked, f"{key}-A{n}"), "sent" in asked))
    return CustomerCase(customer, tuple(claims), tuple(contacts))


def build_cases(content, knowledge):
    yield build_case("C-1", content, knowledge)
    for n, other in enumerate(content.get("others") or []):
        for copy in range(int(other["many"])):
            yield build_case(f"O-{n}-{copy}", other, knowledge)


def describe(finding):
    answers = sorted(f"{answer.channel} {answer.value}".strip() for answer in finding.answers)
    return {"check": finding.check, "policy": finding.policy, "answers": answers}


def order(description):
    return (description["check"], description["policy"], description["answers"])


def only(case):
    """The checks that a case is about; all, where it names none."""
    return case.content.get("checks") or CHECKS


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
    terms = Terms(knowledge.policies, DEFAULT_TIMES, read_time(case.content.get("until")))
    findings = run_checks(build_cases(case.content, knowledge), only(case), terms)
    expected = [
        {"check": f["check"], "policy": f["policy"], "answers": sorted(f["answers"])}
        for f in case.content.get("findings") or []
    ]
    assert sorted(map(describe, findings), key=order) == sorted(expected, key=order)
    for stated, wanted in zip(case.content.get("findings") or [], expected, strict=True):
        same = [finding for finding in findings if describe(finding) == wanted]
        assert stated.get("message") in {None, *(finding.message for finding in same)}
        assert stated.get("severity") in {None, *(finding.severity.value for finding in same)}
    assert not set(case.content.get("silent", ())) & {finding.check for finding in findings}


def test_every_check_has_a_case_that_finds_and_one_that_does_not():
    found = {f["check"] for case in CASES for f in case.content.get("findings") or []}
    assert found == set(CHECKS)
    silent = {name for case in CASES for name in case.content.get("silent", ()) if name in only(case)}
    assert silent == set(CHECKS)
