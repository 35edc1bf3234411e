"""`policies diff`: what changed in meaning between two versions of a knowledge base."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from consistency_check.cli import options

Old = Annotated[
    str,
    typer.Argument(
        metavar="OLD",
        show_default=False,
        help="A folder or file, REVISION:FOLDER, or two revisions (main..HEAD) of NEW.",
    ),
]
New = Annotated[
    str,
    typer.Argument(metavar="NEW", show_default=False, help="A folder or file, or REVISION:FOLDER."),
]


class ChangeFormat(StrEnum):
    """How changes are printed."""

    FULL = "full"
    MARKDOWN = "markdown"
    JSON = "json"


Format = Annotated[
    ChangeFormat, typer.Option("--format", "-f", help="For people, for a pull request, or for scripts.")
]


def diff(
    old: Old,
    new: New,
    format_name: Format = ChangeFormat.FULL,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit 1 where anything changed in meaning.")
    ] = False,
    output_file: options.OutputFile = None,
    no_color: options.NoColour = False,
) -> None:
    """Tell what changed in meaning from OLD to NEW: values, exceptions, dates, wording.

    Layout, order, comments, quoting and the spelling of a unit are no change. With git, `main..HEAD
    policies` compares two revisions of a folder, and `main:policies policies` one with what is on disk.
    """
    from consistency_check.cli.output import check_output, has_colour, measure_width, open_output
    from consistency_check.policies import load_versions
    from consistency_check.policies.difference import compare_policies
    from consistency_check.report import ReportOptions
    from consistency_check.report.changes import (
        write_changes,
        write_changes_document,
        write_changes_markdown,
    )

    check_output(output_file)
    changes = compare_policies(*load_versions(old, new))
    with open_output(output_file) as stream:
        if format_name is ChangeFormat.JSON:
            write_changes_document(changes, stream)
        elif format_name is ChangeFormat.MARKDOWN:
            write_changes_markdown(changes, stream)
        else:
            write_changes(changes, stream, ReportOptions(measure_width(), has_colour(no_color, output_file)))
    raise typer.Exit(int(exit_code and bool(changes)))
