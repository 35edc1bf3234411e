"""`baseline`: the findings that are known, so that only new ones make an audit fail."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from consistency_check.cli import options
from consistency_check.cli.audit import print_notes
from consistency_check.cli.configured import Configured
from consistency_check.cli.door import CANNOT_AUDIT
from consistency_check.cli.scope import takes_settings

if TYPE_CHECKING:
    from consistency_check.gate import Gate
    from consistency_check.intake import AuditSettings
    from consistency_check.model import Report

DEFAULT = Path(".consistency-check-baseline")
Change = Callable[[Collection[str], Collection[str]], Collection[str]]
BaselineFile = Annotated[
    Path, typer.Option("--baseline", metavar="FILE", help="The baseline: fingerprints, and nothing else.")
]

app = typer.Typer(
    help="Keep the findings that are known and need not fail.",
    epilog="Give the options of your audit: what it does not look at is not found.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def offer_command(name: str, summary: str, change: Change, *, is_new: bool = False) -> None:
    """A command that audits, and writes what `change` makes of the fingerprints known and found."""

    @takes_settings("baseline")
    def run(
        settings: AuditSettings,
        gate: Gate,
        baseline: BaselineFile = DEFAULT,
        quiet: options.Quiet = False,
    ) -> None:
        known = read_known(baseline, is_new=is_new)
        report = run_quietly(settings, quiet)
        write_known(baseline, known, change(known, list_unaccepted(report, gate)))

    run.__doc__ = summary
    app.command(name, cls=Configured)(run)


def read_known(path: Path, *, is_new: bool) -> Collection[str]:
    """What the baseline holds; a new one must not be there yet. Raises typer.BadParameter and GateError."""
    from consistency_check.cli.output import check_output
    from consistency_check.gate.files import load_baseline

    check_output(path, "--baseline")
    if not is_new:
        return load_baseline(path)
    if path.exists():
        message = f"{path} is there already; use `baseline update`, or delete it first"
        raise typer.BadParameter(message, param_hint="--baseline")
    return ()


def list_unaccepted(report: Report, gate: Gate) -> set[str]:
    """The fingerprints of what nobody has accepted: what was would stay known after it has expired."""
    from consistency_check.gate import settle_report
    from consistency_check.model import Status

    settled = settle_report(report, gate)
    return {finding.id for finding in settled.findings if finding.status is not Status.ACCEPTED}


def run_quietly(settings: AuditSettings, quiet: bool) -> Report:
    """The report of an audit; exit status 2 where nothing was compared, with the baseline untouched."""
    from consistency_check.audit import run_audit, was_compared
    from consistency_check.cli.progress import show_progress

    with show_progress(settings.sources, quiet) as progress:
        report = run_audit(settings, progress)
    if not quiet or not was_compared(report):
        print_notes(report)
    if not was_compared(report):
        raise typer.Exit(CANNOT_AUDIT)
    return report


def write_known(path: Path, before: Collection[str], after: Collection[str]) -> None:
    """Write the baseline, and say what changed."""
    from consistency_check.cli.output import open_output
    from consistency_check.gate import show_baseline
    from consistency_check.report.headline import say_count

    with open_output(path) as stream:
        stream.write(show_baseline(after))
    added, gone = len(set(after) - set(before)), len(set(before) - set(after))
    total = say_count(len(set(after)), "known finding")
    typer.echo(f"{path}: {total}, {added:,} added, {gone:,} taken out.")


@app.callback()
def _group() -> None:
    pass


offer_command(
    "create", "Audit, and make a baseline of what is found.", lambda known, found: found, is_new=True
)
offer_command("update", "Audit, and make the baseline what is found now.", lambda known, found: found)
offer_command(
    "prune",
    "Audit, and take out of the baseline what is not found any more; nothing is added.",
    lambda known, found: set(known) & set(found),
)
