"""CSV: a header in its first line, delimited by comma, semicolon, tab or bar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from consistency_check.load.files import ExportFile
from consistency_check.load.format import Fit
from consistency_check.load.proposals import count_known
from consistency_check.load.records import FIELDS, Record
from consistency_check.load.tables import HeaderError, open_table, split_header
from consistency_check.load.tabular import Table, make_table_format
from consistency_check.model import Problem, Source

_ENOUGH = 3
"""Known column names that make a line a header, whatever the file is called."""
_SUFFIXES = (".csv", ".tsv", ".tab", ".psv")


def _recognise(head: bytes, name: str) -> Fit:
    names = set(split_header(head)[1])
    # One name may be a word of prose; `text` beside another, or three of ours, are a header.
    if len(names & set(FIELDS)) >= (2 if "text" in names else 3):
        return Fit.CONTENT
    if count_known(tuple(names)) >= _ENOUGH:
        return Fit.CONTENT
    return Fit.NAME if name.lower().endswith(_SUFFIXES) else Fit.NONE


def _open_tables(file: ExportFile) -> Iterator[Table | Problem]:
    with file.open() as stream:
        try:
            names, rows = open_table(stream, file.path)
        except HeaderError as error:
            yield error.problem
            return
        reopen = None if file.stream is not None else partial(_read_again, file)
        yield Table(file.name, names, Source(file.path, 1), rows, reopen)


def _read_again(file: ExportFile) -> Iterator[Record | Problem]:
    with replace(file, on_bytes=None).open() as stream:
        yield from open_table(stream, file.path)[1]


FORMAT = make_table_format("CSV", "csv", _recognise, _open_tables)
