"""HTML cut into tags and text, in one pass whose time is linear, whatever is broken or meant to hang it."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_RAW = frozenset(("script", "style", "title", "textarea", "xmp"))
_NAME = re.compile(r"</?([a-zA-Z][^\s/>\"'<]{0,60})")
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]{1,60})(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]*)))?""")
_END = re.compile(r"""[^"'>]*(?:(?:"[^"]*"|'[^']*')[^"'>]*)*>""")
# The few that say how an element is shown.
_WANTED = frozenset(("style", "class", "type", "hidden", "start"))
_ATTRIBUTES_LIMIT = 4096
_FAILURES = 8


@dataclass(frozen=True, slots=True)
class Tag:
    """A start or end tag; of its attributes those that tell how it is shown, by lower-case name."""

    name: str
    closes: bool = False
    empty: bool = False
    attributes: dict[str, str] = field(default_factory=dict)


def scan_markup(html: str) -> Iterator[Tag | str]:
    """Tags and texts (entities unresolved) in order; comments, declarations and raw scripts are left out.

    A `<` that begins no tag is text, and so is an address in angle brackets. What is never closed is text.
    """
    scan = _Scan(html)
    at = 0
    while at < len(html):
        start = html.find("<", at)
        if start < 0:
            yield html[at:]
            return
        if start > at:
            yield html[at:start]
        piece, at = scan.read(start)
        if isinstance(piece, str):
            if piece:
                yield piece
            continue
        yield piece
        if piece.name in _RAW and not piece.closes:
            end = scan.find(f"</{piece.name}", at)
            inside = html[at : len(html) if end < 0 else end]
            at += len(inside)
            if piece.name in ("textarea", "xmp"):
                yield inside


class _Scan:
    """Where the next piece ends. What was once looked for in vain is not looked for again."""

    def __init__(self, html: str) -> None:
        self._html = html
        self._lower = ""
        self._missing: set[str] = set()
        self._failures = 0

    def find(self, wanted: str, at: int) -> int:
        """The place of `wanted` (lower case) from `at` on, or -1."""
        if wanted in self._missing:
            return -1
        if not self._lower:
            # Character for character, so that places stay the same.
            self._lower = "".join(map(_lower, self._html)) if not self._html.isascii() else self._html.lower()
        found = self._lower.find(wanted, at)
        if found < 0:
            self._missing.add(wanted)
        return found

    def read(self, start: int) -> tuple[Tag | str, int]:
        """What begins with the `<` at `start`, and where it ends."""
        html = self._html
        if html.startswith("<!--", start):
            end = self.find("-->", start + 4)
            return ("", end + 3) if end >= 0 else ("", start + 4)
        if html[start + 1 : start + 2] in ("!", "?"):
            end = self.find(">", start)
            return ("", end + 1) if end >= 0 else (html[start], start + 1)
        name = _NAME.match(html, start)
        if name is None or "@" in name[1] or "://" in name[1]:
            return html[start], start + 1
        end = self._find_end(name.end())
        if end < 0:
            return html[start], start + 1
        closes = html[start + 1] == "/"
        written = "" if closes else html[name.end() : min(end - 1, name.end() + _ATTRIBUTES_LIMIT)]
        empty = html[end - 2] == "/"
        return Tag(name[1].lower(), closes, empty, _read_attributes(written)), end

    def _find_end(self, at: int) -> int:
        """Where the tag is closed: a `>` outside of quotation marks, where these are balanced."""
        if self.find(">", at) < 0:
            return -1
        if self._failures < _FAILURES:
            if found := _END.match(self._html, at):
                return found.end()
            self._failures += 1
        return self.find(">", at) + 1


def _lower(character: str) -> str:
    lower = character.lower()
    return lower if len(lower) == 1 else character


def _read_attributes(written: str) -> dict[str, str]:
    if not written.strip(" /"):
        return {}
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(written):
        if (lower := name.lower()) in _WANTED:
            found.setdefault(lower, entities.unescape(double or single or bare)[:1000])
    return found
