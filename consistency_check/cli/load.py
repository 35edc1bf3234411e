"""`load`: what is read from the exports, record by record, and a table of how it went."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any

import typer

from consistency_check.cli import given, options
from consistency_check.cli.door import CANNOT_AUDIT

if TYPE_CHECKING:
    from consistency_check.load import LoadOptions, Opened
    from consistency_check.model import LeftOut, Problem, Reply

_HEADINGS = ("file", "format", "replies", "questions", "left out", "problems")
_WORDS = 2
_PART = re.compile(r"(?:#[^#/]*|:\d+)$")
PROBLEMS_SHOWN = 20
FILES_SHOWN = 40
"""Of more files the table has a line a format."""

Bots = Annotated[bool, typer.Option("--bots", help="Take what bots said for answers too.")]
Encoding = Annotated[
    str | None,
    typer.Option(
        "--encoding", metavar="NAME", help="Of files that are not UTF-8 and do not tell: windows-1252."
    ),
]


@dataclass(slots=True)
class Tally:
    """What came out of one file."""

    format: str
    replies: int = 0
    questions: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    problems: int = 0


@dataclass(slots=True)
class Account:
    """The tallies of all files, and the first problems in full."""

    files: dict[str, Tally] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def take(self, item: Opened | Reply | LeftOut | Problem) -> None:
        """Count one item for the file that it is from."""
        from consistency_check.load import Opened
        from consistency_check.model import LeftOut, Reply

        if isinstance(item, Opened):
            self.files.setdefault(item.path, Tally(item.format))
            return
        tally = self._find_tally(item.source.path)
        if isinstance(item, Reply):
            tally.replies += 1
            tally.questions += bool(item.question)
        elif isinstance(item, LeftOut):
            tally.left_out[item.reason] += item.count
        else:
            tally.problems += 1
            if len(self.problems) < PROBLEMS_SHOWN:
                self.problems.append(item)

    def _find_tally(self, path: str) -> Tally:
        """That of `a.json` for `a.json#3` and `a.json:12#1` too; what could not be opened has one as well."""
        while path not in self.files and (shorter := _PART.sub("", path)) != path:
            path = shorter
        return self.files.setdefault(path, Tally("-"))


def load(
    paths: options.Sources,
    output_file: options.OutputFile = None,
    timezone: options.Timezone = "UTC",
    agents: options.Agents = None,
    day_order: options.DayOrder = None,
    bots: Bots = False,
    encoding: Encoding = None,
    quiet: options.Quiet = False,
) -> None:
    """Print what is read from exports, a JSON line a reply."""
    from consistency_check.cli.inputs import refuse_own_input
    from consistency_check.cli.output import check_output, open_output
    from consistency_check.cli.progress import show_progress
    from consistency_check.load import read_exports
    from consistency_check.model import Reply
    from consistency_check.report.escape import dump_json

    chosen = choose_options(agents, day_order, bots=bots, encoding=encoding)
    check_output(output_file)
    if output_file:
        refuse_own_input("--output-file", output_file, {"paths": paths})
    account = Account()
    with open_output(output_file) as stream, show_progress(paths, quiet) as progress:
        for item in read_exports(paths, timezone=timezone, options=chosen, on_bytes=progress):
            account.take(item)
            if isinstance(item, Reply):
                stream.write(dump_json(build_record(item)) + "\n")
    if not quiet:
        for line in list_account(account):
            typer.echo(line, err=True)
    if not any(tally.replies for tally in account.files.values()):
        raise typer.Exit(CANNOT_AUDIT)


def choose_options(
    agents: list[str] | None, day_order: str | None, *, bots: bool, encoding: str | None
) -> LoadOptions:
    """The configuration's options, and before them those of the command line."""
    from dataclasses import replace

    from consistency_check.load import is_encoding

    chosen = given.read_load_options(agents, day_order)
    if encoding and not is_encoding(encoding):
        message = f"there is no encoding {encoding!r}; write a name such as windows-1252"
        raise typer.BadParameter(message, param_hint="--encoding")
    return replace(chosen, bots=bots or chosen.bots, encoding=encoding or chosen.encoding)


def build_record(reply: Reply) -> dict[str, Any]:
    """The reply under the canonical names of its fields, without the empty ones; it can be loaded again."""
    from consistency_check.load import FIELDS

    named = {name: getattr(reply, name) for name in FIELDS}
    for name, moment in (("sent_at", reply.sent_at), ("asked_at", reply.asked_at)):
        named[name] = moment.isoformat() if moment else ""
    return {name: text for name, text in {**named, **reply.attributes}.items() if text}


def list_account(account: Account) -> Iterator[str]:
    """The table, the reasons of what was left out, and the first problems."""
    from consistency_check.report.escape import show_text

    yield from _list_table([_HEADINGS, *_list_rows(account)])
    reasons: Counter[str] = Counter()
    for tally in account.files.values():
        reasons.update(tally.left_out)
    if reasons:
        yield "Left out: " + ", ".join(
            f"{count:,} {show_text(reason)}" for reason, count in sorted(reasons.items())
        )
    for problem in account.problems:
        yield show_text(str(problem))
    hidden = sum(tally.problems for tally in account.files.values()) - len(account.problems)
    if hidden > 0:
        yield f"… and {hidden:,} more problems"


def _list_rows(account: Account) -> Iterator[tuple[str, ...]]:
    from consistency_check.report.escape import show_text

    for name, tally in _sum_up(account.files):
        yield show_text(name), show_text(tally.format), *_show_counts(tally)
    if len(account.files) != 1:
        yield "all", "", *_show_counts(_add(account.files.values()))


def _sum_up(files: dict[str, Tally]) -> Iterable[tuple[str, Tally]]:
    """Every file, or where there are many, every format."""
    if len(files) <= FILES_SHOWN:
        return files.items()
    by_format: dict[str, list[Tally]] = {}
    for tally in files.values():
        by_format.setdefault(tally.format, []).append(tally)
    return [(f"{len(tallies):,} files", _add(tallies)) for _, tallies in sorted(by_format.items())]


def _add(tallies: Iterable[Tally]) -> Tally:
    total = Tally("")
    for tally in tallies:
        total.format = tally.format
        total.replies += tally.replies
        total.questions += tally.questions
        total.left_out.update(tally.left_out)
        total.problems += tally.problems
    return total


def _show_counts(tally: Tally) -> tuple[str, ...]:
    numbers = (tally.replies, tally.questions, sum(tally.left_out.values()), tally.problems)
    return tuple(f"{number:,}" for number in numbers)


def _list_table(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """The rows in columns, words to the left and numbers to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (
            f"{cell:<{width}}" if at < _WORDS else f"{cell:>{width}}"
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(cells).rstrip()
