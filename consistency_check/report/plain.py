"""A report as plain lists and mappings: the names that scripts keep against `json` and `jsonl`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from consistency_check.model import Finding, Problem, Report

SCHEMA_VERSION = 1


def build_head(report: Report) -> dict[str, Any]:
    """Everything of a report but its findings."""
    return {
        "schema_version": SCHEMA_VERSION,
        "summary": asdict(report.summary),
        "problems": [_build_problem(problem) for problem in report.problems],
        "notes": [*report.notes, *report.reminders],
        "headline": asdict(report.headline),
        "nights": [asdict(night) for night in report.nights],
    }


def build_finding(finding: Finding) -> dict[str, Any]:
    """One finding with its answers, in the order of its fields."""
    return asdict(finding)


def _build_problem(problem: Problem) -> dict[str, Any]:
    source = problem.source
    return {"path": source.path, "line": source.line, "column": source.column, "message": problem.message}
