"""What options were given, as values: read, checked, and refused with what to write instead."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from consistency_check.cli.options import DEFAULT_LINK

if TYPE_CHECKING:
    from consistency_check.load import LoadOptions
    from consistency_check.model import Value

QUOTA = Path("/sys/fs/cgroup/cpu.max")
"""Microseconds of processor time in each period of so many, as version 2 of Linux's control groups has it."""


def read_day(option: str, text: str | None) -> date | None:
    """The day an option names; raises typer.BadParameter."""
    if not text:
        return None
    # `fromisoformat` alone takes 20260301 and weeks too.
    with suppress(ValueError):
        if (day := date.fromisoformat(text)).isoformat() == text:
            return day
    message = f"{text!r} is not a day; write year, month and day, as in 2026-03-01"
    raise typer.BadParameter(message, param_hint=option)


def read_confidence(text: str | None) -> float | None:
    """The number of `--min-confidence`; raises typer.BadParameter."""
    if text is None:
        return None
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if 0 <= number <= 1:  # false for nan
        return number
    message = f"{text!r} is not a confidence; write a number from 0 to 1, as in 0.6"
    raise typer.BadParameter(message, param_hint="--min-confidence")


def read_link(text: str | None) -> float:
    """The number of `--min-link`; raises typer.BadParameter."""
    if text is None:
        return DEFAULT_LINK
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if 0.5 <= number <= 1:
        return number
    message = f"{text!r} is not a probability of a link; write a number from 0.5 to 1, as in 0.99"
    raise typer.BadParameter(message, param_hint="--min-link")


def read_load_options(agents: list[str] | None, day_order: str | None) -> LoadOptions:
    """How exports are read: as the configuration says, and before it the command line.

    Raises InputError and typer.BadParameter.
    """
    from consistency_check.configuration import YAML_FILE, find_configuration
    from consistency_check.load import ORDERS, LoadOptions, read_configuration

    found = find_configuration(Path.cwd()).path
    options = read_configuration(found) if found and found.name == YAML_FILE else LoadOptions()
    if day_order:
        options = replace(options, day_order=read_names("--day-order", [day_order], ORDERS)[0])
    return replace(options, agents=tuple(agents)) if agents else options


def read_response_times() -> dict[str, Value | None]:
    """The response times of the configuration, by channel. Raises ConfigurationError."""
    from consistency_check.configuration import find_configuration

    return {each.channel: each.time for each in find_configuration(Path.cwd()).response_times}


def count_cores() -> int:
    """How many cores this program may use: in a container or a batch queue fewer than the machine has."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, _read_quota() or cores)


def _read_quota() -> int:
    """The cores that Linux gives a container, rounded up; 0 where it sets no limit, or does not tell."""
    try:
        quota, period = QUOTA.read_text("ascii").split()
        return -(-int(quota) // int(period))
    except (OSError, ValueError):  # `max` stands for no limit
        return 0


def read_names(option: str, given: Iterable[str] | None, known: Iterable[str]) -> tuple[str, ...]:
    """The names an option was given, each of which must be known; raises typer.BadParameter."""
    names, known = tuple(given or ()), sorted(known)
    for name in names:
        if name not in known:
            close = difflib.get_close_matches(name, known, n=1)
            remedy = f"did you mean {close[0]}?" if close else f"write one of {', '.join(known)}"
            raise typer.BadParameter(f"{name!r} is not known; {remedy}", param_hint=option)
    return names
