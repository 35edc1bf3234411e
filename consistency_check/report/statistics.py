"""What people's decisions say of the checks, and the figures of the nights: for people and for scripts."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any, TextIO

from rich.text import Text

from consistency_check.model import Night, Precision
from consistency_check.report.escape import dump_json, show_text
from consistency_check.report.headline import say_share
from consistency_check.report.output import ReportOptions
from consistency_check.report.page import Page
from consistency_check.report.plain import SCHEMA_VERSION, build_night
from consistency_check.report.rows import guard_cell

COLUMNS = ("check", "policy", "right", "false", "share", "least")
NIGHT_COLUMNS = (
    *("run", "day", "replies", "findings", "new", "fixed", "asked_twice", "recognised", "told_different"),
    "hours_to_correct",
)
_NONE = "-"


def write_statistics(
    found: Sequence[Precision], nights: Sequence[Night], stream: TextIO, options: ReportOptions
) -> None:
    """Two tables: precision by check and policy, the worst first; then the nights, the latest last."""
    page = Page(stream, options)
    page.write("Right alarms of those decided on", "bold")
    if found:
        rows = [
            (
                *(each.check, each.policy or _NONE, f"{each.right:,} of {each.right + each.false:,}"),
                *(f"{each.share:.0%}", f"{each.least:.0%}"),
            )
            for each in found
        ]
        _write_table(page, ("check", "policy", "right", "share", "at least"), rows, 2)
        page.write("At least: the lower end of the 95% interval; few decisions say little.", "dim")
    else:
        page.write("Nobody has decided anything yet; `consistency-check review` asks.")
    page.write()
    page.write("Nights", "bold")
    heads = (
        "day",
        "replies",
        "findings",
        "new",
        "fixed",
        "asked twice",
        "told different",
        "hours to correct",
    )
    _write_table(page, heads, [_list_night(each) for each in nights], 1)


def _list_night(night: Night) -> tuple[str, ...]:
    headline = night.headline
    told = say_share(headline.told_different, headline.asked_twice, "0")
    hours = _NONE if headline.hours_to_correct is None else f"{headline.hours_to_correct:,.1f}"
    return (
        *(night.day, f"{night.replies:,}", f"{night.findings:,}", f"{night.new:,}", f"{night.fixed:,}"),
        *(f"{headline.asked_twice:,}", told, hours),
    )


def _write_table(page: Page, heads: Sequence[str], rows: Iterable[Sequence[str]], texts: int) -> None:
    """Columns as wide as they need; the first `texts` of them to the left, figures to the right.

    The heads are cut into two lines where they have two words.
    """
    shown = [tuple(map(show_text, row)) for row in rows]
    parts = [(head.partition(" ")[0], head.partition(" ")[2]) for head in heads]
    widths = [
        max(len(word) for word in (*parts[column], *(row[column] for row in shown)))
        for column in range(len(heads))
    ]

    def lay(cells: Sequence[str]) -> str:
        aligned = (
            cell.ljust(width) if column < texts else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        return "  ".join(aligned).rstrip()

    for line in range(2 if any(second for _, second in parts) else 1):
        page.write(Text(lay([part[line] for part in parts]), style="dim"))
    for row in shown:
        page.write(lay(row))


def write_statistics_document(found: Sequence[Precision], nights: Sequence[Night], stream: TextIO) -> None:
    """One JSON document: `precision`, the worst first, and `nights` with all their figures."""
    document = {
        "schema_version": SCHEMA_VERSION,
        "precision": [build_precision(each) for each in found],
        "nights": [build_night(each) for each in nights],
    }
    stream.write(dump_json(document, indent=2) + "\n")


def build_precision(each: Precision) -> dict[str, Any]:
    """`share` and `least` to four digits."""
    return {**asdict(each), "share": round(each.share, 4), "least": round(each.least, 4)}


def write_precision_rows(found: Sequence[Precision], stream: TextIO) -> None:
    """A row for each check and policy."""
    _write_rows(COLUMNS, [build_precision(each) for each in found], stream)


def write_night_rows(nights: Sequence[Night], stream: TextIO) -> None:
    """A row for each night, with the first of its figures."""
    rows = ({**night, **night["headline"]} for night in map(build_night, nights))
    _write_rows(NIGHT_COLUMNS, rows, stream)


def _write_rows(columns: Sequence[str], rows: Iterable[dict[str, Any]], stream: TextIO) -> None:
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(guard_cell("" if row[name] is None else str(row[name])) for name in columns)
