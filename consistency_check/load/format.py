"""What an export format is: the one constant (`FORMAT`) that each file of `formats/` offers."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from consistency_check.load.records import Record
from consistency_check.model import Problem


class Fit(IntEnum):
    """How surely a file is of a format; the surest format reads it."""

    NONE = 0
    NAME = 1
    """Only the file's name says so."""
    CONTENT = 2
    """The first bytes have the shape of the format."""
    EXACT = 3
    """The first bytes hold what only this system's export holds."""


@dataclass(frozen=True, slots=True)
class Format:
    """An export format: its name in messages, how it is recognised, how it is read.

    `recognise(head, name)` gets the first bytes, unpacked and without a byte-order mark, and the file's
    name without `.gz`. `read(stream, path)` yields records with canonical field names (formats.md,
    section 2) and, for what cannot be used, problems; it reads the stream once, line by line, and lets
    DamagedExportError pass.
    """

    name: str
    recognise: Callable[[bytes, str], Fit]
    read: Callable[[io.BufferedReader, str], Iterator[Record | Problem]]
