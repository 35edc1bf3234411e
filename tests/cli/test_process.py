"""The command as a process: pipes closed early, Ctrl-C, terminals, and how fast it starts."""

import json
import os
import signal
import sys
from pathlib import Path

import pytest

from consistency_check.cli.output import has_colour
from consistency_check.cli.progress import show_progress


def build_line(number, text):
    return (
        json.dumps({"id": str(number), "channel": "email", "customer_id": str(number), "text": text}) + "\n"
    )


@pytest.mark.parametrize(
    ("name", "options", "code"),
    [("full", ["--exit-zero"], 0), ("concise", [], 1), ("json", [], 1), ("jsonl", ["--exit-zero"], 0)],
)
def test_a_pipe_closed_early_ends_quietly_with_the_right_status(project, start, name, options, code):
    lines = "".join(build_line(n, "Items can be returned within 14 days of delivery.") for n in range(600))
    (project / "many.jsonl").write_text(lines)
    process = start("audit", "many.jsonl", "--format", name, "--quiet", *options)
    assert process.stdout.read(1)
    process.stdout.close()
    process.stdout = None
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (code, b"")


def test_ctrl_c_leaves_no_file_and_exits_130(project, start):
    process = start(
        "audit",
        "email=-",
        "--output-file",
        "report.txt",
        stdin=-1,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    for number in range(3000):  # more than a pipe holds: once all is written, the audit is under way
        process.stdin.write(build_line(number, "Hello " * 20).encode())
    process.stdin.flush()
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"interrupted" in errors
    assert b"Traceback" not in errors
    assert not list(project.glob("*report*")) + list(project.glob(".*report*"))


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="needs /dev/stdout")
def test_a_device_is_written_directly(project, start):
    process = start("audit", "exports", "--format", "json", "--output-file", "/dev/stdout")
    output, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (1, b"")
    assert json.loads(output)["schema_version"] == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(
    "arguments",
    [
        ["audit", "exports"],
        ["audit", "exports", "--output-file", "/dev/full"],
        ["audit", "exports", "--format", "json"],
        ["explain"],
    ],
)
def test_a_full_disk_is_no_finding_and_no_bug(project, start, arguments):
    with Path("/dev/full").open("w") as full:
        process = start(*arguments, stdout=full)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 2
    assert errors.decode().splitlines() == [
        "a file cannot be read or written (No space left on device); mend that, and run again"
    ]


def read_terminal(start, stream, *arguments, **environment):
    """All that the command writes to `stream` where that is a terminal."""
    pty = pytest.importorskip("pty")
    parent, child = pty.openpty()
    process = start(
        *arguments, **{stream: child}, env={"TERM": "xterm-256color", "NO_COLOR": "", **environment}
    )
    os.close(child)
    written = b""
    try:
        while part := os.read(parent, 65536):
            written += part
    except OSError:  # Linux says so where the other end is closed
        pass
    os.close(parent)
    process.wait(timeout=60)
    return written.decode("utf-8")


def test_a_terminal_gets_colour(project, start):
    written = read_terminal(start, "stdout", "audit", "exports")
    assert "\x1b[" in written
    assert "«" in written


@pytest.mark.parametrize(
    ("no_colour", "path", "environment", "terminal", "coloured"),
    [
        (False, None, {}, True, True),
        (False, None, {"NO_COLOR": ""}, True, True),
        (False, None, {"NO_COLOR": "1"}, True, False),
        (False, None, {"TERM": "dumb"}, True, False),
        (True, None, {}, True, False),
        (False, Path("report.txt"), {}, True, False),
        (False, None, {}, False, False),
    ],
)
def test_colour_only_where_it_is_wanted(monkeypatch, no_colour, path, environment, terminal, coloured):
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.stdout.isatty", lambda: terminal)
    assert has_colour(no_colour, path) is coloured


def test_progress_is_shown_on_a_terminal(project, start):
    assert "Reading replies" in read_terminal(start, "stderr", "audit", "exports")


@pytest.mark.parametrize(("quiet", "terminal"), [(True, True), (False, False), (True, False)])
def test_progress_is_shown_nowhere_else(monkeypatch, quiet, terminal):
    monkeypatch.setattr("sys.stderr.isatty", lambda: terminal)
    with show_progress(["exports"], quiet) as progress:
        assert progress is None


def test_the_door_opens_without_the_heavy_libraries(start, project):
    """Loaded with the command line: nothing that takes more than a blink. Measured by what is imported."""
    import subprocess

    code = (
        "import sys; from typer.testing import CliRunner; from consistency_check.cli import app; "
        "CliRunner().invoke(app, ['audit', '--help']); print(*sorted(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    loaded = set(done.stdout.split())
    assert "consistency_check.cli" in loaded
    for heavy in (
        "spacy",
        "numpy",
        "yaml",
        "rapidfuzz",
        "phonenumbers",
        "consistency_check.audit",
    ):
        assert heavy not in loaded
