"""Delimited tables with a header line: each row as a record, each damaged row as a problem."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator

from consistency_check.load.lines import decode_line
from consistency_check.load.records import FIELDS, Record, keep_given, normalise_name
from consistency_check.load.streams import LINE_LIMIT, peek_head, read_lines
from consistency_check.model import Problem, Source

DELIMITERS = (",", ";", "\t", "|")

# What the csv module says of a damaged row, in words that help.
_CSV_ERRORS = {
    "field larger": "a quotation mark that opens on this line is not closed within {limit} MiB; "
    'close it, and write a quotation mark inside a field twice ("")',
    "unexpected end of data": "a quotation mark that opens on this line is never closed; "
    'close it, and write a quotation mark inside a field twice ("")',
    "expected after": "something follows the closing quotation mark of a field; "
    'write a quotation mark inside a field twice ("")',
    "new-line character": "the line ends are carriage returns alone; save the file with ordinary line ends",
}


def split_header(head: bytes) -> tuple[str, list[str]]:
    """The delimiter of a table's first bytes, and its column names, normalised.

    The delimiter is the one that gives most canonical names, then most columns: counting characters
    or sampling rows goes wrong on text with commas.
    """
    line = head.lstrip(b"\r\n").partition(b"\n")[0].decode("utf-8", "replace").rstrip("\r")
    splits = []
    for delimiter in DELIMITERS:
        try:
            names = next(csv.reader([line], delimiter=delimiter), [])
        except csv.Error:
            names = []
        splits.append((delimiter, [normalise_name(name) for name in names]))
    return max(splits, key=lambda split: (len(set(split[1]) & set(FIELDS)), len(split[1])))


class HeaderError(Exception):
    """The header line is such that nothing of the table can be read; `problem` says where and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class _Rows:
    """Text lines for the csv reader; lines that are no text are noted in `faults`."""

    def __init__(self, stream: io.BufferedReader, path: str) -> None:
        self._lines = read_lines(stream)
        self._path = path
        self.faults: list[Problem] = []

    def __iter__(self) -> _Rows:
        return self

    def __next__(self) -> str:
        number, data = next(self._lines)
        line = decode_line(data, self._path, number)
        if isinstance(line, Problem):
            self.faults.append(line)
            # The quotation marks in it still count, or the fault would swallow the rows that follow.
            return data.decode("utf-8", "replace") if data else "\n"
        return line

    def take_fault(self) -> Problem | None:
        """The first fault since the last call."""
        fault = self.faults[0] if self.faults else None
        self.faults.clear()
        return fault


def read_table(stream: io.BufferedReader, path: str, required: str = "") -> Iterator[Record | Problem]:
    """Each row under its header's names, at the line where it begins, quoted line ends counted.

    Raises HeaderError where the header lacks the `required` column, if any, or has one name twice.
    """
    return open_table(stream, path, required)[1]


def open_table(
    stream: io.BufferedReader, path: str, required: str = ""
) -> tuple[list[str], Iterator[Record | Problem]]:
    """The names of a table's columns, and its rows; as `read_table`."""
    csv.field_size_limit(LINE_LIMIT)
    delimiter, _ = split_header(peek_head(stream))
    rows = _read_rows(_Rows(stream, path), delimiter, path)
    start, first = next(rows, (1, []))
    if isinstance(first, Problem):
        raise HeaderError(first)
    header = [normalise_name(name) for name in first]
    if wrong := _check_header(header, required):
        raise HeaderError(Problem(Source(path, start), wrong))
    return header, _make_records(rows, header, delimiter, path)


def _make_records(
    rows: Iterator[tuple[int, list[str] | Problem]], header: list[str], delimiter: str, path: str
) -> Iterator[Record | Problem]:
    for start, row in rows:
        if isinstance(row, Problem):
            yield row
        elif len(row) != len(header):
            yield Problem(Source(path, start), _explain_count(len(row), len(header), delimiter))
        else:
            pairs = ((name, text) for name, text in zip(header, row, strict=True) if name)
            yield Record(keep_given(pairs), Source(path, start))


def _read_rows(rows: _Rows, delimiter: str, path: str) -> Iterator[tuple[int, list[str] | Problem]]:
    reader = csv.reader(rows, delimiter=delimiter, strict=True)
    while True:
        start = reader.line_num + 1
        try:
            row: list[str] | Problem | None = next(reader, None)
        except csv.Error as error:
            row = Problem(Source(path, start), _explain_error(str(error)))
        if row is None:
            return
        if row := rows.take_fault() or row:
            yield start, row


def _explain_error(said: str) -> str:
    for part, meaning in _CSV_ERRORS.items():
        if part in said:
            return meaning.format(limit=LINE_LIMIT // 2**20)
    return f"the row cannot be read ({said}); put fields with line ends or quotation marks in quotes"


def _check_header(header: list[str], required: str) -> str:
    """What is wrong with a header line, or nothing."""
    twice = sorted(name for name, count in Counter(header).items() if name and count > 1)
    if twice:
        return f"the column {twice[0]!r} stands twice in the header; rename or remove one of them"
    if required and required not in header:
        there = ", ".join(name for name in header if name)[:200] or "nothing"
        is_crm = required == "text" and "customer_id" in header
        hint = "; give a list of customers as --customers" if is_crm else ""
        return f"the header has no column `{required}` but {there}; name the columns in the first line{hint}"
    return ""


def _explain_count(found: int, expected: int, delimiter: str) -> str:
    name = {"\t": "tab"}.get(delimiter, f"`{delimiter}`")
    return (
        f"the row has {found} columns where the header has {expected}; "
        f"put fields that hold a {name} or a line end in quotation marks"
    )
