"""`audit --profile`: where the time of a run went, room by room, on standard error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from consistency_check.model import Report
    from consistency_check.stopwatch import Spent

ROOMS = ("policies", "load", "link", "read", "judge", "checks", "report", "ledger", "other")
"""In the order in which a run goes through them."""


class Profiled:
    """What a run came to, told to its profile once it is known."""

    replies = 0

    def tell(self, report: Report) -> None:
        """Count what was read: answers, and questions that have none."""
        self.replies = report.summary.replies + report.summary.questions


@contextmanager
def show_profile(wanted: bool) -> Iterator[Profiled]:
    """Print, at the end of what is done within it, where its time went, if that is wanted."""
    profiled = Profiled()
    if not wanted:
        yield profiled
        return
    from consistency_check.stopwatch import measuring

    with measuring() as watch:
        yield profiled
        spent = watch.read()
    for line in list_lines(spent, profiled.replies):
        typer.echo(line, err=True)


def list_lines(spent: Spent, replies: int) -> Iterator[str]:
    """A table of the rooms that took any time, and the processor time beneath it."""
    total = sum(spent.rooms.values())
    yield f"{'room':<10}{'seconds':>10}{'share':>8}{'replies/s':>12}"
    for room in sorted(spent.rooms, key=ROOMS.index):
        yield _show_row(room, spent.rooms[room], total, replies)
    yield _show_row("all", total, total, replies)
    yield f"processor  {spent.own:.2f} s in this process, {spent.children:.2f} s in those it began"


def _show_row(room: str, seconds: float, total: float, replies: int) -> str:
    pace = f"{replies / seconds:,.0f}" if seconds >= 0.005 else "-"
    share = seconds / total if total else 0.0
    return f"{room:<10}{seconds:>10.2f}{share:>8.1%}{pace:>12}"
