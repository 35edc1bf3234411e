"""Which encoding a text is in: told by its mark, by its bytes, by the user; not from one byte."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency_check.load.encodings import find_encoding, recode, recode_head

PROSE = {
    "windows-1252": "Schöne Grüße aus München – für Sie zählt die Lösung: “Rückgabe” möglich.",
    "windows-1251": "Здравствуйте, возврат возможен в течение тридцати дней после получения.",
    "windows-1250": "Dzień dobry, możesz zwrócić towar w ciągu trzydziestu dni. Żądanie przyjęte, łącznie.",
    "cp932": "返品は30日以内に可能です。ありがとうございます。",
}


@pytest.mark.parametrize("encoding", PROSE)
def test_prose_in_a_code_page(encoding: str) -> None:
    head = ("id,text\n1," + PROSE[encoding]).encode(encoding)
    assert recode_head(head, find_encoding(head)).decode() == "id,text\n1," + PROSE[encoding]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-16-le", "utf-8-sig", "utf-8"])
def test_marks_and_utf8(encoding: str) -> None:
    text = "id,text\n1,Grüße 🙂\n"
    mark = "\ufeff" if encoding == "utf-16-le" else ""
    head = (mark + text).encode(encoding)
    assert recode_head(head, find_encoding(head)).decode() == text


@pytest.mark.parametrize(
    ("head", "chosen", "expected"),
    [
        (b"caf\xe9\n", "", ""),
        (b"caf\xe9\n", "windows-1252", "windows-1252"),
        (b"cafe", "windows-1252", "windows-1252"),
        ("café".encode(), "windows-1252", ""),
        ("café".encode()[:-1], "", ""),
        (b"\x00\x01\xff\xfe\xfd" * 10, "windows-1252", ""),
        (b"", "", ""),
    ],
)
def test_what_is_asked_for(head: bytes, chosen: str, expected: str) -> None:
    assert find_encoding(head, chosen) == expected


@given(st.text(), st.sampled_from(["utf-16", "utf-32", "shift_jis", "windows-1252"]))
def test_a_stream_is_recoded_whole(text, encoding):
    data = text.encode(encoding, "replace")
    stream = recode(io.BufferedReader(io.BytesIO(data)), encoding)
    assert stream.read().decode() == data.decode(encoding, "replace")
