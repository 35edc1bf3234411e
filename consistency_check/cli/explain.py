"""`explain`: what a check or a rule of lint finds and why it matters; how to fix or accept a finding."""

from __future__ import annotations

import textwrap
from typing import Annotated

import typer

from consistency_check.cli import given
from consistency_check.cli.completion import complete, list_explained
from consistency_check.cli.output import measure_width

READABLE = 88
"""Columns of a paragraph."""


def explain(
    check: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME",
            show_default=False,
            autocompletion=complete(list_explained),
            help="A check, or a rule of `policies lint`.",
        ),
    ] = None,
) -> None:
    """Explain a check or a rule, or list them all."""
    from consistency_check.checks import CHECKS
    from consistency_check.misreading import ALL_RULES

    if check is None:
        listed = {name: each.summary for name, each in CHECKS.items()}
        listed |= {name: rule.finds for name, rule in ALL_RULES.items()}
        width = max(map(len, listed))
        for name, summary in listed.items():
            typer.echo(f"{name:<{width}}  {summary}")
        return
    given.read_names("NAME", [check], list_explained())
    if check in CHECKS:
        found = CHECKS[check]
        paragraphs = [f"{found.name}: {found.summary}", *found.explanation.strip().split("\n\n")]
    else:
        rule = ALL_RULES[check]
        paragraphs = [f"{rule.name} ({rule.level}): {rule.finds}", rule.why]
    width = min(measure_width(), READABLE)
    typer.echo("\n\n".join(textwrap.fill(" ".join(p.split()), width) for p in paragraphs))
