"""Excel workbooks (XLSX): every sheet is a table; numbers are read as the text of their digits."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from consistency_check.load.files import ExportFile
from consistency_check.load.format import Fit
from consistency_check.load.records import Record, keep_given, normalise_name
from consistency_check.load.tabular import Table, make_table_format
from consistency_check.model import LeftOut, Problem, Source

UNPACKED_LIMIT = 512 * 1024 * 1024
"""Bytes that a workbook may unpack to; a million rows of ten columns take less."""
_PACKED_LIMIT = 256 * 1024 * 1024
_TITLE_ROWS = 20
"""Rows that may stand above the header: a report's title, its filters."""
_EXACT_DIGITS = 15
"""Digits of a number that a spreadsheet keeps; further ones are zeros."""
_SAVE = "save the sheet as CSV (UTF-8)"


def _recognise(head: bytes, name: str) -> Fit:
    if head.startswith(b"PK\x03\x04") and (b"xl/" in head or name.lower().endswith(".xlsx")):
        return Fit.EXACT
    return Fit.NONE


def _open_tables(file: ExportFile) -> Iterator[Table | LeftOut | Problem]:
    with file.open() as stream:
        data = stream.read(_PACKED_LIMIT + 1)
    if wrong := _check_archive(data):
        yield Problem(Source(file.path), wrong)
        return
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name)
            yield _open_sheet(sheet, f"{file.path}#{name}", file.name)
    except PasswordError:
        yield Problem(Source(file.path), f"the workbook has a password; {_SAVE}")
    except (CalamineError, OSError, ValueError) as error:
        yield Problem(Source(file.path), f"the workbook cannot be read ({str(error)[:80]}); {_SAVE}")


def _check_archive(data: bytes) -> str:
    """What speaks against opening the archive, or nothing; what it unpacks to is counted, not believed."""
    if len(data) > _PACKED_LIMIT:
        return f"the workbook is larger than {_PACKED_LIMIT // 2**20} MiB; {_SAVE}"
    left = UNPACKED_LIMIT
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                left -= max(member.file_size, _measure_member(data, member, left))
                if left < 0:
                    limit = UNPACKED_LIMIT // 2**20
                    return f"the workbook unpacks to more than {limit} MiB; {_SAVE}"
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError) as error:
        return f"the workbook is damaged ({str(error)[:80]}); save it again or {_SAVE}"
    return ""


def _measure_member(data: bytes, member: zipfile.ZipInfo, limit: int) -> int:
    """Bytes that a member really unpacks to, as far as the limit: its own word may be a lie."""
    if member.compress_type != zipfile.ZIP_DEFLATED:
        return member.compress_size
    header = data[member.header_offset : member.header_offset + 30]
    if len(header) < 30:
        raise zipfile.BadZipFile("a member is cut off")
    start = (
        member.header_offset
        + 30
        + int.from_bytes(header[26:28], "little")
        + int.from_bytes(header[28:30], "little")
    )
    unpacker, rest, total = zlib.decompressobj(-zlib.MAX_WBITS), data[start:], 0
    while total <= limit and not unpacker.eof:
        piece = unpacker.decompress(rest, 1024 * 1024)
        if not piece:
            break
        total += len(piece)
        rest = unpacker.unconsumed_tail
    return total


def _open_sheet(sheet: Any, path: str, file_name: str) -> Table | LeftOut | Problem:
    if sheet.height * max(sheet.width, 1) > 50_000_000:
        return Problem(Source(path), f"the sheet has {sheet.height:,} rows; {_SAVE}")
    rows = sheet.to_python(skip_empty_area=False)
    at = next((at for at, row in enumerate(rows[:_TITLE_ROWS]) if sum(cell != "" for cell in row) > 1), None)
    if at is None:
        return LeftOut(Source(path), "empty sheets")
    names = [normalise_name(_show_cell(cell)) for cell in rows[at]]
    twice = sorted(name for name in set(names) if name and names.count(name) > 1)
    source = Source(path, at + 1)
    if twice:
        message = f"the column {twice[0]!r} stands twice in the header; rename or remove one of them"
        return Problem(source, message)

    def read_again() -> Iterator[Record | Problem]:
        return _make_records(rows, names, at + 1, path)

    return Table(file_name, names, source, read_again(), read_again)


def _make_records(
    rows: Sequence[Sequence[Any]], names: Sequence[str], first: int, path: str
) -> Iterator[Record | Problem]:
    for number, row in enumerate(rows[first:], first + 1):
        rounded = [name for name, cell in zip(names, row, strict=False) if name and _is_rounded(cell)]
        if rounded:
            message = (
                f"the number in {rounded[0]!r} has more digits than a spreadsheet keeps; "
                "make the column text and export it again"
            )
            yield Problem(Source(path, number), message)
        elif fields := keep_given(
            (name, _show_cell(cell)) for name, cell in zip(names, row, strict=False) if name
        ):
            yield Record(fields, Source(path, number))


def _is_rounded(cell: Any) -> bool:
    return isinstance(cell, float | int) and not isinstance(cell, bool) and abs(cell) >= 10**_EXACT_DIGITS


def _show_cell(cell: Any) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        # Every number of a workbook is a float; 14155550132.0 was written as 14155550132.
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    return str(cell) if isinstance(cell, str | int | timedelta) else ""


FORMAT = make_table_format("XLSX", "xlsx", _recognise, _open_tables)
