"""`config`: the settings in force, and where each comes from."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from consistency_check.cli.configured import name_setting, read_configuration

app = typer.Typer(
    help="Show the settings in force.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
DEFAULT = "default"


class ConfigFormat(StrEnum):
    """How settings are printed."""

    TABLE = "table"
    JSON = "json"


@app.callback()
def _group() -> None:
    pass


@app.command("show")
def show(
    context: typer.Context,
    format_name: Annotated[
        ConfigFormat, typer.Option("--format", "-f", help="A table, or one JSON document.")
    ] = ConfigFormat.TABLE,
) -> None:
    """Print each setting and its origin: a place in a file, a variable, or the default."""
    from consistency_check.report.escape import dump_json, show_text

    defaults = (find_defaults(context, command) for command in ("audit", "nightly"))
    settings = list(list_settings(*defaults))
    if format_name is ConfigFormat.JSON:
        rows = [{"setting": name, "value": value, "origin": origin} for name, value, origin in settings]
        typer.echo(dump_json(rows, indent=2))
        return
    shown = [(name, show_text(_show_value(value)), show_text(origin)) for name, value, origin in settings]
    widths = [max(len(row[column]) for row in shown) for column in (0, 1)]
    for name, value, origin in shown:
        typer.echo(f"{name:<{widths[0]}}  {value:<{widths[1]}}  {origin}")


def list_settings(
    defaults: dict[str, Any], of_nightly: dict[str, Any]
) -> Iterator[tuple[str, str | list[str], str]]:
    """Each setting with its value and its origin, in the order of the options; then the response times.

    Where `nightly` has another default than `audit`, the origin says which.
    """
    from consistency_check.configuration import SETTINGS, TIMES_KEY, find_configuration
    from consistency_check.values import show_value

    chosen = read_configuration()
    for name in SETTINGS:
        if name in chosen:
            yield name, chosen[name].value, chosen[name].origin
            continue
        value, at_night = _plain(defaults.get(name)), _plain(of_nightly.get(name))
        yield name, value, DEFAULT if at_night in (value, "") else f"{DEFAULT}, {at_night} for nightly"
    for each in find_configuration(Path.cwd()).response_times:
        yield f"{TIMES_KEY}.{each.channel}", show_value(each.time) if each.time else "none", str(each.source)


def find_defaults(context: typer.Context, command: str) -> dict[str, Any]:
    """What a command takes where nothing is written, by the settings' names."""
    commands: Any = context.find_root().command
    params = commands.commands[command].params
    return {name_setting(param): param.get_default(context) for param in params}


def _plain(default: object) -> str:
    if isinstance(default, bool):
        return "yes" if default else "no"
    if isinstance(default, float):
        return f"{default:g}"
    return str(default) if isinstance(default, str | int | Path) else ""


def _show_value(value: str | list[str]) -> str:
    return (value if isinstance(value, str) else ", ".join(value)) or "-"
