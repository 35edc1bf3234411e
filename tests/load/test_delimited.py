"""CSV: delimiters, quoted line ends, byte-order marks."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from consistency_check.load import load_replies
from consistency_check.load.tables import split_header
from consistency_check.model import Problem, Reply


def read(tmp_path: Path, content: bytes) -> list[Reply | Problem]:
    path = tmp_path / "mail.csv"
    path.write_bytes(content)
    return list(load_replies([str(path)]))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_delimiters_and_line_ends(tmp_path: Path, delimiter: str, line_end: str, bom: bytes) -> None:
    header = delimiter.join(["ID", " Text ", "Sent At", "Tier"])
    row = delimiter.join(["007", '"a, b; c\td|e"', "2026-01-02", "gold"])
    (reply,) = read(tmp_path, bom + f"{header}{line_end}{row}{line_end}".encode())
    assert isinstance(reply, Reply)
    assert (reply.id, reply.text, reply.attributes) == ("007", "a, b; c\td|e", {"tier": "gold"})
    assert str(reply.day) == "2026-01-02"


def test_quoted_line_ends_keep_line_numbers(tmp_path: Path) -> None:
    content = b'id,text\n1,"first\n\nline\n"\n\n2,"say ""no"""\n3,"a\nb",too much\n4,d\n'
    one, two, three, four = read(tmp_path, content)
    assert isinstance(one, Reply)
    assert isinstance(two, Reply)
    assert (one.text, one.source.line) == ("first\n\nline\n", 2)
    assert (two.text, two.source.line) == ('say "no"', 7)
    assert isinstance(three, Problem)
    assert three.source.line == 8
    assert isinstance(four, Reply)
    assert four.source.line == 10


def test_columns_without_a_name_are_left_out(tmp_path: Path) -> None:
    (reply,) = read(tmp_path, b"text,,\na,b,c\n")
    assert isinstance(reply, Reply)
    assert reply.attributes == {}


def test_a_field_longer_than_the_default_limit(tmp_path: Path) -> None:
    csv.field_size_limit(131072)
    (reply,) = read(tmp_path, b"id,text\n1," + b"a" * 200_000 + b"\n")
    assert isinstance(reply, Reply)
    assert len(reply.text) == 200_000


def test_a_header_alone_is_no_reply(tmp_path: Path) -> None:
    assert read(tmp_path, b"id,text\n") == []


@pytest.mark.parametrize(
    ("head", "delimiter"),
    [
        (b"id;text,with,commas;channel\n", ";"),
        (b"text\n", ","),
        (b'"text","a|b|c|d","id"\n', ","),
        (b"id|text|notes; more; more\n", "|"),
        (b"\r\nid\ttext\r\n1\t2,3,4,5", "\t"),
    ],
)
def test_the_delimiter_gives_most_known_names(head: bytes, delimiter: str) -> None:
    assert split_header(head)[0] == delimiter
