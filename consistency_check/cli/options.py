"""The options that several commands share, and the settings that they make."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from consistency_check.load import LoadOptions
    from consistency_check.model import Value

DEFAULT_CONFIDENCE = 0.5
"""`MIN_CONFIDENCE` of the reader, whose libraries take too long to import for a line of help."""

DEFAULT_LINK = 0.9
"""`LEAST` of `identify`, which takes too long to import as well."""


class FailOn(StrEnum):
    """The least severity of a finding that makes the exit status 1."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"
    NEVER = "never"


class GroupBy(StrEnum):
    """The headings of the full report."""

    CUSTOMER = "customer"
    POLICY = "policy"
    CHANNEL = "channel"
    CHECK = "check"


class Engine(StrEnum):
    """Where an audit runs."""

    HERE = "here"
    SPARK = "spark"


class Digest(StrEnum):
    """How a digest is written."""

    MARKDOWN = "markdown"
    JSON = "json"


class LogFormat(StrEnum):
    """How the log is written: for people, or a JSON object a line."""

    TEXT = "text"
    JSON = "json"


class LogLevel(StrEnum):
    """The least that is logged."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


def complete_check(incomplete: str) -> list[str]:
    """The names of checks that begin so, for a shell."""
    from consistency_check.checks import CHECKS

    return [name for name in CHECKS if name.startswith(incomplete)]


def complete_format(incomplete: str) -> list[str]:
    """The names of report formats that begin so, for a shell."""
    from consistency_check.report import OUTPUTS

    return [name for name in OUTPUTS if name.startswith(incomplete)]


Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH",
        help="Files, folders or globs of exports, or `-`; `phone=calls.csv` names the channel, "
        "`zendesk:dump.json` the format.",
        show_default=False,
    ),
]
Policies = Annotated[Path, typer.Option("--policies", "-p", metavar="FOLDER", help="The knowledge base.")]
Customers = Annotated[
    Path | None, typer.Option("--customers", metavar="FILE", help="The CRM's export of customers (CSV).")
]
Format = Annotated[
    str,
    typer.Option(
        "--format",
        "-f",
        metavar="NAME",
        autocompletion=complete_format,
        help="full, concise, html, markdown, digest-json or digest-markdown; csv, json or jsonl; sarif, "
        "junit, github or gitlab.",
    ),
]
DigestOption = Annotated[
    Digest | None,
    typer.Option(
        "--digest",
        help="Write five lines for a chat or a ticket instead: the same as --format digest-NAME.",
    ),
]
OutputFile = Annotated[
    Path | None,
    typer.Option("--output-file", "-o", metavar="FILE", help="Write the report there; whole or not at all."),
]
FailOnOption = Annotated[
    FailOn, typer.Option("--fail-on", help="Exit 1 where a finding is at least this severe.")
]
Baseline = Annotated[
    Path | None,
    typer.Option("--baseline", metavar="FILE", help="Findings that it holds are known, and do not fail."),
]
Accept = Annotated[
    Path | None,
    typer.Option(
        "--accept",
        metavar="FILE",
        help="Accepted findings; .consistency-check-accept.yaml where it is there.",
        show_default=False,
    ),
]
AcceptFrom = Annotated[
    str | None,
    typer.Option(
        "--accept-from",
        metavar="REV",
        help="Read accepted findings, and a baseline that git tracks, as they stand in this revision.",
    ),
]
Today = Annotated[
    str | None,
    typer.Option("--today", metavar="DAY", help="Accepted findings expire as of this day; else today."),
]
MaxNew = Annotated[
    int,
    typer.Option(
        "--max-new", metavar="N", min=0, help="Exit 1 only where more than N findings of --fail-on are new."
    ),
]
ExitZero = Annotated[bool, typer.Option("--exit-zero", help="Exit 0 where findings would make it 1.")]
Checks = Annotated[
    list[str] | None,
    typer.Option(
        "--check",
        metavar="NAME",
        autocompletion=complete_check,
        help="Run only this check; may be repeated.",
    ),
]
SkipChecks = Annotated[
    list[str] | None,
    typer.Option(
        "--skip-check",
        metavar="NAME",
        autocompletion=complete_check,
        help="Not this check; may be repeated.",
    ),
]
Channels = Annotated[
    list[str] | None, typer.Option("--channel", metavar="NAME", help="Only this channel; may be repeated.")
]
Topics = Annotated[
    list[str] | None, typer.Option("--topic", metavar="NAME", help="Only this topic; may be repeated.")
]
Since = Annotated[
    str | None, typer.Option("--since", metavar="DAY", help="Only replies of this day (2026-03-01) or later.")
]
Until = Annotated[
    str | None, typer.Option("--until", metavar="DAY", help="Only replies of this day or earlier.")
]
GroupByOption = Annotated[GroupBy, typer.Option("--group-by", help="The headings of the full report.")]
Timezone = Annotated[
    str, typer.Option("--timezone", metavar="NAME", help="Of times without an offset: Europe/London.")
]
Region = Annotated[
    str, typer.Option("--region", metavar="CODE", help="Of phone numbers without a country code: US, GB.")
]
Agents = Annotated[
    list[str] | None,
    typer.Option(
        "--agents",
        metavar="PATTERN",
        help="Who answers, where an export does not tell: names or addresses, as *@acme.example; may be "
        "repeated.",
    ),
]
DayOrder = Annotated[
    str | None,
    typer.Option(
        "--day-order", metavar="ORDER", help="Of dates such as 03/04/2026 that leave it open: dmy or mdy."
    ),
]
NearMisses = Annotated[
    bool,
    typer.Option("--near-misses", help="Print what was considered and not counted instead, with its reason."),
]
MinConfidence = Annotated[
    str | None,
    typer.Option(
        "--min-confidence",
        metavar="X",
        help="Count claims of at least this confidence, 0 to 1: higher flags less and more surely, lower "
        f"finds more. It is {DEFAULT_CONFIDENCE:g} where not given.",
        show_default=False,
    ),
]
MinLink = Annotated[
    str | None,
    typer.Option(
        "--min-link",
        metavar="P",
        help="Link replies to one customer from this probability on, 0.5 to 1: a higher one links less and "
        f"more surely. It is {DEFAULT_LINK:g} where not given.",
        show_default=False,
    ),
]
References = Annotated[
    list[str] | None,
    typer.Option(
        "--reference",
        metavar="REGEX",
        help="A pattern by which texts name an order, a case, an account; may be repeated.",
    ),
]
Links = Annotated[
    Path | None,
    typer.Option(
        "--links",
        metavar="FILE",
        help="Known customers: read before, written after, so that keys stay. Personal data.",
    ),
]
LedgerFile = Annotated[
    Path | None,
    typer.Option(
        "--ledger",
        metavar="FILE",
        help="The audit's memory: read only what is new, report all that it holds, tell what is new "
        "and what is fixed. Personal data.",
    ),
]
LedgerWait = Annotated[
    float,
    typer.Option(
        "--ledger-wait", metavar="SECONDS", min=0, help="Wait so long for a ledger that another run holds."
    ),
]
EngineOption = Annotated[
    Engine, typer.Option("--engine", help="Where the audit runs: in this process, or on Apache Spark.")
]
Master = Annotated[
    str | None,
    typer.Option("--master", metavar="URL", help="The Spark to run on: local[4], spark://host:7077, yarn."),
]
OutputParquet = Annotated[
    str | None,
    typer.Option(
        "--output-parquet", metavar="FOLDER", help="With --engine spark: write claims and findings as tables."
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        metavar="N",
        min=1,
        help="Read in so many processes where there are more than some thousand replies; the result is the "
        "same for any. As many as there are cores for this program, where not given.",
        show_default=False,
    ),
]
Profile = Annotated[
    bool, typer.Option("--profile", help="Say on standard error where the time went, room by room.")
]
LogFormatOption = Annotated[
    LogFormat | None,
    typer.Option(
        "--log-format",
        help="Log what happens to standard error: text, or a JSON object a line.",
        show_default=False,
    ),
]
LogLevelOption = Annotated[LogLevel, typer.Option("--log-level", help="The least that is logged.")]
NewOnly = Annotated[
    bool, typer.Option("--new-only", help="Show only findings that are new, or there again after a while.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no notes on standard error.")]
NoColour = Annotated[bool, typer.Option("--no-color", help="No colour; NO_COLOR does the same.")]


def read_day(option: str, text: str | None) -> date | None:
    """The day an option names; raises typer.BadParameter."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"{text!r} is not a day; write year, month and day, as in 2026-03-01"
        raise typer.BadParameter(message, param_hint=option) from None


def read_confidence(text: str | None) -> float | None:
    """The number of `--min-confidence`; raises typer.BadParameter."""
    if text is None:
        return None
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if 0 <= number <= 1:  # false for nan
        return number
    message = f"{text!r} is not a confidence; write a number from 0 to 1, as in 0.6"
    raise typer.BadParameter(message, param_hint="--min-confidence")


def read_link(text: str | None) -> float:
    """The number of `--min-link`; raises typer.BadParameter."""
    if text is None:
        return DEFAULT_LINK
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if 0.5 <= number <= 1:
        return number
    message = f"{text!r} is not a probability of a link; write a number from 0.5 to 1, as in 0.99"
    raise typer.BadParameter(message, param_hint="--min-link")


def read_load_options(agents: list[str] | None, day_order: str | None) -> LoadOptions:
    """How exports are read: as the configuration says, and before it the command line.

    Raises InputError and typer.BadParameter.
    """
    from consistency_check.configuration import YAML_FILE, find_configuration
    from consistency_check.load import ORDERS, LoadOptions, read_configuration

    found = find_configuration(Path.cwd()).path
    options = read_configuration(found) if found and found.name == YAML_FILE else LoadOptions()
    if day_order:
        options = replace(options, day_order=read_names("--day-order", [day_order], ORDERS)[0])
    return replace(options, agents=tuple(agents)) if agents else options


def read_response_times() -> dict[str, Value | None]:
    """The response times of the configuration, by channel. Raises ConfigurationError."""
    from consistency_check.configuration import find_configuration

    return {each.channel: each.time for each in find_configuration(Path.cwd()).response_times}


def count_cores() -> int:
    """How many cores this program may use: in a container or a batch queue fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def read_names(option: str, given: Iterable[str] | None, known: Iterable[str]) -> tuple[str, ...]:
    """The names an option was given, each of which must be known; raises typer.BadParameter."""
    names, known = tuple(given or ()), sorted(known)
    for name in names:
        if name not in known:
            close = difflib.get_close_matches(name, known, n=1)
            remedy = f"did you mean {close[0]}?" if close else f"write one of {', '.join(known)}"
            raise typer.BadParameter(f"{name!r} is not known; {remedy}", param_hint=option)
    return names
