"""Bytes of an export, as a stream of lines: unpacked, counted, and bounded in memory whatever is in them."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, cast

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer as Buffer

STDIN = "-"
GZIP_MAGIC = b"\x1f\x8b"
BOM = b"\xef\xbb\xbf"
UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")
# A reply is a mail, a call or a chat turn; a line of 4 MiB is a file without line ends, or not text at all.
LINE_LIMIT = 4 * 1024 * 1024
_BUFFER = 256 * 1024

OnBytes = Callable[[int], None]


class DamagedExportError(Exception):
    """The stream cannot be read on from `line`; `message` says what is wrong and what to do instead."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


class _Counted(io.RawIOBase):
    """A raw stream that reports how many bytes were taken from it; closing it leaves the source open."""

    def __init__(self, source: io.RawIOBase, on_bytes: OnBytes | None) -> None:
        self._source = source
        self._on_bytes = on_bytes

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int | None:
        count = self._source.readinto(buffer)
        if count and self._on_bytes:
            self._on_bytes(count)
        return count


class _Unpacked(io.RawIOBase):
    """What a gzip stream holds; all that comes before a damage is given out before the error is raised."""

    def __init__(self, packed: BinaryIO) -> None:
        self._file = gzip.GzipFile(fileobj=packed, mode="rb")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer).cast("B")
        data = self._file.read1(len(view))
        view[: len(data)] = data
        return len(data)


@contextmanager
def open_stream(path: str, on_bytes: OnBytes | None = None) -> Iterator[io.BufferedReader]:
    """Open a file, or standard input for `-`, unpacking gzip, which is known by its first bytes.

    `on_bytes(n)` is called with the number of bytes read from the file as it is on the disk. Raises
    OSError where the file cannot be opened.
    """
    with _open_raw(path) as raw:
        counted: io.RawIOBase = _Counted(raw, on_bytes)
        packed: io.BufferedReader = io.BufferedReader(counted, _BUFFER)
        if not packed.peek(2).startswith(GZIP_MAGIC):
            yield packed
            return
        unpacked: io.RawIOBase = _Unpacked(packed)
        yield io.BufferedReader(unpacked, _BUFFER)


@contextmanager
def _open_raw(path: str) -> Iterator[io.RawIOBase]:
    if path == STDIN:
        # The unbuffered stream below, where there is one, gives lines as they come down a pipe.
        yield cast(io.RawIOBase, getattr(sys.stdin.buffer, "raw", sys.stdin.buffer))
        return
    with io.FileIO(path) as raw:
        yield raw


def peek_head(stream: io.BufferedReader) -> bytes:
    """The first bytes of a stream without its byte-order mark, left in it; as many as one read gives.

    Raises DamagedExportError where the file is compressed and cannot be unpacked.
    """
    try:
        return stream.peek().removeprefix(BOM)
    except (EOFError, OSError, zlib.error) as error:
        raise DamagedExportError(1, explain_damage(error)) from error


def read_lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Each line with its 1-based number, without a byte-order mark; None for one over LINE_LIMIT.

    Raises DamagedExportError where the stream cannot be read on.
    """
    number = 0
    while True:
        try:
            line = stream.readline(LINE_LIMIT + 1)
            too_long = len(line) > LINE_LIMIT
            tail = line
            while too_long and tail and not tail.endswith(b"\n"):
                tail = stream.readline(_BUFFER)
        except (EOFError, OSError, zlib.error) as error:
            raise DamagedExportError(number + 1, explain_damage(error)) from error
        if not line:
            return
        number += 1
        if number == 1:
            line = line.removeprefix(BOM)
        yield number, None if too_long else line


def explain_damage(error: Exception) -> str:
    """What a failed read means for the person who exported the file, in words."""
    if isinstance(error, EOFError):
        return (
            "the compressed file ends too early; export or download it again (all before this line was read)"
        )
    if isinstance(error, gzip.BadGzipFile | zlib.error):
        return f"the compressed file is damaged ({error}); export or download it again"
    return f"the file cannot be read on ({explain_os_error(error)}); copy it again or check the disk"


def explain_os_error(error: Exception) -> str:
    """The reason of an OSError in lower-case words, without its number and path."""
    reason = error.strerror if isinstance(error, OSError) else None
    return (reason or str(error)).lower()
