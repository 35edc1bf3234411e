"""Measures undisturbed, collects measured figures and prints them below the tests' results."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator

import pytest

NOTES = pytest.StashKey[list[str]]()


@pytest.fixture(autouse=True)
def undisturbed() -> Iterator[None]:
    """No collection of garbage falls into what is timed: it would walk through all that other tests left."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.fixture
def note(pytestconfig: pytest.Config) -> Callable[[str], None]:
    """Keeps a line for the end of the session."""
    return pytestconfig.stash.setdefault(NOTES, []).append


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, exitstatus: int, config: pytest.Config
) -> None:
    """What was measured."""
    del exitstatus
    if notes := config.stash.get(NOTES, []):
        terminalreporter.section("speed and memory")
        for line in notes:
            terminalreporter.write_line(line)
