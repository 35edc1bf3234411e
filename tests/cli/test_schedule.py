"""The examples in `ops`: what they start works as written, in the bare surroundings of cron and systemd."""

import configparser
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

OPS = Path(__file__).parents[2] / "ops"
FOLDER = "/srv/qa"
PROGRAM = "/opt/consistency-check/bin/consistency-check"
UNITS = ("consistency-check.service", "consistency-check.timer")
CRON = {"SHELL": "/bin/sh", "PATH": "/usr/bin:/bin", "LOGNAME": "qa"}
"""All that cron gives to a job, but HOME."""
BAD = "policies: [nothing]\n"

pytestmark = [
    pytest.mark.skipif(not OPS.is_dir(), reason="the examples stand in the repository"),
    pytest.mark.skipif(os.name != "posix", reason="they are for cron and systemd"),
]


@pytest.fixture
def place(project, tmp_path_factory):
    """A configured folder; a function that puts it and the program in the place of an example's."""
    (project / ".consistency-check.yaml").write_text(
        "paths: [exports]\noutput: [markdown=page.md]\n", encoding="utf-8"
    )
    program = tmp_path_factory.mktemp("bin") / "consistency-check"
    path = shlex.quote(os.pathsep.join(each for each in sys.path if each))
    program.write_text(
        f'#!/bin/sh\nPYTHONPATH={path} exec {shlex.quote(sys.executable)} -m consistency_check "$@"\n',
        encoding="utf-8",
    )
    program.chmod(0o755)

    def put(text):
        return text.replace(PROGRAM, str(program)).replace(FOLDER, str(project))

    return put


def read_job():
    """The five fields and the command of the crontab's only job."""
    lines = (OPS / "crontab").read_text(encoding="utf-8").splitlines()
    (job,) = [line for line in lines if re.match(r"[\d*]", line)]
    *fields, command = job.split(maxsplit=5)
    return fields, command


def read_unit(name):
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",), comment_prefixes=("#",))
    parser.optionxform = str
    parser.read(OPS / name, encoding="utf-8")
    return parser


def run_barely(command, folder, **environment):
    return subprocess.run(
        ["env", "-i", *(f"{name}={value}" for name, value in environment.items()), *command],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_the_cron_job_runs_as_cron_runs_it(project, place, tmp_path_factory):
    fields, command = read_job()
    assert fields == ["0", "2", "*", "*", "*"]
    assert "%" not in command, "cron takes it for the end of a line"
    elsewhere = tmp_path_factory.mktemp("home")
    result = run_barely(["/bin/sh", "-c", place(command)], elsewhere, **CRON, HOME=elsewhere)
    assert (result.returncode, result.stdout, result.stderr) == (1, "", ""), "findings are no mail"
    assert "returns.window" in (project / "page.md").read_text(encoding="utf-8")
    assert not list(elsewhere.iterdir())


def test_cron_has_something_to_mail_where_a_night_fails(project, place):
    (project / "policies" / "returns.yaml").write_text(BAD, encoding="utf-8")
    result = run_barely(["/bin/sh", "-c", place(read_job()[1])], "/", **CRON)
    assert result.returncode == 2
    assert "policies/returns.yaml:1:" in result.stderr
    assert all(" error " in line for line in result.stderr.splitlines())


def test_the_service_starts_what_works(project, place):
    service = read_unit("consistency-check.service")["Service"]
    command, folder = shlex.split(place(service["ExecStart"])), place(service["WorkingDirectory"])
    result = run_barely(command, folder, PATH="/usr/bin:/bin", LANG="C.UTF-8", USER="qa")
    assert str(result.returncode) in service["SuccessExitStatus"].split()
    assert (project / "page.md").exists()
    assert all(line.startswith("{") for line in result.stderr.splitlines())


def test_the_service_may_do_little():
    service = read_unit("consistency-check.service")["Service"]
    assert service["Type"] == "oneshot"
    assert service["ReadWritePaths"] == service["WorkingDirectory"] == FOLDER
    assert (service["ProtectSystem"], service["NoNewPrivileges"], service["PrivateNetwork"]) == (
        "strict",
        "yes",
        "yes",
    )
    assert service["TimeoutStartSec"]
    assert "#OnFailure=" in (OPS / "consistency-check.service").read_text(encoding="utf-8")


def test_the_timer_starts_the_service_at_two_and_makes_up_for_a_missed_night():
    timer = read_unit("consistency-check.timer")
    assert dict(timer["Timer"]) == {"OnCalendar": "*-*-* 02:00:00", "Persistent": "yes"}
    assert timer["Install"]["WantedBy"] == "timers.target"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
def test_systemd_takes_the_units(place, tmp_path_factory):
    folder = tmp_path_factory.mktemp("units")
    for name in UNITS:
        text = (OPS / name).read_text(encoding="utf-8")
        (folder / name).write_text(place(text), encoding="utf-8")
    verified = analyze("verify", *(str(folder / name) for name in UNITS))
    assert (verified.returncode, verified.stdout + verified.stderr) == (0, "")
    assert analyze("calendar", "*-*-* 02:00:00").returncode == 0
    rated = analyze("security", "--offline=yes", "--threshold=15", str(folder / UNITS[0]))
    assert rated.returncode == 0, rated.stdout


def analyze(*arguments):
    return subprocess.run(
        ["systemd-analyze", *arguments], capture_output=True, text=True, timeout=60, check=False
    )
