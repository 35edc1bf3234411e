"""The files that a run reads, none of which it may write over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import typer


def refuse_own_input(option: str, output: Path, said: Mapping[str, Any]) -> None:
    """Raises typer.BadParameter for an output that this run reads, or that the next one would.

    `said` are the values of the command's options, by their parameters' names.
    """
    from consistency_check.load import find_reading_source

    if output.exists() and not output.is_file():  # a device or a pipe keeps nothing
        return
    real = output.resolve()
    what = next((what for what, own in _list_own(said) if _holds(own.resolve(), real)), "")
    what = what or find_reading_source(said.get("paths") or said.get("against") or (), real)
    if what:
        raise typer.BadParameter(f"{output} is read ({what}); name another place", param_hint=option)


def _holds(own: Path, output: Path) -> bool:
    return output == own or (own in output.parents and own.is_dir())


def _list_own(said: Mapping[str, Any]) -> Iterator[tuple[str, Path]]:
    """Every file and folder that options name, with what stands in for those that are not given."""
    from consistency_check.cli.privacy import find_default_key
    from consistency_check.configuration import find_configuration
    from consistency_check.gate.files import ACCEPTED_FILE

    for name, value in said.items():
        if isinstance(value, Path) and name != "output_file":
            yield f"--{name.replace('_', '-')}", value
    if configuration := find_configuration(Path.cwd()).path:
        yield "the configuration", configuration
    if "accept" in said:
        yield "--accept", ACCEPTED_FILE
    if "redact_key" in said:
        yield "--redact-key", find_default_key()
