"""Where a result goes: standard output, or a file that is written whole or not at all."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

import typer

from consistency_check.cli.door import silence_stdout

OWNER_ONLY = 0o600
MAX_WIDTH = 120
"""Columns; longer lines are hard to read."""


@contextmanager
def open_output(path: Path | None) -> Iterator[TextIO]:
    """A stream to `path`, or to standard output, whose reader may stop reading at any time.

    A file is replaced only once all of it is written; a device or a pipe is written directly.
    """
    if path is None:
        with _open_stdout() as stream:
            yield stream
    elif path.exists() and not path.is_file():
        with suppress(BrokenPipeError), path.open("w", encoding="utf-8") as stream:
            yield stream
    else:
        with _replace_file(path.resolve()) as stream:
            yield stream


def check_output(path: Path | None, option: str = "--output-file") -> None:
    """Say before a long audit, not after it, that its result cannot be written; raises typer.BadParameter."""
    if path is None:
        return
    folder = path.resolve().parent
    if path.is_dir():
        raise typer.BadParameter(f"{path} is a folder; name a file in it", param_hint=option)
    if not folder.is_dir():
        raise typer.BadParameter(f"there is no folder {folder}; make it first", param_hint=option)
    if not os.access(path if path.exists() else folder, os.W_OK):
        raise typer.BadParameter(f"{path} cannot be written; choose another place", param_hint=option)


def has_colour(no_colour: bool, path: Path | None) -> bool:
    """Whether to write colour: only to a terminal, and never against NO_COLOR (no-color.org)."""
    refused = no_colour or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return path is None and not refused and sys.stdout.isatty()


def measure_width() -> int:
    """Columns of the terminal, or COLUMNS, or 80."""
    return min(shutil.get_terminal_size((80, 24)).columns, MAX_WIDTH)


@contextmanager
def _open_stdout() -> Iterator[TextIO]:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        yield sys.stdout
        sys.stdout.flush()
    except BrokenPipeError:
        silence_stdout()


def _choose_mode() -> int:
    """The mode that a new file has here; the system tells it only to who sets it."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


@contextmanager
def _replace_file(path: Path) -> Iterator[TextIO]:
    """Nobody else reads it until it is whole: it may take the place of one that nobody else may read."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        temporary.touch(OWNER_ONLY)
        with temporary.open("w", encoding="utf-8") as stream:
            yield stream
        if path.exists():
            shutil.copymode(path, temporary)
        else:
            temporary.chmod(_choose_mode())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
