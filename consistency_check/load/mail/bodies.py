"""The words of a message: its text parts, or its HTML where these say nothing; no attachments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message

from consistency_check.load.cleaning import read_html
from consistency_check.load.cleaning.charsets import decode_text

_WORD = re.compile(r"\w+")
# A text part of fewer words may only say that there is an HTML part.
_FEW_WORDS = 25
_PARTS = 1000
# What Outlook writes into the text where a picture stood.
_PICTURE = re.compile(r"\[cid:[^\]\s]{1,200}\]")


def read_body(message: Message, chosen: str = "") -> str:
    """The text of all parts that are shown, in order; `chosen` is the encoding to fall back on.

    Of alternatives the plain text is taken, unless it has few words and the HTML has more.
    """
    plain, html = [], []
    for part in _walk_shown(message):
        text = _decode_part(part, chosen)
        if part.get_content_subtype() == "html":
            html.append(text)
        else:
            plain.append(_PICTURE.sub("", _unflow(text, part)))
    said = "\n\n".join(text.strip("\n") for text in plain if text.strip())
    if html and (count := len(_WORD.findall(said))) < _FEW_WORDS:
        shown = "\n\n".join(filter(None, map(read_html, html)))
        if len(_WORD.findall(shown)) > count:
            return shown
    return said


def _walk_shown(message: Message) -> Iterator[Message]:
    """The text parts that a reader sees without opening anything."""
    waiting, seen = [message], 0
    while waiting and seen < _PARTS:
        part = waiting.pop()
        seen += 1
        if part.is_multipart():
            # What is passed on as a message of its own is an attachment.
            if part.get_content_maintype() == "multipart":
                payload = part.get_payload()
                inner = payload if isinstance(payload, list) else []
                waiting += [each for each in reversed(inner) if isinstance(each, Message)]
        elif part.get_content_type() in ("text/plain", "text/html") and not _is_attached(part):
            yield part


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _decode_part(part: Message, chosen: str) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    declared = part.get_param("charset") or ""
    text = decode_text(data, declared if isinstance(declared, str) else str(declared[2]), chosen)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _unflow(text: str, part: Message) -> str:
    """Lines that were folded for the way (`format=flowed`, RFC 3676) in one again."""
    if str(part.get_param("format") or "").lower() != "flowed":
        return text
    close = str(part.get_param("delsp") or "").lower() == "yes"
    lines: list[str] = []
    soft = ""
    for line in text.split("\n"):
        depth = line[: len(line) - len(line.lstrip(">"))]
        rest = line[len(depth) :].removeprefix(" ") if line[:1] in (" ", ">") else line
        if soft == f"{depth}+":
            lines[-1] += rest
        else:
            lines.append(f"{depth} {rest}" if depth else rest)
        soft = ""
        if rest.endswith(" ") and rest != "-- ":
            soft = f"{depth}+"
            if close:
                lines[-1] = lines[-1][:-1]
    return "\n".join(lines)
