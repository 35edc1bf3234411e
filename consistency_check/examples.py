"""Runs the examples and tests of a knowledge base: each is read as a reply, and its claims are judged."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time

from consistency_check.coverage import measure_coverage
from consistency_check.explanation import explain_reading, find_least, open_reader
from consistency_check.judge import judge_claim, settle_case
from consistency_check.model import (
    Claim,
    Customer,
    ExampleReport,
    ExampleResult,
    Expectation,
    ExpectedClaim,
    ExplainedReply,
    JudgedClaim,
    KnowledgeBase,
    Policy,
    Reply,
    ReplyTest,
    ReplyTestResult,
    Verdict,
)
from consistency_check.values import agrees

NOBODY = Customer("", ())

_PASSES: dict[Expectation, Callable[[Collection[Verdict]], bool]] = {
    Expectation.AGREES: lambda verdicts: Verdict.AGREES in verdicts,
    Expectation.CONFLICTS: lambda verdicts: any(verdict.is_flagged for verdict in verdicts),
    Expectation.SILENT: lambda verdicts: not verdicts,
}
"""Whether the verdicts on an example's policy are what it must be read as."""


def run_examples(
    knowledge: KnowledgeBase,
    day: date,
    topics: Collection[str] = (),
    min_confidence: float | None = None,
    tests: Sequence[ReplyTest] = (),
) -> ExampleReport:
    """Read each example as a reply sent on `day` to somebody of whom nothing is known, and judge it.

    It has no question before it. The tests say these things themselves. No topics are all of them; one that
    is not known has no policies, and of the tests those that expect a claim about one of its policies run.
    """
    policies = [p for p in knowledge.policies.values() if not topics or p.topic in topics]
    explain = _Explainer(knowledge, day, find_least(min_confidence))
    results = []
    for policy in policies:
        for kind, reply in _list_examples(policy, day):
            explained = explain(reply)
            verdicts = {one.judgement.verdict for one in explained.judged if one.policy is policy}
            results.append(ExampleResult(policy, kind, _PASSES[kind](verdicts), explained))
    wanted = {policy.id for policy in policies}
    chosen = [one for one in tests if not topics or wanted & {claim.policy for claim in one.expected}]
    tested = tuple(_run_test(test, explain) for test in chosen)
    having = {one.policy.id for one in results}
    untested = tuple(policy.id for policy in policies if policy.id not in having)
    passed = [one.explained for one in results if one.passed] + [
        one.explained for one in tested if one.passed
    ]
    coverage = measure_coverage(policies, (judged for each in passed for judged in each.judged))
    return ExampleReport(day, explain.least, len(policies), tuple(results), untested, tested, coverage)


class _Explainer:
    """Reads and judges one reply, with everything that led there."""

    def __init__(self, knowledge: KnowledgeBase, day: date, least: float) -> None:
        self._policies = knowledge.policies
        self._reader = open_reader(knowledge, least)
        self.day = day
        self.least = least

    def __call__(self, reply: Reply) -> ExplainedReply:
        explanation = explain_reading(self._reader, reply, self._policies)
        judged = (self._judge(claim, reply) for claim in explanation.claims)
        return ExplainedReply(reply, NOBODY, explanation, tuple(judged), self.least)

    def _judge(self, claim: Claim, reply: Reply) -> JudgedClaim:
        policy = self._policies[claim.policy]
        claim = settle_case(claim, reply.attributes)
        return JudgedClaim(
            claim, reply, NOBODY, policy, judge_claim(claim, policy, reply.day, reply.attributes)
        )


def _run_test(test: ReplyTest, explain: _Explainer) -> ReplyTestResult:
    explained = explain(replace(test.reply, sent_at=_set_noon(test.day or explain.day)))
    unexpected, missing = list(explained.judged), []
    for wanted in sorted(test.expected, key=lambda claim: (claim.value is None, claim.verdict is None)):
        found = next((one for one in unexpected if is_expected(one, wanted)), None)
        if found:
            unexpected.remove(found)
        else:
            missing.append(wanted)
    in_order = tuple(one for one in test.expected if one in missing)
    return ReplyTestResult(test, in_order, tuple(unexpected), explained)


def is_expected(judged: JudgedClaim, wanted: ExpectedClaim) -> bool:
    """Whether a claim is of the policy, the value (in whatever unit) and the verdict that are wanted."""
    return (
        judged.policy.id == wanted.policy
        and (wanted.value is None or agrees(judged.claim.value, wanted.value, "equal") is True)
        and wanted.verdict in (None, judged.judgement.verdict)
    )


def _set_noon(day: date) -> datetime:
    """Noon is the same day almost anywhere."""
    return datetime.combine(day, time(12), UTC)


def _list_examples(policy: Policy, day: date) -> Iterator[tuple[Expectation, Reply]]:
    """Each example with its kind, in the order in which the README names them."""
    noon = _set_noon(day)
    listed = {
        Expectation.AGREES: policy.agrees_examples,
        Expectation.CONFLICTS: policy.conflicts_examples,
        Expectation.SILENT: policy.silent_examples,
    }
    for kind, texts in listed.items():
        for number, text in enumerate(texts, 1):
            name = f"{policy.id}, {kind} {number}"
            yield kind, Reply(name, "", text, sent_at=noon, source=policy.source)
