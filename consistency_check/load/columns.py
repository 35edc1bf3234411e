"""The columns of an export of any kind, or the fields of its first record, and a few of their values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from consistency_check.load.documents import read_documents
from consistency_check.load.files import ExportFile
from consistency_check.load.formats import FORMATS
from consistency_check.load.paths import show_scalar
from consistency_check.load.plan import Planner
from consistency_check.load.records import Record
from consistency_check.load.sources import Export, InputError
from consistency_check.load.tabular import Table
from consistency_check.model import Problem

_DEEPEST = 4
_MOST = 200
_ROWS = 50


@dataclass(frozen=True, slots=True)
class Columns:
    """Names with the first value of each, and the file's name; `records` leads to the list they are from."""

    file: str
    values: Mapping[str, str]
    records: str = ""


def read_columns(path: str) -> Columns:
    """The columns of a file. Raises InputError where it has none, or is of a format that needs no mapping."""
    batch = Planner(FORMATS).recognise(Export(path))
    if isinstance(batch, Problem):
        raise InputError(str(batch))
    file = batch.files[0]
    if not batch.format.is_table:
        raise InputError(f"{path}: is read as {batch.format.name} as it is; it needs no mapping")
    if batch.format.key == "json":
        return _read_fields(file)
    problem = f"{path}: has no columns; name them in the first line"
    for item in batch.format.tables(file) if batch.format.tables else ():
        if isinstance(item, Table):
            return Columns(file.name, _read_values(item))
        problem = str(item) if isinstance(item, Problem) else problem
    raise InputError(problem)


def _read_values(table: Table) -> dict[str, str]:
    """The first value of every column, among the first rows."""
    values = dict.fromkeys(filter(None, table.names), "")
    for row in islice(table.rows, _ROWS):
        for name, text in row.fields.items() if isinstance(row, Record) else ():
            values[name] = values[name] or text
    return values


def _read_fields(file: ExportFile) -> Columns:
    with file.open() as stream:
        for place in read_documents(stream, file.path):
            if isinstance(place, Problem):
                raise InputError(str(place))
            record, records = place[0], ""
            if isinstance(record, dict) and (lists := _find_lists(record)) and len(lists) == 1:
                (records,) = lists
                record = record[records][0]
            if isinstance(record, dict):
                values = dict(_flatten(record, "", _DEEPEST))
                return Columns(file.name, dict(list(values.items())[:_MOST]), records)
            raise InputError(f"{place[1]}: is no object; export the records as objects")
    raise InputError(f"{file.path}: the file is empty; export it again")


def _find_lists(record: dict[str, Any]) -> list[str]:
    return [
        key
        for key, value in record.items()
        if isinstance(value, list) and value and isinstance(value[0], dict)
    ]


def _flatten(record: dict[str, Any], prefix: str, depth: int) -> Iterator[tuple[str, str]]:
    for key, value in record.items():
        if isinstance(value, dict) and depth > 1:
            yield from _flatten(value, f"{prefix}{key}.", depth - 1)
        elif not isinstance(value, dict | list):
            yield f"{prefix}{key}", show_scalar(value)
