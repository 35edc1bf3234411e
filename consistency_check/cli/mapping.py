"""`map`: which column of an export is what; proposed, asked where in doubt, and written down."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from consistency_check.cli import given
from consistency_check.cli.output import check_output, open_output

if TYPE_CHECKING:
    from consistency_check.load import Columns

SHOWN = 48
"""Characters of a value that are shown beside its column."""

ExportPath = Annotated[
    str, typer.Argument(metavar="FILE", help="A table, or JSON, as your system exports it.")
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Write the mapping down without asking.")]
Column = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="PART=COLUMN",
        help="Say it yourself: body=Notes, author_role=Sender, author_role=agent where only agents speak; "
        "may be repeated.",
    ),
]
Name = Annotated[
    str | None, typer.Option("--name", metavar="NAME", help="Of the mapping; else the file's name.")
]
_PARTS = (
    "body", "author_role", "id", "conversation", "time", "channel", "agent", "team", "question",
    "customer.id", "customer.email", "customer.phone", "customer.name", "customer.handle",
)  # fmt: skip


def map_columns(path: ExportPath, yes: Yes = False, column: Column = None, name: Name = None) -> None:
    """Say which column of an export is what.

    What the names tell is proposed, what they leave open is asked; --yes writes it down.
    """
    from consistency_check.load import InputError, Proposal, propose_mapping, read_columns, show_document

    columns = read_columns(path)
    asks = is_terminal() and not yes
    target = find_target()
    if yes or asks:
        check_target(target)
    show_columns(columns)
    proposal = propose_mapping(tuple(columns.values))
    chosen = [read_choice(text, columns) for text in column or ()]
    if asks:
        chosen += ask_open(proposal.questions, columns, {part for part, _ in chosen})
    document = complete(proposal.document, chosen, columns)
    if missing := [part for part in ("body", "author_role") if part not in document]:
        questions = [each for each in proposal.questions if any(f"`{part}`" in each for part in missing)]
        message = f"{path}: not told: {'; '.join(questions)}; say it with --set {missing[0]}=COLUMN"
        raise InputError(message)
    Proposal(document).build(path)
    typer.echo(show_document(document), nl=False)
    shown = os.path.relpath(target)
    if not yes and not (asks and typer.confirm(f"Write this to {shown}?", default=True)):
        typer.echo(f"nothing was written; --yes writes it to {shown}")
        return
    label = name_mapping(name or "") or name_mapping(Path(columns.file).stem) or "export"
    write_mapping(target, label, document)
    typer.echo(f"written to {shown} as {label!r}, for files named {document['files']}")


def find_target() -> Path:
    """The file that configures this folder, here or above, else a new one here. Raises ConfigurationError."""
    from consistency_check.configuration import YAML_FILE, find_configuration

    return find_configuration(Path.cwd()).path or Path(YAML_FILE)


def check_target(target: Path) -> None:
    """Raises InputError where mappings cannot stand in that file, and typer.BadParameter."""
    from consistency_check.configuration import YAML_FILE
    from consistency_check.load import InputError

    if target.name != YAML_FILE:
        message = f"mappings stand in {YAML_FILE} alone; move [tool.consistency-check] into one beside it"
        raise InputError(f"{os.path.relpath(target)}: {message}")
    check_output(target, "--yes")


def name_mapping(text: str) -> str:
    """A name that is a plain key of YAML: small letters, digits, hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")


def write_mapping(target: Path, label: str, document: dict[str, Any]) -> None:
    """Add it to the file, which is replaced whole, or not at all. Raises InputError."""
    from consistency_check.load import add_mapping, show_document

    written = target.read_text("utf-8") if target.exists() else ""
    added = add_mapping(written, os.path.relpath(target), label, show_document(document))
    with open_output(target) as stream:
        stream.write(added)


def is_terminal() -> bool:
    """Whether there is somebody to ask."""
    return sys.stdin.isatty()


def show_columns(columns: Columns) -> None:
    """Every column with its first value."""
    from consistency_check.report.escape import show_text

    width = max(map(len, columns.values), default=0)
    for name, value in columns.values.items():
        short = " ".join(value.split())
        short = short if len(short) <= SHOWN else short[: SHOWN - 1] + "…"
        typer.echo(f"{show_text(name):<{width}}  {show_text(short)}".rstrip())
    typer.echo()


def read_choice(text: str, columns: Columns) -> tuple[str, str]:
    """A part and its column, as `--set` gives them; raises typer.BadParameter."""
    from consistency_check.model import name_field

    part, _, column = text.partition("=")
    given.read_names("--set", [part], _PARTS)
    if part == "author_role" and column in ("agent", "customer"):
        return part, column
    if column not in columns.values and name_field(column) in columns.values:
        column = name_field(column)
    given.read_names("--set", [column], columns.values)
    return part, column


def ask_open(questions: Sequence[str], columns: Columns, told: set[str]) -> list[tuple[str, str]]:
    """The answers to what the names leave open; an empty one leaves it open."""
    answers = []
    for question in questions:
        part = "author_role" if "author_role" in question else "body"
        if part not in told and (answer := typer.prompt(f"Tell {question}", default="", show_default=False)):
            answers.append(read_choice(f"{part}={answer}", columns))
    return answers


def complete(document: dict[str, Any], chosen: Sequence[tuple[str, str]], columns: Columns) -> dict[str, Any]:
    """The proposal with what was chosen in its place, and the files it is for."""
    from consistency_check.load import propose_mapping

    for part, column in chosen:
        if part == "author_role":
            known = propose_mapping(["role"]).document["author_role"]["map"]
            given = {"is": column} if column in ("agent", "customer") else {"path": column, "map": known}
            document = {**document, "author_role": given}
        elif part.startswith("customer."):
            customer = {**document.get("customer", {}), part.removeprefix("customer."): column}
            document = {**document, "customer": customer}
        else:
            document = {**document, part: {"text": column} if part == "body" else column}
    head = {"files": [columns.file]} | ({"records": columns.records} if columns.records else {})
    return {**head, **document}
