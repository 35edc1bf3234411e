"""A report as plain lists and mappings: the names that scripts keep against `json` and `jsonl`."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from consistency_check.model import Finding, FindingAnswer, Headline, Night, Problem, Report
from consistency_check.report.headline import say_pair

SCHEMA_VERSION = 1
# There may be many of these, and `asdict` copies deeply.
_FINDING = tuple(each.name for each in fields(Finding))
_ANSWER = tuple(each.name for each in fields(FindingAnswer))


def build_head(report: Report) -> dict[str, Any]:
    """Everything of a report but its findings."""
    return {
        "schema_version": SCHEMA_VERSION,
        "summary": asdict(report.summary),
        "problems": [_build_problem(problem) for problem in report.problems],
        "notes": [*report.notes, *report.reminders],
        "headline": build_headline(report.headline),
        "nights": [build_night(night) for night in report.nights],
    }


def build_headline(headline: Headline) -> dict[str, Any]:
    """The figures of a run; a pair of channels is named as people read it: "email / phone"."""
    pairs = {say_pair(pair): asdict(rate) for pair, rate in headline.by_channel_pair.items()}
    return {**asdict(headline), "by_channel_pair": pairs}


def build_night(night: Night) -> dict[str, Any]:
    """One run of the ledger with all its figures."""
    return {**asdict(night), "headline": build_headline(night.headline)}


def build_finding(finding: Finding) -> dict[str, Any]:
    """One finding with its answers, in the order of its fields."""
    answers = [{name: getattr(answer, name) for name in _ANSWER} for answer in finding.answers]
    return {name: answers if name == "answers" else getattr(finding, name) for name in _FINDING}


def _build_problem(problem: Problem) -> dict[str, Any]:
    source = problem.source
    return {"path": source.path, "line": source.line, "column": source.column, "message": problem.message}
