"""Parquet files, a batch of rows at a time; needs the extra `parquet`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from consistency_check.load.files import ExportFile
from consistency_check.load.format import Fit
from consistency_check.load.paths import show_scalar
from consistency_check.load.records import Record, keep_given, normalise_name
from consistency_check.load.tabular import Table, make_table_format
from consistency_check.model import Problem, Source

_ROWS_AT_ONCE = 1000


def _recognise(head: bytes, name: str) -> Fit:
    del name
    return Fit.EXACT if head.startswith(b"PAR1") else Fit.NONE


def _open_tables(file: ExportFile) -> Iterator[Table | Problem]:
    if file.stream is not None:
        yield Problem(Source(file.path), "Parquet cannot be read from a pipe; name the file")
        return
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError:
        message = (
            "reading Parquet needs pyarrow; `pip install 'consistency-check[parquet]'`, or save it as CSV"
        )
        yield Problem(Source(file.path), message)
        return
    try:
        with ParquetFile(file.location, memory_map=False) as table:
            yield _make_table(table, file)
    except (ArrowException, OSError, ValueError, UnicodeDecodeError) as error:
        said = str(error).partition("\n")[0][:80]
        yield Problem(Source(file.path), f"the Parquet file cannot be read ({said}); export it again")


def _make_table(table: Any, file: ExportFile) -> Table:
    names = [normalise_name(name) for name in table.schema_arrow.names]

    def read_again() -> Iterator[Record | Problem]:
        return _make_records(table, names, file)

    return Table(file.name, names, Source(file.path), read_again(), read_again)


def _make_records(table: Any, names: Sequence[str], file: ExportFile) -> Iterator[Record | Problem]:
    number, told, rows = 0, 0, table.metadata.num_rows
    for batch in table.iter_batches(batch_size=_ROWS_AT_ONCE):
        columns = [column.to_pylist() for column in batch.columns]
        for row in zip(*columns, strict=True):
            number += 1
            pairs = ((name, show_cell(value)) for name, value in zip(names, row, strict=True))
            yield Record(keep_given(pairs), Source(f"{file.path}#{number}"))
        if file.on_bytes:
            # The library reads the disk by itself: so many rows are so much of the file.
            file.on_bytes(file.size * number // rows - told)
            told = file.size * number // rows


def show_cell(value: Any) -> str:
    """A value of a column as text."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else show_scalar(value)


FORMAT = make_table_format("Parquet", "parquet", _recognise, _open_tables)
