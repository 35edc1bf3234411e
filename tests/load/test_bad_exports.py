"""A museum of bad exports: each names the place and the words of its message, and what is read besides."""

# ruff: noqa: E501 - the museum reads best with one line a piece

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest

from consistency_check.load import load_replies
from consistency_check.model import Problem, Reply

GOOD = b'{"id": "ok", "text": "You have 30 days."}\n'
DEEP = b'{"id": "deep", "text": "t", "x": ' + b"[" * 10_000 + b"]" * 10_000 + b"}\n"
NESTED = b'{"id": "n", "text": "t", "x": ' + b'{"y": ' * 900 + b"1" + b"}" * 900 + b"}\n"
HEADER = b"id,text,sent_at\n"

# file name, its bytes, where the problem is, words of its message, ids of the replies that are read
MUSEUM = [
    ("broken.jsonl", b'{"id": "1", "text": "a"\n' + GOOD, ":1:24", "JSON is broken; object per line", ["ok"]),
    ("quotes.jsonl", GOOD + b"{'text': 'a'}\n", ":2:2", "JSON is broken; double quotes", ["ok"]),
    ("trailing.jsonl", GOOD + b'{"text": "a"} x\n', ":2:15", "JSON is broken; extra data", ["ok"]),
    ("array.json", b"[" + GOOD + b"x]\n", ":2", "JSON is broken; export the file again", ["ok"]),
    ("cut_off.json", b"[\n" + GOOD + b', {"id": "2", "te', ":3", "JSON is broken; export the file again", ["ok"]),
    ("deep.json", b"[" + GOOD + b", " + b"[" * 10_000, ":2", "nested too deeply; export the file again", ["ok"]),
    ("values.json", b"[" + GOOD + b', "hello", 7]', "#2", "a single value, not an object", ["ok"]),
    ("nothing.json", b"{}\n", ":1", "has no text; field `text`", []),
    ("value.jsonl", GOOD + b'"hello"\n[1]\n', ":2", "a single value, not an object; object per line", ["ok"]),
    ("list.jsonl", GOOD + b'["hello"]\n', ":2", "a list, not an object; object per line", ["ok"]),
    ("deep.jsonl", DEEP + GOOD, ":1", "nested too deeply; object per line", ["ok"]),
    ("bigint.jsonl", b'{"text": ' + b"9" * 5000 + b', "id": "1", "id ": 2}\n' + GOOD, ":1", "'id' stands twice", ["ok"]),
    ("no_text.jsonl", b'{"id": "1", "text": " "}\n' + GOOD, ":1", "has no text; field `text`", ["ok"]),
    ("nested.jsonl", b'{"text": {"body": "a"}}\n' + GOOD, ":1", "'text' holds an object; one text", ["ok"]),
    ("listed.jsonl", b'{"text": [{"body": "a"}]}\n' + GOOD, ":1", "'text' holds a list of objects; one text", ["ok"]),
    ("time.jsonl", b'{"text": "a", "sent_at": "31/12/2025"}\n' + GOOD, ":1", "'31/12/2025' is not ISO 8601; 2026-03-31T14:05", ["ok"]),
    ("twice.jsonl", GOOD + GOOD, ":2", "the id 'ok' was used by an earlier record; its own", ["ok"]),
    ("latin1.jsonl", '{"text": "café"}\n'.encode("latin-1") + GOOD, ":1:14", "0xE9 is not UTF-8; save the file as UTF-8", ["ok"]),
    ("nul.jsonl", GOOD + b'{"text": "a\0b"}\n', ":2:12", "NUL bytes; save the file as UTF-8", ["ok"]),
    ("utf16.jsonl", (GOOD.decode() + "{\n").encode("utf-16"), ":2:2", "JSON is broken", ["ok"]),
    ("long.jsonl", b'{"text": "' + b"a" * 10_000_000 + b'"}\n' + GOOD, ":1", "longer than 4 MiB; a line of its own", ["ok"]),
    ("empty.jsonl", b"", "", "is empty; export it again", []),
    ("empty.jsonl.gz", gzip.compress(b""), "", "is empty; export it again", []),
    ("notes.docx", b"PK\x03\x04 a zip file", "", "no kind that can be read; left out; CSV or JSON Lines; name its format", []),
    ("prose.txt", b"Dear text, we wrote.\n", "", "no kind that can be read; left out", []),
    ("count.csv", HEADER + b"1,a\n2,b,2026-01-01\n", ":2", "2 columns where the header has 3; quotation marks", ["2"]),
    ("comma.csv", HEADER + b"1,a, b,2026-01-01\n2,b,\n", ":2", "4 columns where the header has 3; hold a `,`", ["2"]),
    ("columns.csv", b"id,text,Text \n1,a,b\n", ":1", "'text' stands twice in the header; rename or remove", []),
    ("no_text.csv", b"id,message,sent_at\n1,a,\n", ":1", "no column `text` but id, message, sent_at; first line", []),
    ("crm.csv", b"customer_id,name,email\n1,a,b\n", ":1", "no column `text`; a list of customers as --customers", []),
    ("open_quote.csv", HEADER + b'1,a,\n2,"b,\n3,c,\n', ":3", "never closed; twice", ["1"]),
    ("bad_quote.csv", HEADER + b'1,"a" b,\n2,b,\n', ":2", "follows the closing quotation mark; twice", ["2"]),
    ("latin1.csv", HEADER + "1,café,\n2,b,\n".encode("latin-1"), ":2:6", "0xE9 is not UTF-8; save the file as UTF-8", ["2"]),
    ("latin1_inside.csv", HEADER + '1,"a\ncafé",\n2,b,\n'.encode("latin-1"), ":3:4", "0xE9 is not UTF-8", ["2"]),
    ("nul.csv", HEADER + b"1,a\0b,\n2,b,\n", ":2:4", "NUL bytes; save the file as UTF-8", ["2"]),
    ("long.csv", HEADER + b"1," + b"a" * 10_000_000 + b",\n2,b,\n", ":2", "longer than 4 MiB", ["2"]),
    ("swallowed.csv", HEADER + b'1,"a,\n' + (b"2," + b"b" * 9000 + b",\n") * 500, ":2", "not closed within 4 MiB; close it", None),
    ("mac.csv", b"id,text,sent_at\r1,a,\r", ":1", "carriage returns alone; ordinary line ends", []),
    ("time.csv", HEADER + b"1,a,tomorrow\n2,b,\n", ":2", "'tomorrow' is not ISO 8601; 2026-03-31", ["2"]),
]  # fmt: skip


def read(path: Path | str) -> tuple[list[Reply], list[Problem]]:
    items = list(load_replies([str(path)]))
    return (
        [item for item in items if isinstance(item, Reply)],
        [item for item in items if isinstance(item, Problem)],
    )


@pytest.mark.parametrize(
    ("name", "content", "place", "words", "kept"), MUSEUM, ids=[each[0] for each in MUSEUM]
)
def test_bad_export(
    tmp_path: Path, name: str, content: bytes, place: str, words: str, kept: list[str] | None
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    replies, problems = read(path)
    assert problems, "nothing was reported"
    assert str(problems[0].source) == f"{path}{place}"
    for part in words.split("; "):
        assert part in problems[0].message
    assert kept is None or [reply.id for reply in replies] == kept


def test_every_message_says_what_to_write_instead(tmp_path: Path) -> None:
    for name, content, *_ in MUSEUM:
        path = tmp_path / name
        path.write_bytes(content)
        for problem in read(path)[1][:3]:
            assert "; " in problem.message, problem
            assert "invalid" not in problem.message.lower(), problem
            assert len(problem.message) < 400, problem


def test_truncated_gzip_keeps_what_came_before(tmp_path: Path) -> None:
    lines = b"".join(
        json.dumps({"id": str(n), "text": os.urandom(40).hex()}).encode() + b"\n" for n in range(2000)
    )
    path = tmp_path / "mail.jsonl.gz"
    path.write_bytes(gzip.compress(lines)[:-4000])
    replies, (problem,) = read(path)
    assert 1000 < len(replies) < 2000
    assert [reply.id for reply in replies] == [str(n) for n in range(len(replies))]
    assert problem.source.line == len(replies) + 1
    assert "ends too early" in problem.message
    assert "export or download it again" in problem.message


def test_damaged_gzip(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(GOOD * 5))
    packed[-8] ^= 0xFF
    path = tmp_path / "mail.jsonl.gz"
    path.write_bytes(packed)
    assert "is damaged" in read(path)[1][-1].message
    path.write_bytes(b"\x1f\x8b\x08\x00garbage that is no deflate stream")
    assert "is damaged" in read(path)[1][0].message


def test_gzip_of_one_huge_line_is_bounded(tmp_path: Path) -> None:
    import tracemalloc

    path = tmp_path / "bomb.jsonl.gz"
    with gzip.open(path, "wb", compresslevel=1) as packed:
        packed.write(b'{"text": "')
        for _ in range(200):
            packed.write(b"a" * 2**20)
        packed.write(b'"}\n' + GOOD)
    tracemalloc.start()
    replies, problems = read(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [reply.id for reply in replies] == ["ok"]
    assert "longer than 4 MiB" in problems[0].message
    assert peak < 32 * 2**20


def test_nested_attributes_are_flattened_however_deep(tmp_path: Path) -> None:
    path = tmp_path / "mail.jsonl"
    path.write_bytes(NESTED)
    (reply,), problems = read(path)
    assert not problems
    assert reply.attributes == {"x" + ".y" * 900: "1"}


def test_wrong_suffix_is_read_by_its_content(tmp_path: Path) -> None:
    (tmp_path / "chat.csv").write_bytes(GOOD)
    (tmp_path / "sms.jsonl").write_bytes(b"id;text\n7;a\n")
    (tmp_path / "web.bin").write_bytes(gzip.compress(b"id\ttext\n8\ta\n"))
    replies, problems = read(tmp_path)
    assert not problems
    assert [(reply.id, reply.channel) for reply in replies] == [("ok", "chat"), ("7", "sms"), ("8", "web")]


def test_unreadable_files_are_problems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.jsonl").write_bytes(GOOD)
    (tmp_path / "dangling.jsonl").symlink_to(tmp_path / "gone.jsonl")
    os.mkfifo(tmp_path / "pipe.jsonl")
    (tmp_path / "secret.jsonl").write_bytes(GOOD)
    plain = Path(tmp_path / "secret.jsonl")
    plain.chmod(0)
    if os.access(plain, os.R_OK):
        # The tests may run as one who may read everything.
        import io

        opened = io.FileIO

        def refuse(path: str) -> io.FileIO:
            if path == str(plain):
                raise PermissionError(13, "Permission denied", path)
            return opened(path)

        monkeypatch.setattr("consistency_check.load.streams.io.FileIO", refuse)
    replies, problems = read(tmp_path)
    assert [reply.id for reply in replies] == ["ok"]
    said = {Path(problem.source.path).name: problem.message for problem in problems}
    assert "no such file" in said["dangling.jsonl"]
    assert "no ordinary file; left out" in said["pipe.jsonl"]
    assert "permission denied" in said["secret.jsonl"]


def test_a_dangling_link_named_itself_is_a_problem(tmp_path: Path) -> None:
    link = tmp_path / "mail.jsonl"
    link.symlink_to(tmp_path / "gone.jsonl")
    assert "no such file" in read(link)[1][0].message
