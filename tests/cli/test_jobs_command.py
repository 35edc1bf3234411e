"""`--jobs`: processes that end with the command; `--profile`: where its time went."""

import json
import os
import re
import signal
import time
from pathlib import Path

import pytest

from consistency_check.cli import given
from consistency_check.cli.profile import list_lines
from consistency_check.stopwatch import Spent, make_in, measuring, spend_in

CHILDREN = Path("/proc/self/task")


def list_children(pid):
    """The processes that a process began, as Linux tells."""
    return [
        int(child)
        for thread in Path(f"/proc/{pid}/task").glob("*/children")
        for child in thread.read_text().split()
    ]


def wait_until(is_so, seconds=60):
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.02)


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def has_begun(pid):
    """Whether a process knows its work: it has imported what that takes."""
    try:
        return "numpy" in Path(f"/proc/{pid}/maps").read_text()
    except OSError:
        return False


@pytest.mark.skipif(not CHILDREN.exists(), reason="asks Linux for the processes")
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGKILL", -9)])
def test_no_process_is_left_when_the_command_is_ended(project, start, name, code):
    process = start("audit", "email=-", "--jobs", "2", stdin=-1, start_new_session=True)
    for number in range(3000):  # the export goes on, but these are enough to read apart
        line = {"id": str(number), "channel": "email", "text": f"Items can be returned in {number} days."}
        process.stdin.write(json.dumps(line).encode() + b"\n")
    process.stdin.flush()
    # Two that read, beside one of Python's own, which itself says so when its parent is killed too early.
    wait_until(lambda: sum(map(has_begun, list_children(process.pid))) == 2)
    children = list_children(process.pid)
    if name == "SIGINT":  # Ctrl-C reaches every process of the terminal
        os.killpg(process.pid, signal.SIGINT)
    else:
        process.send_signal(signal.Signals[name])
    _, errors = process.communicate(timeout=60)
    assert process.returncode == code
    assert b"Traceback" not in errors
    wait_until(lambda: not any(map(is_alive, children)))


def test_profile_tells_each_room_and_the_processors(project, run):
    result = run("audit", "exports", "--policies", "policies", "--format", "json", "--profile")
    assert json.loads(result.stdout)["summary"]["replies"] == 3
    assert [line.split()[0] for line in result.stderr.splitlines()] == [
        *("room", "policies", "load", "link", "read", "judge", "checks", "report", "other"),
        *("all", "processor"),
    ]


def test_profile_of_a_ledger_has_a_room_for_it(project, run):
    result = run("audit", "exports", "--ledger", "l.duckdb", "--format", "json", "--profile")
    rooms = [line.split()[0] for line in result.stderr.splitlines()]
    assert {"load", "link", "read", "judge", "checks", "ledger", "report"} <= set(rooms)


def test_without_profile_nothing_is_told(project, run):
    assert "processor" not in run("audit", "exports", "--policies", "policies").stderr


def test_profile_and_a_log_exclude_each_other(project, run):
    result = run("audit", "exports", "--profile", "--log-format", "text")
    assert result.exit_code == 2
    assert "--profile" in result.stderr


def test_each_moment_counts_for_the_innermost_room():
    def load():
        for number in range(3):
            time.sleep(0.01)
            yield number

    with measuring() as watch:
        with spend_in("link"):
            assert list(make_in("load", load())) == [0, 1, 2]
        spent = watch.read()
    assert spent.rooms["load"] >= 0.03
    assert spent.rooms["link"] < spent.rooms["load"]
    assert list(make_in("load", [1])) == [1]


def test_the_table_shows_shares_and_paces():
    rooms = {"other": 0.0, "read": 3.0, "load": 1.0}
    lines = list(list_lines(Spent(rooms, 4.5, 0.25), 6000))
    assert [re.split(r"\s+", line) for line in lines[:-1]] == [
        ["room", "seconds", "share", "replies/s"],
        ["load", "1.00", "25.0%", "6,000"],
        ["read", "3.00", "75.0%", "2,000"],
        ["other", "0.00", "0.0%", "-"],
        ["all", "4.00", "100.0%", "1,500"],
    ]
    assert lines[-1] == "processor  4.50 s in this process, 0.25 s in those it began"


@pytest.mark.parametrize("text", ["0", "-1", "many"])
def test_jobs_is_a_number_of_processes(project, run, text):
    result = run("audit", "exports", "--jobs", text)
    assert result.exit_code == 2
    assert "--jobs" in result.stderr


def test_jobs_are_as_many_as_there_are_cores_for_this_process():
    free = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    assert given.count_cores() in range(1, free + 1)


@pytest.mark.parametrize(
    ("quota", "cores"),
    [
        ("max 100000", 8),
        ("200000 100000", 2),
        ("150000 100000", 2),
        ("5000 100000", 1),
        ("900000 100000", 8),
        ("", 8),
    ],
)
def test_a_container_may_have_fewer_cores_than_its_machine(tmp_path, monkeypatch, quota, cores):
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: set(range(8)), raising=False)
    monkeypatch.setattr(given, "QUOTA", tmp_path / "cpu.max")
    assert given.count_cores() == 8, "without control groups"
    (tmp_path / "cpu.max").write_text(f"{quota}\n")
    assert given.count_cores() == cores
