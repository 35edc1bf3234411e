"""The door: one file a command group; the only room that prints, exits or reads the environment."""

from __future__ import annotations

import gc
import os
from typing import Annotated

import typer

from consistency_check import __version__
from consistency_check.cli import (
    audit,
    baseline,
    claims,
    config,
    customer,
    customers,
    demo,
    explain,
    ledger,
    load,
    mapping,
    nightly,
    policies,
    review,
    stats,
)
from consistency_check.cli.configured import Configured
from consistency_check.cli.door import Door, catch_termination

__all__ = ["app", "main"]

app = typer.Typer(
    name="consistency-check",
    cls=Door,
    help="Find customers who were given different answers in different channels, and answers that "
    "contradict the policy in force on the day they were sent.",
    epilog="Exit status: 0 nothing at or above --fail-on; 1 findings at or above it; 2 the input, the "
    "configuration or the command line cannot be used, or nothing could be compared.",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("audit", cls=Configured)(audit.audit)
app.command("nightly", cls=Configured)(nightly.nightly)
app.command("claims", cls=Configured)(claims.claims)
app.command("customers", cls=Configured)(customers.customers)
app.command("customer", cls=Configured)(customer.customer)
app.command("load", cls=Configured)(load.load)
app.command("map")(mapping.map_columns)
app.add_typer(policies.app, name="policies")
app.add_typer(baseline.app, name="baseline")
app.add_typer(ledger.app, name="ledger")
app.add_typer(config.app, name="config")
app.command("review")(review.review)
app.command("stats")(stats.stats)
app.command("explain")(explain.explain)
app.command("demo")(demo.demo)


def main() -> None:
    """The console script.

    Arithmetic is on small matrices: one thread of it is faster than several, and leaves the other cores
    to others. An audit makes many small values and no cycles: looking for cycles as often as Python
    does by itself takes a quarter of its time.
    """
    gc.set_threshold(50_000, 20, 1_000)
    for library in ("OPENBLAS", "MKL", "OMP"):
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")
    catch_termination()
    app(prog_name="consistency-check")


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"consistency-check {__version__} (finds contradictory answers to customers)")
        raise typer.Exit


@app.callback()
def _read_global_options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit."),
    ] = False,
) -> None:
    del version
