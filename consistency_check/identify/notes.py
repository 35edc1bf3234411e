"""What the replies of one identity hold beside its keys: references, and details of the person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from consistency_check.identify.details import list_addresses, read_details
from consistency_check.identify.identity import Evidence
from consistency_check.identify.patterns import list_patterned
from consistency_check.identify.references import find_runs, list_mentions, list_spoken, may_be_spoken
from consistency_check.model import Reply

MOST_NOTED = 200
"""More different references than this are no person's: they are forgotten, and no more are kept."""
LONGEST_READ = 20_000
"""Characters of a text that references are looked for in."""
_Note = TypeVar("_Note")


@dataclass(slots=True)
class Noted:
    """Each without repetition: what columns hold, texts mention, patterns found; details, addresses in texts.

    Tuples, since most identities have one note or none, and there may be millions.
    """

    columns: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    patterned: tuple[str, ...] = ()
    details: tuple[tuple[Evidence, str], ...] = ()
    addresses: tuple[tuple[Evidence, str], ...] = ()
    is_crowded: bool = False

    def add(self, columns: Iterable[str], reply: Reply, patterns: Sequence[re.Pattern[str]]) -> None:
        """Take in what one more reply holds."""
        if self.is_crowded:
            return
        self.columns = _add(self.columns, columns)
        if reply.attributes:
            self.details = _add(self.details, read_details(reply.attributes))
        for text in filter(None, (reply.text[:LONGEST_READ], reply.question[:LONGEST_READ])):
            if patterns:
                self.patterned = _add(self.patterned, list_patterned(text, patterns))
            runs = find_runs(text)
            if runs or "@" in text:
                self.mentions = _add(self.mentions, list_mentions(text, runs))
                if runs:
                    self.addresses = _add(self.addresses, list_addresses(text, runs))
            if may_be_spoken(text):
                self.mentions = _add(self.mentions, list_spoken(text))
        self._forget_crowd()

    def absorb(self, other: Noted) -> None:
        """Take in what other replies of the same identity held, as if they had been added one by one."""
        if self.is_crowded:
            return
        for name in ("columns", "mentions", "patterned", "details", "addresses"):
            setattr(self, name, _add(getattr(self, name), getattr(other, name)))
        self.is_crowded = other.is_crowded
        self._forget_crowd()

    def _forget_crowd(self) -> None:
        held = len(self.columns) + len(self.mentions) + len(self.patterned) + len(self.addresses)
        if self.is_crowded or held > MOST_NOTED:
            self.columns = self.mentions = self.patterned = ()
            self.details = self.addresses = ()
            self.is_crowded = True

    def __bool__(self) -> bool:
        return bool(
            self.columns
            or self.mentions
            or self.patterned
            or self.details
            or self.addresses
            or self.is_crowded
        )


def _add(kept: tuple[_Note, ...], more: Iterable[_Note]) -> tuple[_Note, ...]:
    for each in more:
        if each not in kept:
            kept += (each,)
    return kept
