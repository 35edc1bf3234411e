"""`customer`: all that one customer asked and was told, over all channels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from consistency_check.cli import options
from consistency_check.cli.customers import CustomersFormat
from consistency_check.cli.privacy import Redact, RedactKey, hide_names, open_privacy
from consistency_check.cli.scope import takes_settings

if TYPE_CHECKING:
    from consistency_check.intake import AuditSettings

Key = Annotated[
    str,
    typer.Argument(
        metavar="KEY",
        help="A customer's key, an earlier key, a customer id, or the id of one of their replies.",
        show_default=False,
    ),
]


@takes_settings("check", "skip_check", "jobs")
def customer(
    key: Key,
    settings: AuditSettings,
    format_name: Annotated[
        CustomersFormat,
        typer.Option("--format", "-f", help="A table of what happened, or one JSON document."),
    ] = CustomersFormat.TABLE,
    output_file: options.OutputFile = None,
    redact: Redact = False,
    redact_key: RedactKey = None,
    quiet: options.Quiet = False,
    no_color: options.NoColour = False,
) -> None:
    """Print what one customer was told, over all channels."""
    from consistency_check.cli.output import check_output, has_colour, measure_width, open_output
    from consistency_check.cli.progress import show_progress
    from consistency_check.histories import tell_history
    from consistency_check.report import ReportOptions
    from consistency_check.report.history import write_history, write_history_document

    check_output(output_file)
    privacy = open_privacy(settings, redact, redact_key)
    with show_progress(settings.sources, quiet) as progress, hide_names(privacy):
        history = tell_history(privacy.settings if privacy else settings, key, progress)
    history = privacy.redact_history(history) if privacy else history
    with open_output(output_file) as stream:
        if format_name is CustomersFormat.JSON:
            write_history_document(history, stream)
        else:
            write_history(history, stream, ReportOptions(measure_width(), has_colour(no_color, output_file)))
