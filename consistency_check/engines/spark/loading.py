"""Replies out of files, tables and DataFrames, by the loaders of an audit here."""

from __future__ import annotations

import pickle
import re
from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from consistency_check.engines.problems import EngineError
from consistency_check.engines.spark.packing import (
    LOADED,
    ORDER,
    REPLY,
    make_schema,
    split_rows,
    unpack_loaded,
    walk_rows,
)
from consistency_check.engines.spark.session import hold
from consistency_check.engines.spark.tables import load_located, pack_item, read_frame
from consistency_check.intake import AuditSettings
from consistency_check.load import InputError, plan_steps, read_step, refuse_id
from consistency_check.model import LeftOut, Problem, Reply

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

Row = tuple[Any, ...]
_LOCATED = re.compile(r"(?:([^/\\=:]+)=)?([a-z][a-z0-9+.-]+://.+)", re.DOTALL)
_ROWS = 500
"""Replies in an Arrow batch."""


def load_sources(spark: SparkSession, settings: AuditSettings, held: ExitStack) -> DataFrame:
    """The replies of the settings' sources, the columns of `LOADED`, each id once.

    A source with a scheme (`s3a://…`, `hdfs://…`, `file:///…`, perhaps after `channel=`) is a Parquet table
    or JSON Lines, which Spark reads in many parts at once; any other is what it is on one machine, on a disk
    that all workers see, and what must be read in one go is read by one. Raises InputError and EngineError.
    """
    located = [_LOCATED.fullmatch(source) for source in settings.sources]
    if all(found is None for found in located):
        return drop_repeated(load_files(spark, settings), held)
    if not all(located):
        raise EngineError(
            "some sources have a scheme such as s3a:// and some do not; write one for all of them"
        )
    tables = [(each[1] or "", each[2]) for each in located if each]
    return drop_repeated(load_located(spark, settings, tables), held)


def load_frame(frame: DataFrame, settings: AuditSettings, held: ExitStack) -> DataFrame:
    """The rows of a DataFrame as replies, each id once; raises EngineError where it has no texts."""
    return drop_repeated(read_frame(frame, settings), held)


def load_files(spark: SparkSession, settings: AuditSettings) -> DataFrame:
    """The sources as one machine reads them: each step of the loaders' plan is a task."""
    steps = plan_steps(settings.sources, timezone=settings.timezone, options=settings.load)
    if not all(hasattr(step, "files") or isinstance(step, Problem) for step in steps):
        raise InputError("-: a pipe is read once, by one process; name files, or leave --engine out")
    rows = [(at, bytearray(pickle.dumps(step))) for at, step in enumerate(steps)]
    frame = spark.createDataFrame(rows, "step int, work binary").repartition(max(1, len(rows)), "step")
    timezone, options = settings.timezone, settings.load

    def read(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            for number, work in walk_rows(batch, "step", "work"):
                items = read_step(pickle.loads(work), timezone=timezone, options=options)  # noqa: S301 - as above
                yield from split_rows(pack_items(items, number), make_schema(LOADED), _ROWS)

    return frame.mapInArrow(read, LOADED)


def pack_items(items: Iterator[Reply | LeftOut | Problem], step: int) -> Iterator[Row]:
    """Rows of `LOADED`."""
    for at, item in enumerate(items):
        yield pack_item(item, step, at)


def drop_repeated(loaded: DataFrame, held: ExitStack) -> DataFrame:
    """Each id once, by the first reply of the input that has it; the others are problems.

    Only ids that stand several times are looked at with their replies: there are few.
    """
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    loaded = hold(loaded, held)
    counts = loaded.where(f.col("kind") == REPLY).groupBy("id").count()
    repeated = hold(counts.where("count > 1").select("id"), held)
    if repeated.isEmpty():
        return loaded
    turn = f.row_number().over(Window.partitionBy("id").orderBy(*ORDER))
    ranked = loaded.join(repeated, "id", "leftsemi").withColumn("turn", turn)

    def refuse(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        schema = make_schema(LOADED)
        for batch in batches:
            rows = walk_rows(batch, "turn", *schema.names)
            yield from split_rows((_refuse_again(*row) for row in rows), schema, _ROWS)

    others = loaded.join(repeated, "id", "leftanti").select(*make_schema(LOADED).names)
    return others.unionAll(ranked.mapInArrow(refuse, LOADED))


def _refuse_again(turn: int, *row: Any) -> Row:
    if turn == 1:
        return row
    step, at, _, _, _, head, place, text, question, _ = row
    return pack_item(refuse_id(unpack_loaded(head, place, text, question)), step, at)
