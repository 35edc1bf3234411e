"""What goes wrong on a cluster: workers and executors that die, poison in the records, a number all share."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from consistency_check.audit import run_audit
from consistency_check.engines.problems import EngineError
from consistency_check.intake import AuditSettings, SettingsError
from consistency_check.model import Reply, Source
from tests.engines.dying import Dying
from tests.engines.test_spark import CORPORA, audit_on_spark

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

HOTEL = AuditSettings(
    (str(CORPORA / "hotel" / "exports" / "email.jsonl"), str(CORPORA / "hotel" / "exports" / "phone.jsonl")),
    policies=CORPORA / "hotel" / "policies",
    customers=CORPORA / "hotel" / "customers.csv",
)
POISON = [
    b"{",
    b"[1, 2]",
    b'"a text"',
    b'{"id": "no-text", "channel": "email"}',
    b'{"id": "bad-time", "text": "You have 30 days.", "sent_at": "yesterday"}',
    b'{"id": "rounded", "text": "You have 30 days.", "phone": "4.47E+11"}',
    b'{"id": "latin", "text": "Caf\xe9"}',
    b'{"id": "nested", "text": ' + b"[" * 50_000 + b"]" * 50_000 + b"}",
    b'{"id": "huge", "text": "' + b"You have 30 days. " * 250_000 + b'"}',
    b'{"id": "twice", "text": "You have 30 days.", "email": "a@x.example"}',
    b'{"id": "twice", "text": "You have 14 days.", "email": "b@x.example"}',
    b'{"id": "hostile", "name": "\\u202e", "text": "\\u001b[2J You have 30 days. {{7*7}} \\u0000 \\ud83d"}',
    b'{"id": "digits", "text": "' + b"9" * 20_000 + b' days", "phone": "' + b"1" * 5_000 + b'"}',
    b'{"id": "long", "text": "' + b"You have 30 days, or not. " * 200 + b'", "email": "a@x.example"}',
    b'{"id": "  ", "text": "We refund in 5 days.", "conversation_id": "1", "channel": "chat"}',
    b'{"id": "same-thread", "text": "No.", "question": "?", "conversation_id": "1", "channel": "chat"}',
]


def test_a_worker_that_is_killed(spark: SparkSession, tmp_path: Path) -> None:
    mark = tmp_path / "died"
    there = audit_on_spark(replace(HOTEL, response_times=Dying(str(mark), "worker")))
    assert mark.exists()
    assert there == run_audit(HOTEL)


def test_poison_is_a_problem_and_harms_nobody_else(spark: SparkSession, tmp_path: Path) -> None:
    exports = tmp_path / "poison.jsonl"
    exports.write_bytes(b"\n".join(POISON))
    settings = replace(HOTEL, sources=(*HOTEL.sources, str(exports)))
    here = run_audit(settings)
    assert len(here.problems) >= 6
    assert here.summary.replies > run_audit(HOTEL).summary.replies
    assert audit_on_spark(settings) == here


def test_a_reply_that_breaks_the_reader_is_a_problem(java: None) -> None:
    from consistency_check.engines.spark.packing import PROBLEM, REPLY, Setup, pack_loaded, unpack_problem
    from consistency_check.engines.spark.reading import _Worker
    from consistency_check.intake import load_knowledge

    class Breaking:
        def read_batch(self, replies: list[Reply]) -> list[Any]:
            if any("break" in reply.text for reply in replies):
                raise RecursionError
            return reader.read_batch(replies)

    worker = _Worker(Setup(HOTEL, load_knowledge(HOTEL)).pack())
    reader, worker._reader = worker._reader, Breaking()  # type: ignore[assignment]
    replies = [
        Reply(f"r{at}", "email", text, source=Source("f", at)) for at, text in enumerate(["a", "break", "b"])
    ]
    packed = [pack_loaded(each) for each in replies]
    rows = [(0, at, REPLY, *each[2:], None) for at, each in enumerate(packed)]
    found = sorted(worker.read(rows), key=lambda row: row[1])
    assert [row[2] for row in found] == [REPLY, PROBLEM, REPLY]
    problem = unpack_problem(found[1][-1])
    assert problem.source == Source("f", 1)
    assert "RecursionError" in problem.message


def test_one_phone_of_a_hundred_thousand_records(spark: SparkSession, tmp_path: Path) -> None:
    said = ("Thank you.", "Check-in is from 3 pm.", "See you soon.", "Breakfast is at 7.")
    for part in range(4):
        with (tmp_path / f"part{part}.jsonl").open("w", encoding="utf-8") as stream:
            for at in range(part, 100_000, 4):
                record = {
                    "id": f"r{at}",
                    "channel": "phone",
                    "text": said[at % 97 % 4] if at % 97 < 4 else "OK.",
                }
                # Six in ten are somebody of their own; the others are one person who calls all day.
                named = {"name": f"Person {at:x}"} if at % 10 < 6 else {"conversation_id": f"T{at}"}
                stream.write(json.dumps({**record, **named, "phone": "+1 602 555 0175"}) + "\n")
    settings = replace(HOTEL, sources=(str(tmp_path),), customers=None)
    here = run_audit(settings)
    assert here.summary.customers == 60_001
    assert audit_on_spark(settings) == here


def test_what_spark_cannot_do_is_refused(tmp_path: Path) -> None:
    from consistency_check.engines.spark import audit_sources

    for settings, said in [
        (replace(HOTEL, links=tmp_path / "links.json"), "--links: on Spark"),
        (replace(HOTEL, meet=print), "--redact: on Spark"),
    ]:
        with pytest.raises(SettingsError, match=said):
            audit_sources(settings)


def test_sources_that_are_not_there(spark: SparkSession, tmp_path: Path) -> None:
    from consistency_check.engines.spark import audit_sources

    with pytest.raises(EngineError, match=r"nowhere\.parquet: cannot be read"):
        audit_sources(replace(HOTEL, sources=("file:///nowhere.parquet",)))
    with pytest.raises(EngineError, match="write one for all"):
        audit_sources(replace(HOTEL, sources=(*HOTEL.sources, "file:///nowhere.parquet")))


COUNT = """
from consistency_check.engines.spark import open_session
if __name__ == "__main__":
    print(open_session("local[1]").range(3).count())
"""


def test_a_machine_whose_name_nobody_knows(
    java: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "hosts").write_text("")
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", f"-Djdk.net.hosts.file={tmp_path}/hosts")
    for name in ("SPARK_LOCAL_IP", "SPARK_LOCAL_HOSTNAME"):
        monkeypatch.delenv(name, raising=False)
    done = subprocess.run([sys.executable, "-c", COUNT], capture_output=True, text=True, check=False)
    assert done.stdout == "3\n", done.stderr[-3000:]


def test_without_java(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pytest.importorskip("pyspark")
    from pyspark.sql import SparkSession

    from consistency_check.engines.spark import open_session

    monkeypatch.setattr(SparkSession, "getActiveSession", lambda: None)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(EngineError, match="needs Java 17 or newer"):
        open_session()


def test_without_pyspark(monkeypatch: pytest.MonkeyPatch) -> None:
    from consistency_check.engines.spark import open_session

    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(EngineError, match="pip install 'consistency-check"):
        open_session()
