"""A command whose options may stand in the configuration: flag over environment over file."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand

if TYPE_CHECKING:
    from consistency_check.configuration import Chosen

ARGUMENTS = {"paths": "paths", "folder": "policies"}
EITHER = (
    ("profile", "log-format"),
    ("engine", "ledger"),
    ("ledger", "links"),
    *((part, "ledger") for part in ("links", "channel", "topic", "since", "until")),
    ("claims", "customers"),
)
"""What a command line says, and what does not go with it: the second is left aside where it is configured."""
HELP = frozenset({"--help", "-h"})
_CHOSEN = "consistency_check.chosen"


class Configured(TyperCommand):
    """Takes what the command line does not give from the environment, then from the configuration file."""

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """Raises ConfigurationError; what is wrong with a configured value is said with its place."""
        if extra.get("resilient_parsing") or HELP.intersection(args):
            return super().make_context(info_name, args, parent, **extra)
        chosen = self._choose(info_name or "")
        extra["default_map"] = {name: each.value for name, each in chosen.items()}
        with _name_origins(self.params, chosen):
            context = super().make_context(info_name, list(args), parent, **extra)
            if aside := _list_aside(self.params, context):
                extra["default_map"] = {n: each.value for n, each in chosen.items() if n not in aside}
                context = super().make_context(info_name, args, parent, **extra)
        context.meta[_CHOSEN] = chosen
        return context

    def invoke(self, ctx: Any) -> Any:
        """Run the command; what it refuses of a configured value is said with its place."""
        with _name_origins(self.params, ctx.meta.get(_CHOSEN, {}), ctx):
            return super().invoke(ctx)

    def _choose(self, command: str) -> dict[str, Chosen]:
        """The configured values of this command's parameters, by the parameters' names."""
        chosen = read_configuration()
        named = ((param.name, chosen.get(name_setting(param))) for param in self.params)
        return {name: each for name, each in named if name and each and command in each.setting.commands}


def read_configuration() -> dict[str, Chosen]:
    """What the environment and the configuration file say, by the settings' names."""
    from consistency_check.configuration import choose_settings, find_configuration

    return choose_settings(find_configuration(Path.cwd()), os.environ)


def name_setting(param: Any) -> str:
    """The setting of a parameter: its long option without the dashes; `paths` for the replies."""
    long = [option for option in param.opts if option.startswith("--")]
    return long[0].removeprefix("--") if long else ARGUMENTS.get(param.name, "")


def _list_aside(params: Sequence[Any], context: Any) -> set[str]:
    """The configured parameters that do not go with what the command line says."""
    named = {name_setting(param): param for param in params}
    said = {setting for setting, param in named.items() if _is_said(param, context)}
    return {
        named[other].name
        for setting, other in EITHER
        if setting in said and other in named and _find_source(named[other], context) == "DEFAULT_MAP"
    }


def _is_said(param: Any, context: Any) -> bool:
    """Whether the command line gives another value than would hold without it."""
    return _find_source(param, context) == "COMMANDLINE" and context.params[param.name] != param.default


def _find_source(param: Any, context: Any) -> str:
    source = context.get_parameter_source(param.name)
    return source.name if source else ""


@contextmanager
def _name_origins(params: Sequence[Any], chosen: Mapping[str, Chosen], context: Any = None) -> Iterator[None]:
    """Put the place before the message where the value that is refused came from the configuration."""
    try:
        yield
    except typer.BadParameter as error:
        param = error.param or next((p for p in params if error.param_hint in p.opts), None)
        context = error.ctx or context
        origin = chosen.get(param.name or "") if param else None
        if origin and context and _find_source(param, context) == "DEFAULT_MAP":
            error.message = f"{origin.origin}: {error.message}"
        raise
