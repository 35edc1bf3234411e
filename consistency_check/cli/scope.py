"""Which replies a command looks at, and how: options that several commands have, declared once."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, get_type_hints

import typer

from consistency_check.cli import given, options
from consistency_check.cli.inputs import refuse_own_input
from consistency_check.cli.outputs import OPTION, read_outputs

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
GATE: dict[str, tuple[Any, Any]] = {
    "baseline": (options.Baseline, None),
    "accept": (options.Accept, None),
    "accept_from": (options.AcceptFrom, None),
    "today": (options.Today, None),
}
"""The same of those that say which findings are known, and on which day."""


def takes_settings(*left_out: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Gives a command options, but those left out, in place of two of its parameters.

    `settings` takes what those of `OFFERED` say, as AuditSettings; `gate`, where a command has it, what those
    of `GATE` say, as Gate. Where it has a log, that begins before anything is refused; an output that would
    be written over what is read is refused.
    """
    bundles: dict[str, tuple[list[inspect.Parameter], Callable[..., Any]]] = {
        "settings": (_offer(OFFERED, left_out), make_settings),
        "gate": (_offer(GATE, left_out), make_gate),
    }

    def offer(command: Callable[..., None]) -> Callable[..., None]:
        local = {"AuditSettings": object, "Gate": object}
        hints = get_type_hints(command, localns=local, include_extras=True)
        own = inspect.signature(command).parameters
        parameters: list[inspect.Parameter] = []
        for name, each in own.items():
            typed = each.replace(kind=inspect.Parameter.KEYWORD_ONLY, annotation=hints[name])
            parameters += bundles[name][0] if name in bundles else [typed]

        def run(**said: Any) -> None:
            if "log_format" in said:
                _start_log(command.__name__, said)
            made = {
                name: make(**{each.name: said[each.name] for each in offered})
                for name, (offered, make) in bundles.items()
                if name in own
            }
            for option, path in _list_outputs(said):
                refuse_own_input(option, path, said)
            command(**made, **{name: said[name] for name in own if name not in bundles})

        run.__doc__, run.__name__ = command.__doc__, command.__name__
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {each.name: each.annotation for each in parameters}
        return run

    return offer


def _offer(bundle: dict[str, tuple[Any, Any]], left_out: Sequence[str]) -> list[inspect.Parameter]:
    return [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        for name, (annotation, default) in bundle.items()
        if name not in left_out
    ]


def _start_log(command: str, said: Mapping[str, Any]) -> None:
    from consistency_check.cli.logs import start_log

    start_log(command, None if said.get("dry_run") else said["log_format"], said["log_level"])


def _list_outputs(said: Mapping[str, Any]) -> Iterator[tuple[str, Path]]:
    """Every file that is to be written, with the option that names it."""
    if said.get("output_file"):
        yield "--output-file", said["output_file"]
    if said.get("output"):
        for each in read_outputs(said["output"], choose_day(said["today"])):
            if each.path:
                yield OPTION, each.path


def choose_day(text: str | None) -> date:
    """The day of `--today`, or today; raises typer.BadParameter."""
    return given.read_day("--today", text) or date.today()


def make_gate(
    today: str | None, accept: Path | None, accept_from: str | None, baseline: Path | None = None
) -> Any:
    """The Gate that options say; raises typer.BadParameter and GateError."""
    from consistency_check.checks import CHECKS
    from consistency_check.gate import open_gate

    return open_gate(choose_day(today), CHECKS, baseline, accept, accept_from or "")


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
