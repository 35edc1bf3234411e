"""The messages of a file: one (`.eml`, Maildir, Apple's `.emlx`) or, in an mbox, one after the other."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from consistency_check.load.files import ExportFile
from consistency_check.load.streams import BOM, DamagedExportError, explain_damage

MESSAGE_LIMIT = 16 * 2**20
"""Bytes of a message that are looked at: words come first, attachments behind them."""
_LINE = 64 * 1024

_DAY = rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? "
# Not every line that begins with "From " parts two messages: people write such lines too.
_SEPARATOR = re.compile(rb"From (?:[^\r\n]{0,200}? )?" + _DAY + rb"[^\r\n]{0,60}\d{4}[^\r\n]{0,40}\r?\n?$")
_HEADER = re.compile(rb"[!-9;-~]{1,100}:|>?From ")
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)
_COUNT_LINE = re.compile(rb"\s*\d{1,12}\s*\r?\n$")
# Headers that the standard library takes apart; it takes the square of their length.
_STRUCTURE = re.compile(rb"^content-[a-z-]{1,40}:[^\n]*(?:\n[ \t][^\n]*)*", re.IGNORECASE | re.MULTILINE)
_STRUCTURE_LIMIT = 16 * 1024


@dataclass(frozen=True, slots=True)
class RawMessage:
    """The bytes of a message, and the line of the file on which it begins; 0 where it is the whole file."""

    data: bytes
    line: int = 0

    @property
    def is_hostile(self) -> bool:
        """True where a header that tells of the structure is longer than any real one."""
        return any(len(found[0]) > _STRUCTURE_LIMIT for found in _STRUCTURE.finditer(self.data))


def is_separator(line: bytes) -> bool:
    """True for the line above each message of an mbox: "From ", a sender, and a date in full."""
    return line.startswith(b"From ") and bool(_SEPARATOR.match(line))


def read_messages(file: ExportFile) -> Iterator[RawMessage]:
    """Every message of a file, in order; of each at most MESSAGE_LIMIT bytes are held at a time.

    Raises DamagedExportError where the file cannot be read on, OSError where it cannot be opened.
    """
    # A message says itself how each of its parts is encoded.
    with replace(file, encoding="").open() as stream:
        lines = _read_lines(stream)
        first = next(lines, (1, b""))[1].removeprefix(BOM)
        if first.startswith(b"From "):
            yield from _split_box(lines)
            return
        apple = bool(_COUNT_LINE.match(first))
        size = int(first) if apple else MESSAGE_LIMIT
        data = bytearray(b"" if apple else first)
        for _, line in lines:
            if len(data) < min(size, MESSAGE_LIMIT):
                data += line
        yield RawMessage(bytes(data[:size]))


def read_headers(data: bytes) -> bytes:
    """The bytes of a message up to its first empty line."""
    ends = [at for mark in (b"\n\n", b"\r\n\r\n") if (at := data.find(mark)) >= 0]
    return data[: min(ends)] if ends else data


def _split_box(lines: Iterator[tuple[int, bytes]]) -> Iterator[RawMessage]:
    """The messages below the separators, some without a blank line above; the first is already taken."""
    data, start = bytearray(), 1
    waiting: tuple[int, bytes] | None = None
    for number, line in lines:
        if waiting is None and line[:5] != b"From ":
            # Nearly every line: most of a mailbox is attachments.
            if len(data) < MESSAGE_LIMIT:
                data += line
            continue
        if waiting and _HEADER.match(line):
            yield _unescape(data, start)
            data, start = bytearray(), waiting[0]
        elif waiting:
            _add(data, waiting[1])
        waiting = (number, line) if is_separator(line) else None
        if waiting is None:
            _add(data, line)
    yield _unescape(data, start)


def _add(data: bytearray, line: bytes) -> None:
    if len(data) < MESSAGE_LIMIT:
        data += line


def _unescape(data: bytearray, start: int) -> RawMessage:
    whole = bytes(data)
    return RawMessage(_ESCAPED.sub(rb"\1", whole) if b">From " in whole else whole, start)


def _read_lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Lines with their numbers; a very long one comes in pieces."""
    number, begins = 0, True
    while True:
        try:
            line = stream.readline(_LINE)
        except (EOFError, OSError, zlib.error) as error:
            raise DamagedExportError(number + 1, explain_damage(error)) from error
        if not line:
            return
        number += begins
        begins = line.endswith(b"\n")
        yield number, line
