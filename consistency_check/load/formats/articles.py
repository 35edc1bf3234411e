"""Help articles as a website's folder holds them: Markdown, HTML or text, one article a file.

An article is an answer to every customer, so it has no customer. Plain text is read where it is named
(`articles:folder`), for nothing in it says that it is an article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from consistency_check.load.cleaning import decode_text, read_html
from consistency_check.load.files import ExportFile
from consistency_check.load.format import Fit, Format, Item, read_each
from consistency_check.load.options import LoadOptions
from consistency_check.load.records import Record, keep_given, normalise_name
from consistency_check.load.times import parse_naive_time
from consistency_check.model import LeftOut, Problem, Source

_LIMIT = 256 * 1024
"""Bytes of an article; what is longer is no article, and the Markdown reader takes seconds for it."""
_MARKDOWN = (".md", ".markdown", ".mdown", ".mdx")
_HTML = (".html", ".htm", ".xhtml")
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype html|html[\s>])", re.I | re.S
)
_MARKUP = re.compile(rb"<(?:p|h[1-6]|div|ul|ol|table|article|section)[\s>]", re.IGNORECASE)
_FRONT = re.compile(r"---[ \t]*\r?\n(.{0,16384}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
_FIELD = re.compile(r"([A-Za-z][\w -]{0,60}?)[ \t]*:[ \t]+(\S.*?)[ \t]*\r?$", re.MULTILINE)
_HEADING = re.compile(r"\s*(?:#{1,2}[ \t]+(?P<hash>\S.*)|(?P<line>\S.{0,200})\n(?:=+|-{3,})[ \t]*(?:\n|$))")
_LIQUID = re.compile(r"\{%.{0,500}?%\}")
_TITLE = re.compile(r"<(?P<tag>title|h1)(?:\s[^>]{0,500})?>(?P<title>.{1,500}?)</(?P=tag)", re.I | re.DOTALL)
_MODIFIED = re.compile(
    r"<meta\s[^>]{0,200}?(?:modified_time|last-modified|dcterms\.modified|\"date\")[^>]{0,200}?content=[\"']([^\"'>]{4,40})"
    r"|<time\s[^>]{0,200}?datetime=[\"']([^\"'>]{4,40})",
    re.IGNORECASE,
)
_CHARSET = re.compile(rb"<meta\s[^>]{0,200}?charset=[\"']?([\w-]{2,40})", re.IGNORECASE)
_UPDATED = (
    "updated",
    "updated_at",
    "last_updated",
    "modified",
    "lastmod",
    "last_modified",
    "date",
    "published",
)
_UNSEEN = {"draft": "true", "published": "false", "hidden": "true", "archived": "true"}
# They say how a site shows the article, and nothing of whom it is for.
_LAYOUT = frozenset(
    ("layout", "permalink", "slug", "aliases", "redirect_from", "nav_order", "weight", "title", "text")
)


def _recognise(head: bytes, name: str) -> Fit:
    """By content: an HTML page or piece of one, Markdown that begins with its fields or a heading."""
    lower = name.lower()
    if _PAGE.match(head):
        return Fit.CONTENT
    if lower.endswith(_HTML):
        return Fit.NAME if _MARKUP.search(head[:20_000]) else Fit.NONE
    text = head[:20_000].decode("utf-8", "replace") if lower.endswith(_MARKDOWN) else ""
    return Fit.CONTENT if _FRONT.match(text) or _HEADING.match(text) else Fit.NONE


def _read(files: Sequence[ExportFile], options: LoadOptions) -> Iterator[Item]:
    return read_each(files, lambda file: _read_article(file, options))


def _read_article(file: ExportFile, options: LoadOptions) -> Iterator[Item]:
    source = Source(file.path)
    with file.open() as stream:
        data = stream.read(_LIMIT + 1)
    if len(data) > _LIMIT:
        yield Problem(source, f"the article is longer than {_LIMIT // 1024} KiB; left out; split it")
        return
    if b"\0" in data:
        yield Problem(source, "the file holds NUL bytes and is no text; left out; save it as UTF-8")
        return
    charset = _CHARSET.search(data)
    text = decode_text(data, charset[1].decode() if charset else "", options.encoding)
    is_html = bool(_PAGE.match(data)) or file.name.lower().endswith(_HTML)
    fields = _read_page(text) if is_html else _read_markdown(text, file.name)
    yield from _make_records(fields, file, source)


def _make_records(fields: dict[str, str], file: ExportFile, source: Source) -> Iterator[Item]:
    if any(fields.get(name, "").lower() == value for name, value in _UNSEEN.items()):
        yield LeftOut(source, "drafts")
        return
    updated = next((fields[name] for name in _UPDATED if fields.get(name, "true").lower() != "true"), "")
    try:
        sent_at = parse_naive_time(updated).isoformat() if updated else ""
    except ValueError as error:
        yield Problem(source, f"{error}; read without its day")
        sent_at = ""
    text = fields.pop("text", "")
    if not text.strip():
        yield LeftOut(source, "without words")
        return
    title = fields.get("title") or PurePath(file.name).stem.replace("-", " ").replace("_", " ")
    rest = {name: value for name, value in fields.items() if name not in (*_LAYOUT, *_UPDATED, *_UNSEEN)}
    known = {"channel": "help-centre", "text": text, "question": title, "sent_at": sent_at}
    yield Record(keep_given((rest | known).items()), source)


def _read_markdown(text: str, name: str) -> dict[str, str]:
    """The front matter's plain fields, and the words below it; plain text is read as it is."""
    fields: dict[str, str] = {}
    if front := _FRONT.match(text):
        pairs = ((normalise_name(key), value.strip("\"'")) for key, value in _FIELD.findall(front[1]))
        fields = dict(pairs)
        text = text[front.end() :]
    elif not name.lower().endswith(_MARKDOWN):
        return {"text": text.strip()}
    if heading := _HEADING.match(text):
        fields.setdefault("title", read_html(_render(heading["hash"] or heading["line"])))
    return fields | {"text": read_html(_render(_LIQUID.sub("", text)))}


def _render(markdown: str) -> str:
    from markdown_it import MarkdownIt

    return str(MarkdownIt("commonmark", {"html": True}).enable("table").render(markdown))


def _read_page(html: str) -> dict[str, str]:
    """The words of the article or the main part of a page, else of all of it."""
    fields = {}
    if found := _TITLE.search(html):
        fields["title"] = read_html(found["title"]).strip()
    if modified := _MODIFIED.search(html):
        fields["updated"] = modified[1] or modified[2]
    for name in ("article", "main", "body"):
        start = re.search(rf"<{name}[\s>]", html, re.IGNORECASE)
        ends = [found.start() for found in re.finditer(rf"</{name}\s*>", html, re.IGNORECASE)]
        if start and ends and ends[-1] > start.start():
            html = html[start.start() : ends[-1]]
            break
    return fields | {"text": read_html(html)}


FORMAT = Format(
    "help articles",
    _recognise,
    _read,
    key="articles",
    channel="help-centre",
    is_table=True,
    reads_bytes=True,
)
