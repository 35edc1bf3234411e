"""`customers`: which replies went to one customer, and by what evidence."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from consistency_check.cli import options

if TYPE_CHECKING:
    from consistency_check.model import Customer


class CustomersFormat(StrEnum):
    """How customers are printed."""

    TABLE = "table"
    JSON = "json"


def customers(
    paths: options.Sources,
    customers_file: options.Customers = None,
    format_name: Annotated[
        CustomersFormat, typer.Option("--format", "-f", help="A table, or one JSON line a customer.")
    ] = CustomersFormat.TABLE,
    output_file: options.OutputFile = None,
    channel: options.Channels = None,
    since: options.Since = None,
    until: options.Until = None,
    timezone: options.Timezone = "UTC",
    region: options.Region = "US",
    quiet: options.Quiet = False,
) -> None:
    """Print which replies went to one customer."""
    from consistency_check.audit import AuditSettings, list_customers
    from consistency_check.cli.output import check_output, open_output
    from consistency_check.cli.progress import show_progress

    settings = AuditSettings(
        sources=tuple(paths),
        customers=customers_file,
        channels=tuple(channel or ()),
        since=options.read_day("--since", since),
        until=options.read_day("--until", until),
        timezone=timezone,
        region=region,
    )
    check_output(output_file)
    with show_progress(settings.sources, quiet) as progress:
        found = list_customers(settings, progress)
    with open_output(output_file) as stream:
        if format_name is CustomersFormat.JSON:
            _write_lines(found, stream)
        else:
            _write_table(found, stream)


def _write_lines(found: Sequence[Customer], stream: TextIO) -> None:
    from consistency_check.report.escape import dump_json

    for each in found:
        line = {
            "customer": each.key,
            "reply_ids": list(each.reply_ids),
            "linked_by": list(each.linked_by),
        }
        stream.write(dump_json(line) + "\n")


def _write_table(found: Sequence[Customer], stream: TextIO) -> None:
    from consistency_check.report.escape import show_text

    width = max([len("customer"), *(len(show_text(each.key)) for each in found)])
    stream.write(f"{'customer':<{width}}  replies  linked by\n")
    for each in found:
        key, links = show_text(each.key), show_text(", ".join(each.linked_by) or "-")
        stream.write(f"{key:<{width}}  {len(each.reply_ids):>7,}  {links}\n")
