"""`customer`: all that one customer asked and was told, over all channels."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from consistency_check.cli import options
from consistency_check.cli.customers import CustomersFormat

Key = Annotated[
    str,
    typer.Argument(
        metavar="KEY",
        help="A customer's key, an earlier key, a customer id, or the id of one of their replies.",
        show_default=False,
    ),
]


def customer(
    key: Key,
    paths: options.Sources,
    policies: options.Policies = Path("policies"),
    customers: options.Customers = None,
    format_name: Annotated[
        CustomersFormat,
        typer.Option("--format", "-f", help="A table of what happened, or one JSON document."),
    ] = CustomersFormat.TABLE,
    output_file: options.OutputFile = None,
    channel: options.Channels = None,
    topic: options.Topics = None,
    since: options.Since = None,
    until: options.Until = None,
    min_confidence: options.MinConfidence = None,
    min_link: options.MinLink = None,
    reference: options.References = None,
    links: options.Links = None,
    timezone: options.Timezone = "UTC",
    region: options.Region = "US",
    agents: options.Agents = None,
    day_order: options.DayOrder = None,
    quiet: options.Quiet = False,
    no_color: options.NoColour = False,
) -> None:
    """Print what one customer was told, over all channels."""
    from consistency_check.audit import AuditSettings
    from consistency_check.cli.output import check_output, has_colour, measure_width, open_output
    from consistency_check.cli.progress import show_progress
    from consistency_check.histories import tell_history
    from consistency_check.report import ReportOptions
    from consistency_check.report.history import write_history, write_history_document

    settings = AuditSettings(
        sources=tuple(paths),
        policies=policies,
        customers=customers,
        channels=tuple(channel or ()),
        topics=tuple(topic or ()),
        since=options.read_day("--since", since),
        until=options.read_day("--until", until),
        timezone=timezone,
        region=region,
        min_confidence=options.read_confidence(min_confidence),
        links=links,
        min_link=options.read_link(min_link),
        references=tuple(reference or ()),
        load=options.read_load_options(agents, day_order),
    )
    check_output(output_file)
    with show_progress(settings.sources, quiet) as progress:
        history = tell_history(settings, key, progress)
    with open_output(output_file) as stream:
        if format_name is CustomersFormat.JSON:
            write_history_document(history, stream)
        else:
            write_history(history, stream, ReportOptions(measure_width(), has_colour(no_color, output_file)))
