"""An audit on Spark finds what an audit here finds, byte for byte."""

from __future__ import annotations

import io
import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

import consistency_check
from consistency_check.audit import run_audit
from consistency_check.cli import app
from consistency_check.intake import AuditSettings
from consistency_check.model import Report
from consistency_check.report import OUTPUTS, ReportOptions, write_report
from tests.benchmarks.traffic import make_replies, write_customers, write_policies

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

CORPORA = Path(__file__).parents[1] / "corpora"
SAMPLE = Path(consistency_check.__file__).parent / "sample"
NAMES = sorted(each.name for each in CORPORA.iterdir() if (each / "exports").is_dir())


def audit_on_spark(settings: AuditSettings) -> Report:
    from consistency_check.engines.spark import audit_sources

    with closing(audit_sources(settings)) as audited:
        report = audited.make_report()
    assert not count_kept()
    return report


def count_kept() -> int:
    """How many tables Spark keeps."""
    from pyspark.sql import SparkSession

    session = SparkSession.getActiveSession()
    assert session is not None
    return len(session.sparkContext._jsc.getPersistentRDDs())


def show(report: Report, name: str = "json") -> str:
    stream = io.StringIO()
    write_report(name, report, stream, ReportOptions(100))
    return stream.getvalue()


@pytest.mark.parametrize("name", NAMES)
def test_a_labelled_company(spark: SparkSession, name: str) -> None:
    folder = CORPORA / name
    settings = AuditSettings(
        (str(folder / "exports"),), policies=folder / "policies", customers=folder / "customers.csv"
    )
    here = run_audit(settings)
    assert here.findings
    there = audit_on_spark(settings)
    assert there == here
    for output in OUTPUTS:
        assert show(there, output) == show(here, output)


def test_questions_with_their_times(spark: SparkSession, tmp_path: Path) -> None:
    """The sample has some; here are also one that its conversation answers and one that nobody does."""
    told = {"customer_id": "C1", "channel": "email", "conversation_id": "T1"}
    records = [
        {**told, "id": "q1", "question": "How long is the notice?", "asked_at": "2026-02-02T10:00:00Z"},
        {**told, "id": "a1", "text": "We have passed it on.", "sent_at": "2026-02-02T12:00:00Z"},
        {**told, "id": "q2", "question": "How long is the notice?", "asked_at": "2026-02-03T10:00:00Z"},
        {**told, "id": "a2", "text": "Soon.", "sent_at": "2026-02-09T12:00:00Z", "conversation_id": "T2"},
    ]
    more = tmp_path / "more.jsonl"
    more.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    settings = AuditSettings(
        (str(SAMPLE / "exports"), str(more)),
        policies=Path(__file__).parents[2] / "policies",
        customers=SAMPLE / "customers.csv",
    )
    here = run_audit(settings)
    waiting = {each.answers[0].reply_id for each in here.findings if each.check == "no-answer"}
    assert "q2" in waiting
    assert "q1" not in waiting
    assert any(each.check == "late-answer" for each in here.findings)
    assert audit_on_spark(settings) == here


@pytest.fixture(scope="module")
def traffic(tmp_path_factory: pytest.TempPathFactory) -> AuditSettings:
    """Made-up traffic in four files, some of it asked for."""
    folder = tmp_path_factory.mktemp("traffic")
    write_policies(folder / "policies")
    records = list(make_replies(1200))
    for part in range(4):
        lines = [json.dumps(record) + "\n" for record in records[part::4]]
        (folder / f"part{part}.jsonl").write_text("".join(lines), "utf-8")
    write_customers(folder / "customers.csv", len(records))
    sources = tuple(str(folder / f"part{part}.jsonl") for part in range(4))
    return AuditSettings(sources, policies=folder / "policies", customers=folder / "customers.csv")


def test_made_up_traffic(spark: SparkSession, traffic: AuditSettings) -> None:
    here = run_audit(traffic)
    assert here.findings
    assert audit_on_spark(traffic) == here


def test_what_settings_leave_out(spark: SparkSession, traffic: AuditSettings) -> None:
    topic = sorted(each.stem for each in traffic.policies.glob("*.yaml"))[-1]
    settings = replace(
        traffic,
        sources=traffic.sources[:1],
        channels=("email", "phone"),
        topics=(topic,),
        checks=("policy-conflict", "channel-conflict"),
        min_confidence=0.6,
    )
    here = run_audit(settings)
    assert here.summary.left_out
    assert audit_on_spark(settings) == here


def read_records(settings: AuditSettings) -> list[dict[str, Any]]:
    lines = [line for source in settings.sources for line in Path(source).read_text("utf-8").splitlines()]
    return [json.loads(line) for line in lines]


def forget_sources(report: Report) -> Report:
    """The report without the places of replies, which a table tells otherwise."""
    findings = [
        replace(each, answers=tuple(replace(answer, source="") for answer in each.answers))
        for each in report.findings
    ]
    return replace(report, findings=tuple(findings), notes=())


def test_tables_that_spark_reads(spark: SparkSession, traffic: AuditSettings, tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from consistency_check.engines.spark import audit_frame

    settings = replace(traffic, sources=traffic.sources[:2])
    here = run_audit(settings)
    # A folder's tables have one schema, though not every file has a record with every field.
    names = sorted({name for record in read_records(settings) for name in record})
    for part, source in enumerate(settings.sources):
        records = read_records(replace(settings, sources=(source,)))
        table = pa.table({name: [record.get(name, "") for record in records] for name in names})
        pq.write_table(table, tmp_path / f"part{part}.parquet", row_group_size=100)
    parquet = audit_on_spark(
        replace(settings, sources=(f"file://{tmp_path}/part0.parquet", f"file://{tmp_path}/part1.parquet"))
    )
    assert forget_sources(parquet) == forget_sources(here)
    assert parquet.findings[0].answers[0].source.startswith(f"file:{tmp_path}/part")
    lines = audit_on_spark(replace(settings, sources=tuple(f"file://{each}" for each in settings.sources)))
    assert forget_sources(lines) == forget_sources(here)
    frame = spark.read.parquet(f"file://{tmp_path}")
    with closing(audit_frame(frame, settings)) as audited:
        assert forget_sources(audited.make_report()) == forget_sources(here)


def test_rows_that_are_no_replies(spark: SparkSession, traffic: AuditSettings) -> None:
    from consistency_check.engines.spark import EngineError, audit_frame

    rows = [
        ("1", "email", "You have 30 days.", "2026-01-01T08:00:00Z"),
        ("1", "email", "You have 14 days.", "2026-01-01T09:00:00Z"),
        (None, "email", "Fine.", None),
        ("3", "email", None, None),
        ("4", "email", "Fine.", "yesterday"),
        ("5", "email", "x" * (4 << 20) + "x", None),
    ]
    frame = spark.createDataFrame(rows, "id string, channel string, text string, sent_at string")
    with closing(audit_frame(frame, traffic)) as audit:
        assert count_kept()
    assert not count_kept()
    assert audit.summary.replies == 1
    assert audit.summary.left_out == {"unusable": 5}
    said = " ".join(problem.message for problem in audit.problems)
    for words in (
        "used by an earlier record",
        "has no `id`",
        "has no text",
        "'yesterday'",
        "longer than 4 MiB",
    ):
        assert words in said
    with pytest.raises(EngineError, match="no column `text` but id, body"):
        audit_frame(spark.createDataFrame([("1", "t")], "id string, body string"), traffic)


def test_the_tables_of_an_audit(spark: SparkSession, traffic: AuditSettings, tmp_path: Path) -> None:
    from consistency_check.engines.spark import read_findings

    here = run_audit(traffic)
    report = tmp_path / "report.json"
    command = ["audit", *traffic.sources, "--policies", str(traffic.policies), "--customers"]
    command += [str(traffic.customers), "--engine", "spark", "--output-parquet", str(tmp_path / "tables")]
    done = CliRunner().invoke(app, [*command, "--format", "json", "--output-file", str(report), "--quiet"])
    assert done.exit_code == 1, done.output
    assert report.read_text("utf-8") == show(here)
    found = list(read_findings(spark.read.parquet(str(tmp_path / "tables" / "findings"))))
    assert sorted(found, key=lambda each: each.id) == sorted(here.findings, key=lambda each: each.id)
    claims = spark.read.parquet(str(tmp_path / "tables" / "claims"))
    assert claims.count() == here.summary.claims
    verdicts = {row.verdict: row["count"] for row in claims.groupBy("verdict").count().collect()}
    assert verdicts == {name: count for name, count in here.summary.by_verdict.items() if count}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--master", "local[2]"], "add --engine spark"),
        (["--output-parquet", "x"], "add --engine spark"),
        (["--engine", "spark", "--ledger", "x.duckdb"], "a ledger is kept on one machine"),
    ],
)
def test_options_that_do_not_go_together(arguments: list[str], said: str) -> None:
    done = CliRunner().invoke(app, ["audit", str(CORPORA / "hotel" / "exports"), *arguments])
    assert done.exit_code == 2
    assert said in " ".join(done.output.replace("│", "").split())
