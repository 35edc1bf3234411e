"""The output formats: one file each, found by a scan of this folder; a report in, text out."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import TextIO

from consistency_check.model import Report
from consistency_check.report.output import GROUPINGS, Output, ReportOptions
from consistency_check.report.sheet import RuleText

__all__ = ["GROUPINGS", "OUTPUTS", "Output", "ReportOptions", "RuleText", "write_report"]


def _find_outputs() -> Mapping[str, Output]:
    modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
    outputs = [module.OUTPUT for module in modules if hasattr(module, "OUTPUT")]
    return {output.name: output for output in sorted(outputs, key=lambda o: o.name)}


OUTPUTS: Mapping[str, Output] = _find_outputs()


def write_report(name: str, report: Report, stream: TextIO, options: ReportOptions) -> None:
    """Write `report` to `stream` in the format `name`; raises KeyError for one not in `OUTPUTS`."""
    OUTPUTS[name].write(report, stream, options)
