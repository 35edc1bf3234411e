"""The lines of a text file that holds one conversation, and so has an end that can be foreseen."""

from __future__ import annotations

from collections.abc import Iterator

from consistency_check.load.files import ExportFile
from consistency_check.load.lines import decode_line
from consistency_check.model import Problem, Source

BYTES_LIMIT = 16 * 1024 * 1024
LINES_LIMIT = 1_000_000
"""A working day of talk is below 2 MiB and 100,000 lines; WhatsApp exports 40,000 messages at most."""


def read_transcript(file: ExportFile) -> Iterator[tuple[int, str] | Problem]:
    """Each line with its number, without its end; a problem where one is no text, and for one too many."""
    size = 0
    for number, data in file.lines():
        size += len(data or b"")
        if size > BYTES_LIMIT or number > LINES_LIMIT:
            limits = f"{BYTES_LIMIT // 2**20} MiB or {LINES_LIMIT:,} lines"
            message = f"the file is longer than {limits}, too long for one conversation; split it here"
            yield Problem(Source(file.path, number), message)
            return
        line = decode_line(data, file.path, number)
        yield line if isinstance(line, Problem) else (number, line.rstrip("\r\n"))
