"""What is kept of a reading on disk: all that is found in a reply before a policy's answers are asked for.

A blob is a head, then records of one width each: the values that may be claims, each of them with each policy
that it may be about, and the sentences that may be claims; then what has no fixed width: the values as said,
and the cases that are named. Numbers are little-endian, bins are packed (see `bits.py`), so that the records
of some thousand replies are read at once. A blob that is damaged, or of another wording, is known by its
checksum and its fingerprint.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from consistency_check.model import Value
from consistency_check.read.batch import Batch, Candidate, Found
from consistency_check.read.bits import Bits
from consistency_check.read.cases import CaseWords, Named
from consistency_check.read.features import FEATURES, MENTION, PAIR
from consistency_check.read.prose import choose_prose
from consistency_check.read.scoring import FAMILIES, Look, Scorer
from consistency_check.read.spots import Spot, find_spot
from consistency_check.read.trees import Bins, Levels
from consistency_check.read.vectors import Floats, Numbers

Records = NDArray[np.void]
CHECKED = struct.Struct("<I8s")
"""Checksum of what follows it, and the wording's fingerprint."""
COUNTS = struct.Struct("<IIII")
"""Values, candidates, sentences and the bytes of the cases that are named."""
HEAD = CHECKED.size + COUNTS.size
SAID = np.dtype(
    [
        *(("start", "<u2"), ("end", "<u4"), ("place", "<u2"), ("spot_start", "<u2"), ("spot_end", "<u4")),
        *(("left", "<u2"), ("right", "<u4"), ("width", "<u2")),
    ]
)
"""A value: where it stands, in which sentence, its spot, and how many bytes say it."""
PAIRED = np.dtype([("said", "<u2"), ("policy", "<u2"), ("wording", "<f4")])
"""A value beside a policy, and the log odds of its wording."""
TOLD = np.dtype(
    [
        *(("family", "u1"), ("policy", "<u2"), ("start", "<u2"), ("end", "<u4"), ("place", "<u2")),
        *(("option", "<u2"), ("wording", "<f4"), ("again", "<f4"), ("affirmed", "<f4")),
    ]
)
"""A sentence beside a policy: `option` is a choice's, or that of `choose_prose`; `again` log odds."""
SENTENCES = FAMILIES[1:]


class Layout:
    """Which bins are kept of the trees that look at typed candidates: a value's own, and beside a policy.

    What else they look at, `late`, is told by the policy, its answers or the rivals.
    """

    def __init__(self, bins: Bins) -> None:
        columns, stance = bins.columns, len(FEATURES["typed"])
        self.stance = stance
        said = (columns >= len(PAIR)) & (columns < len(PAIR) + len(MENTION))
        paired = (columns < len(PAIR)) | (columns == stance)
        self.said, self.paired = columns[said], columns[paired]
        self.late: Numbers = columns[~said & ~paired]
        self.said_rows, self.paired_rows = np.flatnonzero(said), np.flatnonzero(paired)
        self.late_rows = np.flatnonzero(~said & ~paired)
        self.said_bits, self.paired_bits = Bits(bins.widths(self.said)), Bits(bins.widths(self.paired))


class Keeper:
    """Writes what is kept of batches read with one wording, of which `fingerprint` is the fingerprint."""

    def __init__(self, scorer: Scorer, cases: CaseWords, fingerprint: str, least: float) -> None:
        self._scorer = scorer
        self._cases = cases
        self._bins = scorer.typed_bins
        self._layout = Layout(self._bins)
        self._fingerprint = bytes.fromhex(fingerprint)
        self._least = least

    def keep(self, batch: Batch, looks: Mapping[str, Look]) -> list[bytes]:
        """A blob for each scene, empty where it has no candidate."""
        said, paired, spots = self._keep_typed(batch, looks["typed"])
        told, whole = self._keep_sentences(batch, looks)
        values = [json.dumps(write_value(one.value), separators=(",", ":")).encode() for one, _ in spots]
        said["width"] = [len(value) for value in values]
        scenes = range(len(batch.scenes))
        parts = [
            _split(said.tobytes(), said.dtype.itemsize, [one.scene for one, _ in spots], scenes),
            _split(paired.tobytes(), paired.dtype.itemsize, looks["typed"].found.scene.tolist(), scenes),
            _split(told.tobytes(), TOLD.itemsize, [one.scene for one, _ in whole], scenes),
        ]
        texts: list[list[bytes]] = [[] for _ in scenes]
        units: list[list[Spot]] = [[] for _ in scenes]
        for (one, spot), value in zip(spots, values, strict=True):
            texts[one.scene].append(value)
            units[one.scene].append(spot)
        for one, spot in whole:
            units[one.scene].append(spot)
        widths = (said.dtype.itemsize, paired.dtype.itemsize, TOLD.itemsize)
        return [
            self._write([part[scene] for part in parts], widths, texts[scene], write_cases(units[scene]))
            for scene in scenes
        ]

    def _write(
        self, records: Sequence[bytes], widths: Sequence[int], values: Sequence[bytes], cases: bytes
    ) -> bytes:
        if not any(records):
            return b""
        counts = [len(part) // width for part, width in zip(records, widths, strict=True)]
        body = COUNTS.pack(*counts, len(cases)) + b"".join((*records, *values, cases))
        return CHECKED.pack(zlib.crc32(body), self._fingerprint) + body

    def _keep_typed(self, batch: Batch, look: Look) -> tuple[Records, Records, list[tuple[Candidate, Spot]]]:
        found = look.found
        words, firsts, owner = np.unique(found.words, return_index=True, return_inverse=True)
        spots = self._list_spots(batch, "typed", found.take(firsts))
        said = np.empty(len(words), extend(SAID, self._layout.said_bits.bytes))
        said["bins"] = self._layout.said_bits.pack(self._sort(self._layout.said, look.rows[firsts]))
        fields = [
            (one.start, one.end, one.place, spot.start, spot.end, spot.left, spot.right)
            for one, spot in spots
        ]
        for name, column in zip(SAID.names or (), np.array(fields, np.intp).reshape(-1, 7).T, strict=False):
            said[name] = column
        paired = np.empty(len(found), extend(PAIRED, self._layout.paired_bits.bytes))
        paired["bins"] = self._layout.paired_bits.pack(self._sort(self._layout.paired, look.rows))
        scenes = found.scene[firsts]
        paired["said"] = (np.arange(len(words)) - np.searchsorted(scenes, scenes))[owner]
        paired["policy"], paired["wording"] = found.policy, look.wording
        return said, paired, spots

    def _keep_sentences(
        self, batch: Batch, looks: Mapping[str, Look]
    ) -> tuple[Records, list[tuple[Candidate, Spot]]]:
        """Those that may be claims, in the order of the scenes, and of families within a scene."""
        rows: list[tuple[Any, ...]] = []
        spots: list[tuple[Candidate, Spot]] = []
        for number, family in enumerate(SENTENCES):
            look = looks[family]
            kept = np.flatnonzero(look.again >= self._least)
            found = look.found.take(kept)
            scores = zip(found.option.tolist(), look.wording[kept], look.again[kept], strict=True)
            for (one, spot), (option, *odds) in zip(
                self._list_spots(batch, family, found), scores, strict=True
            ):
                affirmed = self._scorer.affirm(batch, one) if family == "yes_no" else 0.0
                if family == "text":
                    policy = self._scorer.policies[one.policy]
                    option = choose_prose(batch.scenes[one.scene], one.place, policy)
                rows.append((number, one.policy, one.start, one.end, one.place, option, *odds, affirmed))
                spots.append((one, spot))
        order = sorted(range(len(rows)), key=lambda at: spots[at][0].scene)
        return np.array([rows[at] for at in order], TOLD), [spots[at] for at in order]

    def _sort(self, columns: Numbers, rows: Floats) -> Levels:
        return self._bins.sort(columns, rows.T.take(columns, axis=0))

    def _list_spots(self, batch: Batch, family: str, found: Found) -> list[tuple[Candidate, Spot]]:
        return [
            (one, find_spot(batch.scenes[one.scene], one, self._cases))
            for one in batch.list_candidates(family, found)
        ]


def extend(record: np.dtype[np.void], width: int) -> np.dtype[np.void]:
    """A record that goes on with `width` bytes of bins."""
    return np.dtype([*((name, record[name]) for name in record.names or ()), ("bins", "u1", (width,))])


def _split(data: bytes, width: int, owners: Sequence[int], scenes: range) -> list[bytes]:
    """The records of each scene; they stand in its order."""
    ends = np.searchsorted(np.array(owners, np.intp), np.array(scenes), side="right") * width
    return [data[first:end] for first, end in zip((0, *ends[:-1]), ends, strict=True)]


def write_value(value: Value) -> list[Any]:
    """The fields of a value, those at the end left out that are empty."""
    fields: list[Any] = [value.type, value.low, value.high, value.unit, value.word, value.per]
    while fields[-1] in ("", None):
        fields.pop()
    return fields


def read_value(data: bytes) -> Value:
    """The way back."""
    return Value(*json.loads(data))


def write_cases(spots: Sequence[Spot]) -> bytes:
    """The spots beside which cases are named, by their number; nothing where there is none."""
    named = [
        (number, spot.near, spot.beside, spot.asked)
        for number, spot in enumerate(spots)
        if spot.near or spot.beside
    ]
    return json.dumps(named, ensure_ascii=False, separators=(",", ":")).encode() if named else b""


def read_cases(data: bytes) -> dict[int, tuple[tuple[Named, ...], ...]]:
    """The way back: near, beside and asked of each spot that has any."""
    return {
        number: tuple(tuple(Named(*one) for one in some) for some in named)
        for number, *named in (json.loads(data) if data else ())
    }
