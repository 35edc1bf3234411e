"""A review under way: shows one finding after the other, asks for a key, and keeps what was decided."""

from __future__ import annotations

import io
import pydoc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import typer

from consistency_check.cli.deciding import read_expiry
from consistency_check.cli.desk import END, ask_key, ask_line
from consistency_check.ledger import Ledger, LedgerError, open_ledger, read_ledger
from consistency_check.ledger.decisions import decide, restore_decisions, sign_words, write_decision
from consistency_check.ledger.replies import load_contacts
from consistency_check.model import Decision, DecisionKind, Finding
from consistency_check.report import ReportOptions
from consistency_check.report.escape import show_text
from consistency_check.report.groups import group_findings
from consistency_check.report.headline import say_count

KEYS = "[a]ccept [f]alse alarm fi[x]ed [s]kip [b]ack [u]ndo [o]pen replies [q]uit > "
KEYS_AT_END = "That was the last one. [b]ack [u]ndo [q]uit > "
HELP = """\
a  accept: it is known and stays so, with a reason, until a day or for ever
f  false alarm: it will not come back, for whoever hears the same words
x  fixed: it was put right; other wrong answers to this customer open it again
s  skip (Enter, right)    b  back (left)    u  undo the last decision
o  open all replies of the customer in the pager    q  quit (Ctrl-D)
"""


class Review:
    """Where a person stands in a queue of findings. The ledger is only open while something is written."""

    def __init__(
        self, file: Path, queue: list[Finding], author: str, day: date, wait: float, look: ReportOptions
    ) -> None:
        self._file = file
        self._queue = queue
        self._words = [sign_words(each) for each in queue]
        self._author = author
        self._day = day
        self._wait = wait
        self._look = look
        self._place = 0
        self._shown = -1
        self._made: list[tuple[int, Decision, list[Decision]]] = []
        self._actions: dict[str, Callable[[], None]] = {
            "a": self._accept,
            "f": self._call_false,
            "x": self._call_fixed,
            "s": self._skip,
            "": self._skip,
            "b": self._go_back,
            "u": self._undo,
            "o": self._open_replies,
        }

    def run(self) -> None:
        """Ask until the person quits or the input ends."""
        self._skip_silenced(1)
        while True:
            at_end = self._place >= len(self._queue)
            if not at_end and self._place != self._shown:
                self._show()
            self._shown = self._place
            key = ask_key(KEYS_AT_END if at_end else KEYS)
            if key in ("q", END):
                return
            if at_end and key not in ("b", "u"):
                if key == "":
                    return
                continue
            self._act(key)

    def sum_up(self) -> str:
        """What was done and what is left."""
        decided = len(self._list_last())
        quiet = self._count_silenced()
        left = len(self._queue) - decided - quiet
        also = f" ({quiet:,} more by the same words)" if quiet else ""
        return f"{say_count(decided, 'finding')} decided{also}, {left:,} left."

    def _act(self, key: str) -> None:
        action = self._actions.get(key)
        if action is None:
            typer.echo(HELP, nl=False)
            return
        try:
            action()
        except LedgerError as error:
            typer.echo(f"{show_text(str(error))}. Nothing was decided; try again.")
        except KeyboardInterrupt:
            typer.echo("\nGiven up.")

    def _show(self) -> None:
        from consistency_check.report.blocks import write_group
        from consistency_check.report.page import Page

        finding = self._queue[self._place]
        page = Page(sys.stdout, self._look)
        page.write()
        for group in group_findings([finding], "customer"):
            write_group(page, group)
        since = f", first found {finding.first_seen}" if finding.first_seen else ""
        page.write(
            f"{self._place + 1:,} of {len(self._queue):,}: {finding.status}{since} [{finding.id}]", "bold"
        )
        if decision := self._list_last().get(self._place):
            page.write(show_text(f"You decided: {decision.kind}: {decision}"), "green")

    def _accept(self) -> None:
        reason = ask_line("Why is it accepted? ")
        if not (reason and reason.strip()):
            typer.echo("Not accepted: that needs a reason.")
            return
        while (until := ask_line("Until when (2026-12-31, 90d; Enter: for ever)? ")) is not None:
            try:
                self._keep(DecisionKind.ACCEPTED, reason, read_expiry(until, self._day))
            except ValueError as error:
                typer.echo(str(error))
                continue
            return
        typer.echo("Not accepted.")

    def _call_false(self) -> None:
        reason = ask_line("Why is it a false alarm (Enter: no reason)? ")
        if reason is None:
            return
        before = self._count_silenced()
        self._keep(DecisionKind.FALSE, reason)
        if also := self._count_silenced() - before:
            typer.echo(f"The same words settle {say_count(also, 'more finding')}.")

    def _call_fixed(self) -> None:
        self._keep(DecisionKind.FIXED, "")

    def _keep(self, kind: DecisionKind, reason: str, expires: date | None = None) -> None:
        finding = self._queue[self._place]
        decision = decide(kind, finding, reason.strip(), self._author, self._day, expires)
        with self._open() as ledger:
            before = write_decision(ledger, decision, self._list_last().get(self._place))
        self._made.append((self._place, decision, before))
        self._skip()

    def _undo(self) -> None:
        if not self._made:
            typer.echo("There is nothing to undo.")
            return
        place, decision, before = self._made[-1]
        with self._open() as ledger:
            restore_decisions(ledger, decision, before)
        self._made.pop()
        self._place = place
        self._shown = -1

    def _skip(self) -> None:
        self._place += 1
        self._skip_silenced(1)

    def _go_back(self) -> None:
        self._place = max(self._place - 1, 0)
        self._skip_silenced(-1)

    def _skip_silenced(self, step: int) -> None:
        """Pass over what an earlier answer of this review has called a false alarm as well."""
        while 0 < self._place < len(self._queue) and self._is_silenced(self._place):
            self._place += step

    def _is_silenced(self, place: int) -> bool:
        return place not in self._list_last() and self._words[place] in self._list_false()

    def _count_silenced(self) -> int:
        last, false = self._list_last(), self._list_false()
        return sum(words in false for place, words in enumerate(self._words) if place not in last)

    def _list_last(self) -> dict[int, Decision]:
        """The decision that holds, by place: a later one on the same finding replaces an earlier."""
        return {place: decision for place, decision, _ in self._made}

    def _list_false(self) -> set[str]:
        return {each.target for each in self._list_last().values() if each.kind is DecisionKind.FALSE}

    def _open_replies(self) -> None:
        from consistency_check.report.contacts import write_contacts

        finding = self._queue[self._place]
        with read_ledger(self._file, self._wait) as ledger:
            replies = load_contacts(ledger, finding)
        text = io.StringIO()
        write_contacts(finding, replies, text, replace(self._look, colour=False))
        pydoc.pager(text.getvalue())

    @contextmanager
    def _open(self) -> Iterator[Ledger]:
        """The ledger, for one decision; where another run holds it, the person is told why it takes long."""
        with open_ledger(self._file, self._wait, on_wait=_say_waiting) as ledger:
            yield ledger


def _say_waiting() -> None:
    typer.echo("Another run has the ledger; waiting for it (Ctrl-C gives up) …")
