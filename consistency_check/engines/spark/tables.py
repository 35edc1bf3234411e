"""Rows of Parquet tables, JSON Lines and DataFrames that Spark reads, as replies or problems."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from consistency_check.engines.problems import EngineError
from consistency_check.engines.spark.packing import (
    LEFT_OUT,
    LOADED,
    PROBLEM,
    REPLY,
    make_schema,
    pack_loaded,
    pack_problem,
    split_rows,
)
from consistency_check.intake import AuditSettings
from consistency_check.ledger.packing import dump
from consistency_check.load.files import ExportFile
from consistency_check.load.formats.jsonlines import make_record, parse_line
from consistency_check.load.formats.parquet import show_cell
from consistency_check.load.records import FIELDS, Record, keep_given, make_reply, normalise_name
from consistency_check.load.streams import LINE_LIMIT
from consistency_check.load.times import find_zone
from consistency_check.model import LeftOut, Problem, Reply, Source

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

Row = tuple[Any, ...]
TABLE = Source("table")
"""The place of a row that nothing but its id tells from others."""
UNDATED = 1 << 62
_JSON = (".json", ".jsonl", ".ndjson", ".json.gz", ".jsonl.gz", ".ndjson.gz")
_ROWS = 500
_TOO_LONG = f"the record is longer than {LINE_LIMIT >> 20} MiB, which no reply is; leave it out"


def pack_item(item: Reply | LeftOut | Problem, step: int, at: int) -> Row:
    """One row of `LOADED`."""
    if isinstance(item, Reply):
        return step, at, REPLY, *pack_loaded(item), None
    nothing = (None,) * 6
    if isinstance(item, LeftOut):
        return step, at, LEFT_OUT, *nothing, dump([item.reason, item.count])
    return step, at, PROBLEM, *nothing, pack_problem(item)


def load_located(
    spark: SparkSession, settings: AuditSettings, sources: Sequence[tuple[str, str]]
) -> DataFrame:
    """The tables at some locations, each with the channel that its replies get, as rows of `LOADED`."""
    from pyspark.errors import AnalysisException

    loaded: DataFrame | None = None
    steps = 0
    for channel, location in sources:
        try:
            is_json = location.endswith(_JSON)
            frame = spark.read.text(location) if is_json else spark.read.parquet(location)
            paths = sorted(map(_name_path, frame.inputFiles()))
            files = {path: steps + at for at, path in enumerate(paths)}
        except AnalysisException as error:
            said = str(error).partition("\n")[0][:200]
            raise EngineError(
                f"{location}: cannot be read ({said}); name Parquet files or JSON Lines"
            ) from error
        steps += len(files)
        zone = find_zone(settings.timezone)
        rows = (
            _read_lines(frame, files, channel, zone)
            if is_json
            else _read_parquet(frame, files, channel, zone)
        )
        loaded = rows if loaded is None else loaded.unionAll(rows)
    if loaded is None:
        raise EngineError("no source is named; name Parquet files or JSON Lines")
    return loaded


def read_frame(frame: DataFrame, settings: AuditSettings) -> DataFrame:
    """The rows of a DataFrame as rows of `LOADED`, in the order of their times."""
    names = _name_columns(frame, "the table")
    zone = find_zone(settings.timezone)

    def convert(row: Row) -> Row:
        record = _make_record(names, row, TABLE)
        item = _make_item(record, "", "table", zone) if "id" in record.fields else _refuse_nameless()
        at = int(item.sent_at.timestamp() * 1e6) if isinstance(item, Reply) and item.sent_at else UNDATED
        return pack_item(item, 0, at)

    return _convert_rows(frame, convert)


def _read_parquet(frame: DataFrame, files: dict[str, int], channel: str, zone: tzinfo) -> DataFrame:
    names = _name_columns(frame, next(iter(files), "the table"))
    placed = frame.select("*", "_metadata.file_path", "_metadata.row_index")

    def convert(row: Row) -> Row:
        *cells, found, number = row
        path = _name_path(found)
        record = _make_record(names, cells, Source(f"{path}#{number + 1}"))
        return pack_item(_make_item(record, channel, _name_channel(path), zone), files[path], number)

    return _convert_rows(placed, convert)


def _read_lines(frame: DataFrame, files: dict[str, int], channel: str, zone: tzinfo) -> DataFrame:
    placed = frame.select("value", "_metadata.file_path", "_metadata.file_block_start")
    last: dict[tuple[str, int], int] = {}

    def convert(row: Row) -> Row:
        line, found, start = row
        path = _name_path(found)
        last[path, start] = number = last.get((path, start), 0) + 1
        source = Source(f"{path}#{start}.{number}")
        item = _read_line(line, source, channel, _name_channel(path), zone)
        return pack_item(item, files[path], start + number)

    return _convert_rows(placed, convert)


def _read_line(
    line: str, source: Source, channel: str, fallback: str, zone: tzinfo
) -> Reply | LeftOut | Problem:
    if len(line) > LINE_LIMIT:
        return Problem(source, _TOO_LONG)
    if not line.strip():
        return LeftOut(source, "empty lines", 0)
    document = parse_line(line.rstrip(), source)
    record = document if isinstance(document, Problem) else make_record(document, source)
    return record if isinstance(record, Problem) else _make_item(record, channel, fallback, zone)


def _convert_rows(frame: DataFrame, convert: Callable[[Row], Row]) -> DataFrame:
    def read(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        rows = (
            convert(row) for batch in batches for row in zip(*map(_list_cells, batch.columns), strict=True)
        )
        yield from split_rows(rows, make_schema(LOADED), _ROWS)

    return frame.mapInArrow(read, LOADED)


def _list_cells(column: pa.Array) -> list[Any]:
    """A column's values. A moment comes in the session's zone, which nobody chose for the replies: in UTC."""
    import pyarrow as pa

    if pa.types.is_timestamp(column.type) and column.type.tz:
        column = column.cast(pa.timestamp(column.type.unit, "UTC"))
    cells: list[Any] = column.to_pylist()
    return cells


def _name_columns(frame: DataFrame, what: str) -> list[str]:
    names = [normalise_name(name) for name in frame.columns]
    if "text" not in names:
        there = ", ".join(names)[:200]
        advice = f"name its columns {', '.join(FIELDS[:-1])} and {FIELDS[-1]}, as far as it has them"
        raise EngineError(f"{what}: has no column `text` but {there}; {advice}")
    return names


def _make_record(names: Sequence[str], cells: Sequence[Any], source: Source) -> Record:
    return Record(
        keep_given((name, show_cell(cell)) for name, cell in zip(names, cells, strict=True)), source
    )


def _make_item(record: Record, channel: str, fallback: str, zone: tzinfo) -> Reply | LeftOut | Problem:
    if len(record.fields.get("text", "")) > LINE_LIMIT:
        return Problem(record.source, _TOO_LONG)
    return make_reply(record, channel, fallback, zone)


def _refuse_nameless() -> Problem:
    return Problem(TABLE, "the row has no `id`; write one, for nothing else tells where it stands")


@lru_cache(maxsize=1024)
def _name_path(location: str) -> str:
    """A file's location as people write it: Spark encodes it as in a URL, and writes file:/a or file:///a."""
    return re.sub(r"^([a-z0-9+.-]+):/+", r"\1:/", unquote(location))


@lru_cache(maxsize=1024)
def _name_channel(path: str) -> str:
    return ExportFile(path, "").channel
