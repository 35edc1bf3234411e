"""Text from the input as Markdown shows it: nothing in it is a link, a mention, markup or HTML."""

from __future__ import annotations

import re

from consistency_check.report.escape import show_text

_MARKS = re.compile(r"[\\`*_{}\[\]<>#!|~$^]")
# Before what makes a list, a heading or a rule of a line that it begins, behind one space too.
_BEGINNING = re.compile(r"^ ?(?:(?=[-+=])|\d+(?=[.)](?: |$)))")
# What GitHub and GitLab turn into links or messages to people even where it is escaped: mentions, numbers
# of issues and epics, addresses, labels and emoji.
_LIVE = re.compile(r"[@#~%!]\w|&\d|://|www\.|GH-\d|:[\w+-]+:", re.IGNORECASE)


def escape_text(text: str) -> str:
    """Text that reads as it was written; as code where escapes would not keep it from coming alive."""
    shown = show_text(text)
    if _LIVE.search(shown):
        return show_code(shown)
    return _BEGINNING.sub(r"\g<0>\\", _MARKS.sub(r"\\\g<0>", shown.replace("&", "&amp;")))


def show_code(text: str) -> str:
    """Text as code, in more backquotes than it holds."""
    shown = show_text(text) or " "
    longest = max(map(len, re.findall("`+", shown)), default=0)
    mark = "`" * (longest + 1)
    space = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{mark}{space}{shown}{space}{mark}"


def escape_cell(text: str) -> str:
    """The same as `escape_text` in a cell of a table, which a bar would end even in code."""
    escaped = escape_text(text)
    return escaped.replace("|", r"\|") if escaped.startswith("`") else escaped


def show_cells(*cells: str) -> str:
    """A row of a table; the cells are Markdown already."""
    return f"| {' | '.join(cells)} |"
