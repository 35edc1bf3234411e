"""The log: what it holds, that a machine can read it, and that it names nobody."""

import json
import re
from datetime import datetime

import pytest

from consistency_check.cli.logs import show_json, show_line, start_log, stop_log
from consistency_check.cli.options import LogFormat, LogLevel
from consistency_check.events import Event, tell
from tests.cli.conftest import REPLIES, build_record

NIGHT = [
    "run-started",
    "policies-loaded",
    "source-loaded",
    "replies-loaded",
    "customers-linked",
    "replies-read",
    "findings-judged",
    "ledger-written",
    "output-written",
    "run-finished",
]
AUDIT = [
    "run-started",
    "policies-loaded",
    "source-loaded",
    "replies-read",
    "customers-linked",
    "findings-judged",
    "output-written",
    "run-finished",
]
"""Without a ledger, where customers are linked as their replies are read."""
STEPS = set(NIGHT) - {"run-started", "source-loaded"}


def read_log(result):
    return [json.loads(line) for line in result.stderr.splitlines()]


def test_a_night_is_told_step_by_step(project, run):
    result = run("nightly", "exports", "--log-format", "json", "--output", "json=a.json")
    events = read_log(result)
    assert [each["event"] for each in events] == NIGHT
    for each in events:
        assert list(each)[:3] == ["time", "level", "event"]
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", each["time"])
        assert each["level"] == "info"
        assert ("seconds" in each) is (each["event"] in STEPS)
    told = {each["event"]: each for each in events}
    assert told["source-loaded"] | {"time": ""} == {
        "time": "", "level": "info", "event": "source-loaded", "path": "exports/all.jsonl",
        "format": "JSON Lines", "replies": 3, "problems": 0, "left_out": 0,
    }  # fmt: skip
    assert told["replies-loaded"]["new"] == told["replies-read"]["replies"] == 3
    assert told["findings-judged"]["findings"] == told["findings-judged"]["new"] > 0
    assert (told["output-written"]["path"], told["run-finished"]["exit"]) == ("a.json", 1)
    assert told["run-finished"]["seconds"] >= told["replies-read"]["seconds"]
    assert datetime.fromisoformat(events[0]["time"]) <= datetime.fromisoformat(events[-1]["time"])


def test_an_audit_has_no_log_unless_it_is_asked_for_one(project, run):
    assert run("audit", "exports").stderr == ""
    events = [each["event"] for each in read_log(run("audit", "exports", "--log-format", "json"))]
    assert events == AUDIT
    assert run("audit", "exports").stderr == "", "the log of one run is not that of the next"


def test_the_log_names_nobody_and_quotes_nothing(project, run):
    path = project / "exports" / "all.jsonl"
    bad = [
        build_record(7, "email", "2026-04-31", "", "Ring me, says Zebedee"),
        {**build_record(8, "email", "2026-04-03", "", ""), "id": "secret-number"},
    ]
    with path.open("a", encoding="utf-8") as stream:
        stream.writelines(json.dumps(each) + "\n" for each in bad)
        stream.write("{'broken': 'Zebedee'\n")
    result = run("nightly", "exports", "--log-format", "json", "--output", "json=a.json")
    (problem,) = [each for each in read_log(result) if each["event"] == "problem"]
    assert (problem["level"], problem["records"], problem["line"]) == ("warning", 3, 4)
    personal = ["Dana", "dana@", "Kim", "R0", "R1", "R7", "Zebedee", "secret", "2026-04-31"]
    personal += [word for reply in REPLIES for word in reply[2:] if word]
    assert not [each for each in personal if each in result.stderr]
    assert "Dana" in (project / "a.json").read_text(encoding="utf-8")


def test_why_a_run_failed_is_a_line_of_the_log(project, run):
    result = run("nightly", "nowhere", "--log-format", "json")
    assert (result.exit_code, result.stdout) == (2, "")
    *_, failed, finished = read_log(result)
    assert (failed["event"], failed["level"]) == ("run-failed", "error")
    assert "nowhere: does not exist" in failed["message"]
    assert (finished["event"], finished["exit"]) == ("run-finished", 2)


def test_a_bug_is_a_failed_night_whose_places_are_logged_and_no_words(project, run, monkeypatch):
    def fail(*_):
        raise RuntimeError("Dana was told something")

    monkeypatch.setattr("consistency_check.follow_up.run_follow_up", fail)
    result = run("nightly", "exports", "--log-format", "json")
    *_, failed, finished = read_log(result)
    assert (failed["event"], failed["level"]) == ("run-failed", "error")
    assert failed["message"].startswith("this is a bug: RuntimeError at test_log.py:")
    assert "audit.py:" in failed["message"]
    assert "Dana" not in result.stderr
    assert (finished["event"], finished["exit"], result.exit_code) == ("run-finished", 2, 2)


def test_an_option_that_is_refused_is_a_line_of_the_log(project, run):
    for option in ("--today", "--since"):
        result = run("audit", "exports", option, "tomorrow", "--log-format", "json")
        *_, failed, finished = read_log(result)
        assert "tomorrow" in failed["message"]
        assert finished["exit"] == result.exit_code == 2


def test_a_knowledge_base_with_slips_is_a_line_a_slip(project, run):
    (project / "policies" / "more.yaml").write_text(
        "topic: more\npolicies: {a: {type: x}}\n", encoding="utf-8"
    )
    result = run("nightly", "exports", "--log-format", "json")
    failed = [each["message"] for each in read_log(result) if each["event"] == "run-failed"]
    assert any(message.startswith("policies/more.yaml:2:") for message in failed)


@pytest.mark.parametrize(("level", "least"), [("info", 10), ("warning", 0), ("error", 0)])
def test_less_can_be_logged(project, run, level, least):
    result = run("nightly", "exports", "--output", "json=a.json", "--log-level", level)
    assert len(result.stderr.splitlines()) == least


def test_the_log_is_a_setting(project, run, monkeypatch):
    (project / ".consistency-check.yaml").write_text("log-format: json\nlog-level: info\n", encoding="utf-8")
    assert read_log(run("audit", "exports"))
    monkeypatch.setenv("CONSISTENCY_CHECK_LOG_LEVEL", "error")
    assert run("audit", "exports").stderr == ""


HOSTILE = 'a\n{"event": "run-finished"}\x1b[2J\x7f\x9b\u202e\udcff".jsonl'


def test_a_hostile_name_breaks_no_line_and_steers_no_terminal():
    shown = show_json("2026-04-04T02:00:00.000Z", "info", "source-loaded", {"path": HOSTILE})
    assert json.loads(shown)["path"] == HOSTILE
    assert re.fullmatch(r"[ -~]+", shown)
    line = show_line("2026-04-04T02:00:00.000Z", "info", "source-loaded", {"path": HOSTILE, "replies": 3})
    assert line.endswith(" replies=3")
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202e\ud800-\udfff]", line)


def test_text_is_quoted_where_it_has_spaces():
    line = show_line("T", "info", "note", {"message": "no output", "path": "a b=c", "count": 1, "empty": ""})
    assert line == 'T info note message="no output" path="a b=c" count=1 empty=""'


def test_a_standard_error_that_nobody_reads_ends_no_run(monkeypatch):
    class Closed:
        def write(self, text):
            raise BrokenPipeError

    monkeypatch.setattr("sys.stderr", Closed())
    try:
        start_log("nightly", LogFormat.TEXT, LogLevel.INFO)
        tell(Event.REPLIES_READ, replies=1)
    finally:
        stop_log()


def test_what_is_told_without_a_log_is_printed_nowhere(capfd):
    tell(Event.RUN_FAILED, message="x")
    assert capfd.readouterr() == ("", "")
