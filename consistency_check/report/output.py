"""What an output format is: a name, a line that describes it, and a function that writes a report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TextIO

from consistency_check.model import Report

GROUPINGS = ("customer", "policy", "channel", "check")


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """How a report for people looks: `width` in columns, `colour`, and one of `GROUPINGS`."""

    width: int = 80
    colour: bool = False
    group_by: str = "customer"


@dataclass(frozen=True, slots=True)
class Output:
    """One output format; a file of this room offers it as `OUTPUT`."""

    name: str
    summary: str
    write: Callable[[Report, TextIO, ReportOptions], None]
