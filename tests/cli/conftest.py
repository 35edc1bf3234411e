"""A small project on disk, policies and exports of three channels, and two ways to run the command."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from consistency_check.cli import app

POLICIES = """\
topic: returns
title: Returns and refunds
keywords: [return, send back, refund]
policies:
  window:
    statement: Items can be returned within {value} of delivery.
    type: duration
    value: 30 days
    questions: ["How long do I have to return an item?"]
    phrasings: ["you have {value} to send it back"]
    severity: high
  label_fee:
    statement: A return label costs {value}.
    type: money
    value: $7
    questions: ["How much is the return label?"]
"""
REPLIES = [
    (
        "email",
        "2026-04-01",
        "How long do I have to return an item?",
        "Items can be returned within 14 days of delivery.",
    ),
    ("phone", "2026-04-02", "", "You have 30 days to send it back."),
    ("chat", "2026-04-03", "How much is the return label?", "A return label costs $7."),
]


def build_record(number, channel, day, question, text):
    return {
        "id": f"R{number}",
        "channel": channel,
        "sent_at": f"{day}T10:00:00Z",
        "question": question,
        "text": text,
        "agent": "Kim",
        "email": "dana@mail.example",
        "name": "Dana",
    }


@pytest.fixture
def project(tmp_path, monkeypatch):
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "returns.yaml").write_text(POLICIES, encoding="utf-8")
    (tmp_path / "exports").mkdir()
    records = [build_record(n, *reply) for n, reply in enumerate(REPLIES)]
    lines = "".join(json.dumps(record) + "\n" for record in records)
    (tmp_path / "exports" / "all.jsonl").write_text(lines, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    return tmp_path


@pytest.fixture
def run():
    """Run the command in this process; the result has exit_code, stdout and stderr."""

    def invoke(*arguments):
        result = CliRunner().invoke(
            app, [str(argument) for argument in arguments], prog_name="consistency-check"
        )
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert "Traceback" not in result.stderr
        return result

    return invoke


@pytest.fixture
def start():
    """Start the command as a process of its own."""
    started = []

    def popen(*arguments, **rest):
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
        process = subprocess.Popen(
            [sys.executable, "-m", "consistency_check", *map(str, arguments)],
            env=environment | rest.pop("env", {}),
            **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL} | rest,
        )
        started.append(process)
        return process

    yield popen
    for process in started:
        process.kill()
        process.communicate()
