"""Work for the tests, as a process imports it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path


def open_reversing(setup: bytes) -> Callable[[bytes], bytes]:
    def do(piece: bytes) -> bytes:
        return setup + piece[::-1]

    return do


def open_waiting(setup: bytes) -> Callable[[bytes], bytes]:
    """The later a piece the sooner it is done."""
    del setup

    def do(piece: bytes) -> bytes:
        time.sleep(0.05 / (1 + int(piece)))
        return piece

    return do


def open_dying(folder: bytes) -> Callable[[bytes], bytes]:
    """A piece `once` kills the process that does it first, `always` whoever does it, `raise` raises."""

    def do(piece: bytes) -> bytes:
        mark = Path(folder.decode()) / "died"
        if piece == b"always" or (piece == b"once" and not mark.exists()):
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if piece == b"raise":
            raise ValueError("a bug")
        return b"done " + piece

    return do


def open_telling(setup: bytes) -> Callable[[bytes], bytes]:
    del setup
    return lambda piece: str(os.getpid()).encode()
