"""JSON of any shape and size as records: whatever the chunks it is read in, and however it is broken."""

from __future__ import annotations

import io
import json
import tracemalloc
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency_check.load import documents
from consistency_check.load.documents import read_documents, read_pages
from consistency_check.model import Problem

KEYS = st.sampled_from(["a", "b", "items", "\u00e9"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers().map(str) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)
RECORDS = st.lists(st.dictionaries(st.sampled_from(["a", "b"]), VALUES, max_size=3), max_size=5)


def read(text: str, *within: str) -> list[Any]:
    return list(read_documents(io.BufferedReader(io.BytesIO(text.encode())), "x", within))


def values(text: str, *within: str) -> list[Any]:
    items = read(text, *within)
    assert not [item for item in items if isinstance(item, Problem)]
    return [value for value, _ in items]


@given(RECORDS, st.integers(1, 40), st.sampled_from([None, 1]))
@settings(max_examples=200, deadline=None)
def test_records_come_back_in_every_shape_and_chunk(records, chunk, indent):
    kept, documents._CHUNK = documents._CHUNK, chunk
    try:
        shown = json.dumps(records, indent=indent)
        assert values(shown) == records
        assert values("\n".join(json.dumps(record) for record in records)) == records
        assert values(f'{{"n": 1, "items": {shown}, "z": [1]}}', "items") == records
        assert values(f'{{"_x": {{"k": [], "items": {shown}}}}}', "_x", "items") == records
        assert values(f'[{{"items": {shown}}}]', "items") == records
    finally:
        documents._CHUNK = kept


def test_numbers_keep_their_digits() -> None:
    assert values('[{"a": 12345678901234567890, "b": 1.50, "c": 1e5, "d": -0}]') == [
        {"a": "12345678901234567890", "b": "1.50", "c": "1e5", "d": "-0"}
    ]


def test_places() -> None:
    assert [str(source) for _, source in read('{"a": 1}\n\n{"a": 2}')] == ["x:1", "x:3"]
    assert [str(source) for _, source in read('[{"a": 1}, {"a": 2}]')] == ["x#1", "x#2"]


def test_a_record_without_the_list_is_a_record_itself() -> None:
    assert values('{"id": 1, "x": {"y": 2}}', "items") == [{"id": "1", "x": {"y": "2"}}]
    assert values('{"id": 1, "x": {"y": 2}}', "x", "items") == [{"id": "1", "x": {"y": "2"}}]


def test_pages_of_several_kinds() -> None:
    text = '{"users": [{"id": 1}], "tickets": [{"id": 2}, {"id": 3}], "next": null}\n{"id": 4, "tags": []}'
    stream = io.BufferedReader(io.BytesIO(text.encode()))
    found = [item for item in read_pages(stream, "x", ("users", "tickets")) if not isinstance(item, Problem)]
    assert [(kind, record.get("id")) for kind, record, _ in found] == [
        ("users", "1"),
        ("tickets", "2"),
        ("tickets", "3"),
        ("page", None),
        ("", "4"),
    ]


@pytest.mark.parametrize(
    ("text", "kept", "place", "words"),
    [
        ('{"a": 1}\n{"a": \n{"a": 3}\n{"a": 4}\n{"a": 5}\n', 2, "x:4", "'{' stands where ',' should"),
        ('{"a": 1}\n{"a": "\n{"a": 3}\n', 2, "x:2", "invalid control character"),
        ('{"a": 1}\nnonsense\n{"a": 3}\n', 2, "x:2", "expecting value"),
        ('[{"a": 1}, {"a": ', 1, "x:1", "expecting value"),
        ('[{"a": 1} {"a": 2}]', 1, "x:1", "'{' stands where ',' should"),
        ('{"items": [{"a": 1}', 1, "x:1", "the end of the file stands where ',' should"),
        ("[" * 10_000, 0, "x:1", "nested too deeply"),
        ('{"a":' * 10_000 + "\n" + '{"a": 1}', 1, "x:1", "nested too deeply"),
        ("\x00\x00", 0, "x:1", "expecting value"),
        ("", 0, "", ""),
    ],
)  # fmt: skip
def test_broken_json(text: str, kept: int, place: str, words: str) -> None:
    items = read(text, "items")
    problems = [item for item in items if isinstance(item, Problem)]
    assert len(items) - len(problems) == kept
    assert bool(problems) == bool(words)
    if words:
        assert str(problems[0].source) == place
        assert words in problems[0].message
        assert "export the file again" in problems[0].message


def test_memory_is_bounded_by_a_record_and_so_is_a_record() -> None:
    record = json.dumps({"text": "a" * 10_000}).encode()
    stream = io.BufferedReader(_Endless(b"[", record + b",", 5_000, b"{}]"))  # type: ignore[type-var]
    tracemalloc.start()
    count = sum(1 for _ in read_documents(stream, "x"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 5_001
    assert peak < 8 * 2**20
    stream = io.BufferedReader(_Endless(b'[{"text": "', b"a" * 10_000, 4_000, b'"}]'))  # type: ignore[type-var]
    (problem,) = read_documents(stream, "x")
    assert isinstance(problem, Problem)
    assert "longer than 16 MiB" in problem.message


class _Endless(io.RawIOBase):
    """A file that is never held in memory as a whole."""

    def __init__(self, start: bytes, piece: bytes, times: int, end: bytes) -> None:
        self._pieces = iter([start, *[piece] * times, end])
        self._ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._ready = self._ready or next(self._pieces, b"")
        part, self._ready = self._ready[: len(buffer)], self._ready[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)
