"""A YAML text as a tree of nodes.

Built from the parser's events, so that a cycle cannot arise and hostile input is stopped early.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from consistency_check.model import Problem, Source
from consistency_check.policies.node import Kind, Node
from consistency_check.policies.slips import find_list_slip, find_text_slip

try:
    from yaml import CSafeLoader as EventLoader
except ImportError:  # a PyYAML built without libyaml: slower, reads the same
    from yaml import SafeLoader as EventLoader  # type: ignore[assignment]

# A large real file has about 2,000 nodes, six levels deep.
MOST_NODES = 100_000
DEEPEST = 40


class TooLargeError(Exception):
    """Aliases or nesting that would grow beyond the limits."""

    def __init__(self, source: Source, message: str) -> None:
        super().__init__(message)
        self.problem = Problem(source, message)


class SyntaxSlipError(Exception):
    """The parser gave up: its error, and the problems found before that."""

    def __init__(self, error: yaml.YAMLError, found: list[Problem]) -> None:
        super().__init__(str(error))
        self.error = error
        self.found = found


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet."""

    event: Any
    source: Source
    children: list[Node] = field(default_factory=list)
    size: int = 1


class _Builder:
    """Takes the events of one file in order and grows its tree."""

    def __init__(self, path: str, lines: Sequence[str]) -> None:
        self.path = path
        self.lines = lines
        self.problems: list[Problem] = []
        self.root: Node | None = None
        self.stack: list[_Open] = []
        self.anchors: dict[str, Node | None] = {}
        self.anchor_places: dict[str, Source] = {}
        self.used: set[str] = set()
        self.documents = 0

    def take(self, event: Any) -> None:
        source = Source(self.path, event.start_mark.line + 1, event.start_mark.column + 1)
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents == 2:
                message = "a second document starts here; keep one document a file, and `---` out of it"
                self.problems.append(Problem(source, message))
        elif isinstance(event, yaml.AliasEvent):
            self._add(self._resolve_alias(event.anchor or "", source), source)
        elif isinstance(event, yaml.NodeEvent):
            self._start(event, source)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close(event)

    def _start(self, event: Any, source: Source) -> None:
        if event.tag is not None:
            self.problems.append(Problem(source, _explain_tag(event)))
        if event.anchor is not None:
            self.anchors[event.anchor] = None
            self.anchor_places[event.anchor] = source
        if isinstance(event, yaml.ScalarEvent):
            self._name(event.anchor, node := self._read_text(event, source))
            self._add(node, source)
            return
        self.stack.append(_Open(event, source))
        if len(self.stack) > DEEPEST:
            message = f"more than {DEEPEST} levels are nested here; a policy file needs about six"
            raise TooLargeError(source, message)

    def _read_text(self, event: Any, source: Source) -> Node:
        style = event.style if event.style in ("'", '"', "|", ">") else ""
        end = event.end_mark
        node = Node(Kind.TEXT, source, end.line + 1, end.column + 1, event.value, style)
        if event.tag is not None:
            return Node(Kind.BROKEN, source)
        return self._refuse_slip(node, find_text_slip(node, self.lines))

    def _refuse_slip(self, node: Node, slip: Problem | None) -> Node:
        if slip is None:
            return node
        self.problems.append(slip)
        return Node(Kind.BROKEN, node.source, node.end_line)

    def _close(self, event: Any) -> None:
        done = self.stack.pop()
        flow, children = bool(done.event.flow_style), done.children
        if isinstance(event, yaml.MappingEndEvent):
            pairs = tuple(zip(children[::2], children[1::2], strict=True))
            node = Node(Kind.MAP, done.source, flow=flow, entries=pairs, size=done.size)
        else:
            node = Node(Kind.LIST, done.source, flow=flow, items=tuple(children), size=done.size)
            tagged = done.event.tag is not None
            node = Node(Kind.BROKEN, node.source) if tagged else self._refuse_slip(node, find_list_slip(node))
        self._name(done.event.anchor, node)
        self._add(node, done.source)

    def _name(self, anchor: str | None, node: Node) -> None:
        if anchor is not None:
            self.anchors[anchor] = node

    def _add(self, node: Node, source: Source) -> None:
        if not self.stack:
            self.root = self.root or node
            return
        parent = self.stack[-1]
        parent.children.append(node)
        parent.size += node.size
        if parent.size > MOST_NODES:
            message = f"with its `*` aliases written out this holds more than {MOST_NODES:,} entries"
            raise TooLargeError(source, f"{message}; write the entries out, or fewer of them")

    def _resolve_alias(self, name: str, source: Source) -> Node:
        self.used.add(name)
        if name not in self.anchors:
            message = f"`*{name}` points at an `&{name}` that is not above it"
            message += "; if a text begins with `*`, put it in double quotes"
        elif (node := self.anchors[name]) is None:
            message = (
                f"`*{name}` stands inside the entry that it repeats, which would never end; write it out"
            )
        else:
            return node
        self.problems.append(Problem(source, message))
        return Node(Kind.BROKEN, source)

    def finish(self) -> None:
        for name in sorted(set(self.anchors) - self.used):
            message = f"`&{name}` names an entry that no `*{name}` repeats, and is left out of the text"
            message += "; if the text begins with `&`, put it in double quotes"
            self.problems.append(Problem(self.anchor_places[name], message))


def _explain_tag(event: Any) -> str:
    tag = event.tag.replace("tag:yaml.org,2002:", "!!")
    return (
        f"the tag `{tag}` is refused; if the text begins with `!`, put it in double quotes, else leave it out"
    )


def build_tree(lines: Sequence[str], path: str) -> tuple[Node | None, list[Problem]]:
    """The tree of one YAML text (None where it is empty) and the problems that did not stop it.

    Raises SyntaxSlipError where the text is no YAML, TooLargeError where it would grow too large.
    """
    builder = _Builder(path, lines)
    loader = EventLoader("\n".join(lines))
    try:
        while loader.check_event():
            event = loader.get_event()
            if builder.documents < 2:
                builder.take(event)
    except yaml.YAMLError as error:
        raise SyntaxSlipError(error, builder.problems) from None
    finally:
        loader.dispose()
    builder.finish()
    return builder.root, builder.problems
