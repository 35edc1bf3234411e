"""Rows under a header, of whatever kind of file, as answers or turns: by names, a mapping or a proposal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

from consistency_check.load.files import ExportFile
from consistency_check.load.format import Fit, Format, Item
from consistency_check.load.mapped import is_for, read_row
from consistency_check.load.mapping import ExportMap, fold_columns
from consistency_check.load.options import LoadOptions
from consistency_check.load.paths import Scopes
from consistency_check.load.proposals import propose_mapping
from consistency_check.load.records import Record
from consistency_check.load.written_times import find_order, infer_order
from consistency_check.model import LeftOut, Problem, Source

Rows = Iterator[Record | Problem]


@dataclass(frozen=True, slots=True)
class Table:
    """A table's column names, normalised; its rows, which can be read anew unless they come from a pipe."""

    name: str
    names: Sequence[str]
    source: Source
    rows: Rows
    reopen: Callable[[], Rows] | None = None


OpenTables = Callable[[ExportFile], Iterator[Table | LeftOut | Problem]]


def make_table_format(
    name: str,
    key: str,
    recognise: Callable[[bytes, str], Fit],
    open_tables: OpenTables,
) -> Format:
    """The format of files of tables; `open_tables` keeps a table's file open until the next is asked for."""
    return Format(
        name, recognise, partial(_read_tables, open_tables), key=key, is_table=True, tables=open_tables
    )


def _read_tables(
    open_tables: OpenTables, files: Sequence[ExportFile], options: LoadOptions
) -> Iterator[Item]:
    for file in files:
        for item in open_tables(file):
            yield from read_rows(item, options) if isinstance(item, Table) else (item,)


def read_rows(table: Table, options: LoadOptions) -> Iterator[Item]:
    """The items of the table: records where it has a column `text`, else what the mapping makes of it."""
    mapping = find_mapping(table.name, options)
    if mapping is None and "text" in table.names:
        yield from table.rows
        return
    if mapping is None:
        proposal = propose_mapping(table.names)
        if proposal.questions:
            yield Problem(table.source, ask_columns(table.names, proposal.questions))
            return
        mapping = proposal.build(table.name)
    yield from _map_rows(table, mapping, options)


def find_mapping(name: str, options: LoadOptions) -> ExportMap | None:
    """The mapping that the configuration gives to tables of this name, the first where it gives several."""
    found = next((each for each in options.mappings.values() if is_for(each, name)), None)
    return fold_columns(found) if found else None


def ask_columns(names: Sequence[str], questions: Sequence[str]) -> str:
    """The message for a table whose columns do not tell enough."""
    there = ", ".join(name for name in names if name)[:200] or "nothing"
    is_crm = "customer_id" in names and not set(names) & {"body", "message", "comment"}
    hint = "; give a list of customers as --customers" if is_crm else ""
    return (
        f"the header has no column `text` but {there}; name the columns in the first line, or say "
        f"{' and '.join(questions)} with `consistency-check map`{hint}"
    )


def _map_rows(table: Table, mapping: ExportMap, options: LoadOptions) -> Iterator[Item]:
    rows = table.rows
    order = mapping.time.order or options.day_order
    if not order and mapping.time.unit == "written":
        first, rows = _peek_time(rows, mapping)
        if find_order(first) is not None:
            order = find_order(first) or _infer_order(table, mapping)
            if not order:
                yield Problem(table.source, _ask_order(first))
                return
    for row in rows:
        yield from [row] if isinstance(row, Problem) else read_row(mapping, _scope(row), row.source, order)


def _scope(row: Record) -> Scopes:
    return ({}, row.fields)


def _peek_time(rows: Rows, mapping: ExportMap) -> tuple[str, Rows]:
    """The first time in the table, and all of its rows."""
    seen: list[Record | Problem] = []
    for row in rows:
        seen.append(row)
        if isinstance(row, Record) and (text := mapping.time.field.read(_scope(row))):
            return text, chain(seen, rows)
        if len(seen) >= 1000:
            break
    return "", chain(seen, rows)


def _infer_order(table: Table, mapping: ExportMap) -> str:
    """The day order that some row of the file shows; "" where none does, or where it cannot be read twice."""
    if table.reopen is None:
        return ""
    rows = table.reopen()
    return infer_order(mapping.time.field.read(_scope(row)) for row in rows if isinstance(row, Record)) or ""


def _ask_order(text: str) -> str:
    return (
        f"no date in the table tells whether {text[:40]!r} has the day or the month first; left out; "
        "say --day-order dmy or mdy"
    )
