"""Waiting for what a page is about to do: on a busy machine it comes later than its address shows."""

from collections.abc import Callable
from typing import Any

STEP = 50
"""Milliseconds between two looks."""
STEPS = 200


def wait_until(page: Any, look: Callable[[], Any], wanted: Any = True) -> None:
    """Returns as soon as what is looked at is as wanted, and fails after ten seconds."""
    for _ in range(STEPS):
        if look() == wanted:
            return
        page.wait_for_timeout(STEP)
    assert look() == wanted
