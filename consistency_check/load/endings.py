"""Footers that an agent repeats under answers are cut off, once enough answers were seen to know them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from consistency_check.load.cleaning import Footers
from consistency_check.load.records import Record
from consistency_check.model import LeftOut, Problem

_WINDOW = 2_000
"""Answers from which footers are learned, and which wait for it."""
_WINDOW_SIZE = 8 * 1024 * 1024
"""Characters of them, the most."""

Item = Record | LeftOut | Problem


def strip_footers(items: Iterable[Item]) -> Iterator[Item]:
    """The items in their order, answers made from turns without the footers of their agents."""
    footers = Footers()
    waiting: list[Item] = []
    answers = size = 0
    stream = iter(items)
    for item in stream:
        is_answer = isinstance(item, Record) and item.is_spoken
        if not (is_answer or waiting):
            # Nothing waits for an answer that may never come.
            yield item
            continue
        waiting.append(item)
        if isinstance(item, Record) and is_answer:
            footers.learn(item.fields.get("agent", ""), item.fields["text"])
            answers += 1
            size += len(item.fields["text"])
        if answers >= _WINDOW or size >= _WINDOW_SIZE or len(waiting) >= 10 * _WINDOW:
            break
    for item in waiting:
        yield _strip(item, footers)
    waiting.clear()
    for item in stream:
        yield _strip(item, footers)


def _strip(item: Item, footers: Footers) -> Item:
    if not (isinstance(item, Record) and item.is_spoken):
        return item
    text = item.fields["text"]
    stripped = footers.strip(item.fields.get("agent", ""), text)
    return item if stripped == text else replace(item, fields={**item.fields, "text": stripped})
