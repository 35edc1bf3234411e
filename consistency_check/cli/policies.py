"""`policies`: work on the knowledge base itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    help="Work on the knowledge base.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback()
def _group() -> None:
    pass


@app.command("check")
def check(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The knowledge base.")] = Path("policies"),
) -> None:
    """Load the knowledge base; every problem of every file is named with its place and its remedy."""
    from consistency_check.policies import load_policies
    from consistency_check.report.headline import say_count

    knowledge = load_policies(folder)
    topics, policies = len(knowledge.topics), len(knowledge.policies)
    exceptions = sum(len(policy.exceptions) for policy in knowledge.policies.values())
    said = f"{say_count(topics, 'topic')}, {say_count(policies, 'policy', 'policies')}"
    typer.echo(f"{folder}: {said}, {say_count(exceptions, 'exception')}; no problem found.")
