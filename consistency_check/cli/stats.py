"""`stats`: how often the alarms were right, as people decided, and the figures night by night."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from consistency_check.cli import options


class StatsFormat(StrEnum):
    """How figures are printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def stats(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The ledger.", show_default=False)],
    format_name: Annotated[
        StatsFormat, typer.Option("--format", "-f", help="Tables, one JSON document, or rows.")
    ] = StatsFormat.TABLE,
    nights: Annotated[
        bool, typer.Option("--nights", help="With --format csv: the nights, not what was decided.")
    ] = False,
    output_file: options.OutputFile = None,
    wait: options.LedgerWait = 0.0,
    no_color: options.NoColour = False,
) -> None:
    """Tell how often alarms were right, and the nights."""
    from consistency_check.cli.output import check_output, has_colour, measure_width, open_output
    from consistency_check.ledger import read_ledger
    from consistency_check.ledger.decisions import list_decisions, measure_precision
    from consistency_check.ledger.runs import load_nights
    from consistency_check.report import ReportOptions
    from consistency_check.report import statistics as tables

    check_output(output_file)
    with read_ledger(file, wait) as ledger:
        found = measure_precision(list_decisions(ledger))
        known = load_nights(ledger)
    with open_output(output_file) as stream:
        if format_name is StatsFormat.JSON:
            tables.write_statistics_document(found, known, stream)
        elif format_name is StatsFormat.CSV and nights:
            tables.write_night_rows(known, stream)
        elif format_name is StatsFormat.CSV:
            tables.write_precision_rows(found, stream)
        else:
            look = ReportOptions(measure_width(), has_colour(no_color, output_file))
            tables.write_statistics(found, known, stream, look)
