"""`ledger`: looking at the audit's memory, making it smaller, taking things out of it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from consistency_check.cli import given, options

if TYPE_CHECKING:
    from consistency_check.ledger import Ledger

app = typer.Typer(
    help="Look after a ledger, the audit's memory.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
File = Annotated[Path, typer.Argument(metavar="FILE", help="The ledger.", show_default=False)]
PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700
_LONGEST_NAME = 80
"""Characters of a key that a message shows."""


class InfoFormat(StrEnum):
    """How figures are printed."""

    TABLE = "table"
    JSON = "json"


@app.callback()
def _group() -> None:
    pass


@app.command("info")
def info(
    file: File,
    format_name: Annotated[
        InfoFormat, typer.Option("--format", "-f", help="A table, or one JSON document.")
    ] = InfoFormat.TABLE,
    today: options.Today = None,
    wait: options.LedgerWait = 0.0,
    no_color: options.NoColour = False,
) -> None:
    """Print what a ledger holds, in figures."""
    from consistency_check.cli.output import has_colour, measure_width, open_output
    from consistency_check.ledger import read_ledger
    from consistency_check.ledger.survey import survey_ledger
    from consistency_check.report import ReportOptions
    from consistency_check.report.ledger import write_survey, write_survey_document

    day = given.read_day("--today", today) or date.today()
    with read_ledger(file, wait) as ledger:
        found = survey_ledger(ledger, day)
    survey = {**asdict(found), "replies": found.replies}
    with open_output(None) as stream:
        if format_name is InfoFormat.JSON:
            write_survey_document(survey, stream)
        else:
            look = ReportOptions(measure_width(), has_colour(no_color, None))
            write_survey(str(file), survey, stream, look)


@app.command("vacuum")
def vacuum(file: File, wait: options.LedgerWait = 0.0) -> None:
    """Write the file anew without free space; killed at any point, the old one or the new one is there."""
    from consistency_check.ledger import open_ledger

    before = require_file(file)
    with open_ledger(file, wait, rewrites=True):
        pass
    after = file.stat().st_size
    typer.echo(f"{show_path(file)}: {before:,} bytes before, {after:,} after.")


@app.command("export")
def export(
    file: File,
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="FOLDER", help="A file for each table goes there; else standard output."),
    ] = None,
    customer: Annotated[
        str | None,
        typer.Option("--customer", metavar="KEY", help="Only what is held of this customer."),
    ] = None,
    table: Annotated[
        list[str] | None, typer.Option("--table", metavar="NAME", help="Only this table; may be repeated.")
    ] = None,
    wait: options.LedgerWait = 0.0,
) -> None:
    """Write all that a ledger holds as JSON Lines, for reading and for a customer's right of access."""
    from consistency_check.cli.output import open_output
    from consistency_check.ledger import read_ledger
    from consistency_check.ledger.export import TABLES, walk_table
    from consistency_check.report.escape import dump_json

    names = given.read_names("--table", table, TABLES) or tuple(TABLES)
    if folder:
        make_folder(folder)
    with read_ledger(file, wait) as ledger:
        key = choose_customer(ledger, customer, "--customer") if customer else None
        for name in names:
            path = folder / f"{name}.jsonl" if folder else None
            if path:
                make_private(path)
            count = 0
            with open_output(path) as stream:
                for count, record in enumerate(walk_table(ledger, name, key), 1):  # noqa: B007
                    line = record if folder else {"table": name, **record}
                    stream.write(dump_json(line) + "\n")
            if path:
                typer.echo(f"{show_path(path)}: {count:,}", err=True)


@app.command("forget")
def forget(
    file: File,
    customer: Annotated[
        str | None,
        typer.Argument(
            metavar="CUSTOMER",
            help="A customer's key, or a customer id, e-mail, phone or handle of theirs.",
            show_default=False,
        ),
    ] = None,
    before: Annotated[
        str | None,
        typer.Option("--before", metavar="DAY", help="Instead: all replies that were sent before this day."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    wait: options.LedgerWait = 0.0,
) -> None:
    """Erase a customer, or old replies, with all that was found and decided; the bytes leave the file.

    What was erased is left out when it comes again; exports and reports that hold it are not touched.
    """
    from consistency_check.ledger import open_ledger
    from consistency_check.ledger.upkeep import Erased, forget_customer, retire
    from consistency_check.report.headline import say_count

    require_file(file)
    day = given.read_day("--before", before)
    if (customer is None) is (day is None):
        raise typer.BadParameter("name a customer, or a day with --before", param_hint="CUSTOMER")
    key = ""
    if customer is not None:
        with open_ledger(file, wait) as ledger:
            key = choose_customer(ledger, customer, "CUSTOMER")
    what = f"all replies from before {day}" if day else f"the customer {show_name(key)}"
    if not yes and not confirm(f"Erase {what} from {show_path(file)}, for good?"):
        typer.echo("Nothing was erased.")
        return
    erased: Erased
    with open_ledger(file, wait, rewrites=True) as ledger:
        erased = retire(ledger, day, at_once=True) if day else forget_customer(ledger, key)
    counts = (
        say_count(erased.replies, "reply", "replies"),
        say_count(erased.findings, "finding"),
        f"{say_count(erased.decisions, 'decision')} or their reasons",
    )
    typer.echo(f"{show_path(file)}: erased {what}: {', '.join(counts)}; the file is written anew.")
    typer.echo(
        "They are left out when they come again. Exports, the CRM, reports and copies may still hold them."
    )


def confirm(question: str) -> bool:
    """Whether the person says yes; raises typer.BadParameter where nobody answers."""
    try:
        return typer.confirm(question, err=True)
    except typer.Abort:
        typer.echo(err=True)
        raise typer.BadParameter("nobody answered; nothing was erased", param_hint="--yes") from None


def choose_customer(ledger: Ledger, name: str, option: str) -> str:
    """The one customer that a name means; raises typer.BadParameter with what is near it."""
    from consistency_check.follow_up.naming import look_up_customers
    from consistency_check.ledger.upkeep import find_near

    known = look_up_customers(ledger, name)
    if len(known) == 1:
        return known[0]
    if known:
        message = f"{show_name(name)} names several customers; write one of {join_names(known)}"
        raise typer.BadParameter(message, param_hint=option)
    near = list(find_near(ledger, name))
    remedy = f"did you mean {join_names(near)}?" if near else "`consistency-check customers` lists them"
    raise typer.BadParameter(f"there is no customer {show_name(name)}; {remedy}", param_hint=option)


def join_names(names: Iterable[str]) -> str:
    """`'a' or 'b'`, safe to show."""
    return " or ".join(map(show_name, list(names)[:5]))


def show_name(name: str) -> str:
    """A customer's key in a message."""
    from consistency_check.report.escape import show_text

    return repr(show_text(name[:_LONGEST_NAME]))


def show_path(path: Path) -> str:
    """A path in a message."""
    from consistency_check.report.escape import show_text

    return show_text(str(path))


def require_file(file: Path) -> int:
    """The size in bytes of a ledger that is to be changed, and so must be there. Raises LedgerError."""
    from consistency_check.ledger import LedgerError

    if not file.exists():
        raise LedgerError(f"{file}: there is no ledger; `consistency-check audit --ledger {file}` makes one")
    return file.stat().st_size


def make_folder(folder: Path) -> None:
    """A folder that nobody else reads; raises typer.BadParameter."""
    try:
        folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    except OSError as error:
        message = f"{folder} cannot be made ({error.strerror}); choose another place"
        raise typer.BadParameter(message, param_hint="FOLDER") from None


def make_private(path: Path) -> None:
    """An empty file that nobody else reads, whose mode the one written in its place takes over."""
    from consistency_check.cli.output import check_output

    check_output(path, "FOLDER")
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, PRIVATE_FILE))
    path.chmod(PRIVATE_FILE)
