"""Help articles: Markdown, HTML and named text, one record an article, for every customer."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from consistency_check.load import load_replies
from consistency_check.load.format import Fit
from consistency_check.load.formats.articles import FORMAT
from consistency_check.model import Reply
from tests.load.loaded import load

MARKDOWN = """---
title: "How long do I have to return an item?"
last_updated: 2026-03-01
section: Returns
layout: page
---
# Returns

You have **30 days** from [delivery](https://shop.example/d) ![](a.png)
to send it back.

| Tier | Days |
| --- | --- |
| Gold | 60 |

- unworn
- in its box
{% include banner.html %}
<!-- an editor's note -->
"""
MARKDOWN_TEXT = """Returns

You have 30 days from delivery to send it back.

Tier\tDays
Gold\t60

- unworn
- in its box"""
PAGE = """<!DOCTYPE html><html><head><meta charset="iso-8859-1"><title>Returns &amp; refunds</title>
<meta property="article:modified_time" content="2026-03-01T09:00:00+00:00"></head>
<body><nav>Home Shop</nav><article><h1>Returns</h1><p>Rückgabe: 30 days.</p></article>
<footer>Shop Ltd</footer></body></html>
"""


def test_a_markdown_article_is_one_answer_to_everybody(tmp_path: Path) -> None:
    (tmp_path / "returns.md").write_text(MARKDOWN, encoding="utf-8")
    reply = load(tmp_path).reply
    assert reply.text == MARKDOWN_TEXT
    assert (reply.channel, reply.question) == ("help-centre", "How long do I have to return an item?")
    assert reply.sent_at is not None and reply.sent_at.isoformat() == "2026-03-01T00:00:00+00:00"
    assert reply.attributes == {"section": "Returns"}
    assert not (reply.customer_id or reply.email or reply.name or reply.agent)


def test_an_html_page_gives_its_article(tmp_path: Path) -> None:
    (tmp_path / "returns").write_bytes(PAGE.encode("latin-1"))
    reply = load(tmp_path).reply
    assert reply.text == "Returns\n\nRückgabe: 30 days."
    assert (reply.channel, reply.question) == ("help-centre", "Returns & refunds")
    assert reply.sent_at is not None and reply.sent_at.isoformat() == "2026-03-01T09:00:00+00:00"


@pytest.mark.parametrize(
    ("name", "content", "text", "question"),
    [
        ("a.md", "Send it back\n============\n\n30 days.", "Send it back\n\n30 days.", "Send it back"),
        ("a.md", "\ufeff## How *long*?\r\n\r\n30 days.\r\n", "How long?\n\n30 days.", "How long?"),
        ("send-it_back.htm", "<p>30 days</p><p>for free</p>", "30 days\n\nfor free", "send it back"),
        ("a.md", "---\ntitle: T\n---\nIt is `<b>` & 5 < 6.", "It is <b> & 5 < 6.", "T"),
        ("a.md", "# T\n\n<div hidden>x</div>\n\n<script>y</script>\n\nz", "T\n\nz", "T"),
    ],
)
def test_articles_of_many_shapes(tmp_path: Path, name: str, content: str, text: str, question: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8", newline="")
    reply = load(tmp_path).reply
    assert (reply.text, reply.question) == (text, question)


def test_text_is_read_where_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "return-an-item.txt").write_text("You have 30 days.\n", encoding="utf-8")
    assert not load(tmp_path).replies
    (reply,) = load_replies([f"articles:{tmp_path}"])
    assert isinstance(reply, Reply)
    assert (reply.text, reply.question, reply.channel) == (
        "You have 30 days.",
        "return an item",
        "help-centre",
    )


def test_drafts_and_empty_articles_are_left_out(tmp_path: Path) -> None:
    for number, field in enumerate(("draft: true", "published: false", "archived: True")):
        (tmp_path / f"{number}.md").write_text(f"---\ntitle: T\n{field}\n---\n30 days.", encoding="utf-8")
    (tmp_path / "e.md").write_text("---\ntitle: T\n---\n<!-- nothing -->", encoding="utf-8")
    loaded = load(tmp_path)
    assert not loaded.replies and not loaded.problems
    assert loaded.left_out == {"drafts": 3, "without words": 1}


def test_a_day_that_cannot_be_read_is_told_and_the_article_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: T\ndate: last spring\n---\n30 days.", encoding="utf-8")
    loaded = load(tmp_path)
    assert loaded.reply.text == "30 days." and loaded.reply.sent_at is None
    assert "'last spring' is not ISO 8601" in loaded.problem


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"# T\n\n" + b"a" * 300_000, "longer than 256 KiB; left out; split it"),
        (b"# T\n\0\n", "NUL bytes"),
    ],
)
def test_what_is_no_article_is_a_problem(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "a.md").write_bytes(content)
    (tmp_path / "b.md").write_text("# T\n\n30 days.", encoding="utf-8")
    loaded = load(tmp_path)
    assert loaded.reply.text == "T\n\n30 days."
    assert words in loaded.problem


@pytest.mark.parametrize("piece", ["![", "[a][", "*a **b", "> ", "{%", "---\n", "|a"])
def test_a_hostile_article_takes_bounded_time(tmp_path: Path, piece: str) -> None:
    (tmp_path / "a.md").write_text("# T\n\n" + piece * (120_000 // len(piece)), encoding="utf-8")
    started = time.process_time()
    load(tmp_path)
    assert time.process_time() - started < 15


@pytest.mark.parametrize(
    ("head", "name", "fit"),
    [
        (b"<!doctype html><title>a</title>", "a", Fit.CONTENT),
        (b"<?xml version='1.0'?>\n<!-- b -->\n<html lang=en>", "a", Fit.CONTENT),
        (b"<p>a</p>", "a.html", Fit.NAME),
        (b"a", "a.html", Fit.NONE),
        (b"# A", "a.md", Fit.CONTENT),
        (b"---\ntitle: a\n---\n", "a.markdown", Fit.CONTENT),
        (b"# A", "a.txt", Fit.NONE),
        (b"notes to myself", "notes.md", Fit.NONE),
        (b"", "a.md", Fit.NONE),
    ],
)
def test_articles_are_known_by_content(head: bytes, name: str, fit: Fit) -> None:
    assert FORMAT.recognise(head, name) is fit
