"""Lines of text out of a stream of bytes, and what is wrong with those that are none."""

from __future__ import annotations

from consistency_check.load.streams import LINE_LIMIT
from consistency_check.model import Problem, Source


def decode_line(data: bytes | None, path: str, number: int) -> str | Problem:
    """The text of one line as `read_lines` gives it, or the problem that keeps it from being text."""
    if data is None:
        return Problem(
            Source(path, number),
            f"the line is longer than {LINE_LIMIT // 2**20} MiB; write each reply on a line of its own",
        )
    if b"\0" in data:
        return Problem(
            Source(path, number, data.index(b"\0") + 1),
            "the line holds NUL bytes (UTF-16, or a damaged file); save the file as UTF-8 or export it again",
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        column = len(data[: error.start].decode("utf-8", "replace")) + 1
        return Problem(
            Source(path, number, column),
            f"the byte 0x{data[error.start]:02X} is not UTF-8 (perhaps Windows-1252); save the file as UTF-8",
        )
