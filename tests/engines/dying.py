"""Settings that kill whoever unpacks them first: a Python worker of Spark, or the executor of it."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any


class Dying(dict[str, Any]):
    """Response times, none of which is set, with a death in them."""

    def __init__(self, mark: str, victim: str) -> None:
        super().__init__()
        self._made_of = mark, victim, os.getpid()

    def __reduce__(self) -> tuple[Any, ...]:
        return die_once, self._made_of


def die_once(mark: str, victim: str, driver: int) -> dict[str, Any]:
    """Kill this process, or the one that runs its daemon, unless somebody has died already."""
    try:
        Path(mark).touch(exist_ok=False)
    except FileExistsError:
        return {}
    worker = os.getpid()
    if worker != driver:
        daemon = find_parent(worker)
        os.kill(worker if victim == "worker" else find_parent(daemon), signal.SIGKILL)
        signal.pause()
    return {}


def find_parent(process: int) -> int:
    """The process that started one; the name in parentheses may hold anything."""
    status = Path(f"/proc/{process}/stat").read_text("utf-8")
    return int(status.rpartition(")")[2].split()[1])
