"""Which replies a command looks at, and how: options that several commands have, declared once."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_type_hints

import typer

from consistency_check.cli import given, options

OFFERED: dict[str, tuple[Any, Any]] = {
    "paths": (options.Sources, inspect.Parameter.empty),
    "policies": (options.Policies, Path("policies")),
    "customers": (options.Customers, None),
    "check": (options.Checks, None),
    "skip_check": (options.SkipChecks, None),
    "channel": (options.Channels, None),
    "topic": (options.Topics, None),
    "since": (options.Since, None),
    "until": (options.Until, None),
    "min_confidence": (options.MinConfidence, None),
    "min_link": (options.MinLink, None),
    "reference": (options.References, None),
    "links": (options.Links, None),
    "timezone": (options.Timezone, "UTC"),
    "region": (options.Region, "US"),
    "agents": (options.Agents, None),
    "day_order": (options.DayOrder, None),
    "jobs": (options.Jobs, None),
}
"""Each option's annotation and default."""
SETTINGS = "settings"
"""The parameter in whose place a command takes what they say, as AuditSettings."""


def takes_settings(*left_out: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Gives a command the options of `OFFERED`, but those left out, in place of its parameter `settings`."""
    offered = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        for name, (annotation, default) in OFFERED.items()
        if name not in left_out
    ]

    def offer(command: Callable[..., None]) -> Callable[..., None]:
        hints = get_type_hints(command, localns={"AuditSettings": object}, include_extras=True)
        parameters: list[inspect.Parameter] = []
        for own in inspect.signature(command).parameters.values():
            typed = own.replace(kind=inspect.Parameter.KEYWORD_ONLY, annotation=hints[own.name])
            parameters += offered if own.name == SETTINGS else [typed]

        def run(**given: Any) -> None:
            settings = make_settings(**{each.name: given.pop(each.name) for each in offered})
            command(settings=settings, **given)

        run.__doc__, run.__name__ = command.__doc__, command.__name__
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {each.name: each.annotation for each in parameters}
        return run

    return offer


def make_settings(**said: Any) -> Any:
    """The AuditSettings that options say; raises typer.BadParameter and InputError."""
    from consistency_check.intake import AuditSettings

    return AuditSettings(
        sources=tuple(said.get("paths") or ()),
        policies=said.get("policies", Path("policies")),
        customers=said.get("customers"),
        checks=choose_checks(said.get("check"), said.get("skip_check")),
        channels=tuple(said["channel"] or ()),
        topics=tuple(said.get("topic") or ()),
        since=given.read_day("--since", said["since"]),
        until=given.read_day("--until", said["until"]),
        timezone=said["timezone"],
        region=said["region"],
        min_confidence=given.read_confidence(said.get("min_confidence")),
        links=said.get("links"),
        min_link=given.read_link(said["min_link"]),
        references=tuple(said["reference"] or ()),
        load=given.read_load_options(said["agents"], said["day_order"]),
        response_times=given.read_response_times(),
        jobs=said.get("jobs") or given.count_cores(),
    )


def choose_checks(wanted: list[str] | None, skipped: list[str] | None) -> tuple[str, ...]:
    """The names of the checks to run, sorted; raises typer.BadParameter for one that is not known."""
    from consistency_check.checks import CHECKS

    names = given.read_names("--check", wanted, CHECKS) or tuple(CHECKS)
    without = given.read_names("--skip-check", skipped, CHECKS)
    left = tuple(sorted(set(names) - set(without)))
    if not left:
        raise typer.BadParameter("no check is left to run; skip fewer of them", param_hint="--skip-check")
    return left
