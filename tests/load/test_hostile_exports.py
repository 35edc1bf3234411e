"""A folder of broken and hostile files: each is told, none crashes or hangs, and the good ones are read."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import time
import zipfile
from pathlib import Path

import pytest

from consistency_check.load import FORMATS
from consistency_check.load.formats import recognise_format
from tests.load.loaded import load

GOOD = '{"id": "good", "text": "You have 30 days."}\n'
MEBIBYTE = 2**20
SECONDS = 20
"""For one file, on a busy machine; what hangs takes minutes."""


def make_bomb() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("xl/workbook.xml", "w") as member:
            for _ in range(600):
                member.write(b"\0" * MEBIBYTE)
    return data.getvalue()


QUOTED = "On " + "On Monday you wrote: " * 20_000
MAIL = b"From: a@x.example\r\nTo: b@y.example\r\nMessage-ID: <1@x>\r\nDate: 1 Mar 2026 10:00:00 +0000\r\n\r\n"
HUBSPOT = '{{"results": [{{"conversationsThreadId": "1", "direction": "OUTGOING", "id": "1", "text": {}}}]}}'
HOSTILE = {
    "truncated.jsonl.gz": gzip.compress(GOOD.encode() * 5000)[:60],
    "bomb.xlsx": make_bomb(),
    "long_line.jsonl": b'{"text": "' + b"a" * (10 * MEBIBYTE) + b'"}',
    "long_line.csv": b"role,message,id\nagent," + b"a" * (10 * MEBIBYTE) + b",1\n",
    "long_words.html": b"<p>" * MEBIBYTE,
    "one_record.json": HUBSPOT.format(json.dumps("a" * (20 * MEBIBYTE))).encode(),
    "deep.json": HUBSPOT.format("[" * 10_000 + "]" * 10_000).encode(),
    "deep_objects.json": ('{"a":' * 10_000 + "1" + "}" * 10_000).encode(),
    "deep_top.json": b"[" * 10_000 + b"]" * 10_000,
    "nul.json": b'{"conversationsThreadId": "\0", "direction": "OUTGOING"}\0\0\0',
    "nul.csv": b"role,message,id\nagent,a\0b,1\n",
    "only_nul.csv": b"\0" * 5000,
    "mixed.csv": "id,text\n1,é\n".encode() + "2,é\n".encode("latin-1"),
    "jpeg.xlsx": b"\xff\xd8\xff\xe0" + bytes(range(256)) * 50,
    "html.csv": b"<html><body>Sign in to download your export</body></html>",
    "zip.json": make_bomb()[:4000],
    "parquet.csv": b"PAR1" + b"\xff" * 500,
    "quotes.json": HUBSPOT.format(json.dumps("<blockquote>" * 20_000 + QUOTED)).encode(),
    "quotes.eml": MAIL + (">" * 200 + " On Monday, Ana wrote:\n").encode() * 20_000,
    "attributions.eml": MAIL + b"On Monday you\n" * 50_000,
    "headers.eml": b"From: " + b"a," * (2 * MEBIBYTE) + b"\r\n\r\nx",
    "nested.eml": b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(3000)
    ),
    "separators.mbox": b"From a@x.example Sun Mar  1 10:00:00 2026\n\n" * 20_000,
    "times.vtt": b"WEBVTT\n\n" + b"99999999:99:99.999 --> 0:0:0.0\nKim: a\n\n" * 5000,
    "dates.txt": "\n".join(f"[31/{n}/2026, 10:00:00] Kim: a" for n in range(13, 3000)).encode(),
    "yaml.md": b"---\n" + b"a: &a [*a, *a]\n" * 1000 + b"---\nText\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_leaves_the_others(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(HOSTILE[name])
    (tmp_path / "zz.jsonl").write_text(GOOD)
    started = time.monotonic()
    loaded = load(tmp_path)
    assert time.monotonic() - started < SECONDS
    assert "good" in [reply.id for reply in loaded.replies]
    others = [reply for reply in loaded.replies if reply.id != "good"]
    assert loaded.problems or loaded.left_out or others, "it vanished"
    for problem in loaded.problems:
        assert problem.startswith((name, str(tmp_path / name)))
        assert "; " in problem


def test_all_of_them_at_once(tmp_path: Path) -> None:
    for name, content in HOSTILE.items():
        (tmp_path / name).write_bytes(content[:200_000])
    (tmp_path / "zz.jsonl").write_text(GOOD)
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "nowhere.csv").symlink_to(tmp_path / "gone.csv")
    os.mkfifo(tmp_path / "pipe.csv")
    loaded = load(tmp_path)
    assert "good" in [reply.id for reply in loaded.replies]
    told = "\n".join(loaded.problems)
    assert "nowhere.csv: cannot be opened" in told
    assert "pipe.csv: is no ordinary file" in told


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.csv").write_text("role,message,id\nagent,a,1\n")
    (tmp_path / "zz.jsonl").write_text(GOOD)
    opened = io.FileIO

    def refuse(path: str, *rest: object) -> io.FileIO:
        if str(path).endswith("a.csv"):
            raise PermissionError(13, "Permission denied", path)
        return opened(path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr("consistency_check.load.streams.io.FileIO", refuse)
    loaded = load(tmp_path)
    assert [reply.id for reply in loaded.replies] == ["good"]
    assert loaded.problem == "a.csv: cannot be opened (permission denied); left out; allow reading it"


@pytest.mark.parametrize("name", [format_.name for format_ in FORMATS.values()])
def test_no_format_trusts_its_name(tmp_path: Path, name: str) -> None:
    key = FORMATS[name].key
    bad = tmp_path / "bad"
    noise = random.Random(name)
    for content in (
        b"",
        b"x",
        b"{}",
        b"[]",
        b"[{}]",
        b"null",
        b"\xff\xfe",
        b"a,b\n1,2\n",
        noise.randbytes(5000),
    ):
        bad.write_bytes(content)
        loaded = load(Path(f"{key}:{bad}"))
        assert all("; " in problem for problem in loaded.problems), (content, loaded.problems)


@pytest.mark.parametrize("name", [format_.name for format_ in FORMATS.values()])
def test_recognising_never_raises(name: str) -> None:
    noise = random.Random(name)
    heads = [noise.randbytes(300) for _ in range(50)]
    heads += [bytes(noise.choices(b'{}[]":,<>-\n 019aT', k=300)) for _ in range(200)]
    for head in [b"", b"\0", b"{", b"[", b'"', *heads]:
        FORMATS[name].recognise(head, "a.txt")
        recognise_format(head, "a.json")
