"""Keys in the order in which people read them; whole lines move, and the comments above an entry with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from consistency_check.policies.node import Kind, Node
from consistency_check.policies.syntax import measure_depth
from consistency_check.policies.topic import FIELDS

POLICY_KEYS = (
    "statement", "type", "value", "options", "questions", "phrasings", "exceptions", "severity",
    "favours", "compare", "tolerance", "source", "examples",
)  # fmt: skip


def order_keys(lines: Sequence[str], root: Node) -> list[str]:
    """The lines of a topic file with the keys of the topic and of each policy in order."""
    ordered = list(lines)
    for policy in _list_policies(root):
        _order_mapping(ordered, policy, POLICY_KEYS)
    _order_mapping(ordered, root, FIELDS)
    return ordered


def _list_policies(root: Node) -> Iterator[Node]:
    for key, value in root.entries:
        if key.text == "policies" and value.kind is Kind.MAP and not value.flow:
            yield from (policy for _, policy in value.entries if policy.kind is Kind.MAP)


def _order_mapping(lines: list[str], node: Node, known: Sequence[str]) -> None:
    """Move the entries of a block mapping; the blank lines between them stay where they are."""
    keys = [key for key, _ in node.entries]
    starts = [key.source.line - 1 for key in keys]
    if (
        node.flow
        or len(set(starts)) < len(starts)
        or any(_is_shared(lines[key.source.line - 1], key) for key in keys)
    ):
        return
    if not all(key.text in known for key in keys):
        return
    order = sorted(range(len(keys)), key=lambda at: known.index(keys[at].text))
    if order == list(range(len(keys))):
        return
    depth = keys[0].source.column - 1
    firsts = [_find_comments(lines, start, depth) for start in starts]
    if depth == 0:  # what stands at the top of a file is about all of it
        firsts[0] = starts[0]
    ends = [*firsts[1:], _find_end(lines, starts[-1], depth)]
    blanks = [_count_blank(lines, first, end) for first, end in zip(firsts, ends, strict=True)]
    chunks = [lines[first : end - n] for first, end, n in zip(firsts, ends, blanks, strict=True)]
    moved: list[str] = []
    for at, count in zip(order, blanks, strict=True):
        moved += [*chunks[at], *[""] * count]
    lines[firsts[0] : ends[-1]] = moved


def _is_shared(line: str, key: Node) -> bool:
    """True where something else stands before a key in its line, as the dash of a list does."""
    return line[: key.source.column - 1].strip() != ""


def _find_comments(lines: Sequence[str], start: int, depth: int) -> int:
    """The first of the comment lines right above an entry, as deep as its key."""
    while start and lines[start - 1].lstrip().startswith("#") and measure_depth(lines[start - 1]) == depth:
        start -= 1
    return start


def _find_end(lines: Sequence[str], start: int, depth: int) -> int:
    """One after the last line of the last entry; comments that are less deep belong to what follows."""
    end = start + 1
    for number in range(start + 1, len(lines)):
        line = lines[number]
        if not line.strip():
            continue
        if measure_depth(line) <= depth and not line.lstrip().startswith("-"):
            break
        end = number + 1
    return end


def _count_blank(lines: Sequence[str], first: int, end: int) -> int:
    count = 0
    while end - count > first and not lines[end - count - 1].strip():
        count += 1
    return count
