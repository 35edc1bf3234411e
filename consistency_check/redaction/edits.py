"""Replacements in a text, and what becomes of the words quoted from it."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Edit(NamedTuple):
    """`text[start:end]` becomes `put`; an edit that `is_known` holds what somebody is known by."""

    start: int
    end: int
    put: str
    is_known: bool = False


def settle_edits(found: Iterable[Edit]) -> list[Edit]:
    """Edits that do not overlap, in the order of the text; of two that do, the first one found."""
    kept: list[Edit] = []
    for edit in found:
        at = bisect(kept, edit.start, key=lambda other: other.start)
        is_behind = at == 0 or kept[at - 1].end <= edit.start
        if is_behind and (at == len(kept) or edit.end <= kept[at].start):
            kept.insert(at, edit)
    return kept


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """The text with its replacements; the edits are settled."""
    parts, at = [], 0
    for start, end, put, _ in edits:
        parts += [text[at:start], put]
        at = end
    return "".join([*parts, text[at:]])


def edit_quoted(text: str, start: int, end: int, edits: Sequence[Edit]) -> tuple[str, str, int]:
    """The text and `text[start:end]` after the edits, and where the latter stands in the former then.

    What is replaced on the border of the quote is left to its surroundings.
    """
    inside = [edit for edit in edits if start <= edit.start and edit.end <= end]
    before = [edit for edit in edits if edit.start < start]
    after = [edit for edit in edits if edit.end > end and edit.start >= start]
    first = max((edit.end for edit in before if edit.end > start), default=start)
    last = min((edit.start for edit in after if edit.start < end), default=end)
    last = max(first, last)
    head = apply_edits(text[:first], before)
    quote = apply_edits(text[first:last], [_shift(edit, first) for edit in inside])
    tail = apply_edits(text[last:], [_shift(edit, last) for edit in after])
    return head + quote + tail, quote, len(head)


def _shift(edit: Edit, by: int) -> Edit:
    return edit._replace(start=edit.start - by, end=edit.end - by)
