"""Markdown as a parser of it reads it: text is shown as it was written, wherever it stands."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from consistency_check.report.escape import show_text
from consistency_check.report.markup import escape_cell, escape_text, show_cells, show_code
from tests.report.test_code_formats import STEERING

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
PLAIN = {"text", "code_inline", "text_special"}
SIGNS = st.text(st.sampled_from(" \\`*_{}[]()<>#!|~$^&;:-+=.1a@é\n"), max_size=12) | st.text(max_size=12)
LIVE = (":+1:", ":e-mail:", ":smile:", "@all", "see #12", "!3", "~bug", "%1.0", "&7", "gh-7", "www.x.example")


def read(markdown):
    """The kinds of blocks, and the inline tokens of the blocks that have some."""
    tokens = PARSER.parse(markdown)
    return [token.type for token in tokens], [token.children for token in tokens if token.type == "inline"]


def say(tokens):
    assert {token.type for token in tokens} <= PLAIN
    return "".join(token.content for token in tokens).strip()


@settings(max_examples=400, deadline=None)
@given(SIGNS)
@example("1. one")
@example(" 12) one")
@example("1.")
@example(" - one")
@example("---")
@example("&amp; &#64;")
@example("a\\|b @c")
@example("|`|` www.x|y")
def test_any_text_is_itself_in_a_paragraph_a_list_and_a_table(text):
    shown = show_text(text).strip()
    if not shown:
        return
    blocks, (words,) = read(escape_text(text))
    assert blocks == ["paragraph_open", "inline", "paragraph_close"]
    assert say(words) == shown
    blocks, (words,) = read(f"- {escape_text(text)}")
    assert blocks.count("list_item_open") == 1 == blocks.count("paragraph_open")
    assert say(words) == shown
    rows = [show_cells("a", "b"), show_cells("---", "---"), show_cells(escape_cell(text), "b")]
    blocks, cells = read("\n".join(rows))
    assert blocks.count("td_open") == 2
    assert [say(cell) for cell in cells[2:]] == [shown, "b"]


@settings(max_examples=200, deadline=None)
@given(SIGNS)
def test_any_text_is_itself_as_code(text):
    _, token = read(f"x {show_code(text)}")[1][0]
    assert token.type == "code_inline"
    assert token.content.strip() == show_text(text).strip()


@pytest.mark.parametrize("text", LIVE)
def test_what_a_forge_brings_to_life_is_code(text):
    for escape in (escape_text, escape_cell):
        (words,) = read(escape(f"a {text} b"))[1]
        assert [token.type for token in words] == ["code_inline"]


@pytest.mark.parametrize(
    "text", ["30 days", "14.5 kg", "$17.95", "a: b", "R&D", "10% off", "3 < 4", "at 9:30"]
)
def test_what_would_not_is_text(text):
    (words,) = read(escape_text(text))[1]
    assert {token.type for token in words} <= {"text", "text_special"}
    assert say(words) == text


@pytest.mark.parametrize("text", STEERING)
def test_nothing_of_html_is_left_bare(text):
    for escape in (escape_text, escape_cell):
        assert not re.search(r"(?<!\\)<", re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", escape(text)))
