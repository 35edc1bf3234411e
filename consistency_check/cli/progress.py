"""The progress bar: bytes read, on standard error, only where that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager


@contextmanager
def show_progress(sources: Sequence[str], quiet: bool) -> Iterator[Callable[[int], None] | None]:
    """A function to call with the bytes read since the last call; None where no bar is shown."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    from consistency_check.load import measure_sources

    columns = (TextColumn("Reading replies"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("read", total=measure_sources(sources) or None)
        yield lambda count: bar.advance(task, count)
