"""What CI waits for when policies change: lint of 500 policies, impact over 100,000 claims read before."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from time import process_time

from consistency_check.impact import compare_versions, measure_read_impact
from consistency_check.intake import AuditSettings
from consistency_check.policies import load_policies
from consistency_check.policies.lint import RULES, LintSettings, lint_policies

LINT_SECONDS = 2.0
IMPACT_SECONDS = 5.0
POLICY = """\
  rule_{number}:
    statement: Rule {number} of {topic} allows {{value}} for {words}.
    type: duration
    value: {number} days
    phrasings: ["under rule {number} of {topic} you have {{value}}"]
    questions: ["How long does rule {number} of {topic} allow?"]
    exceptions:
      - when: {{tier: gold}}
        value: {number} weeks
"""
CLAIM = {
    "type": "duration",
    "quote": "3 days",
    "start": 0,
    "end": 6,
    "confidence": 0.9,
    "case": {},
    "own_case": {},
    "attributes": {"tier": "tin"},
    "sent_at": "2026-04-01T10:00:00+00:00",
    "agent": "Kim",
    "team": "one",
}


def write_policies(folder: Path, topics: int, factor: int = 1) -> None:
    folder.mkdir()
    for number in range(topics):
        topic = f"topic_{number}"
        entries = (POLICY.format(number=n * factor, topic=topic, words=f"case {n}") for n in range(1, 11))
        text = f"topic: {topic}\nquestions: [What about topic {number}]\npolicies:\n{''.join(entries)}"
        (folder / f"{topic}.yaml").write_text(text, "utf-8")


def test_lint_of_500_policies(tmp_path: Path) -> None:
    write_policies(tmp_path / "kb", 50)
    start = process_time()
    knowledge = load_policies(tmp_path / "kb")
    lint_policies(knowledge, RULES, LintSettings(date(2026, 4, 1)))
    seconds = process_time() - start
    print(f"\nlint of {len(knowledge.policies)} policies: {seconds:.2f} s")
    assert seconds < LINT_SECONDS


def test_impact_over_100_000_claims(tmp_path: Path) -> None:
    for name, value in (("old", "3 days"), ("new", "4 days")):
        write_policies(tmp_path / name, 3)
        for file in (tmp_path / name).iterdir():
            file.write_text(file.read_text("utf-8").replace("value: 3 days", f"value: {value}"), "utf-8")
    file = tmp_path / "claims.jsonl"
    with file.open("w", encoding="utf-8") as stream:
        for number in range(100_000):
            said = {
                "reply_id": f"R{number}",
                "channel": ("email", "phone", "chat")[number % 3],
                "customer": f"C{number // 3}",
                "policy": f"topic_{number % 2}.rule_{1 + number % 10}",
                "value": f"{1 + number % 7} days",
            }
            stream.write(json.dumps(said | CLAIM) + "\n")
    start = process_time()
    versions = compare_versions(load_policies(tmp_path / "old"), load_policies(tmp_path / "new"))
    impact = measure_read_impact(versions, file, AuditSettings(()), date(2026, 5, 1))
    seconds = process_time() - start
    print(f"\nimpact over 100,000 claims, {impact.answers:,} of changed policies: {seconds:.2f} s")
    assert impact.shifts
    assert seconds < IMPACT_SECONDS
