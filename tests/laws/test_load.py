"""What holds for loading whatever the export holds: it never fails, and what was written comes back."""

from __future__ import annotations

import csv
import gzip
import io
import json
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from consistency_check.load import load_replies
from consistency_check.load.duplicates import SeenIds
from consistency_check.load.records import FIELDS
from consistency_check.model import Problem, Reply

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=30)
TEXTS = WORDS.filter(str.strip)
# A lone carriage return inside a quoted field is kept; csv writes and reads it the same way.
NAMES = st.sampled_from(
    [*(name for name in FIELDS if name not in ("id", "sent_at", "asked_at", "channel")), "tier", "region"]
)
RECORDS = st.lists(st.dictionaries(NAMES, TEXTS, max_size=5), min_size=1, max_size=6)


def read(content: bytes, name: str) -> list[Reply | Problem]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        return list(load_replies([str(path)]))


def expect(record: dict[str, str]) -> dict[str, str]:
    kept = {name: text if name in ("text", "question") else text.strip() for name, text in record.items()}
    return {name: text for name, text in kept.items() if text}


def show(reply: Reply | Problem) -> dict[str, str]:
    assert isinstance(reply, Reply), reply
    fields = {name: getattr(reply, name) for name in FIELDS if name not in ("channel", "sent_at", "asked_at")}
    return {name: text for name, text in {**fields, **reply.attributes}.items() if text}


@given(RECORDS, st.booleans(), st.booleans())
@settings(max_examples=150, deadline=None)
def test_json_lines_come_back(records, packed, escaped):
    records = [{"id": str(at), "text": "t", **record} for at, record in enumerate(records)]
    content = "".join(json.dumps(record, ensure_ascii=escaped) + "\n" for record in records).encode()
    found = read(gzip.compress(content) if packed else content, "a.jsonl")
    assert list(map(show, found)) == list(map(expect, records))


@given(RECORDS, st.sampled_from([",", ";", "\t", "|"]), st.booleans())
@settings(max_examples=150, deadline=None)
def test_tables_come_back(records, delimiter, bom):
    records = [{"id": str(at), "text": "t", **record} for at, record in enumerate(records)]
    columns = sorted({name for record in records for name in record})
    table = io.StringIO(newline="")
    writer = csv.DictWriter(table, columns, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(records)
    found = read(table.getvalue().encode("utf-8-sig" if bom else "utf-8"), "a.csv")
    assert list(map(show, found)) == list(map(expect, records))


PIECES = st.one_of(
    st.binary(max_size=30),
    st.sampled_from(
        [b'{"text": "a"}\n', b"id,text\n", b"\n", b'"', b",", b"\r", b"\xef\xbb\xbf", b"\x1f\x8b", b"["]
    ),
)


@given(st.lists(PIECES, max_size=12).map(b"".join), st.sampled_from(["a.jsonl", "a.csv", "a.gz", "a"]))
@settings(max_examples=400, deadline=None)
def test_no_bytes_make_it_fail(content, name):
    for item in read(content, name):
        assert isinstance(item, Reply | Problem)
        str(item).encode("utf-8")


@given(st.lists(st.text(max_size=3), max_size=60))
def test_seen_ids_are_a_set(ids):
    seen, known = SeenIds(), set()
    for id_ in ids:
        assert seen.add(id_) == (id_ not in known)
        known.add(id_)


def test_seen_ids_grow():
    seen = SeenIds()
    assert all(seen.add(str(n)) for n in range(20_000))
    assert not any(seen.add(str(n)) for n in range(20_000))
