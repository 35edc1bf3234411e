"""Which findings stand together, and in what order."""

from dataclasses import replace

import pytest

from consistency_check.model import Finding, FindingAnswer, Severity, Verdict
from consistency_check.report.groups import group_findings


def build_answer(reply_id, channel="email", sent_at="2026-03-01"):
    return FindingAnswer(reply_id, channel, "", "", sent_at, "1", Verdict.CONFLICTS, "q", 0, 1, 1.0, "x:1")


def build_finding(customer, policy, check, severity, *answers):
    topic = policy.partition(".")[0]
    return Finding(
        f"{customer}{policy}{check}",
        check,
        severity,
        customer,
        topic,
        policy,
        "",
        "",
        answers,
        f"why {policy}",
    )


A, B, C = build_answer("A"), build_answer("B", "phone", "2026-03-02"), build_answer("C", "chat", "2026-02-01")
FINDINGS = (
    build_finding("Y", "returns.fee", "channel-conflict", Severity.CRITICAL, A, B),
    build_finding("Y", "returns.fee", "policy-conflict", Severity.CRITICAL, A),
    build_finding("X", "warranty.period", "policy-conflict", Severity.HIGH, C),
    build_finding("Y", "orders.fee", "policy-conflict", Severity.HIGH, C),
    build_finding("Y", "returns.window", "policy-conflict", Severity.LOW, B, C),
)


def titles(group_by):
    return [
        (group.title, [block.title for block in group.blocks]) for group in group_findings(FINDINGS, group_by)
    ]


def test_by_customer_the_most_severe_first_and_topics_together():
    assert titles("customer") == [
        ("Y", ["returns.fee", "returns.window", "orders.fee"]),
        ("X", ["warranty.period"]),
    ]


def test_by_policy():
    assert titles("policy") == [
        ("returns.fee", ["Y"]),
        ("warranty.period", ["X"]),
        ("orders.fee", ["Y"]),
        ("returns.window", ["Y"]),
    ]


def test_by_channel():
    assert titles("channel") == [
        ("email / phone", ["Y · returns.fee"]),
        ("email", ["Y · returns.fee"]),
        ("chat", ["X · warranty.period", "Y · orders.fee"]),
        ("chat / phone", ["Y · returns.window"]),
    ]


def test_by_check():
    assert titles("check") == [
        ("channel-conflict", ["Y · returns.fee"]),
        (
            "policy-conflict",
            ["Y · returns.fee", "X · warranty.period", "Y · orders.fee", "Y · returns.window"],
        ),
    ]


@pytest.mark.parametrize("group_by", ["customer", "policy", "channel", "check"])
def test_no_finding_is_lost(group_by):
    shown = [f.id for g in group_findings(FINDINGS, group_by) for block in g.blocks for f in block.findings]
    assert sorted(shown) == sorted(f.id for f in FINDINGS)


def test_an_answer_of_two_findings_is_shown_once_and_its_reason_too():
    block = group_findings(FINDINGS, "customer")[0].blocks[0]
    assert [answer.reply_id for answer in block.answers] == ["A", "B"]
    assert block.reasons == ("why returns.fee",)
    more = replace(FINDINGS[1], reason="another reason")
    (group,) = group_findings((FINDINGS[0], more), "customer")
    assert group.blocks[0].reasons == ("why returns.fee",), (
        "a finding whose answers are all shown adds nothing"
    )


def test_answers_stand_by_day():
    block = group_findings(FINDINGS, "customer")[0].blocks[1]
    assert [answer.reply_id for answer in block.answers] == ["C", "B"]


def test_an_unknown_grouping_is_refused():
    with pytest.raises(KeyError):
        group_findings(FINDINGS, "agent")
