"""`gitlab`: a Code Quality report, which GitLab shows in merge requests."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any, TextIO

from consistency_check.model import Severity
from consistency_check.report.escape import dump_json, show_text
from consistency_check.report.output import offer_sheet
from consistency_check.report.sheet import Alert, Sheet

# The five words of docs.gitlab.com, "Code Quality"; its `info` is kept for what nobody need act on.
SEVERITIES = {
    Severity.CRITICAL: "blocker",
    Severity.HIGH: "critical",
    Severity.MEDIUM: "major",
    Severity.LOW: "minor",
}
NOWHERE = "-"


def write_gitlab(sheet: Sheet, stream: TextIO) -> None:
    """A JSON list with a mapping for each finding; the format has no place for anything else.

    What is no longer found is not in it: that is how GitLab tells that it was fixed.
    """
    stream.write(dump_json([_build_issue(alert) for alert in sheet.alerts], indent=2) + "\n")


def _build_issue(alert: Alert) -> dict[str, Any]:
    old = not alert.status.is_open
    subject = f" ({alert.subject})" if alert.subject else ""
    status = f" [{alert.standing}]" if alert.standing else ""
    path = PurePath(alert.source.path).as_posix() if alert.source else NOWHERE
    return {
        "description": show_text(f"{alert.message}{subject}{status}"),
        "check_name": alert.rule,
        "fingerprint": alert.id,
        "severity": "info" if old else SEVERITIES[alert.severity],
        "location": {
            "path": show_text(path),
            "lines": {"begin": max(alert.source.line, 1) if alert.source else 1},
        },
    }


OUTPUT = offer_sheet("gitlab", "GitLab Code Quality, one JSON list", write_gitlab)
