"""The outputs of a night: one report in several formats, each in a file of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from consistency_check.cli import given

if TYPE_CHECKING:
    from consistency_check.model import Report
    from consistency_check.report import ReportOptions

OPTION = "--output"
STDOUT = "-"
_WRITTEN = re.compile(r"([^/\\=]+)=(.+)", re.DOTALL)
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_EXAMPLE = "as in html=report.html"


@dataclass(frozen=True, slots=True)
class NightOutput:
    """One format and the file it is written to; None is standard output."""

    format: str
    path: Path | None

    @property
    def shown(self) -> str:
        """The file, as it is named in messages."""
        return str(self.path) if self.path else STDOUT


def read_outputs(written: Sequence[str], day: date) -> tuple[NightOutput, ...]:
    """What `FORMAT=FILE` texts name, `{day}` being the run's day; raises typer.BadParameter."""
    outputs = tuple(_read_output(text, day) for text in written)
    seen: dict[str, str] = {}
    for text, output in zip(written, outputs, strict=True):
        place = str(output.path.resolve()) if output.path else STDOUT
        if place in seen:
            raise _refuse(f"{text!r} writes where {seen[place]!r} does; give each a file of its own")
        seen[place] = text
    return outputs


def _read_output(text: str, day: date) -> NightOutput:
    from consistency_check.report import OUTPUTS

    found = _WRITTEN.fullmatch(text)
    if not found:
        raise _refuse(f"{text!r} is no output; write a format and a file, {_EXAMPLE}")
    (name,) = given.read_names(OPTION, [found[1].strip()], OUTPUTS)
    file = found[2].strip()
    for placeholder in _PLACEHOLDER.findall(file):
        if placeholder != "{day}":
            raise _refuse(f"{text!r}: {placeholder} stands for nothing; only {{day}} does, for the run's day")
    return NightOutput(name, None if file == STDOUT else Path(file.replace("{day}", day.isoformat())))


def write_outputs(report: Report, outputs: Sequence[NightOutput], look: ReportOptions) -> bool:
    """Write each output, whole or not at all, and log it; whether all of them could be written.

    One that cannot be written keeps no other from being written.
    """
    from consistency_check.events import Event, tell

    is_whole = True
    for output in outputs:
        try:
            _write_output(report, output, look)
        except OSError as error:
            is_whole = False
            message = f"cannot be written ({error.strerror or error}); mend that, and run again"
            tell(Event.OUTPUT_FAILED, path=output.shown, format=output.format, message=message)
        else:
            tell(Event.OUTPUT_WRITTEN, path=output.shown, format=output.format)
    return is_whole


def _write_output(report: Report, output: NightOutput, look: ReportOptions) -> None:
    from consistency_check.cli.output import open_output
    from consistency_check.report import write_report

    with open_output(output.path) as stream:
        write_report(output.format, report, stream, look)


def explain_unwritable(path: Path | None, option: str) -> str:
    """Why what an option names could not be written now; empty where it could."""
    from consistency_check.cli.output import check_output

    try:
        check_output(path, option)
    except typer.BadParameter as error:
        return error.message
    return ""


def _refuse(message: str) -> typer.BadParameter:
    return typer.BadParameter(message, param_hint=OPTION)
