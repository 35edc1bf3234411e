"""The baseline: what is read, what is refused, and what it tells of nobody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency_check.gate import GateError, show_baseline
from consistency_check.gate.baseline import HEADING, LARGEST_FILE, read_baseline
from consistency_check.gate.files import load_baseline

IDS = st.sets(st.from_regex(r"[0-9a-f]{16}", fullmatch=True), max_size=9)


@given(IDS)
def test_what_is_shown_is_read(ids):
    assert read_baseline(show_baseline(ids).encode(), "b") == ids


@given(IDS, IDS)
def test_two_baselines_merge_line_by_line(ours, theirs):
    text = show_baseline(ours) + "\n".join(show_baseline(theirs).splitlines()[1:])
    assert read_baseline(text.encode(), "b") == ours | theirs


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", [":1:1:", HEADING]),
        ("0123456789abcdef\n", [":1:1:", HEADING]),
        (f"{HEADING}\n\n  0123456789ABCDEF\n", [":3:3:", "0123456789ABCDEF", "16 digits"]),
        (f"{HEADING}\n<<<<<<< HEAD\n0123456789abcdef\n", [":2:1:", "merged"]),
        (f"{HEADING}\nDana Whitcomb\nC-1042", [":2:1:", "'Dana Whitcomb'", ":3:1:", "'C-1042'"]),
        (f"{HEADING}\n\x1b[31m\xff\n", [":2:1:", "\\x1b"]),
    ],
)
def test_what_is_no_fingerprint_is_refused_with_its_place(text, words):
    with pytest.raises(GateError) as caught:
        read_baseline(text.encode(), "known")
    shown = str(caught.value)
    assert shown.startswith("known:")
    for word in words:
        assert word in shown


def test_a_huge_file_is_refused(tmp_path):
    with (tmp_path / "known").open("wb") as stream:
        stream.truncate(LARGEST_FILE + 1)
    with pytest.raises(GateError, match="larger than 64 MiB"):
        load_baseline(tmp_path / "known")


@pytest.mark.parametrize(("name", "words"), [("none", "baseline create"), (".", "cannot be read")])
def test_what_cannot_be_opened_is_refused(tmp_path, name, words):
    with pytest.raises(GateError, match=words):
        load_baseline(tmp_path / name)
