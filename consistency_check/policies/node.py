"""What a YAML file is made of: texts, lists and mappings, each with its place; no scalar is interpreted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from consistency_check.model import Source


class Kind(Enum):
    """What stands at a place; BROKEN was complained about already and is read as nothing."""

    TEXT = "a text"
    LIST = "a list"
    MAP = "a mapping"
    BROKEN = "nothing"


@dataclass(frozen=True, slots=True)
class Node:
    """One text, list or mapping. `style` is the quote or block sign of a text, "" where it is plain.

    `size` counts the nodes below it with aliases written out; lines and columns are 1-based.
    """

    kind: Kind
    source: Source
    end_line: int = 0
    end_column: int = 0
    text: str = ""
    style: str = ""
    flow: bool = False
    items: tuple[Node, ...] = ()
    entries: tuple[tuple[Node, Node], ...] = ()
    size: int = 1

    @property
    def has_swallowed(self) -> bool:
        """True for a text that ran on over the lines below it, which may hold what is missed."""
        return self.kind is Kind.BROKEN and self.end_line > self.source.line

    @property
    def is_empty(self) -> bool:
        """True for a place where nothing was written (`key:` and no more)."""
        return self.kind is Kind.TEXT and not self.text and not self.style
