"""`policies new` and `policies schema`: help for those who write policies."""

from __future__ import annotations

import shlex
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from consistency_check.cli import options


def new(
    topic: Annotated[
        str, typer.Argument(metavar="TOPIC", help="Its name: returns, late_fees.", show_default=False)
    ],
    policies: options.Policies = Path("policies"),
) -> None:
    """Write the first file of a topic, with comments; never over another file."""
    from consistency_check.policies import KnowledgeBaseError, load_policies
    from consistency_check.policies.starter import write_starter

    try:
        text = write_starter(topic)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="TOPIC") from None
    file = policies / f"{topic}.yaml"
    try:
        known = load_policies(policies).topics if policies.is_dir() else {}
    except KnowledgeBaseError:  # what is wrong with other files is for `policies check`
        known = {}
    if topic in known:
        message = f"the topic is already at {known[topic].source}; add a policy there, or choose another name"
        raise typer.BadParameter(message, param_hint="TOPIC")
    try:
        policies.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError:
        message = f"{file} is there already; choose another name, or move it away"
        raise typer.BadParameter(message, param_hint="TOPIC") from None
    except OSError as error:
        message = f"{file} cannot be written ({error.strerror}); choose another folder"
        raise typer.BadParameter(message, param_hint="--policies") from None
    check = f"consistency-check policies check {shlex.quote(str(policies))}"
    typer.echo(f"{file}: written; put your own policies in it, then run `{check}`.")


def schema() -> None:
    """Print a JSON Schema by which editors complete and check policy files."""
    typer.echo(files("consistency_check.policies").joinpath("schema.json").read_text("utf-8"), nl=False)
