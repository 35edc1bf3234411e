"""HTML as a person reads it: text, paragraphs, lists and rows; nothing hidden, nothing run."""

from __future__ import annotations

import html as entities
import re
from collections import Counter
from dataclasses import dataclass, field

from consistency_check.load.cleaning.tags import Tag, scan_markup

_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_PARAGRAPHS = frozenset(
    (
        *("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "pre", "hr"),
        *("figure", "fieldset", "details"),
    )
)
_LINES = frozenset(
    (
        *("div", "li", "tr", "dt", "dd", "section", "article", "header", "footer", "address", "form", "body"),
        *("center", "main", "nav", "aside", "caption", "thead", "tbody", "tfoot", "figcaption", "legend"),
        *("option", "title", "html", "head", "summary", "menu", "hgroup"),
    )
)
_BLOCKS = _PARAGRAPHS | _LINES
_NEVER_SHOWN = frozenset(("script", "style", "title", "template", "object", "svg", "datalist"))
_SELF_CLOSING = frozenset(("p", "li", "td", "th", "tr", "dt", "dd", "option"))
_HIDDEN = re.compile(
    r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all"
    r"|(?:font-size|max-height|opacity)\s*:\s*0(?:\.0+)?(?:px|pt|em|%)?\s*(?:;|!|$))",
    re.IGNORECASE,
)
# What Gmail, Apple Mail, Thunderbird, Yahoo and Proton put on the copy of an earlier mail.
_CITED = re.compile(
    r"gmail_quote|protonmail_quote|tutanota_quote|yahoo_quoted|moz-cite|zmail_extra", re.IGNORECASE
)
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
# Fillers that newsletters hide behind, and soft hyphens.
_INVISIBLE = re.compile("[\u00ad\u034f\u200b\u2060\ufeff]")
# int() refuses longer numbers, and no character has one.
_LONG_NUMBER = re.compile(r"&#(?:[xX][0-9a-fA-F]{8,}|[0-9]{8,});?")


def read_html(html: str) -> str:
    """The text of an HTML document or fragment.

    Paragraphs are a blank line apart, list items begin with `- ` or their number, cells of a row are a tab
    apart, lines of a cited mail begin with `> `. Scripts, styles and hidden elements are left out, unless
    nothing else would remain. Memory and time are linear in the length, however deep it is nested or however
    badly it is closed.
    """
    return _render(html, show_hidden=False) or _render(html, show_hidden=True)


def _render(html: str, *, show_hidden: bool) -> str:
    page = _Page(show_hidden)
    for piece in scan_markup(html):
        if isinstance(piece, Tag):
            page.take_tag(piece)
        else:
            page.take_text(piece)
    return page.finish()


@dataclass(slots=True)
class _Page:
    """The lines written so far, and the elements that are open."""

    show_hidden: bool
    lines: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    numbers: list[int] = field(default_factory=list)
    cited: list[int] = field(default_factory=list)
    hidden_from: int = -1
    gap: int = 0

    def take_text(self, text: str) -> None:
        if self.hidden_from >= 0:
            return
        if "&" in text:
            text = entities.unescape(_LONG_NUMBER.sub("\ufffd", text))
        text = _INVISIBLE.sub("", text)
        if self.counts["pre"]:
            first, *rest = text.replace("\r\n", "\n").split("\n")
            self._write(first)
            for line in rest:
                self._end_line()
                self._write(line)
            return
        text = _SPACES.sub(" ", text)
        self._write(text.lstrip(" ") if not self.line or self.line[-1].endswith((" ", "\t")) else text)

    def take_tag(self, tag: Tag) -> None:
        if tag.closes:
            self._close(tag.name)
        else:
            self._open(tag)

    def finish(self) -> str:
        self._end_line()
        return "\n".join(self.lines).strip("\n")

    def _open(self, tag: Tag) -> None:
        name = tag.name
        if self.open and (
            (name in _SELF_CLOSING and self.open[-1] == name) or (name in _BLOCKS and self.open[-1] == "p")
        ):
            self._close(self.open[-1])
        if self.hidden_from < 0:
            self._show_start(tag)
        if name in _VOID or (tag.empty and name not in _BLOCKS):
            return
        self.open.append(name)
        self.counts[name] += 1
        if self.hidden_from < 0 and (name in _NEVER_SHOWN or (not self.show_hidden and _is_hidden(tag))):
            self.hidden_from = len(self.open)
        if name in ("ol", "ul"):
            self.numbers.append(_read_start(tag) if name == "ol" else -1)
        if name == "blockquote" and _is_cited(tag):
            self.cited.append(len(self.open))

    def _show_start(self, tag: Tag) -> None:
        if tag.name == "br":
            self._end_line()
        elif tag.name in _BLOCKS:
            self._break(paragraph=tag.name in _PARAGRAPHS)
        if tag.name == "li":
            self._write(self._next_bullet())
        elif tag.name in ("td", "th"):
            self._part_cells()

    def _part_cells(self) -> None:
        while self.line and not self.line[-1].strip(" "):
            self.line.pop()
        if self.line:
            self.line[-1] = self.line[-1].rstrip(" ")
            self.line.append("\t")

    def _next_bullet(self) -> str:
        if not self.numbers or self.numbers[-1] < 0:
            return "- "
        self.numbers[-1] += 1
        return f"{self.numbers[-1]}. "

    def _close(self, name: str) -> None:
        if name == "br":
            self._end_line()
        # Closing what was never opened would otherwise look through all that is open, each time.
        if not self.counts[name]:
            return
        while self.open:
            if self.open[-1] == "pre" and self.hidden_from < 0:
                self._break(paragraph=True)
            last = self.open.pop()
            self.counts[last] -= 1
            self._show_end(last)
            if last == name:
                return

    def _show_end(self, name: str) -> None:
        if self.hidden_from > len(self.open):
            self.hidden_from = -1
        elif self.hidden_from < 0 and name in _BLOCKS:
            self._break(paragraph=name in _PARAGRAPHS)
        if name in ("ol", "ul") and self.numbers:
            self.numbers.pop()
        if self.cited and self.cited[-1] > len(self.open):
            self.cited.pop()

    def _write(self, text: str) -> None:
        if not text:
            return
        if self.gap and text.strip():
            if self.lines and self.lines[-1].strip("> "):
                self.lines.append(">" if self.cited and self.lines[-1].startswith(">") else "")
            self.gap = 0
        self.line.append(text)

    def _break(self, *, paragraph: bool) -> None:
        if "".join(self.line).strip():
            self._end_line()
        else:
            self.line.clear()
        self.gap = self.gap or int(paragraph)

    def _end_line(self) -> None:
        text = "".join(self.line)
        self.line.clear()
        text = (text if self.counts["pre"] else text.strip(" ")).replace("\xa0", " ").rstrip()
        self.lines.append(f"> {text}".rstrip() if self.cited else text)


def _is_hidden(tag: Tag) -> bool:
    return "hidden" in tag.attributes or bool(_HIDDEN.search(tag.attributes.get("style", "")))


def _is_cited(tag: Tag) -> bool:
    return tag.attributes.get("type", "").lower() == "cite" or bool(
        _CITED.search(tag.attributes.get("class", ""))
    )


def _read_start(tag: Tag) -> int:
    start = tag.attributes.get("start", "1")
    return int(start) - 1 if start.isascii() and start.isdigit() and len(start) < 6 else 0
