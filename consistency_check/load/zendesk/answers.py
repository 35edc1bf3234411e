"""Macros and help-centre articles: answers to every customer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from consistency_check.load.bodies import clean_html
from consistency_check.load.format import Item
from consistency_check.load.paths import show_scalar
from consistency_check.load.records import Record, keep_given
from consistency_check.load.zendesk.known import KEY, Known, read_text
from consistency_check.model import LeftOut, Source

_ALL_CHANNELS = re.compile(r"channel:\w+")


def read_macro(known: Known, macro: dict[str, Any], source: Source) -> Iterator[Item]:
    """The answer that a macro writes: a template, its placeholders stand as they are."""
    del known
    if read_text(macro, "active") == "false":
        yield LeftOut(source, "inactive macros")
        return
    for action in macro.get("actions") or ():
        if isinstance(action, dict) and read_text(action, "field") in ("comment_value", "comment_value_html"):
            text = _find_wording(action.get("value"), read_text(action, "field"))
            yield _make_record("macro", macro, text, source)
            return
    yield LeftOut(source, "macros without an answer")


def _find_wording(value: Any, field_name: str) -> str:
    """A macro's words: its value, or what follows the channel in a list of both."""
    given = (
        [each for each in value if isinstance(each, str)] if isinstance(value, list) else [show_scalar(value)]
    )
    text = next((each for each in given if not _ALL_CHANNELS.fullmatch(each)), "")
    return clean_html(text) if field_name.endswith("html") or text.lstrip().startswith("<") else text


def read_article(known: Known, article: dict[str, Any], source: Source) -> Iterator[Item]:
    """The article as its readers see it; drafts are left out."""
    del known
    if read_text(article, "draft") == "true":
        yield LeftOut(source, "drafts")
        return
    yield _make_record("help-centre", article, clean_html(read_text(article, "body")), source)


def _make_record(channel: str, given: dict[str, Any], text: str, source: Source) -> Record:
    pairs = {
        "id": f"{KEY}-{channel}:{read_text(given, 'id')}" if read_text(given, "id") else "",
        "channel": channel,
        "text": text,
        "sent_at": read_text(given, "updated_at", "created_at"),
        # An article answers what its title asks; a macro's is the agents' name for it.
        "question" if channel == "help-centre" else "title": read_text(given, "title"),
        "locale": read_text(given, "locale"),
        "url": read_text(given, "html_url"),
    }
    return Record(keep_given(pairs.items()), source)
