"""`policies show`: what holds, on which day and for whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from consistency_check.cli import given, options

if TYPE_CHECKING:
    from consistency_check.model import KnowledgeBase


class ShowFormat(StrEnum):
    """How it is printed."""

    FULL = "full"
    JSON = "json"


def show(
    name: Annotated[
        str | None,
        typer.Argument(metavar="ID", show_default=False, help="A policy or a topic; else all."),
    ] = None,
    policies: options.Policies = Path("policies"),
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DAY", help="What holds on this day (2026-03-01); else today."),
    ] = None,
    known: Annotated[
        list[str] | None,
        typer.Option("--with", metavar="NAME=VALUE", help="For whom: tier=gold; may be repeated."),
    ] = None,
    format_name: Annotated[
        ShowFormat, typer.Option("--format", "-f", help="For people, or one JSON document.")
    ] = ShowFormat.FULL,
    output_file: options.OutputFile = None,
    no_color: options.NoColour = False,
) -> None:
    """Tell what the policies answer, why, and what comes next."""
    day = given.read_day("--on", on) or date.today()
    from consistency_check.cli.output import check_output, has_colour, measure_width, open_output
    from consistency_check.holding import describe_holding
    from consistency_check.policies import load_policies
    from consistency_check.report import ReportOptions
    from consistency_check.report.holding import write_holdings, write_holdings_document

    check_output(output_file)
    knowledge = load_policies(policies)
    attributes = read_attributes(known or (), knowledge)
    wanted = [knowledge.policies[policy] for policy in choose_policies(name, knowledge)]
    holdings = [describe_holding(policy, day, attributes) for policy in wanted]
    with open_output(output_file) as stream:
        if format_name is ShowFormat.JSON:
            write_holdings_document(holdings, day, attributes, stream)
        else:
            look = ReportOptions(measure_width(), has_colour(no_color, output_file))
            write_holdings(holdings, day, attributes, stream, look)


def choose_policies(name: str | None, knowledge: KnowledgeBase) -> tuple[str, ...]:
    """The ids of a topic, of one policy, or of all; raises typer.BadParameter for an unknown name."""
    if name is None:
        return tuple(knowledge.policies)
    if name in knowledge.topics:
        return knowledge.topics[name].policies
    return given.read_names("ID", [name], [*knowledge.policies, *knowledge.topics])


def read_attributes(written: Iterable[str], knowledge: KnowledgeBase) -> dict[str, str]:
    """The attributes of `--with`; raises typer.BadParameter for one that no policy depends on."""
    from consistency_check.model import name_field

    exceptions = (one for policy in knowledge.policies.values() for one in policy.exceptions)
    used = {name for exception in exceptions for name, _ in exception.when}
    found: dict[str, str] = {}
    for text in written:
        name, equals, value = text.partition("=")
        if not equals or not value.strip():
            message = f"{text!r} is no attribute; write its name and value, as in tier=gold"
            raise typer.BadParameter(message, param_hint="--with")
        [known] = given.read_names("--with", [name_field(name)], used | set(knowledge.attributes))
        found[known] = value.strip()
    return found
