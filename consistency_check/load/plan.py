"""Which files are read, by which format, and which of them together: decided before anything is read."""

from __future__ import annotations

import io
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path, PurePath

from consistency_check.load.encodings import find_encoding, recode_head
from consistency_check.load.files import ExportFile
from consistency_check.load.format import Format, Scope
from consistency_check.load.formats import recognise_format
from consistency_check.load.sidecars import is_sidecar
from consistency_check.load.sources import Export, InputError
from consistency_check.load.streams import (
    STDIN,
    DamagedExportError,
    OnBytes,
    explain_os_error,
    open_stream,
    peek_head,
)
from consistency_check.model import Problem, Source


@dataclass(frozen=True, slots=True)
class Batch:
    """Files that one format reads in one go, in sorted order, and the channel that they were given.

    `sidecars` are the tables beside them that tell who, and when.
    """

    format: Format
    files: tuple[ExportFile, ...]
    channel: str = ""
    sidecars: tuple[ExportFile, ...] = ()


Step = Batch | Problem | Export
"""What is done next; an Export is standard input or a pipe, of which nothing is known until it is read."""


@dataclass(frozen=True, slots=True)
class Planner:
    """What is known before any file is opened: the formats, and the encoding to fall back on."""

    formats: Mapping[str, Format]
    encoding: str = ""
    on_bytes: OnBytes | None = None

    def check_names(self, exports: Sequence[Export | Problem]) -> None:
        """Raises InputError for a format that the command line names and nobody knows."""
        keys = {format_.key for format_ in self.formats.values()} - {""}
        for export in exports:
            if isinstance(export, Export) and export.format and export.format not in keys:
                close = get_close_matches(export.format, keys, n=1, cutoff=0.5)
                advice = f"did you mean {close[0]}?" if close else f"write one of {', '.join(sorted(keys))}"
                raise InputError(
                    f"{export.format}:{export.path}: there is no format {export.format!r}; {advice}"
                )

    def plan(self, exports: Sequence[Export | Problem]) -> list[Step]:
        """Every export with the format that reads it, in order, a group at the place of its first file."""
        steps: list[Step] = []
        places: dict[tuple[str, ...], int] = {}
        tables: list[tuple[int, ExportFile]] = []
        for export in exports:
            if isinstance(export, Problem) or not _is_regular(export.path):
                steps.append(export)
                continue
            step, head = self._open_export(export)
            if isinstance(step, Problem):
                steps.append(step)
                continue
            if step.format.is_table and not export.format and is_sidecar(head):
                tables.append((len(steps), step.files[0]))
            group = _name_group(step, export)
            if group in places:
                _extend(steps, places[group], step)
            else:
                places[group] = len(steps)
                steps.append(step)
        return _attach_tables(steps, tables)

    def recognise(self, export: Export, stream: io.BufferedReader | None = None) -> Batch | Problem:
        """The format of one file by its first bytes and its name, or why it has none."""
        return self._open_export(export, stream)[0]

    def _open_export(
        self, export: Export, stream: io.BufferedReader | None = None
    ) -> tuple[Batch | Problem, bytes]:
        file = ExportFile(export.shown, export.path, on_bytes=self.on_bytes, stream=stream)
        try:
            head = _read_head(export.path) if stream is None else peek_head(stream)
        except DamagedExportError as error:
            return Problem(Source(export.shown, error.line), error.message), b""
        except OSError as error:
            message = f"cannot be opened ({explain_os_error(error)}); left out; allow reading it"
            return Problem(Source(export.shown), message), b""
        if not head:
            message = "the file is empty; export it again or leave it out"
            return Problem(Source(export.shown), message), b""
        encoding = find_encoding(head, self.encoding)
        head = recode_head(head, encoding)
        format_ = self._choose(export.format, head, file.name)
        if format_ is None:
            message = (
                "is of no kind that can be read; left out; save it as CSV or JSON Lines, or name its format, "
                f"as in zendesk:{export.shown}"
            )
            return Problem(Source(export.shown), message), b""
        file = replace(file, encoding="" if format_.reads_bytes else encoding)
        return Batch(format_, (file,), export.channel), head

    def _choose(self, key: str, head: bytes, name: str) -> Format | None:
        if key:
            return next(format_ for format_ in self.formats.values() if format_.key == key)
        return recognise_format(head, name, self.formats)


def _is_regular(path: str) -> bool:
    """False for what can be read only once."""
    try:
        return path != STDIN and stat.S_ISREG(Path(path).stat().st_mode)
    except OSError:
        return True


def _read_head(path: str) -> bytes:
    # The bytes are not counted here: they are when the file is read.
    with open_stream(path) as stream:
        return peek_head(stream)


def _name_group(batch: Batch, export: Export) -> tuple[str, ...]:
    """Batches of one group are read in one go."""
    match batch.format.scope:
        case Scope.TREE:
            place = str(export.origin)
        case Scope.FOLDER:
            place = str(PurePath(export.path).parent)
        case _:
            place = export.path
    return batch.format.name, batch.channel, place


def _extend(steps: list[Step], at: int, more: Batch) -> None:
    batch = steps[at]
    assert isinstance(batch, Batch)
    steps[at] = replace(batch, files=batch.files + more.files)


def _attach_tables(steps: list[Step], tables: Sequence[tuple[int, ExportFile]]) -> list[Step]:
    """Each sidecar with the transcripts of its folder and below; alone it stays a table like any other."""
    used: set[int] = set()
    for at, table in tables:
        folder = PurePath(table.location).parent
        for place, step in enumerate(steps):
            if isinstance(step, Batch) and not step.format.is_table and _lies_in(step, folder):
                steps[place] = replace(step, sidecars=(*step.sidecars, table))
                used.add(at)
    return [step for at, step in enumerate(steps) if at not in used]


def _lies_in(batch: Batch, folder: PurePath) -> bool:
    return any(PurePath(file.location).is_relative_to(folder) for file in batch.files)
