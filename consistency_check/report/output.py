"""What an output format is: a name, a line that describes it, and a function that writes a report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TextIO

from consistency_check.model import Report, Severity
from consistency_check.report.sheet import RuleText, Sheet, build_sheet

GROUPINGS = ("customer", "policy", "channel", "check")


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """How a report looks: `width` in columns, `colour`, and one of `GROUPINGS`, for people.

    `rules` are the explanations of checks, for the formats that carry them; `least` is the severity from
    which a finding fails (None: none does), for those that tell.
    """

    width: int = 80
    colour: bool = False
    group_by: str = "customer"
    rules: tuple[RuleText, ...] = ()
    least: Severity | None = Severity.LOW


@dataclass(frozen=True, slots=True)
class Output:
    """One output format; a file of this room offers it as `OUTPUT`.

    `write_sheet` is for formats that take advice about policies as well.
    """

    name: str
    summary: str
    write: Callable[[Report, TextIO, ReportOptions], None]
    write_sheet: Callable[[Sheet, TextIO], None] | None = None


def offer_sheet(name: str, summary: str, write_sheet: Callable[[Sheet, TextIO], None]) -> Output:
    """A format that writes a report and advice alike, as the sheet of alerts that they make."""

    def write(report: Report, stream: TextIO, options: ReportOptions) -> None:
        write_sheet(build_sheet(report, options.rules, options.least), stream)

    return Output(name, summary, write, write_sheet)
