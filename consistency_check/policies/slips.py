"""Slips that YAML accepts in silence and reads as something else than was meant."""

from __future__ import annotations

import re
from collections.abc import Sequence

from consistency_check.model import Problem, Source
from consistency_check.policies.node import Kind, Node
from consistency_check.policies.problems import quote_text, shorten_text

# Every key of the format: a line that begins with one of them is no part of the text before it.
KEYS = frozenset(
    {"agrees", "attributes", "compare", "conflicts", "examples", "exceptions", "favours", "keywords"}
    | {"options", "owner", "phrasings", "policies", "questions", "severity", "silent", "source"}
    | {"statement", "title", "tolerance", "topic", "type", "value", "when"}
)
KEY_LINE = re.compile(rf"\s*(?:- +)?(?:{'|'.join(sorted(KEYS))}):(?:\s|$)")
TIGHT_KEY_LINE = re.compile(rf"\s*(?:- +)?({'|'.join(sorted(KEYS))}):(?=\S)")
TOP_KEY = re.compile(r"""["']?(topic|title|owner|questions|keywords|policies|attributes)["']?\s*:(?:\s|$)""")
# A key at the margin that is none of a topic file; a bare one is a policy that lost its indentation.
MARGIN_KEY = re.compile(rf"(?!{TOP_KEY.pattern})([^\s#:-][^#:]*):")
FALLEN_KEY = re.compile(rf"(?!{TOP_KEY.pattern})[^\s#-][^#]*:\s*(?:#.*)?$")
COMMENT = re.compile(r"(\s*)(#.*)")
# `#2` is rather part of a text than a comment; `# two`, `##` and `#---` are comments.
TIGHT_COMMENT = re.compile(r"#[^\s#!=-]")
OPENING_QUOTES = "“„‟«‘‚"
CLOSING_QUOTES = "”“»’"


def find_text_slip(node: Node, lines: Sequence[str]) -> Problem | None:
    """A text that is not what its author sees: cut by `#`, in typographic quotes, or run on."""
    if node.end_line != node.source.line:
        if node.style in ("", "'", '"'):
            return _find_run_on(node, lines)
        return None
    if node.style:
        return None
    return _find_cut(node, lines) or _find_typographic(node)


def _find_run_on(node: Node, lines: Sequence[str]) -> Problem | None:
    for number in range(node.source.line, node.end_line):
        if number >= len(lines):
            return None
        if node.style and KEY_LINE.match(lines[number]):
            return Problem(node.source, explain_open_quote(node.style, number + 1))
        if not node.style and (tight := TIGHT_KEY_LINE.match(lines[number])):
            place = Source(node.source.path, number + 1, tight.end(1) + 1)
            return Problem(place, explain_tight_key(tight[1]))
        if not node.style and (dash := re.match(r"\s*(?=- )", lines[number])):
            message = f"this `-` is read as a part of the text in line {node.source.line}"
            place = Source(node.source.path, number + 1, dash.end() + 1)
            return Problem(place, f"{message}; begin it exactly below the `-` above it")
    return None


def _find_cut(node: Node, lines: Sequence[str]) -> Problem | None:
    line = lines[node.end_line - 1] if node.end_line <= len(lines) else ""
    found = COMMENT.match(line, node.end_column - 1)
    if found is None:
        return None
    spaces, comment = found.groups()
    is_tight = TIGHT_COMMENT.match(comment) is not None
    if not is_tight and not _goes_on(node.text, len(spaces), comment):
        return None
    place = Source(node.source.path, node.end_line, found.start(2) + 1)
    whole = quote_text(f"{node.text} {comment}".strip())
    left = f"cuts the text off after {quote_text(node.text)}" if node.text else "leaves nothing of the text"
    message = f"` #` begins a comment and {left}; if it is part of the text, write {whole}"
    return Problem(place, message + (", if it is a comment, put a space after the `#`" if is_tight else ""))


def _goes_on(text: str, spaces: int, comment: str) -> bool:
    """True for `# ` that reads on in the sentence before it; a comment mostly stands further off."""
    if "{value}" in comment and "{value}" not in text:
        return bool(text)
    is_prose = text[:1].isupper() and " " in text and not text.endswith(("?", ".", "!"))
    return spaces == 1 and is_prose and comment.rstrip().endswith("?")


def _find_typographic(node: Node) -> Problem | None:
    text = node.text
    if len(text) < 2 or text[0] not in OPENING_QUOTES or text[-1] not in CLOSING_QUOTES:
        return None
    if any(char in OPENING_QUOTES + CLOSING_QUOTES for char in text[1:-1].replace("’", "'")):
        return None
    return Problem(node.source, explain_typographic(text[0] + text[-1], text[1:-1]))


def find_list_slip(node: Node) -> Problem | None:
    """A question in brackets that its own commas cut into several."""
    if not node.flow:
        return None
    for one, following in zip(node.items, node.items[1:], strict=False):
        if not _is_plain(one) or not _is_plain(following) or one.text.endswith(("?", ".", "!")):
            continue
        if one.text[:1].isupper() and following.text[:1].islower() and node.items[-1].text.endswith("?"):
            whole = quote_text(f"{one.text}, {following.text}")
            message = f"the comma after {quote_text(one.text)} begins another text of the list"
            return Problem(following.source, f"{message}; if it is one text, write {whole}")
    return None


def _is_plain(node: Node) -> bool:
    return node.kind is Kind.TEXT and not node.style


def explain_open_quote(quote: str, line: int) -> str:
    """Words for a quote that runs over the lines below it."""
    said = f"the quote `{quote}` that opens here is not closed before line {line}"
    return f"{said}; close it at the end of the text"


def explain_tight_key(key: str) -> str:
    """Words for `key:value`."""
    return f"there is no space after `{key}:`; write `{key}: ` and then the text"


def explain_typographic(quotes: str, text: str) -> str:
    """Words for “ and ” where `"` is needed."""
    return f"{quotes[0]} and {quotes[1]} are no quotes in YAML; write {quote_text(shorten_text(text))}"
