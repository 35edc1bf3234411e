"""The bundled sample: rich enough to show everything, labelled rightly, and read as labelled."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from consistency_check.audit import run_audit
from consistency_check.checks import CHECKS, Terms, run_checks
from consistency_check.identify import Linker
from consistency_check.intake import AuditSettings
from consistency_check.judge import judge_claim
from consistency_check.load import load_customers, load_replies
from consistency_check.model import (
    Claim,
    Customer,
    CustomerCase,
    Finding,
    JudgedClaim,
    KnowledgeBase,
    Problem,
    Reply,
    Report,
    Verdict,
)
from consistency_check.policies import load_policies
from consistency_check.values import VALUE_TYPES, parse_value

ROOT = Path(__file__).resolve().parents[2]
POLICIES = ROOT / "policies"
SAMPLE = ROOT / "consistency_check" / "sample"
EXPORTS, CUSTOMERS = SAMPLE / "exports", SAMPLE / "customers.csv"

FLAGS = {Verdict.CONFLICTS, Verdict.OUTDATED, Verdict.WRONG_CASE}
PRECISION_FLOOR = 0.9
RECALL_FLOOR = 0.8

Label = dict[str, Any]
Flag = tuple[str, str, str]


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    text = (Path(__file__).parent / "expected.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)  # every scalar stays a text
    return loaded


@pytest.fixture(scope="module")
def knowledge() -> KnowledgeBase:
    return load_policies(POLICIES)


@pytest.fixture(scope="module")
def replies() -> dict[str, Reply]:
    loaded = list(load_replies([str(EXPORTS)]))
    problems = [str(p) for p in loaded if isinstance(p, Problem)]
    assert not problems, "a duplicate id, a bad time or an empty text in the exports"
    return {r.id: r for r in loaded if isinstance(r, Reply)}


@pytest.fixture(scope="module")
def report() -> Report:
    return run_audit(AuditSettings(sources=(str(EXPORTS),), policies=POLICIES, customers=CUSTOMERS))


@pytest.fixture(scope="module")
def judged(
    expected: dict[str, Any], knowledge: KnowledgeBase, replies: dict[str, Reply]
) -> list[tuple[Label, JudgedClaim]]:
    """The labels as if a reader without a fault had read them."""
    records, problems = load_customers(CUSTOMERS)
    assert not problems
    linker = Linker(records)
    nodes = {reply_id: linker.add(reply) for reply_id, reply in replies.items()}
    resolution = linker.resolve()
    return [
        (label, _judge_label(label, replies[reply_id], resolution.customer_of(nodes[reply_id]), knowledge))
        for reply_id, labels in expected["replies"].items()
        for label in labels
    ]


def _judge_label(label: Label, reply: Reply, customer: Customer, knowledge: KnowledgeBase) -> JudgedClaim:
    policy = knowledge.policies[label["policy"]]
    start = reply.text.index(label["quote"])
    claim = Claim(
        reply_id=reply.id,
        policy=policy.id,
        value=parse_value(policy.type, label["value"]),
        quote=label["quote"],
        start=start,
        end=start + len(label["quote"]),
        confidence=1.0,
        case=tuple(sorted(label.get("case", {}).items())),
    )
    judgement = judge_claim(claim, policy, reply.day, {**customer.attributes, **reply.attributes})
    return JudgedClaim(claim, reply, customer, policy, judgement)


def test_it_is_rich_enough(knowledge: KnowledgeBase, replies: dict[str, Reply]) -> None:
    assert len(knowledge.topics) >= 6
    assert len({r.channel for r in replies.values()}) >= 5
    assert len(replies) >= 60
    assert {p.type for p in knowledge.policies.values()} == set(VALUE_TYPES)


def test_every_reply_has_its_day_and_its_customer(replies: dict[str, Reply]) -> None:
    for reply in replies.values():
        assert reply.sent_at or (reply.asked_at and not reply.text), reply.id
        assert reply.customer_id or reply.email or reply.phone or reply.handle, reply.id


def test_every_policy_is_spoken_of(expected: dict[str, Any], knowledge: KnowledgeBase) -> None:
    said = {label["policy"] for labels in expected["replies"].values() for label in labels}
    assert said == set(knowledge.policies)


def test_every_verdict_is_labelled_several_times(expected: dict[str, Any]) -> None:
    counted = Counter(label["verdict"] for labels in expected["replies"].values() for label in labels)
    assert {verdict.value for verdict in Verdict if counted[verdict.value] >= 3} == set(Verdict)


def test_the_labels_are_what_the_policies_say(judged: list[tuple[Label, JudgedClaim]]) -> None:
    wrong = [
        f"{claim.reply.id}: labelled {label['verdict']}, judged {claim.judgement.verdict}"
        for label, claim in judged
        if claim.policy.type != "text" and claim.judgement.verdict != label["verdict"]
    ]
    assert not wrong


@pytest.mark.parametrize("check", ["channel-conflict", "repeat-conflict"])
def test_the_labels_hold_the_conflicts(
    check: str, judged: list[tuple[Label, JudgedClaim]], expected: dict[str, Any]
) -> None:
    groups: dict[str, list[JudgedClaim]] = {}
    for _, claim in judged:
        if claim.policy.type != "text":
            groups.setdefault(claim.customer.key, []).append(claim)
    cases = [CustomerCase(group[0].customer, tuple(group)) for group in groups.values()]
    found = run_checks(cases, [check], Terms())
    labelled = expected[check.replace("-", "_") + "s"]
    assert _list_conflicts(found, check) == sorted(
        (label["policy"], tuple(sorted(label["replies"])))
        for label in labelled
        if label["policy"] != "offers.essentials_for"  # prose: only a reader can compare it
    )


def test_an_audit_shows_every_check_and_every_verdict(report: Report) -> None:
    assert not report.problems
    found = {name for name, count in report.summary.by_check.items() if count}
    assert found == set(CHECKS) - {"channel-drift"}, "a drift needs more customers than a sample has"
    assert {name for name, count in report.summary.by_verdict.items() if count} == set(Verdict)


def test_customers_of_one_name_stay_apart(replies: dict[str, Reply]) -> None:
    records, _ = load_customers(CUSTOMERS)
    linker = Linker(records)
    first, second = (linker.add(replies[reply_id]) for reply_id in ("em-14", "ch-11"))
    resolution = linker.resolve()
    assert replies["em-14"].name == replies["ch-11"].name
    assert resolution.customer_of(first).key != resolution.customer_of(second).key


def test_an_audit_flags_what_is_labelled(report: Report, expected: dict[str, Any]) -> None:
    labelled = {
        (reply_id, label["policy"], label["verdict"])
        for reply_id, labels in expected["replies"].items()
        for label in labels
        if label["verdict"] in FLAGS
    }
    flagged = _list_flags(report)
    right = flagged & labelled
    story = f"\nfalse: {sorted(flagged - labelled)}\nmissed: {sorted(labelled - flagged)}"
    assert len(right) >= PRECISION_FLOOR * len(flagged), story
    assert len(right) >= RECALL_FLOOR * len(labelled), story


def test_an_audit_finds_the_channel_conflicts(report: Report, expected: dict[str, Any]) -> None:
    labelled = [(label["policy"], set(label["replies"])) for label in expected["channel_conflicts"]]
    found = [(p, set(ids)) for p, ids in _list_conflicts(report.findings, "channel-conflict")]
    missed = [one for one in labelled if not any(_is_same_conflict(one, other) for other in found)]
    false = [one for one in found if not any(_is_same_conflict(one, other) for other in labelled)]
    story = f"\nfalse: {false}\nmissed: {missed}"
    assert len(false) <= (1 - PRECISION_FLOOR) * len(found), story
    assert len(missed) <= (1 - RECALL_FLOOR) * len(labelled), story


def _list_flags(report: Report) -> set[Flag]:
    return {
        (answer.reply_id, finding.policy, answer.verdict.value)
        for finding in report.findings
        if finding.check in {"policy-conflict", "outdated-answer", "wrong-case"}
        for answer in finding.answers
        if answer.verdict in FLAGS
    }


def _list_conflicts(
    findings: list[Finding] | tuple[Finding, ...], check: str
) -> list[tuple[str, tuple[str, ...]]]:
    return sorted(
        (f.policy, tuple(sorted({a.reply_id for a in f.answers}))) for f in findings if f.check == check
    )


def _is_same_conflict(one: tuple[str, set[str]], other: tuple[str, set[str]]) -> bool:
    return one[0] == other[0] and len(one[1] & other[1]) >= 2
