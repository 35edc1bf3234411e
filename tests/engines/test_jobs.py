"""Audits whose replies are read by processes: the same result, whatever becomes of the processes."""

from __future__ import annotations

import io
import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event, Thread

import pytest

from consistency_check import intake, reading
from consistency_check.audit import run_audit, run_claims
from consistency_check.engines.problems import EngineError
from consistency_check.engines.processes import AHEAD, IN_HAND
from consistency_check.follow_up import run_follow_up
from consistency_check.intake import AuditSettings, load_knowledge
from consistency_check.ledger import open_ledger
from consistency_check.load import load_replies
from consistency_check.model import Problem, Reply, Report
from consistency_check.reading import ReadingTask, read_replies
from consistency_check.report import ReportOptions, write_report

RETAIL = Path(__file__).parents[1] / "corpora" / "retail"
SETTINGS = AuditSettings((str(RETAIL / "exports"),), RETAIL / "policies", RETAIL / "customers.csv")
READ = "SELECT seq, claims, asking, policies, kept, met FROM readings ORDER BY seq"


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a corpus makes many of them."""
    monkeypatch.setattr(intake, "BATCH", 8)
    monkeypatch.setattr(reading, "FEW", 16)


def load_corpus() -> list[Reply]:
    return [each for each in load_replies(SETTINGS.sources) if isinstance(each, Reply)]


def make_task() -> ReadingTask:
    return ReadingTask(load_knowledge(SETTINGS), asks=True, keeps=True)


def write_json(report: Report) -> str:
    stream = io.StringIO()
    write_report("json", report, stream, ReportOptions(80, False))
    return stream.getvalue()


def follow(ledger: Path, settings: AuditSettings) -> tuple[Report, list[tuple[object, ...]]]:
    with open_ledger(ledger) as opened:
        report = run_follow_up(opened, settings, date(2026, 11, 1)).report
        return report, opened.fetch(READ)


@contextmanager
def killing() -> Iterator[None]:
    """Whatever process begins is killed before it can read anything."""
    over = Event()

    def kill() -> None:
        while not over.is_set():
            for process in multiprocessing.active_children():
                process.kill()
            time.sleep(0.005)

    killer = Thread(target=kill)
    killer.start()
    try:
        yield
    finally:
        over.set()
        killer.join()


def test_an_audit_is_the_same_for_any_number_of_processes() -> None:
    first, *others = [write_json(run_audit(replace(SETTINGS, jobs=jobs))) for jobs in (1, 2, 3)]
    assert others == [first, first]
    assert '"findings": []' not in first


def test_a_ledger_is_the_same_for_any_number_of_processes(tmp_path: Path) -> None:
    (one, read), (other, read_apart) = (
        follow(tmp_path / f"{jobs}.duckdb", replace(SETTINGS, jobs=jobs)) for jobs in (1, 2)
    )
    assert write_json(one) == write_json(other)
    assert len(read) > 100
    assert read == read_apart


def test_few_replies_begin_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a process would begin")

    monkeypatch.setattr(reading, "do_work", refuse)
    replies = load_corpus()
    assert len(list(read_replies(replies[:15], make_task(), 2))) == 15
    with pytest.raises(AssertionError, match="would begin"):
        list(read_replies(replies[:16], make_task(), 2))


def test_whoever_hands_work_out_builds_no_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a reader was built")

    monkeypatch.setattr(reading, "open_reader", refuse)
    replies = load_corpus()[:40]
    assert [reply for reply, _ in read_replies(replies, make_task(), 2)] == replies


def test_processes_that_are_killed_once_change_nothing() -> None:
    replies = load_corpus()
    assert len(replies) > 8 * 2 * (IN_HAND + AHEAD)  # so that work is left when they are killed
    outcomes = read_replies(replies, make_task(), 2)
    read = [next(outcomes)]
    for process in multiprocessing.active_children():
        os.kill(process.pid or 0, signal.SIGKILL)
    read += outcomes
    assert read == list(read_replies(replies, make_task(), 1))


def test_what_kills_every_process_is_a_problem_with_its_place_and_both_processes() -> None:
    with killing():
        outcomes = list(read_replies(load_corpus()[:40], make_task(), 2))
    assert [reply for reply, _ in outcomes] == load_corpus()[:40]
    for reply, problem in outcomes:
        assert isinstance(problem, Problem)
        assert problem.source == reply.source
        assert problem.message.count("was killed (SIGKILL)") == 2


def test_replies_that_nobody_could_read_are_counted_and_shown() -> None:
    with killing():
        report = run_audit(replace(SETTINGS, jobs=2))
    assert report.summary.left_out == {"unread": len(load_corpus())}
    assert len(report.problems) == len(load_corpus())
    assert report.summary.replies == 0


def test_claims_are_all_or_none() -> None:
    with killing(), pytest.raises(EngineError, match=f"^{len(load_corpus())} replies were not read"):
        run_claims(replace(SETTINGS, jobs=2))


def test_a_ledger_reads_the_next_night_what_nobody_could_read(tmp_path: Path) -> None:
    with killing():
        failed, read = follow(tmp_path / "killed.duckdb", replace(SETTINGS, jobs=2))
    assert (failed.summary.left_out["unread"], read) == (len(load_corpus()), [])
    again, _ = follow(tmp_path / "killed.duckdb", SETTINGS)
    whole, _ = follow(tmp_path / "whole.duckdb", SETTINGS)
    assert (again.findings, again.headline) == (whole.findings, whole.headline)
    assert again.summary == whole.summary
