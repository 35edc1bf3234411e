"""`nightly`: what the configuration says, as one run that nobody watches."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from consistency_check.cli import options
from consistency_check.cli.door import CANNOT_AUDIT
from consistency_check.cli.options import FailOn, GroupBy, LogFormat, LogLevel
from consistency_check.cli.privacy import Context, Redact, RedactKey, open_privacy
from consistency_check.cli.scope import takes_settings

if TYPE_CHECKING:
    from consistency_check.gate import Gate
    from consistency_check.intake import AuditSettings

LEDGER = ".consistency-check.duckdb"
"""`DEFAULT` of `ledger`, which takes too long to import for a line of help."""
NO_OUTPUT = "no output is named, so that what was found stands in the ledger alone; name one with --output"


def place_ledger() -> Path:
    """The ledger where none is named: beside the configuration, here where there is none."""
    from consistency_check.configuration import find_configuration

    found = find_configuration(Path.cwd()).path
    folder = found.parent if found else Path.cwd()
    return Path(LEDGER) if folder == Path.cwd() else folder / LEDGER


Ledger = Annotated[
    Path,
    typer.Option(
        "--ledger",
        metavar="FILE",
        default_factory=place_ledger,
        show_default=f"{LEDGER} beside the configuration",
        help="The memory of the nights. Personal data.",
    ),
]
Outputs = Annotated[
    list[str] | None,
    typer.Option(
        "--output",
        metavar="FORMAT=FILE",
        help="Write the report so, whole or not at all: html=report.html, json=nights/{day}.json; may be "
        "repeated.",
    ),
]
KeepDays = Annotated[
    int | None,
    typer.Option(
        "--keep-days",
        metavar="N",
        min=1,
        max=36_500,
        help="Replies that are older leave the ledger; else all are kept.",
        show_default=False,
    ),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Say what would be done, and whether it can be; do nothing.")
]


@takes_settings()
def nightly(
    settings: AuditSettings,
    gate: Gate,
    ledger: Ledger,
    output: Outputs = None,
    ledger_wait: options.LedgerWait = 600.0,
    keep_days: KeepDays = None,
    group_by: options.GroupByOption = GroupBy.CUSTOMER,
    fail_on: options.FailOnOption = FailOn.LOW,
    exit_zero: options.ExitZero = False,
    max_new: options.MaxNew = 0,
    redact: Redact = False,
    redact_key: RedactKey = None,
    context: Context = None,
    dry_run: DryRun = False,
    log_format: options.LogFormatOption = LogFormat.TEXT,
    log_level: options.LogLevelOption = LogLevel.INFO,
) -> None:
    """Audit as configured, with a ledger and several outputs.

    Everything may stand in the configuration; `config show` tells what holds. The log is on standard error.
    """
    from consistency_check.cli.audit import (
        choose_exit_code,
        choose_look,
        follow_ledger,
        shape_report,
        tell_notes,
    )
    from consistency_check.cli.dry_run import print_plan
    from consistency_check.cli.outputs import read_outputs, write_outputs

    del log_format, log_level  # heeded where the options are taken
    day = gate.today
    outputs = read_outputs(output or (), day)
    keep_from = day - timedelta(keep_days) if keep_days else None
    if dry_run:
        raise typer.Exit(print_plan(settings, ledger, outputs, day, keep_from))
    privacy = open_privacy(settings, redact, redact_key)
    run = follow_ledger(ledger, ledger_wait, day, keep_from)
    report = run(privacy.settings if privacy else settings, None)
    report = shape_report(report, gate, privacy, context)
    tell_notes(report, (*report.notes, *(() if outputs else (NO_OUTPUT,))))
    is_whole = write_outputs(report, outputs, choose_look(group_by, fail_on, colour=False))
    if keep_from:
        wipe_ledger(ledger, ledger_wait)
    code = choose_exit_code(report, FailOn.NEVER if exit_zero else fail_on, max_new)
    raise typer.Exit(code if is_whole else CANNOT_AUDIT)


def wipe_ledger(path: Path, wait: float) -> None:
    """Write the file anew where it still holds traces of what retired. Raises LedgerError."""
    from consistency_check.events import Event, tell
    from consistency_check.ledger import open_ledger, read_ledger
    from consistency_check.ledger.rewriting import ERASED

    with read_ledger(path, wait) as ledger:
        has_traces = bool(ledger.read_fact(ERASED))
    if has_traces:
        with open_ledger(path, wait, rewrites=True):
            pass
        tell(Event.LEDGER_REWRITTEN, path=str(path))
