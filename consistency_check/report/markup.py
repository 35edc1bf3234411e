"""Text from the input as Markdown shows it: nothing in it is a link, a mention, markup or HTML."""

from __future__ import annotations

import re

from consistency_check.report.escape import show_text

_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|~>])")


def show_markdown(text: str) -> str:
    """`text` on one line, as GitHub and GitLab show it to the letter, also in a cell of a table."""
    plain = show_text(text).replace("&", "&amp;").replace("<", "&lt;")
    return _MARKS.sub(r"\\\1", plain).replace("@", "&#64;").replace(":", "&#58;").replace("$", "&#36;")


def show_cells(*cells: str) -> str:
    """A row of a table; the cells are Markdown already."""
    return f"| {' | '.join(cells)} |"
