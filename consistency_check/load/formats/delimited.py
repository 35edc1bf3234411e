"""CSV with the canonical field names in its first line, delimited by comma, semicolon, tab or bar."""

from __future__ import annotations

import io
from collections.abc import Iterator

from consistency_check.load.format import Fit, Format
from consistency_check.load.records import FIELDS, Record
from consistency_check.load.tables import HeaderError, read_table, split_header
from consistency_check.model import Problem

_SUFFIXES = (".csv", ".tsv", ".tab", ".psv")


def _recognise(head: bytes, name: str) -> Fit:
    names = set(split_header(head)[1])
    # One name may be a word of prose; `text` beside another, or three of ours, are a header.
    if len(names & set(FIELDS)) >= (2 if "text" in names else 3):
        return Fit.CONTENT
    return Fit.NAME if name.lower().endswith(_SUFFIXES) else Fit.NONE


def _read(stream: io.BufferedReader, path: str) -> Iterator[Record | Problem]:
    try:
        yield from read_table(stream, path, required="text")
    except HeaderError as error:
        yield error.problem


FORMAT = Format("CSV", _recognise, _read)
