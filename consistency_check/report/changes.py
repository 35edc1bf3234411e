"""What changed in a knowledge base: for people, for a pull request, and for scripts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import Any, TextIO

from rich.text import Text

from consistency_check.model import ChangeKind, PolicyChange
from consistency_check.report.escape import dump_json, show_text
from consistency_check.report.headline import say_count
from consistency_check.report.markup import escape_cell, show_cells
from consistency_check.report.output import ReportOptions
from consistency_check.report.page import Page
from consistency_check.report.plain import SCHEMA_VERSION

NOTHING = "Nothing changed in meaning."


def write_changes(changes: Sequence[PolicyChange], stream: TextIO, options: ReportOptions) -> None:
    """Each policy with what changed in it; then how many changes of each kind there are."""
    page = Page(stream, options)
    for about, group in groupby(changes, key=lambda change: change.about):
        own = list(group)
        page.write_heading(Text(show_text(about), style="bold"), Text(show_text(str(own[0].source))))
        for change in own:
            left = [
                Text(change.kind.value),
                *([Text(show_text(change.part), style="dim")] if change.part else []),
            ]
            page.write_beside(
                left, [*_say_side("-", change.before, "red"), *_say_side("+", change.after, "green")]
            )
            if change.sureness < 1:
                page.write(f"sure to {change.sureness:.0%}, by its wording and answers", "dim", indent=22)
        page.write()
    page.write(Text(say_changes(changes), style="bold"))


def _say_side(sign: str, texts: Sequence[str], style: str) -> list[Text]:
    return [Text(f"{sign} {show_text(text)}", style=style) for text in texts]


def say_changes(changes: Sequence[PolicyChange]) -> str:
    """`3 policies or topics changed: 2 value, 1 wording.`"""
    if not changes:
        return NOTHING
    counts = Counter(change.kind for change in changes)
    kinds = ", ".join(f"{counts[kind]:,} {kind}" for kind in ChangeKind if counts[kind])
    what = say_count(len({change.about for change in changes}), "policy or topic", "policies or topics")
    return f"{what} changed: {kinds}."


def write_changes_markdown(changes: Sequence[PolicyChange], stream: TextIO) -> None:
    """A table for a pull request; whatever stands in the policies is shown to the letter."""
    stream.write("## Changes of meaning\n\n")
    stream.write("\n".join(list_change_rows(changes)) + "\n")


def list_change_rows(changes: Sequence[PolicyChange]) -> list[str]:
    """The lines of a table with a row for each change, and the summary below it."""
    if not changes:
        return [NOTHING]
    rows = [show_cells("policy", "what", "before", "after"), show_cells(*["---"] * 4)]
    for change in changes:
        what = ", ".join(part for part in (change.kind.value, escape_cell(change.part)) if part)
        sure = f" (sure to {change.sureness:.0%})" if change.sureness < 1 else ""
        sides = ("<br>".join(map(escape_cell, side)) or "–" for side in (change.before, change.after))
        rows.append(show_cells(f"**{escape_cell(change.about)}**", what + sure, *sides))
    return [*rows, "", say_changes(changes)]


def write_changes_document(changes: Sequence[PolicyChange], stream: TextIO) -> None:
    """All of it in names that scripts keep, indented by two."""
    counts = Counter(change.kind for change in changes)
    document = {
        "schema_version": SCHEMA_VERSION,
        "summary": {"changes": len(changes), "by_kind": {kind.value: counts[kind] for kind in ChangeKind}},
        "changes": [build_change(change) for change in changes],
    }
    stream.write(dump_json(document, indent=2) + "\n")


def build_change(change: PolicyChange) -> dict[str, Any]:
    """One change in names that scripts keep."""
    return {
        "about": change.about,
        "kind": change.kind.value,
        "part": change.part,
        "before": list(change.before),
        "after": list(change.after),
        "sureness": change.sureness,
        "path": change.source.path,
        "line": change.source.line,
        "column": change.source.column,
    }
