"""Mail without the author's signature, a phone's "Sent from …" and legal notices at its end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from consistency_check.load.cleaning.marks import join_words
from consistency_check.load.cleaning.phrases import CLOSINGS, NOTICES, POSTSCRIPTS, SENT_FROM
from consistency_check.load.cleaning.quotes import has_words

# A name, a role, a company, a few numbers and addresses; a longer block is more than a signature.
_SIGNATURE_LINES = 10
# RFC 3676 asks for four lines; companies take more.
_MARKED_LINES = 30
_LINE_LENGTH = 90
_SENTENCE_WORDS = 5
_NOTICE_WORDS = 2

_CLOSING = re.compile(
    rf"\W{{0,3}}(?:{join_words(CLOSINGS)})(?:[ ,]{{1,3}}[\w.'’-]{{1,30}}){{0,3}}\W{{0,4}}$", re.IGNORECASE
)
_SENT_FROM = re.compile(
    rf"\W{{0,3}}(?:{join_words(SENT_FROM)})(?!\w)[^.!?]{{0,80}}(?:https?://[^\s>]{{1,200}})?[.!]?\W{{0,3}}$",
    re.IGNORECASE,
)
_POSTSCRIPT = re.compile(rf"\W{{0,3}}(?:{join_words(POSTSCRIPTS)})(?!\w)", re.IGNORECASE)
_NOTICE = re.compile(rf"(?<!\w)(?:{join_words(NOTICES)})", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")
# What an answer may consist of: an amount, a share, a span of days.
_ANSWER = re.compile(
    r"[$€£¥%]|\b\d+(?:[-–]\d+)?\s?(?:days?|hours?|tagen?|stunden?|jours?|días|giorni|dias|dagen)\b",
    re.IGNORECASE,
)
_SPACED = "-- "


def strip_signature(text: str) -> str:
    """The text without what stands below `-- ` or below "Kind regards", and without "Sent from my phone".

    A block stays where it holds what an answer may hold: a sentence, an amount, a postscript. Nothing is
    taken that would leave no words.
    """
    lines = text.split("\n")
    end = _skip_blank(lines, len(lines))
    end = _drop_sent_from(lines, end)
    start = _find_signature(lines, end)
    if start is not None and has_words(lines[:start]):
        end = _drop_sent_from(lines, _skip_blank(lines, start))
    kept = lines[: _skip_blank(lines, end)]
    if len(kept) == _skip_blank(lines, len(lines)) or not has_words(kept):
        return text
    return "\n".join(kept)


def strip_notices(text: str) -> str:
    """The text without the legal notices that are its last paragraphs.

    A paragraph is one where two different words of such notices stand in it. Nothing is taken that would
    leave no words.
    """
    lines = text.split("\n")
    end = last = _skip_blank(lines, len(lines))
    while end and (start := _find_paragraph(lines, end)) and is_notice(" ".join(lines[start:end])):
        end = _skip_blank(lines, start)
    return "\n".join(lines[:end]) if end < last and has_words(lines[:end]) else text


def is_delimiter(line: str) -> bool:
    """True for `--`, with its space or without."""
    return line.rstrip("\r \xa0") in ("--", "—")


def is_closing(line: str) -> bool:
    """True for "Kind regards," and its likes, alone on a line or with a name behind it."""
    return len(line) <= _LINE_LENGTH and bool(_CLOSING.match(line.strip()))


def is_notice(paragraph: str) -> bool:
    """True where two different words of legal notices stand in the paragraph."""
    return len({match[0].casefold() for match in _NOTICE.finditer(paragraph)}) >= _NOTICE_WORDS


def _find_signature(lines: Sequence[str], end: int) -> int | None:
    """Where the signature begins that ends the text."""
    for at in range(end - 1, max(-1, end - _MARKED_LINES - 1), -1):
        if lines[at].rstrip("\r") == _SPACED and not any(map(_POSTSCRIPT.match, lines[at + 1 : end])):
            return at
    for at in range(max(1, end - 2 * _SIGNATURE_LINES), end):
        closes = is_delimiter(lines[at]) or is_closing(lines[at])
        if closes and not _ANSWER.search(lines[at]) and _is_block(lines[at + 1 : end]):
            return at
    return None


def _is_block(lines: Sequence[str]) -> bool:
    """True for a name, a role, a company, numbers and addresses; False where something is said."""
    filled = [line.strip() for line in lines if line.strip()]
    return len(filled) <= _SIGNATURE_LINES and not any(map(_may_answer, filled))


def _may_answer(line: str) -> bool:
    words = len(_WORD.findall(line))
    return (
        len(line) > _LINE_LENGTH
        or bool(_POSTSCRIPT.match(line) or _ANSWER.search(line))
        or (words >= _SENTENCE_WORDS and line.endswith((".", "!", "?", ":", ";", "。", "！", "？")))
        or words > 2 * _SENTENCE_WORDS
    )


def _drop_sent_from(lines: Sequence[str], end: int) -> int:
    if end and len(lines[end - 1]) <= 2 * _LINE_LENGTH and _SENT_FROM.match(lines[end - 1]):
        return _skip_blank(lines, end - 1)
    return end


def _find_paragraph(lines: Sequence[str], end: int) -> int:
    start = end
    while start and lines[start - 1].strip():
        start -= 1
    return start


def _skip_blank(lines: Sequence[str], end: int) -> int:
    while end and not lines[end - 1].strip():
        end -= 1
    return end
