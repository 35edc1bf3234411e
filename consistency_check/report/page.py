"""The page that a report for people is written on: lines of a given width, wrapped and indented."""

from __future__ import annotations

from itertools import zip_longest
from typing import TextIO

from rich.console import Console
from rich.text import Text

from consistency_check.report.output import ReportOptions

MARGIN = 2
LEFT = 20
"""Columns of the left column with the gap after it; the longest name of a check is 18 wide."""


class _Paper(Console):
    """A console that leaves it to the door what a closed pipe means; rich itself would exit with 1."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


class Page:
    """Writes rich `Text` to a stream; nothing in it is read as markup, and no line ends in a space."""

    def __init__(self, stream: TextIO, options: ReportOptions) -> None:
        self.width = max(options.width, 40)
        self._stream = stream
        self._colour = options.colour
        self._console = _Paper(
            file=stream,
            width=self.width,
            force_terminal=options.colour,
            color_system="standard" if options.colour else None,
            legacy_windows=False,
            highlight=False,
            markup=False,
            emoji=False,
        )

    def write(self, text: Text | str = "", style: str = "", indent: int = 0) -> None:
        """A paragraph; an empty one is a blank line."""
        for line in self._wrap(_style(text, style), self.width - indent):
            self._print(Text(" " * indent) + line)

    def write_heading(self, title: Text, end: Text, indent: int = MARGIN) -> None:
        """A title on a thin line, with `end` at the end of the line; on its own where there is no room."""
        room = self.width - indent - title.cell_len - end.cell_len - len("──  ─ ")
        if room < 0:
            self.write(title, indent=indent)
            self.write(end, indent=indent)
            return
        parts = (" " * indent, ("── ", "dim"), title, (f" {'─' * room}─ ", "dim"), end)
        self._print(Text.assemble(*parts))

    def write_beside(self, left: list[Text], right: list[Text], indent: int = MARGIN) -> None:
        """Two columns: paragraphs of the left one at most `LEFT` wide, and the right one beside it."""
        before = [line for text in left for line in self._wrap(text, LEFT - 1)]
        after = [line for text in right for line in self._wrap(text, self.width - indent - LEFT)]
        for first, second in zip_longest(before, after, fillvalue=Text()):
            space = Text(" " * max(LEFT - first.cell_len, 1))
            self._print(Text(" " * indent) + first + space + second)

    def write_rule(self, character: str) -> None:
        """A line across the page."""
        self._print(Text(character * self.width, style="dim"))

    def _wrap(self, text: Text, width: int) -> list[Text]:
        return list(text.wrap(self._console, width, overflow="fold")) or [Text()]

    def _print(self, line: Text) -> None:
        line.rstrip()
        if self._colour:
            self._console.print(line, soft_wrap=True)
        else:
            # The same, without half of the time that a report takes.
            self._stream.write(f"{line.plain}\n")


def _style(text: Text | str, style: str) -> Text:
    return Text(text, style=style) if isinstance(text, str) else text
