"""Where the comments of a file stand, and how deep those should stand that have a line of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from consistency_check.policies.files import LARGEST_FILE, LINE_BREAK
from consistency_check.policies.node import Kind, Node
from consistency_check.policies.syntax import is_content, measure_depth

SIGN = re.compile(r"(?:^|(?<=\s))#")


class Comment(NamedTuple):
    """A comment: the 0-based line and column of its `#`, and its text to the end of the line."""

    line: int
    column: int
    text: str


def find_comments(text: str, root: Node) -> list[Comment]:
    """Each comment: from a `#` that begins a word, and stands in no text, to the end of its line."""
    spans: dict[int, list[tuple[int, int]]] = {}
    for node in _list_texts(root):
        for number in range(node.source.line, node.end_line + 1):
            left = node.source.column - 1 if number == node.source.line else 0
            right = node.end_column - 1 if number == node.end_line else LARGEST_FILE
            spans.setdefault(number - 1, []).append((left, right))
    found = []
    for number, line in enumerate(LINE_BREAK.split(text)):
        signs = (match.end() - 1 for match in SIGN.finditer(line))
        taken = spans.get(number, ())
        start = next((at for at in signs if not any(left <= at < right for left, right in taken)), None)
        if start is not None:
            found.append(Comment(number, start, line[start:].rstrip()))
    return found


def _list_texts(node: Node) -> Iterator[Node]:
    if node.kind is Kind.TEXT and not node.is_empty:
        yield node
    for child in (*node.items, *(each for entry in node.entries for each in entry)):
        yield from _list_texts(child)


def indent_comments(old: str, old_root: Node, new: str, new_root: Node) -> list[str]:
    """The new lines, in which a comment that stood as deep as the line below it does so again."""
    was, will = LINE_BREAK.split(old), LINE_BREAK.split(new)
    before = [one for one in find_comments(old, old_root) if not was[one.line][: one.column].strip()]
    after = [one for one in find_comments(new, new_root) if not will[one.line][: one.column].strip()]
    if [one.text for one in before] != [one.text for one in after]:
        return will
    for old_one, new_one in zip(before, after, strict=True):
        if _measure_below(was, old_one.line) == measure_depth(was[old_one.line]):
            depth = _measure_below(will, new_one.line)
            will[new_one.line] = " " * (depth or 0) + new_one.text
    return will


def _measure_below(lines: Sequence[str], line: int) -> int | None:
    """The depth of the next line that is no comment; None at the end."""
    return next((measure_depth(below) for below in lines[line + 1 :] if is_content(below)), None)
