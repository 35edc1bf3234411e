"""Rows of tables as replies: ids that stand twice, moments in the session's zone, names of files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from consistency_check.engines.problems import EngineError
from consistency_check.intake import AuditSettings
from consistency_check.model import Problem, Reply

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

SETTINGS = AuditSettings(())


@pytest.fixture
def held(spark: SparkSession) -> Iterator[ExitStack]:
    """What the rows are kept by; nothing is kept once it is closed."""
    before = len(spark.sparkContext._jsc.getPersistentRDDs())
    with ExitStack() as held:
        yield held
    assert len(spark.sparkContext._jsc.getPersistentRDDs()) <= before


def open_replies(loaded: DataFrame) -> list[Reply]:
    from consistency_check.engines.spark.packing import REPLY, unpack_loaded

    return [
        unpack_loaded(row.head, row.place, row.text, row.question)
        for row in loaded.collect()
        if row.kind == REPLY
    ]


def list_problems(loaded: DataFrame) -> list[str]:
    from consistency_check.engines.spark.packing import PROBLEM, unpack_problem

    return [unpack_problem(row.body).message for row in loaded.collect() if row.kind == PROBLEM]


@contextmanager
def set_zone(spark: SparkSession, zone: str) -> Iterator[None]:
    before = spark.conf.get("spark.sql.session.timeZone")
    spark.conf.set("spark.sql.session.timeZone", zone)
    try:
        yield
    finally:
        spark.conf.set("spark.sql.session.timeZone", before)


@pytest.mark.parametrize("sent_at", ["2026-01-01T08:00:00Z", None])
def test_of_rows_that_share_id_and_time_one_is_a_reply(
    spark: SparkSession, held: ExitStack, sent_at: str | None
) -> None:
    from consistency_check.engines.spark.loading import load_frame

    rows = [("1", "You have 30 days.", sent_at), ("2", "Fine.", sent_at), ("1", "You have 14 days.", sent_at)]
    rows += [("1", "You have 30 days.", sent_at), (None, "Whose?", sent_at), ("3", "Fine.", None)]
    frame = spark.createDataFrame(rows, "id string, text string, sent_at string")
    loaded = load_frame(frame.repartition(3), SETTINGS, held)
    replies = sorted(open_replies(loaded), key=lambda reply: reply.id)
    assert [(each.id, each.text) for each in replies] == [
        ("1", "You have 14 days."),
        ("2", "Fine."),
        ("3", "Fine."),
    ]
    said = list_problems(loaded)
    assert sum("earlier record" in message for message in said) == 2
    assert len(said) == 3


def test_a_moment_has_the_day_it_has_in_utc(spark: SparkSession, held: ExitStack) -> None:
    from consistency_check.engines.spark.loading import load_frame

    sent = datetime(2026, 3, 1, 2, 30, tzinfo=UTC)
    for zone in ("UTC", "America/Los_Angeles", "Pacific/Auckland"):
        with set_zone(spark, zone):
            frame = spark.createDataFrame([("1", "Fine.", sent)], "id string, text string, sent_at timestamp")
            (reply,) = open_replies(load_frame(frame, SETTINGS, held))
        assert (reply.sent_at, reply.day) == (sent, date(2026, 3, 1)), zone


def test_a_moment_without_a_zone_is_in_the_settings(spark: SparkSession, held: ExitStack) -> None:
    from consistency_check.engines.spark.loading import load_frame

    rows = [("1", "Fine.", datetime(2026, 3, 1, 2, 30))]
    with set_zone(spark, "Pacific/Auckland"):
        frame = spark.createDataFrame(rows, "id string, text string, sent_at timestamp_ntz")
        loaded = load_frame(frame, AuditSettings((), timezone="America/New_York"), held)
        (reply,) = open_replies(loaded)
    assert reply.sent_at is not None
    assert reply.sent_at.astimezone(UTC) == datetime(2026, 3, 1, 7, 30, tzinfo=UTC)


def test_a_file_names_its_channel_as_on_one_machine(
    spark: SparkSession, held: ExitStack, tmp_path: Path
) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from consistency_check.engines.spark.loading import load_sources

    folder = tmp_path / "new exports"
    folder.mkdir()
    pq.write_table(pa.table({"id": ["1"], "text": ["Fine."]}), folder / "2026-04-16 live chat.parquet")
    (folder / "100%25-phone.jsonl.gz").write_bytes(b"")
    (folder / "100%25-phone.jsonl").write_text('{"id": "2", "text": "Fine."}\n', "utf-8")
    names = ("2026-04-16 live chat.parquet", "100%25-phone.jsonl")
    sources = tuple(f"file://{folder}/{name}" for name in names)
    loaded = load_sources(spark, AuditSettings(sources), held)
    found = {reply.id: (reply.channel, str(reply.source)) for reply in open_replies(loaded)}
    assert found == {
        "1": ("live chat", f"file:{folder}/{names[0]}#1"),
        "2": ("100%25-phone", f"file:{folder}/{names[1]}#0.1"),
    }


def test_problems_come_in_one_order_however_rows_are_spread(spark: SparkSession) -> None:
    from consistency_check.engines.spark.packing import PROBLEM, pack_problem
    from consistency_check.engines.spark.run import _gather_left_out
    from consistency_check.engines.spark.tables import TABLE

    rows = [(0, 1 << 62, PROBLEM, pack_problem(Problem(TABLE, f"{at:02}"))) for at in range(40)]
    for parts, given in ((1, rows), (4, rows[::-1]), (3, rows[20:] + rows[:20])):
        frame = spark.createDataFrame(given, "step int, at bigint, kind string, body string")
        left_out, problems = _gather_left_out(frame.repartition(parts), 5)
        assert [problem.message for problem in problems] == ["00", "01", "02", "03", "04"]
        assert left_out == {"unusable": 40}


def test_what_fails_after_the_audit_is_explained(spark: SparkSession, tmp_path: Path) -> None:
    from pyspark.sql import functions as f

    from consistency_check.engines.spark import SparkAudit

    lost = spark.range(1).select(f.raise_error(f.lit("an executor is lost")).alias("id"))
    counts: Any = None
    audit = SparkAudit(lost, lost, counts, counts, (), (), ExitStack())
    with pytest.raises(EngineError, match="Spark gave up"):
        audit.make_report()
    with pytest.raises(EngineError, match="Spark gave up"):
        audit.write_parquet(str(tmp_path / "tables"))


def test_where_tables_cannot_be_written_is_told_first(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from consistency_check.engines.spark import audit_sources, run

    def load(*_given: object) -> None:
        raise AssertionError("the replies were read")

    monkeypatch.setattr(run, "load_sources", load)
    (tmp_path / "file").write_text("x")
    policies = Path(__file__).parents[2] / "policies"
    for location in (f"{tmp_path}/file", "nowhere://bucket/x"):
        with pytest.raises(EngineError, match="cannot be written to"):
            audit_sources(AuditSettings((), policies=policies), output=location)
    with pytest.raises(AssertionError, match="were read"):
        audit_sources(AuditSettings((), policies=policies), output=f"{tmp_path}/tables")
    assert not list((tmp_path / "tables").glob("[!.]*"))
