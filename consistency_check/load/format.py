"""What an export format is: the one constant (`FORMAT`) that each file of `formats/` offers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import Any

from consistency_check.load.files import ExportFile
from consistency_check.load.options import LoadOptions
from consistency_check.load.records import Record
from consistency_check.load.streams import DamagedExportError, explain_os_error
from consistency_check.load.turns import Conversation, Turn
from consistency_check.model import LeftOut, Problem, Source

Item = Record | Turn | Conversation | LeftOut | Problem
"""What a format yields.

A `Record` is one finished answer under canonical names (a table of answers, a macro, an article). A
`Conversation` has all of its turns; it becomes replies at once. A `Turn` stands alone, where the turns
of one conversation lie apart in the export: they are gathered by `conversation_id` (on disk, when many)
and become replies after the last file. `LeftOut` counts what is rightly no answer (an auto-reply); a
`Problem` is what could not be used.
"""


class Fit(IntEnum):
    """How surely a file is of a format; the surest format reads it."""

    NONE = 0
    NAME = 1
    """Only the file's name says so."""
    CONTENT = 2
    """The first bytes have the shape of the format."""
    EXACT = 3
    """The first bytes hold what only this system's export holds."""
    CHOSEN = 4
    """The configuration says so."""


class Scope(Enum):
    """Which files a format reads in one go, of those that it recognised."""

    FILE = "each file by itself"
    FOLDER = "all of one folder"
    TREE = "all of one source on the command line, however deep"


@dataclass(frozen=True, slots=True)
class Format:
    """An export format: its name in messages, how it is recognised, how it is read.

    `recognise(head, name)` gets the first bytes (up to 256 KiB, unpacked, as UTF-8, without byte-order
    mark) and the file's name without `.gz`; it must be quick and must not raise. `read(files, options)`
    gets one file, or all of its `scope` in sorted order, and yields items; it opens the files itself
    (`file.open()`, `file.lines()`), reads each as a stream and in order, and may let DamagedExportError
    and OSError pass: a format that gets several files wraps them with `read_each`, so that the others are
    read on. `key` is what stands before the colon in `zendesk:path`, and before the ids that the system
    gave: `zendesk:123`.
    """

    name: str
    recognise: Callable[[bytes, str], Fit]
    read: Callable[[Sequence[ExportFile], LoadOptions], Iterator[Item]]
    key: str = ""
    scope: Scope = Scope.FILE
    channel: str = ""
    """The channel of turns that name none; "" for the file's name."""
    is_table: bool = False
    """Rows under a header: a table beside it tells nothing of them, but is a table of its own."""
    reads_bytes: bool = False
    """It decodes them itself: every part of a file may be in an encoding of its own."""
    tables: Callable[[ExportFile], Iterator[Any]] | None = None
    """Of a format whose files hold `Table`s: gives them, for their columns to be mapped."""


def read_each(
    files: Sequence[ExportFile], read_one: Callable[[ExportFile], Iterator[Item]]
) -> Iterator[Item]:
    """All items of the files one after the other; a file that cannot be read (on) is a Problem."""
    for file in files:
        try:
            yield from read_one(file)
        except DamagedExportError as error:
            yield Problem(Source(file.path, error.line), error.message)
        except OSError as error:
            reason = explain_os_error(error)
            message = f"cannot be opened ({reason}); left out; allow reading it"
            yield Problem(Source(file.path), message)
