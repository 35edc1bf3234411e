"""The export formats: every file of this folder offers one as `FORMAT`, and every mapping is one."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

from consistency_check.load.format import Fit, Format
from consistency_check.load.mapped import make_format
from consistency_check.load.mappings import read_shipped_mappings


def _find_formats() -> dict[str, Format]:
    modules = sorted(module.name for module in iter_modules(__path__) if module.name[0] != "_")
    formats = [import_module(f"{__name__}.{name}").FORMAT for name in modules]
    return {each.name: each for each in (*formats, *map(make_format, read_shipped_mappings()))}


FORMATS: Mapping[str, Format] = MappingProxyType(_find_formats())
"""Format by name, in the order of their files' names; files that begin with `_` are shared by several."""


def recognise_format(head: bytes, name: str, formats: Mapping[str, Format] = FORMATS) -> Format | None:
    """The format that is surest of the file, by its first bytes and then by its name; None if none is."""
    fits = [(each.recognise(head, name), each) for each in formats.values()]
    fit, chosen = max(fits, key=lambda pair: pair[0])
    return chosen if fit > Fit.NONE else None
