"""Runs the examples of a knowledge base: each is read as a reply of one day, and its claims are judged."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import UTC, date, datetime, time

from consistency_check.explanation import explain_reading, find_least, open_reader
from consistency_check.judge import judge_claim
from consistency_check.model import (
    Customer,
    ExampleReport,
    ExampleResult,
    Expectation,
    ExplainedReply,
    JudgedClaim,
    KnowledgeBase,
    Policy,
    Reply,
    Verdict,
)

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
) -> ExampleReport:
    """Read each example as a reply sent on `day` to somebody of whom nothing is known, and judge it.

    It has no question before it. No topics are all of them; one that is not known has no policies.
    """
    policies = [p for p in knowledge.policies.values() if not topics or p.topic in topics]
    least = find_least(min_confidence)
    reader = open_reader(knowledge, least)
    results = []
    for policy in policies:
        for kind, reply in _list_examples(policy, day):
            explanation = explain_reading(reader, reply, knowledge.policies)
            judged = tuple(
                JudgedClaim(claim, reply, NOBODY, about, judge_claim(claim, about, day, {}))
                for claim in explanation.claims
                for about in [knowledge.policies[claim.policy]]
            )
            verdicts = {one.judgement.verdict for one in judged if one.policy is policy}
            explained = ExplainedReply(reply, NOBODY, explanation, judged, least)
            results.append(ExampleResult(policy, kind, _PASSES[kind](verdicts), explained))
    having = {one.policy.id for one in results}
    untested = tuple(policy.id for policy in policies if policy.id not in having)
    return ExampleReport(day, least, len(policies), tuple(results), untested)


def _list_examples(policy: Policy, day: date) -> Iterator[tuple[Expectation, Reply]]:
    """Each example with its kind, in the order of formats.md; noon is the same day almost anywhere."""
    noon = datetime.combine(day, time(12), UTC)
    listed = {
        Expectation.AGREES: policy.agrees_examples,
        Expectation.CONFLICTS: policy.conflicts_examples,
        Expectation.SILENT: policy.silent_examples,
    }
    for kind, texts in listed.items():
        for number, text in enumerate(texts, 1):
            name = f"{policy.id}, {kind} {number}"
            yield kind, Reply(name, "", text, sent_at=noon, source=policy.source)
