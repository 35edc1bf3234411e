"""A cluster of two executors, one of which dies; it comes before other tests hold a session and memory."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from consistency_check.audit import run_audit
from tests.engines.test_spark import CORPORA, show
from tests.engines.test_spark_failures import HOTEL


def test_an_executor_that_is_killed(java: None, tmp_path: Path) -> None:
    mark, folder = tmp_path / "died", CORPORA / "hotel"
    command = [sys.executable, "-m", "tests.engines.executors", str(folder), str(mark)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=1200, check=False)
    assert mark.exists(), done.stderr[-3000:]
    assert done.returncode == 0, done.stderr[-3000:]
    settings = replace(HOTEL, sources=(str(folder / "exports"),))
    assert json.loads(done.stdout) == json.loads(show(run_audit(settings)))
