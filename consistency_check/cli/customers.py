"""`customers`: which replies went to one customer, and by what evidence; or why two are one, or are not."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from consistency_check.cli import options
from consistency_check.cli.privacy import Redact, RedactKey, open_privacy, refuse_redact
from consistency_check.cli.scope import takes_settings

if TYPE_CHECKING:
    from consistency_check.intake import AuditSettings
    from consistency_check.model import Customer


class CustomersFormat(StrEnum):
    """How customers are printed."""

    TABLE = "table"
    JSON = "json"


Explain = Annotated[
    tuple[str, str] | None,
    typer.Option(
        "--explain",
        metavar="A B",
        help="Show why two are one customer or two: replies' ids, customers' keys or the CRM's ids.",
    ),
]


@takes_settings("policies", "check", "skip_check", "topic", "min_confidence", "jobs")
def customers(
    settings: AuditSettings,
    format_name: Annotated[
        CustomersFormat, typer.Option("--format", "-f", help="A table, or one JSON line a customer.")
    ] = CustomersFormat.TABLE,
    output_file: options.OutputFile = None,
    explain: Explain = None,
    redact: Redact = False,
    redact_key: RedactKey = None,
    quiet: options.Quiet = False,
    no_color: options.NoColour = False,
) -> None:
    """Print which replies went to one customer, and why."""
    from consistency_check.cli.output import check_output, open_output
    from consistency_check.cli.progress import show_progress
    from consistency_check.histories import list_customers

    refuse_redact(redact and explain is not None, "--explain")
    check_output(output_file)
    if explain is not None:
        print_links(settings, explain, format_name, output_file, quiet=quiet, no_color=no_color)
        return
    privacy = open_privacy(settings, redact, redact_key)
    with show_progress(settings.sources, quiet) as progress:
        found: Sequence[Customer] = list_customers(privacy.settings if privacy else settings, progress)
    found = privacy.redact_customers(found) if privacy else found
    with open_output(output_file) as stream:
        if format_name is CustomersFormat.JSON:
            _write_lines(found, stream)
        else:
            _write_table(found, stream)


def print_links(
    settings: AuditSettings,
    names: tuple[str, str],
    format_name: CustomersFormat,
    output_file: Path | None,
    *,
    quiet: bool,
    no_color: bool,
) -> None:
    """Show the evidence between two replies or customers."""
    from consistency_check.cli.output import has_colour, measure_width, open_output
    from consistency_check.cli.progress import show_progress
    from consistency_check.histories import explain_links
    from consistency_check.report import ReportOptions
    from consistency_check.report.links import write_link_answer, write_link_document

    with show_progress(settings.sources, quiet) as progress:
        answer = explain_links(settings, *names, progress)
    with open_output(output_file) as stream:
        if format_name is CustomersFormat.JSON:
            write_link_document(answer, stream)
        else:
            look = ReportOptions(measure_width(), has_colour(no_color, output_file))
            write_link_answer(answer, stream, look)


def _write_lines(found: Sequence[Customer], stream: TextIO) -> None:
    from consistency_check.report.escape import dump_json

    for each in found:
        line = {
            "customer": each.key,
            "reply_ids": list(each.reply_ids),
            "linked_by": list(each.linked_by),
            "certainty": round(each.certainty, 6),
            "aliases": list(each.aliases),
        }
        stream.write(dump_json(line) + "\n")


def _write_table(found: Sequence[Customer], stream: TextIO) -> None:
    from consistency_check.report.escape import show_text
    from consistency_check.report.links import show_certainty

    width = max([len("customer"), *(len(show_text(each.key)) for each in found)])
    stream.write(f"{'customer':<{width}}  replies  weakest link  linked by\n")
    for each in found:
        key, links = show_text(each.key), show_text(", ".join(each.linked_by) or "-")
        weakest = show_certainty(each.certainty) if each.linked_by else "-"
        stream.write(f"{key:<{width}}  {len(each.reply_ids):>7,}  {weakest:<12}  {links}\n")
