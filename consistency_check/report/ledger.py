"""What a ledger holds, for people and for scripts: the figures of `ledger info`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TextIO

from rich.text import Text

from consistency_check.report.escape import dump_json, show_text
from consistency_check.report.headline import say_counts
from consistency_check.report.output import ReportOptions
from consistency_check.report.page import Page

_UNITS = ("bytes", "KiB", "MiB", "GiB", "TiB")
_STEP = 1024


def write_survey_document(survey: Mapping[str, Any], stream: TextIO) -> None:
    """One JSON document, indented by two."""
    stream.write(dump_json(survey, indent=2) + "\n")


def write_survey(path: str, survey: Mapping[str, Any], stream: TextIO, options: ReportOptions) -> None:
    """A row for each kind of thing; `survey` has the names of `ledger info --format json`."""
    page = Page(stream, options)
    page.write(Text(show_text(path), style="bold"))
    for name, words in _list_rows(survey):
        page.write_beside([Text(name)], [Text(line) for line in words], indent=0)


def _list_rows(survey: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    free = f", {show_size(survey['free'])} of it free" if survey["free"] else ""
    yield "File", [f"{show_size(survey['size'])}{free}, schema {survey['schema']}"]
    yield "Runs", [f"{survey['runs']:,}{_say_days(survey['first_day'], survey['last_day'])}"]
    yield "Replies", [f"{survey['replies']:,}", *_list_channels(survey["channels"])]
    yield "Claims", [f"{survey['claims']:,}"]
    yield "Customers", [f"{survey['customers']:,}"]
    found = survey["findings"]
    statuses = f" ({say_counts(found)})" if found else ""
    yield "Findings", [f"{sum(found.values()):,}{statuses}", *_say_gone(survey["gone"])]
    decided = survey["decisions"]
    yield "Decisions", [f"{sum(decided.values()):,}{f' ({say_counts(decided)})' if decided else ''}"]
    if survey["forgotten"]:
        yield "Forgotten", [f"{survey['forgotten']:,} replies, left out when they come again"]
    if survey["retired"]:
        yield "Retired", [f"replies from before {survey['retired']}, left out when they come again"]
    if survey["has_traces"]:
        yield (
            "Traces",
            ["erased bytes are still in free blocks; `consistency-check ledger vacuum` removes them"],
        )


def _list_channels(channels: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    names = [show_text(each["channel"]) for each in channels]
    width = max(map(len, names), default=0)
    for name, each in zip(names, channels, strict=True):
        yield f"{name:<{width}}  {each['replies']:>7,}{_say_days(each['first'], each['last'])}"


def _say_gone(count: int) -> list[str]:
    return [f"{count:,} of earlier runs are no longer found"] if count else []


def _say_days(first: str, last: str) -> str:
    if not first:
        return ""
    return f", {first}" if first == last else f", {first} to {last}"


def show_size(size: int) -> str:
    """Bytes in a unit that people read: `2.8 MiB`."""
    number, unit = float(size), 0
    while number >= _STEP and unit < len(_UNITS) - 1:
        number, unit = number / _STEP, unit + 1
    return f"{number:,.1f} {_UNITS[unit]}" if unit else f"{size:,} bytes"
