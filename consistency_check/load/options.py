"""What the command line and the configuration say of how exports are to be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from consistency_check.load.mapping import ExportMap


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """How exports are read; everything has a default, and nothing is guessed in its place.

    `agents` and `customers` are patterns (`*@acme.example`, `@acme.example`, `Maria *`, `+4420*`) of names,
    addresses and handles, and tell who speaks where an export does not. `bots` takes a bot's turns for
    answers. `day_order` is "dmy", "mdy" or "ymd" where a file's dates leave it open, "" to ask.
    `encoding` is that of files that are neither UTF-8 nor say what they are. `mappings` are the column
    mappings of the configuration, by name.
    """

    agents: tuple[str, ...] = ()
    customers: tuple[str, ...] = ()
    bots: bool = False
    day_order: str = ""
    encoding: str = ""
    mappings: Mapping[str, ExportMap] = field(default_factory=dict)
