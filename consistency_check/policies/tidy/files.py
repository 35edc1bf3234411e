"""The files of a knowledge base as they should look; what cannot be proven to mean the same is left alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from consistency_check.model import Problem, Source
from consistency_check.policies.files import LINE_BREAK, find_files, find_test_files, read_file
from consistency_check.policies.node import Kind, Node
from consistency_check.policies.problems import KnowledgeBaseError
from consistency_check.policies.recovery import parse_text
from consistency_check.policies.tidy.comments import find_comments, indent_comments
from consistency_check.policies.tidy.order import order_keys

MOST_PASSES = 3
"""Laying a file out again may still move a comment once."""


@dataclass(frozen=True, slots=True)
class Tidied:
    """The new text of each file that changes, and the files that are left as they are, with the reason."""

    texts: Mapping[Path, str]
    left: tuple[Problem, ...]


def tidy_files(path: Path) -> Tidied:
    """The files of a folder, or one file, tidied; nothing is written.

    Raises ImportError where ruamel.yaml is not there, KnowledgeBaseError for files that cannot be read.
    """
    problems: list[Problem] = []
    texts: dict[Path, str] = {}
    left: list[Problem] = []
    for file in [*find_files(path, problems), *find_test_files(path)]:
        text = read_file(file, problems)
        if text is None:
            continue
        tidied = tidy_text(text)
        if tidied is None:
            message = "is left as it is, for it could not be tidied without another meaning; tidy it by hand"
            left.append(Problem(Source(str(file)), message))
        elif tidied != text:
            texts[file] = tidied
    if problems:
        raise KnowledgeBaseError(problems)
    return Tidied(texts, tuple(left))


def tidy_text(text: str) -> str | None:
    """The text tidied; None where that would change what is read from it, or lose a comment."""
    tidied = text
    for _ in range(MOST_PASSES):
        again = _tidy_once(tidied)
        if again is None or not _means_the_same(text, again):
            return None
        if again == tidied:
            return tidied
        tidied = again
    return None


def _tidy_once(text: str) -> str | None:
    from ruamel.yaml.error import YAMLError

    from consistency_check.policies.tidy.layout import lay_out_text

    root = _parse(text)
    if root is None:
        return None
    lines = [line.rstrip() for line in LINE_BREAK.split(text)]
    ordered = "\n".join(order_keys(lines, root)).strip("\n") + "\n"
    try:
        laid_out = lay_out_text(ordered)
    except (YAMLError, AttributeError, TypeError, ValueError):  # what it cannot read or write it leaves
        return None
    before, after = _parse(ordered), _parse(laid_out)
    if before is None or after is None:
        return None
    return "\n".join(line.rstrip() for line in indent_comments(ordered, before, laid_out, after))


def _parse(text: str) -> Node | None:
    problems: list[Problem] = []
    root = parse_text(text, "", problems).root
    return None if problems else root


def _means_the_same(one: str, other: str) -> bool:
    first, second = _parse(one), _parse(other)
    if first is None or second is None:
        return False
    if _read_plain(first) != _read_plain(second):
        return False
    before, after = find_comments(one, first), find_comments(other, second)
    return Counter(each.text for each in before) == Counter(each.text for each in after)


def _read_plain(node: Node) -> Any:
    """Keys, texts and lists as the loader reads them; keys in any order, whether an empty text has quotes."""
    if node.kind is Kind.MAP:
        return {_read_plain(key): _read_plain(value) for key, value in node.entries}
    if node.kind is Kind.LIST:
        return [_read_plain(item) for item in node.items]
    return " ".join(node.text.split()), node.is_empty
