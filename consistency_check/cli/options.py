"""The options that several commands share, and the settings that they make."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from consistency_check.cli.completion import complete, list_checks, list_formats

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
        autocompletion=complete(list_formats),
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
    typer.Option(
        "--today",
        metavar="DAY",
        help="The day of the run, by which accepted findings expire and --ledger, --keep-days and {day} "
        "count; else today.",
    ),
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
        autocompletion=complete(list_checks),
        help="Run only this check; may be repeated.",
    ),
]
SkipChecks = Annotated[
    list[str] | None,
    typer.Option(
        "--skip-check",
        metavar="NAME",
        autocompletion=complete(list_checks),
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
