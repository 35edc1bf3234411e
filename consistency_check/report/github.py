"""`github`: workflow commands, which GitHub Actions shows as annotations of a run."""

from __future__ import annotations

from typing import TextIO

from consistency_check.model import Level
from consistency_check.report.escape import show_text
from consistency_check.report.output import offer_sheet
from consistency_check.report.sheet import Alert, Sheet

COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}
# docs.github.com, "Workflow commands": data escapes the first three, a property's value all of them.
DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
PROPERTY = DATA | str.maketrans({":": "%3A", ",": "%2C"})
NEW_LINE = "%0A"


def write_github(sheet: Sheet, stream: TextIO) -> None:
    """A command a line and nothing else: no text of the input can begin one of its own.

    GitHub shows 10 errors, 10 warnings and 10 notices of a step; the log holds them all.
    """
    for alert in sorted(sheet.alerts, key=lambda alert: (_is_old(alert), -alert.level.rank)):
        stream.write(_write_alert(alert) + "\n")
    for alert in sheet.gone:
        stream.write(_write_alert(alert) + "\n")
    for problem in sheet.problems:
        stream.write(f"::warning title=input::{escape_data(str(problem))}\n")
    for remark in (*sheet.remarks, sheet.total):
        stream.write(f"::notice title=consistency-check::{escape_data(remark)}\n")


def _is_old(alert: Alert) -> bool:
    return not alert.status.is_open


def _write_alert(alert: Alert) -> str:
    command = "notice" if _is_old(alert) else COMMANDS[alert.level]
    subject = f": {alert.subject}" if alert.subject else ""
    properties = {"title": f"{alert.rule}{subject}"}
    if alert.source:
        properties["file"] = alert.source.path
        if alert.source.line:
            properties["line"] = str(alert.source.line)
        if alert.source.column:
            properties["col"] = str(alert.source.column)
    shown = ",".join(f"{name}={escape_property(text)}" for name, text in properties.items())
    message = f"{alert.message} ({alert.standing})" if alert.standing else alert.message
    lines = (message, *alert.details, f"[{alert.id}]")
    return f"::{command} {shown}::" + NEW_LINE.join(map(escape_data, lines))


def escape_data(text: str) -> str:
    """The text of a command, on one line."""
    return show_text(text).translate(DATA)


def escape_property(text: str) -> str:
    """The value of one of a command's properties."""
    return show_text(text).translate(PROPERTY)


OUTPUT = offer_sheet("github", "GitHub workflow commands, a line a finding", write_github)
