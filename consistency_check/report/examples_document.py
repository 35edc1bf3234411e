"""The examples of a knowledge base as one JSON document: every one, with how it was read."""

from __future__ import annotations

from typing import Any, TextIO

from consistency_check.model import (
    Considered,
    ExampleReport,
    ExampleResult,
    ExpectedClaim,
    JudgedClaim,
    ReplyTestResult,
)
from consistency_check.report.escape import dump_json
from consistency_check.report.plain import SCHEMA_VERSION
from consistency_check.values import show_value


def write_examples_document(report: ExampleReport, stream: TextIO) -> None:
    """`build_examples`, indented by two."""
    stream.write(dump_json(build_examples(report), indent=2) + "\n")


def build_examples(report: ExampleReport) -> dict[str, Any]:
    """All of a report in names that scripts keep; of the policies considered, each example has its own."""
    return {
        "schema_version": SCHEMA_VERSION,
        "day": report.day.isoformat(),
        "min_confidence": report.least,
        "summary": {
            "examples": len(report.results),
            "failed": len(report.failed),
            "policies": report.policies,
            "policies_without_examples": len(report.untested),
            "tests": len(report.tests),
            "failed_tests": len(report.failed_tests),
            "parts": report.coverage.parts,
            "parts_touched": report.coverage.touched,
        },
        "examples": [_build_example(one) for one in report.results],
        "policies_without_examples": list(report.untested),
        "tests": [_build_test(one) for one in report.tests],
        "untouched": [
            {"policy": one.policy, "part": one.part, "source": str(one.source)}
            for one in report.coverage.untouched
        ],
    }


def _build_test(one: ReplyTestResult) -> dict[str, Any]:
    reply = one.test.reply
    return {
        "name": one.test.name,
        "source": str(one.test.source),
        "reply": reply.text,
        "question": reply.question,
        "channel": reply.channel,
        "day": one.explained.reply.day.isoformat() if one.explained.reply.day else "",
        "attributes": dict(reply.attributes),
        "passed": one.passed,
        "expected": [_build_expected(each) for each in one.test.expected],
        "missing": [_build_expected(each) for each in one.missing],
        "read": [_build_claim(judged) for judged in one.explained.judged],
        "unexpected": [_build_claim(judged) for judged in one.unexpected],
    }


def _build_expected(one: ExpectedClaim) -> dict[str, str]:
    return {
        "policy": one.policy,
        "value": show_value(one.value) if one.value else "",
        "verdict": one.verdict.value if one.verdict else "",
    }


def _build_example(one: ExampleResult) -> dict[str, Any]:
    explanation = one.explained.explanation
    text = one.explained.reply.text
    return {
        "policy": one.policy.id,
        "topic": one.policy.topic,
        "source": str(one.policy.source),
        "text": text,
        "kind": one.kind.value,
        "passed": one.passed,
        "read": [_build_claim(judged) for judged in one.explained.judged],
        "values": [
            {
                "value": show_value(mention.value),
                "type": mention.value.type,
                "quote": text[mention.start : mention.end],
                "start": mention.start,
                "end": mention.end,
                "reason": reason,
            }
            for mention, reason in explanation.mentions
        ],
        "cues": [
            {"name": cue.name, "quote": cue.quote, "start": cue.start, "end": cue.end, "reason": cue.reason}
            for cue in explanation.cues
        ],
        "considered": [
            _build_considered(each) for each in explanation.considered if each.policy == one.policy.id
        ],
    }


def _build_claim(judged: JudgedClaim) -> dict[str, Any]:
    claim, judgement = judged.claim, judged.judgement
    return {
        "policy": claim.policy,
        "value": show_value(claim.value),
        "verdict": judgement.verdict.value,
        "expected": show_value(judgement.expected.value) if judgement.expected.value else "",
        "quote": claim.quote,
        "start": claim.start,
        "end": claim.end,
        "confidence": claim.confidence,
        "reason": judgement.reason,
    }


def _build_considered(one: Considered) -> dict[str, Any]:
    return {
        "policy": one.policy,
        "value": show_value(one.value),
        "quote": one.quote,
        "start": one.start,
        "end": one.end,
        "wording": one.wording,
        "confidence": one.confidence,
        "reason": one.reason,
    }
