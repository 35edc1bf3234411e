"""Settings in a file or in the environment: which goes before which, and what a wrong one is told as."""

import json

import pytest
import typer

from consistency_check.cli import app
from consistency_check.cli.configured import name_setting
from consistency_check.configuration import SETTINGS

CONFIG = ".consistency-check.yaml"
# Those of loading stand below `load:`.
OF_LOADING = {"agents", "day-order"}
ON_THE_COMMAND_LINE_ONLY = {
    *("output-file", "exit-zero", "today", "dry-run"),  # of one run
    "digest",  # a configuration says it by `format`
    *("engine", "master", "output-parquet"),  # of one cluster
    *("near-misses", "explain", "verbose", "profile"),  # to look into something
    "help",
}


@pytest.fixture
def write(project):
    """Write the configuration file."""

    def write_configuration(text):
        (project / CONFIG).write_text(text, encoding="utf-8")

    return write_configuration


def show(run):
    rows = json.loads(run("config", "show", "--format", "json").stdout)
    return {row["setting"]: (row["value"], row["origin"]) for row in rows}


def test_every_option_is_a_setting_or_stands_on_the_command_line_only():
    commands = typer.main.get_command(app).commands
    named = {
        (name, name_setting(param))
        for name in ("audit", "claims", "customer", "customers", "nightly")
        for param in commands[name].params
    }
    assert {setting for _, setting in named if setting} == set(
        SETTINGS
    ) | OF_LOADING | ON_THE_COMMAND_LINE_ONLY - {"help"}


def test_a_file_alone_is_enough(project, run, write):
    (project / "policies").rename(project / "kb")
    write("paths: [exports]\npolicies: kb\nformat: concise\ncheck: [policy-conflict]\n")
    result = run("audit")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0].startswith("exports/all.jsonl:1: high policy-conflict")
    assert run("policies", "check").stdout.startswith("kb: 1 topic")
    assert run("policies", "lint").exit_code == 0
    assert run("customers").exit_code == 0, "its formats are others"
    assert len(run("claims").stdout.splitlines()) == 3


def test_flag_over_environment_over_file(project, run, write, monkeypatch):
    write("fail-on: critical\n")
    assert run("audit", "exports").exit_code == 0
    monkeypatch.setenv("CONSISTENCY_CHECK_FAIL_ON", "high")
    assert run("audit", "exports").exit_code == 1
    assert run("audit", "exports", "--fail-on", "critical").exit_code == 0


def test_a_file_above_is_found(project, run, write, monkeypatch):
    write("paths: [exports]\npolicies: policies\n")
    (project / "sub").mkdir()
    monkeypatch.chdir(project / "sub")
    assert run("audit", "-f", "concise").stdout.startswith("../exports/all.jsonl:1: ")


def test_config_show_tells_each_origin(project, run, write, monkeypatch):
    write("region: GB\nchannel: [email, phone]\n")
    monkeypatch.setenv("CONSISTENCY_CHECK_TIMEZONE", "Europe/London")
    found = show(run)
    assert list(found) == list(SETTINGS)
    assert found["region"] == ("GB", f"{CONFIG}:1:9")
    assert found["channel"] == (["email", "phone"], f"{CONFIG}:2:10")
    assert found["timezone"] == ("Europe/London", "CONSISTENCY_CHECK_TIMEZONE")
    assert found["policies"] == ("policies", "default")
    assert found["fail-on"] == ("low", "default")
    lines = run("config", "show").stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(SETTINGS)
    assert lines[2].split() == ["customers", "-", "default"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("polices: kb\n", [f"{CONFIG}:1:1: there is no setting `polices`; did you mean `policies`?"]),
        ("fail-on: severe\n", [f"{CONFIG}:1:10:", "severe", "critical"]),
        ("max-new: -1\n", [f"{CONFIG}:1:10:", "0"]),
        ("since: yesterday\n", [f"{CONFIG}:1:8:", "yesterday", "2026-03-01"]),
        ("check: [chanel-conflict]\n", [f"{CONFIG}:1:8:", "did you mean channel-conflict?"]),
        ("min-confidence: much\n", [f"{CONFIG}:1:17:", "0 to 1"]),
        ("format: yaml\n", [f"{CONFIG}:1:9:", "yaml"]),
        ("baseline: nowhere\n", ["nowhere: there is no such file"]),
    ],
)
def test_a_wrong_setting_is_refused_with_its_place(project, run, write, text, words):
    write(text)
    result = run("audit", "exports")
    assert (result.exit_code, result.stdout) == (2, "")
    shown = " ".join(result.stderr.split())
    for word in words:
        assert word in shown


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        ("log-format: json\n", ["--profile"], 1),
        ("ledger: a.duckdb\n", ["--links", "links.jsonl"], 1),
        ("ledger: a.duckdb\n", ["--since", "2026-04-01"], 1),
        ("ledger: a.duckdb\n", ["--engine", "spark", "--links", "l"], 2),
        ("links: links.jsonl\n", ["--ledger", "a.duckdb"], 1),
    ],
)
def test_a_setting_that_does_not_go_with_the_command_line_is_left_aside(
    project, run, write, text, options, code
):
    write(text)
    result = run("audit", "exports", *options)
    assert result.exit_code == code
    assert "--links" in result.stderr if code == 2 else not result.stderr.startswith("{")
    assert (project / "a.duckdb").exists() is ("--ledger" in options)


def test_what_the_command_line_says_of_two_that_exclude_each_other_is_refused(project, run):
    for options in (["--profile", "--log-format", "json"], ["--ledger", "a.duckdb", "--links", "l"]):
        assert run("audit", "exports", *options).exit_code == 2


def test_another_engine_is_what_leaves_a_configured_ledger_aside(project, run, write):
    write("ledger: a.duckdb\n")
    assert run("audit", "exports", "--engine", "here").exit_code == 1
    assert (project / "a.duckdb").exists()


def test_a_flag_is_not_blamed_on_the_file(project, run, write):
    write("since: 2026-01-01\n")
    result = run("audit", "exports", "--since", "yesterday")
    assert result.exit_code == 2
    assert CONFIG not in result.stderr


def test_help_and_the_demo_do_not_read_it(project, run, write):
    write("polices: kb\n")
    assert run("audit", "--help").exit_code == 0
    assert run("explain").exit_code == 0
    assert run("demo", "--format", "concise").exit_code == 0
