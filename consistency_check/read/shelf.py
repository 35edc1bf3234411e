"""What was kept of some readings laid out at once: the records of many blobs as one table of each kind."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice

import numpy as np

from consistency_check.read.kept import CHECKED, COUNTS, HEAD, PAIRED, SAID, TOLD, Layout, Records, extend
from consistency_check.read.trees import Levels
from consistency_check.read.vectors import Numbers

NOTHING = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Some blobs laid out: the records of all, and in which blob (`*_owner`) each stands.

    `values` has each value as said, `cases` the cases of each blob, `is_good` which blobs could be read.
    `said_first` and `told_first` count the values and sentences of the blobs before each, and of all.
    """

    is_good: tuple[bool, ...]
    said: Records
    paired: Records
    told: Records
    said_owner: Numbers
    paired_owner: Numbers
    told_owner: Numbers
    said_first: Numbers
    told_first: Numbers
    values: tuple[bytes, ...]
    cases: tuple[bytes, ...]


def unpack_blobs(blobs: Sequence[bytes], fingerprint: str, layout: Layout) -> Shelf:
    """Lays out some blobs at once; those that are damaged or of another wording count as empty."""
    dtypes = (extend(SAID, layout.said_bits.bytes), extend(PAIRED, layout.paired_bits.bytes), TOLD)
    widths = [dtype.itemsize for dtype in dtypes]
    marks = [check_blob(blob, bytes.fromhex(fingerprint), widths) for blob in blobs]
    counts = np.array([mark or NOTHING for mark in marks], np.intp).reshape(-1, 4)
    offsets = np.array([0, *accumulate(map(len, blobs))][:-1], np.intp)
    starts = np.full(len(blobs), HEAD)
    data = np.frombuffer(b"".join(blobs), np.uint8)
    tables: list[Records] = []
    for at, dtype in enumerate(dtypes):
        tables.append(_gather(data, offsets + starts, counts[:, at], dtype))
        starts = starts + counts[:, at] * dtype.itemsize
    owners = [np.repeat(np.arange(len(blobs)), counts[:, at]) for at in range(len(dtypes))]
    said_first, _, told_first = (np.cumsum([0, *counts[:, at].tolist()]) for at in range(len(dtypes)))
    values = tuple(_list_values(blobs, starts.tolist(), counts[:, 0].tolist(), tables[0]["width"].tolist()))
    cases = tuple(
        blob[len(blob) - count :] if count else b""
        for blob, count in zip(blobs, counts[:, 3].tolist(), strict=True)
    )
    good = tuple(mark is not None for mark in marks)
    (said, paired, told), (said_owner, paired_owner, told_owner) = tables, owners
    return Shelf(
        good, said, paired, told, said_owner, paired_owner, told_owner, said_first, told_first, values, cases
    )


def check_blob(blob: bytes, fingerprint: bytes, widths: Sequence[int]) -> tuple[int, ...] | None:
    """The counts of a blob, None where it is damaged or of another wording."""
    if not blob:
        return NOTHING
    if len(blob) < HEAD:
        return None
    checksum, wording = CHECKED.unpack_from(blob)
    if wording != fingerprint or zlib.crc32(memoryview(blob)[CHECKED.size :]) != checksum:
        return None
    counts: tuple[int, ...] = COUNTS.unpack_from(blob, CHECKED.size)
    least = sum(count * width for count, width in zip(counts, (*widths, 1), strict=True))
    return counts if HEAD + least <= len(blob) else None


def _gather(data: Levels, starts: Numbers, counts: Numbers, dtype: np.dtype[np.void]) -> Records:
    """The records of one kind, which begin at `starts` in each blob."""
    total = int(counts.sum())
    if not total:
        return np.empty(0, dtype)
    within = np.arange(total) - np.repeat(np.cumsum(counts) - counts, counts)
    places = np.repeat(starts, counts) + within * dtype.itemsize
    rows = np.lib.stride_tricks.sliding_window_view(data, dtype.itemsize)[places]
    records: Records = rows.view(dtype).reshape(total)
    return records


def _list_values(
    blobs: Sequence[bytes], starts: Sequence[int], counts: Sequence[int], widths: Sequence[int]
) -> Iterator[bytes]:
    """The values of each blob, which begin at `starts`, as they were written."""
    each = iter(widths)
    for blob, start, count in zip(blobs, starts, counts, strict=True):
        place = start
        for width in islice(each, count):
            yield blob[place : place + width]
            place += width
