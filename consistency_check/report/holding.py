"""What holds on a day for a case: for people, and as one JSON document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TextIO

from rich.text import Text

from consistency_check.model import CaseAnswer, Holding
from consistency_check.report.escape import dump_json, show_text
from consistency_check.report.output import ReportOptions
from consistency_check.report.page import MARGIN, Page
from consistency_check.report.plain import SCHEMA_VERSION
from consistency_check.values import show_value

ANY = "any"


def write_holdings(
    holdings: Sequence[Holding],
    day: date,
    attributes: Mapping[str, str],
    stream: TextIO,
    options: ReportOptions,
) -> None:
    """Each policy in its own words with the value that holds, why, and what may or will hold instead."""
    page = Page(stream, options)
    for one in holdings:
        policy = one.policy
        page.write_heading(
            Text(show_text(policy.id), style="bold"), Text(show_text(str(policy.source)), style="dim")
        )
        page.write(show_text(_say_statement(one)), "bold", indent=MARGIN)
        _write_row(page, "because", [one.reason])
        _write_row(page, "otherwise", [f"for {say_case(other)}" for other in one.doubtful])
        _write_row(page, "from", [f"{other.since}: {say_case(other)}" for other in one.coming])
        about = [
            f"severity {policy.severity.value}",
            f"owner {policy.owner}" if policy.owner else "",
            policy.reference,
        ]
        _write_row(page, "", [", ".join(part for part in about if part)])
        page.write()
    known = ", ".join(f"{name} {word}" for name, word in attributes.items())
    page.write(f"In force on {day}{show_text(f', for {known}') if known else ''}.")


def say_case(answer: CaseAnswer) -> str:
    """`tier gold: 60 days`, or the value alone."""
    value = show_value(answer.value) if answer.value else "no fixed value"
    return f"{answer.case}: {value}" if answer.case else value


def _say_statement(one: Holding) -> str:
    if one.holds is None:
        return f"{one.policy.statement} (nothing yet)"
    value = show_value(one.holds.value) if one.holds.value else "…"
    if "{value}" in one.policy.statement:
        return one.policy.statement.replace("{value}", value)
    return f"{one.policy.statement.rstrip('. ')}: {value}"


def _write_row(page: Page, name: str, lines: Sequence[str]) -> None:
    if lines:
        page.write_beside([Text(name, style="dim")], [Text(show_text(line)) for line in lines])


def write_holdings_document(
    holdings: Sequence[Holding], day: date, attributes: Mapping[str, str], stream: TextIO
) -> None:
    """All of it in names that scripts keep, indented by two."""
    document = {
        "schema_version": SCHEMA_VERSION,
        "day": day.isoformat(),
        "attributes": dict(attributes),
        "policies": [_build_holding(one) for one in holdings],
    }
    stream.write(dump_json(document, indent=2) + "\n")


def _build_holding(one: Holding) -> dict[str, Any]:
    policy = one.policy
    return {
        "policy": policy.id,
        "topic": policy.topic,
        "statement": policy.statement,
        "type": policy.type,
        "holds": _build_answer(one.holds) if one.holds else None,
        "reason": one.reason,
        "otherwise": [_build_answer(other) for other in one.doubtful],
        "coming": [_build_answer(other) for other in one.coming],
        "severity": policy.severity.value,
        "owner": policy.owner,
        "reference": policy.reference,
        "source": str(policy.source),
    }


def _build_answer(answer: CaseAnswer) -> dict[str, str]:
    return {
        "value": show_value(answer.value) if answer.value else ANY,
        "case": answer.case,
        "since": answer.since.isoformat() if answer.since else "",
    }
