"""`sarif`: SARIF 2.1.0, the format that GitHub code scanning and most editors take."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any, TextIO
from urllib.parse import quote

from consistency_check import __version__
from consistency_check.model import Source, Status
from consistency_check.report.escape import dump_json, show_text
from consistency_check.report.output import offer_sheet
from consistency_check.report.sheet import Alert, RuleText, Sheet

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
MOST_SHOWN = 5_000
"""Results of one run that GitHub shows: docs.github.com, "SARIF support for code scanning"."""
FINGERPRINT = "consistencyCheck/v1"
GITHUB_FINGERPRINT = "primaryLocationLineHash"
"""The only fingerprint by which GitHub knows an alert again."""
BASELINE = {Status.NEW: "new", Status.REOPENED: "new"}
# A bracket begins an embedded link in a message: SARIF 2.1.0, 3.11.6.
_STEERS = re.compile(r"[\\\[\]]")


def write_sarif(sheet: Sheet, stream: TextIO) -> None:
    """One run, its results in the sheet's order: the new ones first, the most severe of them first."""
    stream.write(dump_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [_build_run(sheet)]}, 2) + "\n")


def _build_run(sheet: Sheet) -> dict[str, Any]:
    places = {name: index for index, name in enumerate(sheet.checked)}
    has_baseline = bool(sheet.gone) or any(
        alert.status in (Status.KNOWN, Status.REOPENED) for alert in sheet.alerts
    )
    return {
        "tool": {
            "driver": {
                "name": "consistency-check",
                "version": __version__,
                "rules": [_build_rule(rule) for rule in sheet.rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": sheet.compared,
                "toolExecutionNotifications": list(_list_notifications(sheet)),
            }
        ],
        "results": [_build_result(alert, places[alert.rule], has_baseline) for alert in sheet.alerts],
    }


def _build_rule(rule: RuleText) -> dict[str, Any]:
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.summary},
        "help": {"text": rule.explanation, "markdown": rule.explanation},
    }


def _list_notifications(sheet: Sheet) -> Iterator[dict[str, Any]]:
    for remark in sheet.remarks:
        yield {"level": "note", "message": _build_message(remark)}
    if len(sheet.alerts) > MOST_SHOWN:
        shown = f"GitHub shows the first {MOST_SHOWN:,} of these {len(sheet.alerts):,} results"
        yield {"level": "warning", "message": _build_message(f"{shown}; audit fewer topics at once.")}
    # No results: GitHub shows as open whatever is among them, and heeds no `baselineState`.
    for alert in sheet.gone:
        place = [_build_location(alert.source)] if alert.source else []
        words = f"{alert.rule}: {alert.message} ({alert.subject}) {alert.status_reason} [{alert.id}]"
        yield {"level": "note", "message": _build_message(words), "locations": place}
    for problem in sheet.problems:
        place = [_build_location(problem.source)] if problem.source.path else []
        yield {"level": "warning", "message": _build_message(problem.message), "locations": place}


def _build_result(alert: Alert, place: int, has_baseline: bool) -> dict[str, Any]:
    subject = f" ({alert.subject})" if alert.subject else ""
    reopened = f" {alert.standing}" if alert.status is Status.REOPENED else ""
    result: dict[str, Any] = {
        "ruleId": alert.rule,
        "ruleIndex": place,
        "level": alert.level.value,
        "message": _build_message(f"{alert.message}{subject}{reopened}"),
        "locations": [_build_location(alert.source)] if alert.source else [],
        "partialFingerprints": {FINGERPRINT: alert.id, GITHUB_FINGERPRINT: alert.id},
        "properties": {"severity": alert.severity.value, "status": alert.status.value},
    }
    if alert.related:
        result["relatedLocations"] = [
            {"id": number, **_build_location(source), "message": _build_message(words)}
            for number, (source, words) in enumerate(alert.related, 1)
        ]
    if has_baseline:
        result["baselineState"] = BASELINE.get(alert.status, "unchanged")
    if not alert.status.is_open:
        why = show_text(alert.status_reason)
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": why}]
    return result


def _build_message(text: str) -> dict[str, str]:
    return {"text": _STEERS.sub(r"\\\g<0>", show_text(text))}


def _build_location(source: Source) -> dict[str, Any]:
    region = {"startLine": source.line, **({"startColumn": source.column} if source.column else {})}
    physical: dict[str, Any] = {"artifactLocation": {"uri": build_uri(source.path)}}
    return {"physicalLocation": physical | ({"region": region} if source.line else {})}


def build_uri(path: str) -> str:
    """A relative path as a relative reference, an absolute one as a `file:` URI."""
    pure = PurePath(path)
    quoted = quote(pure.as_posix().encode("utf-8", "surrogatepass"), safe="/~")
    return f"file://{'' if quoted.startswith('/') else '/'}{quoted}" if pure.is_absolute() else quoted


OUTPUT = offer_sheet("sarif", "SARIF 2.1.0, for code scanning", write_sarif)
