"""`explain`: what a check finds, why it matters, an example, how to fix or accept it."""

from __future__ import annotations

import textwrap
from typing import Annotated

import typer

from consistency_check.cli import options
from consistency_check.cli.output import measure_width

READABLE = 88
"""Columns of a paragraph."""


def explain(
    check: Annotated[
        str | None, typer.Argument(metavar="CHECK", show_default=False, help="Its name.")
    ] = None,
) -> None:
    """Explain a check, or list them all."""
    from consistency_check.checks import CHECKS

    if check is None:
        width = max(len(name) for name in CHECKS)
        for name, each in CHECKS.items():
            typer.echo(f"{name:<{width}}  {each.summary}")
        return
    options.read_names("CHECK", [check], CHECKS)
    found = CHECKS[check]
    paragraphs = [f"{found.name}: {found.summary}", *found.explanation.strip().split("\n\n")]
    width = min(measure_width(), READABLE)
    typer.echo("\n\n".join(textwrap.fill(" ".join(p.split()), width) for p in paragraphs))
