"""The words of a message, whichever of its bodies they are in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency_check.load.wordings import choose_words


@pytest.mark.parametrize(
    ("html", "text", "words"),
    [
        ("<p>30 days</p>", "30", "30 days"),
        ("30&nbsp;days &amp; more", "", "30\u00a0days & more"),
        ("", "30 days", "30 days"),
        ("<p> </p>", "30 days", "30 days"),
        ("<div></div>", "", ""),
        ("a < b & c > d", "", "a < b & c > d"),
        ("R&D; Q&A: <3", "", "R&D; Q&A: <3"),
        ("two\n\nlines", "", "two\n\nlines"),
    ],
)
def test_html_before_text(html: str, text: str, words: str) -> None:
    assert choose_words(html, text).replace("\u00a0", " ") == words.replace("\u00a0", " ")


@pytest.mark.parametrize(
    "mark",
    [
        "ref:_00D30Mxs._50030D8cuI:ref",
        "[ ref:_00D30Mxs._50030D8cuI:ref ]",
        "ref:!00D3000000Mxs0!5003000000D8cuI:ref",
        "thread::ab12CD-34ef_gh::",
    ],
)
def test_the_mark_of_a_thread_is_no_word(mark: str) -> None:
    assert choose_words("", f"It costs $25.50.\n\n{mark}\n", mail=True) == "It costs $25.50."
    assert choose_words(f"<p>It costs $25.50.</p><p>{mark}</p>", mail=True) == "It costs $25.50."


@pytest.mark.parametrize("text", ["ref: 12345678", "my ref:AB is lost:ref", "see thread::1", "a::b::c"])
def test_what_is_like_a_mark_stays(text: str) -> None:
    assert choose_words("", text, mail=True) == text


@given(st.text(st.sampled_from("ab <>&;\n5$.")))
def test_text_alone_is_kept(text: str) -> None:
    assert choose_words("", text) == text.strip()
