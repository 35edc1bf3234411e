"""`policies impact`: which answers that are out there a change of the policies makes wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from consistency_check.cli import given, options
from consistency_check.cli.difference import ChangeFormat, Format, New, Old
from consistency_check.cli.door import CANNOT_AUDIT
from consistency_check.cli.options import FailOn
from consistency_check.cli.privacy import Redact, RedactKey, open_privacy, refuse_redact
from consistency_check.cli.scope import takes_settings

if TYPE_CHECKING:
    from consistency_check.intake import AuditSettings
    from consistency_check.model import Impact

Against = Annotated[
    list[str] | None,
    typer.Option(
        "--against",
        metavar="PATH",
        help="Files, folders or globs of replies, macros or articles; `phone=calls.csv` names the channel; "
        "may be repeated.",
    ),
]
Claims = Annotated[
    Path | None,
    typer.Option(
        "--claims",
        metavar="FILE",
        help="What `claims` printed with OLD, instead of --against: nothing is read again.",
    ),
]
Day = Annotated[
    str | None,
    typer.Option(
        "--day",
        metavar="DAY",
        help="Judge by what is in force on this day; else today, or the last day from which a changed policy "
        "answers.",
    ),
]


@takes_settings("paths", "policies", "check", "skip_check", "links", "jobs")
def impact(
    old: Old,
    new: New,
    settings: AuditSettings,
    against: Against = None,
    claims: Claims = None,
    day: Day = None,
    as_sent: Annotated[
        bool, typer.Option("--as-sent", help="Judge each answer by the day it was sent, as an audit does.")
    ] = False,
    max_new: Annotated[
        int, typer.Option("--max-new", metavar="N", min=0, help="Exit 1 where more answers become wrong.")
    ] = 0,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="Of these, count those of policies at least this severe.")
    ] = FailOn.LOW,
    format_name: Format = ChangeFormat.FULL,
    output_file: options.OutputFile = None,
    redact: Redact = False,
    redact_key: RedactKey = None,
    quiet: options.Quiet = False,
    no_color: options.NoColour = False,
) -> None:
    """Tell which answers a change from OLD to NEW makes wrong, and which right.

    By policy, channel, team and agent, with the words; and which customers will have heard both.
    """
    from consistency_check.cli.output import check_output
    from consistency_check.cli.progress import show_progress
    from consistency_check.impact import compare_versions, find_last_day, measure_impact, measure_read_impact
    from consistency_check.policies import load_versions

    if bool(against) == (claims is not None):
        raise typer.BadParameter("name exports, or claims that were read before", param_hint="--against")
    if claims and settings.customers:
        message = "claims name their customers already; leave it out"
        raise typer.BadParameter(message, param_hint="--customers")
    if as_sent and day:
        raise typer.BadParameter("leave one of --as-sent and --day out", param_hint="--as-sent")
    refuse_redact(redact and claims is not None, "--claims")
    settings = replace(settings, sources=tuple(against or ()))
    wanted = given.read_day("--day", day)
    check_output(output_file)
    versions = compare_versions(*load_versions(old, new))
    judged_on = None if as_sent else wanted or find_last_day(versions, date.today())
    sources = settings.sources or (str(claims),)
    privacy = open_privacy(settings, redact, redact_key)
    settings = privacy.settings if privacy else settings
    with show_progress(sources, quiet) as progress:
        if claims is None:
            result = measure_impact(versions, settings, judged_on, progress)
        else:
            result = measure_read_impact(versions, claims, settings, judged_on, progress)
    if privacy:
        result = privacy.redact_impact(result, versions.old, versions.new)
    print_impact(result, format_name, output_file, no_color=no_color)
    raise typer.Exit(choose_exit_code(result, fail_on, max_new, nothing=not versions.changes))


def print_impact(
    result: Impact, format_name: ChangeFormat, output_file: Path | None, *, no_color: bool
) -> None:
    """Write it in the format asked for."""
    from consistency_check.cli.output import has_colour, measure_width, open_output
    from consistency_check.report import ReportOptions
    from consistency_check.report.impact import write_impact, write_impact_document, write_impact_markdown

    with open_output(output_file) as stream:
        if format_name is ChangeFormat.JSON:
            write_impact_document(result, stream)
        elif format_name is ChangeFormat.MARKDOWN:
            write_impact_markdown(result, stream)
        else:
            write_impact(result, stream, ReportOptions(measure_width(), has_colour(no_color, output_file)))


def choose_exit_code(result: Impact, fail_on: FailOn, max_new: int, *, nothing: bool) -> int:
    """1 where more than `max_new` answers become wrong, 2 where a change had nothing to be compared with."""
    from consistency_check.model import Effect, Severity

    if not nothing and not result.was_compared:
        return CANNOT_AUDIT
    if fail_on is FailOn.NEVER:
        return 0
    least = Severity(fail_on.value).rank
    wrong = [s for s in result.shifts if s.effect is Effect.WRONG and s.severity.rank >= least]
    return int(len(wrong) > max_new)
