"""Measures each corpus once a session, and prints what was measured below the tests' results."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.accuracy.outcome import audit_corpus, read_labels, score_outcome
from tests.accuracy.scoring import Score
from tests.accuracy.table import draw_corpora, pool_rows

MEASURED = pytest.StashKey[dict[str, Score]]()


@pytest.fixture(scope="session")
def measure(pytestconfig: pytest.Config) -> Callable[[str], Score]:
    """The score of a corpus by name."""
    measured = pytestconfig.stash.setdefault(MEASURED, {})

    def measure_corpus(name: str) -> Score:
        if name not in measured:
            measured[name] = score_outcome(read_labels(name), audit_corpus(name))
        return measured[name]

    return measure_corpus


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, exitstatus: int, config: pytest.Config
) -> None:
    """The first table of `python -m tests.accuracy.measure`."""
    del exitstatus
    if measured := config.stash.get(MEASURED, {}):
        terminalreporter.section("accuracy, each corpus with weights not learned from it")
        for line in draw_corpora(pool_rows(measured)):
            terminalreporter.write_line(line)
