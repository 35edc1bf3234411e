"""`claims`: what the replies say, one JSON line a claim; or how one of them was read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from consistency_check.cli import options
from consistency_check.cli.privacy import Redact, RedactKey, open_privacy, refuse_redact
from consistency_check.cli.scope import takes_settings

if TYPE_CHECKING:
    from consistency_check.intake import AuditSettings, Progress
    from consistency_check.privacy import Privacy

Explain = Annotated[
    str | None,
    typer.Option(
        "--explain",
        metavar="REPLY_ID",
        help="Show how this reply was read instead: its values, the policies considered, and why.",
    ),
]
Verbose = Annotated[
    bool, typer.Option("--verbose", "-v", help="With --explain: every policy considered, not the surest ten.")
]


@takes_settings("check", "skip_check")
def claims(
    settings: AuditSettings,
    output_file: options.OutputFile = None,
    near_misses: options.NearMisses = False,
    explain: Explain = None,
    verbose: Verbose = False,
    redact: Redact = False,
    redact_key: RedactKey = None,
    quiet: options.Quiet = False,
    no_color: options.NoColour = False,
) -> None:
    """Print what the replies claim, a JSON line each."""
    from consistency_check.cli.output import check_output, open_output
    from consistency_check.cli.progress import show_progress
    from consistency_check.report.escape import dump_json

    if near_misses and explain is not None:
        message = "it shows near misses too; leave one of --explain and --near-misses out"
        raise typer.BadParameter(message, param_hint="--explain")
    refuse_redact(redact and near_misses, "--near-misses")
    refuse_redact(redact and explain is not None, "--explain")
    check_output(output_file)
    if explain is not None:
        print_explanation(settings, explain, output_file, verbose=verbose, quiet=quiet, no_color=no_color)
        return
    with show_progress(settings.sources, quiet) as progress:
        lines = list_lines(settings, near_misses, progress, open_privacy(settings, redact, redact_key))
    with open_output(output_file) as stream:
        for line in lines:
            stream.write(dump_json(line) + "\n")


def print_explanation(
    settings: AuditSettings,
    reply_id: str,
    output_file: Path | None,
    *,
    verbose: bool,
    quiet: bool,
    no_color: bool,
) -> None:
    """Show one reply with each step of its reading."""
    from consistency_check.audit import explain_reply
    from consistency_check.cli.output import has_colour, measure_width, open_output
    from consistency_check.cli.progress import show_progress
    from consistency_check.report import ReportOptions
    from consistency_check.report.explained import write_explained

    with show_progress(settings.sources, quiet) as progress:
        explained = explain_reply(settings, reply_id, progress)
    look = ReportOptions(measure_width(), has_colour(no_color, output_file))
    with open_output(output_file) as stream:
        write_explained(explained, stream, look, verbose=verbose)


def list_lines(
    settings: AuditSettings, near_misses: bool, progress: Progress | None, privacy: Privacy | None = None
) -> Iterable[dict[str, Any]]:
    """What is printed, a mapping for each line."""
    from consistency_check.audit import describe_claim, run_claims, run_near_misses

    if near_misses:
        return [asdict(miss) for miss in run_near_misses(settings, progress)]
    judged = run_claims(privacy.settings if privacy else settings, progress)
    return map(describe_claim, privacy.redact_claims(judged) if privacy else judged)
