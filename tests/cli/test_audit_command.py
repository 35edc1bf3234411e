"""`audit`: its exit statuses, its options, and what it says when it cannot go on."""

import json
import os

import pytest
from typer.testing import CliRunner

from consistency_check.checks import CHECKS
from consistency_check.cli import app
from consistency_check.report import OUTPUTS

OPTIONS = (
    *("policies", "customers", "format", "output-file", "fail-on", "check", "skip-check", "channel", "topic"),
    *("since", "until", "group-by", "timezone", "region", "quiet", "no-color", "exit-zero"),
)


def test_findings_are_exit_status_1(project, run):
    result = run("audit", "exports", "--policies", "policies")
    assert result.exit_code == 1
    assert "Of the 1 customer who asked in more than one channel, 1 heard conflicting answers." in " ".join(
        result.stdout.split()
    )
    assert "«" in result.stdout
    assert "\x1b" not in result.stdout
    assert result.stderr == ""


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--fail-on", "high"], 1),
        (["--fail-on", "critical"], 0),
        (["--fail-on", "never"], 0),
        (["--exit-zero"], 0),
        (["--topic", "returns"], 1),
        (["--since", "2026-04-02"], 0),
        (["--until", "2026-04-01"], 1),
        (["--channel", "phone"], 0),
        (["--check", "wrong-case"], 0),
        (["--skip-check", "policy-conflict", "--skip-check", "channel-conflict"], 0),
    ],
)
def test_exit_status(project, run, options, code):
    assert run("audit", "exports", *options).exit_code == code


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere"], ["nowhere"]),
        (["exports", "--policies", "nowhere"], ["nowhere"]),
        (["exports", "--customers", "nowhere.csv"], ["nowhere.csv"]),
        (["exports", "--check", "chanel-conflict"], ["chanel-conflict", "did you mean channel-conflict?"]),
        (["exports", "--skip-check", "zzz"], ["zzz", "policy-conflict"]),
        (["exports", "--format", "yaml"], ["yaml", "json"]),
        (["exports", "--since", "yesterday"], ["yesterday", "2026-03-01"]),
        (["exports", "--until", "31.12.2026"], ["31.12.2026", "2026-03-01"]),
        (["exports", "--timezone", "Mars/Phobos"], ["Mars/Phobos"]),
        (["exports", "--region", "ZZ"], ["ZZ"]),
        (["exports", "--topic", "retuns"], ["retuns", "returns"]),
        (["exports", "--fail-on", "severe"], ["severe", "critical"]),
        (["exports", "--group-by", "agent"], ["agent", "customer"]),
        (["exports", "--output-file", "none/report.txt"], ["none"]),
        (["exports", "--output-file", "exports"], ["exports is a folder"]),
        ([], ["PATH"]),
        (["exports", *(word for name in CHECKS for word in ("--skip-check", name))], ["no check is left"]),
    ],
)
def test_what_cannot_be_used_is_exit_status_2_and_a_message(project, run, arguments, words):
    result = run("audit", *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    shown = " ".join(result.stderr.split())
    for word in words:
        assert word in shown
    assert "Traceback" not in shown


def test_every_problem_of_a_broken_knowledge_base_is_named(project, run):
    path = project / "policies" / "broken.yaml"
    path.write_text(
        "topic: broken\npolicies:\n  a:\n    statement: x {value}\n    type: duraton\n    value: 3\n"
    )
    result = run("audit", "exports")
    assert result.exit_code == 2
    assert "broken.yaml:5:" in result.stderr
    assert "duration" in result.stderr
    assert "knowledge base cannot be used" in result.stderr


def test_an_empty_folder_is_not_all_clear(project, run):
    (project / "empty").mkdir()
    result = run("audit", "empty")
    assert result.exit_code == 2
    assert result.stdout + result.stderr


@pytest.mark.parametrize("text", ["Hello, how are you?", ""])
def test_replies_that_say_nothing_are_not_all_clear(project, run, text):
    (project / "one.jsonl").write_text(json.dumps({"id": "1", "channel": "email", "text": text}) + "\n")
    result = run("audit", "one.jsonl", "--format", "json")
    assert result.exit_code == 2
    (note,) = json.loads(result.stdout)["notes"]
    assert note.startswith("Nothing was compared")
    assert "Nothing was compared" in result.stderr
    assert run("audit", "one.jsonl", "--exit-zero").exit_code == 2


def test_a_check_that_had_nothing_to_compare_is_not_all_clear(project, run):
    result = run("audit", "exports", "--channel", "phone", "--check", "channel-conflict")
    assert result.exit_code == 2
    assert "Channels were not compared" in result.stdout


def test_json_is_all_there_is_on_standard_output(project, run):
    document = json.loads(run("audit", "exports", "--format", "json").stdout)
    assert document["schema_version"] == 1
    assert document["summary"]["replies"] == 3
    assert document["summary"]["findings"] == len(document["findings"]) > 0
    assert document["summary"]["by_check"] == {
        "better-deal": 0,
        "channel-conflict": 1,
        "channel-drift": 0,
        "late-answer": 0,
        "no-answer": 0,
        "outdated-answer": 0,
        "policy-conflict": 1,
        "repeat-conflict": 0,
        "repeat-contact": 0,
        "uncovered-question": 0,
        "wrong-case": 0,
    }
    assert document["summary"]["by_severity"] == {"critical": 0, "high": 2, "medium": 0, "low": 0}
    assert document["summary"]["by_channel_pair"] == {"email / phone": 1}
    assert (document["summary"]["several_channels"], document["summary"]["conflicting"]) == (1, 1)
    texts = {
        r["id"]: r["text"]
        for r in map(json.loads, (project / "exports" / "all.jsonl").read_text().splitlines())
    }
    for finding in document["findings"]:
        for answer in finding["answers"]:
            assert texts[answer["reply_id"]][answer["start"] : answer["end"]] == answer["quote"]


@pytest.mark.parametrize("name", sorted(OUTPUTS))
def test_the_same_input_gives_the_same_bytes(project, run, name):
    first, second = (run("audit", "exports", "--format", name).stdout for _ in range(2))
    assert first == second != ""


def test_filters_are_counted(project, run):
    summary = json.loads(
        run("audit", "exports", "-f", "json", "--channel", "Email", "--since", "2026-04-01").stdout
    )["summary"]
    assert summary["replies"] == 1
    assert summary["left_out"] == {"in other channels": 2}
    assert summary["by_channel"] == {"email": 1}


def test_an_unusable_record_is_counted_and_named(project, run):
    with (project / "exports" / "all.jsonl").open("a") as stream:
        stream.write("{broken\n")
    result = run("audit", "exports", "--format", "json")
    document = json.loads(result.stdout)
    assert document["summary"]["left_out"] == {"unusable": 1}
    assert document["problems"][0]["line"] == 4
    assert "could not be used" in result.stderr
    assert run("audit", "exports", "--format", "json", "--quiet").stderr == ""


def test_output_file_is_written_whole_and_leaves_nothing_beside_it(project, run):
    target = project / "out" / "report.json"
    target.parent.mkdir()
    result = run("audit", "exports", "--format", "json", "--output-file", target)
    assert (result.exit_code, result.stdout) == (1, "")
    assert json.loads(target.read_text(encoding="utf-8"))["summary"]["replies"] == 3
    assert [path.name for path in target.parent.iterdir()] == ["report.json"]


def test_output_file_keeps_its_mode_and_its_link(project, run):
    real, link = project / "real.json", project / "link.json"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    run("audit", "exports", "--format", "json", "--output-file", link)
    assert link.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert json.loads(real.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600)])
def test_a_new_report_has_the_mode_of_any_new_file(project, run, mask, mode):
    before = os.umask(mask)
    try:
        run("audit", "exports", "--output-file", "report.txt")
    finally:
        os.umask(before)
    assert (project / "report.txt").stat().st_mode & 0o777 == mode


def test_a_report_that_fails_leaves_the_old_file(project, run, monkeypatch):
    target = project / "report.txt"
    target.write_text("old")

    def fail(*_):
        raise RuntimeError("a bug")

    monkeypatch.setattr("consistency_check.report.write_report", fail)
    result = CliRunner().invoke(app, ["audit", "exports", "--output-file", str(target)])
    assert result.exit_code == 2, "1 would say that something was found"
    assert result.stderr.startswith("Traceback (most recent call last):")
    assert result.stderr.endswith("RuntimeError: a bug\n")
    assert target.read_text() == "old"
    assert not list(project.glob(".report*"))


@pytest.mark.parametrize("command", ["audit", "claims", "customers"])
def test_no_report_is_written_over_what_it_is_made_of(project, run, command):
    source = project / "exports" / "all.jsonl"
    before = source.read_bytes()
    result = run(command, "exports/all.jsonl", "-o", "exports/all.jsonl")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "exports/all.jsonl is read (exports/all.jsonl); name another place" in result.stderr
    assert source.read_bytes() == before


def test_help_names_every_format_and_check_option(run):
    shown = " ".join(run("audit", "--help").stdout.split())
    for name in OUTPUTS:
        assert name in shown
    for option in OPTIONS:
        assert f"--{option}" in shown
