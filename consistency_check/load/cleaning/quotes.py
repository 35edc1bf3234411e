"""Mail without the copies of earlier mails in it: the author's own words, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence

from consistency_check.load.cleaning.marks import find_mark, is_desk_heading, is_reply_line, join_words
from consistency_check.load.cleaning.phrases import (
    ANSWER_STEMS,
    ANSWERS_INSIDE,
    BELOW,
    GREETINGS,
    SENT_FROM,
)

_QUOTED = re.compile(r"[ \t]{0,3}(?:>|&gt;)")
# "> 30 days: no refund" and "> Orders > Returns" are written by people.
_WRITTEN = re.compile(r"[ \t]{0,3}>\s?(?:=?\s?[\d$€£¥]|[^>\n]{1,60} > )")
_GREETING = re.compile(
    rf"\W{{0,3}}(?:{join_words(GREETINGS)})(?!\w)[ ,]{{0,2}}(?:[\w.'’-]{{1,30}}[ /]{{0,2}}){{0,5}}\W{{0,2}}$",
    re.IGNORECASE,
)
_SENT_FROM = re.compile(rf"\W{{0,3}}(?:{join_words(SENT_FROM)})(?!\w)", re.IGNORECASE)
_INSIDE = re.compile(rf"(?<!\w)(?:{join_words(ANSWERS_INSIDE)})(?!\w)", re.IGNORECASE)
_ANSWER = re.compile(rf"(?<!\w)(?:{join_words(ANSWER_STEMS)})", re.IGNORECASE)
_BELOW = re.compile(rf"(?<!\w)(?:{join_words(BELOW)})(?!\w)", re.IGNORECASE)
_WORD = re.compile(r"\w")
# No person writes more lines; those behind are kept, or cut with a copied mail that began before.
_EXAMINED = 20_000
# Above this, "below" in a note points at the note's own lines.
_SHORT_NOTE = 240


def strip_quotes(text: str) -> str:
    """The mail's text without quoted mail, its headers, and "On … wrote:"; the lines kept are unchanged.

    Where it is not sure whose words they are, they stay: below a note that says so ("see below in red"),
    where nothing but a salutation would be left, and where lines that begin with `>` may be the author's.
    A text without quotes comes back as it is. The time is linear in the length; lines beyond 20,000 are kept.
    """
    lines = text.split("\n")
    keep = _choose_lines(lines)
    if all(keep):
        return text
    kept = [line for line, kept in zip(lines, keep, strict=True) if kept]
    return "\n".join(_trim_blank(kept)) if has_words(kept) else text


def has_words(lines: Sequence[str]) -> bool:
    """True where a line says something: no salutation, no "Sent from my phone"."""
    return any(_says_something(line) for line in lines)


def _says_something(line: str) -> bool:
    if not _WORD.search(line):
        return False
    short = len(line) <= 100
    return not (short and (_GREETING.match(line.strip()) or _SENT_FROM.match(line)))


def _choose_lines(lines: Sequence[str]) -> list[bool]:
    """For each line whether it is the author's."""
    keep = [True] * len(lines)
    desk = seen_mark = spoken = inside = False
    at, end = 0, min(len(lines), _EXAMINED)
    while at < end:
        count = 1
        if found := _measure_desk(lines, at, desk):
            if spoken:
                _drop(keep, at)
                break
            desk, count = True, found
            _drop(keep, at, found)
        elif _QUOTED.match(lines[at]):
            keep[at] = not seen_mark and (_is_introduced(lines, keep, at) or bool(_WRITTEN.match(lines[at])))
        elif (mark := find_mark(lines, at)) is None:
            spoken = spoken or _says_something(lines[at])
        else:
            count = mark.lines
            quoted = not (mark.whole and spoken) and _is_above_quoted(lines, at + count)
            if quoted or (mark.sure and spoken):
                inside = inside or (not seen_mark and _points_inside(lines[:at]))
                seen_mark = True
                if not (quoted or inside):
                    _drop(keep, at)
                    break
                _drop(keep, at, count)
            elif mark.sure:
                # Nothing of the author's stands above: it may stand below, and nothing tells where.
                break
            else:
                spoken = True
        at += count
    return keep


def _measure_desk(lines: Sequence[str], at: int, desk: bool) -> int:
    """How many lines a help desk's own line takes, or the heading of a comment in such a mail; 0 for none."""
    if is_reply_line(lines[at]):
        return 1
    return 2 if desk and is_desk_heading(lines, at) else 0


def _drop(keep: list[bool], at: int, count: int | None = None) -> None:
    """Mark `count` lines as not the author's, all that follow where it is None."""
    count = len(keep) - at if count is None else count
    keep[at : at + count] = [False] * count


def _is_introduced(lines: Sequence[str], keep: Sequence[bool], at: int) -> bool:
    """True below "Our policy says:", where the marked lines are what the author has to say."""
    if at and _QUOTED.match(lines[at - 1]):
        return keep[at - 1]
    above = next((line for line in reversed(lines[max(0, at - 2) : at]) if line.strip()), "")
    return above.rstrip().endswith((":", "："))


def _is_above_quoted(lines: Sequence[str], at: int) -> bool:
    """True where the next line with anything on it begins with `>`."""
    while at < len(lines) and not lines[at].strip():
        at += 1
    return at < len(lines) and bool(_QUOTED.match(lines[at]))


def _points_inside(above: Sequence[str]) -> bool:
    """True where the note above says that the answers stand in the copied mail."""
    note = "\n".join(line for line in above if not _QUOTED.match(line)).strip()
    if len(note) <= _SHORT_NOTE and _BELOW.search(note):
        return True
    return any(_INSIDE.search(line) and _ANSWER.search(line) for line in note.split("\n"))


def _trim_blank(lines: list[str]) -> list[str]:
    first, end = 0, len(lines)
    while first < end and not lines[first].strip():
        first += 1
    while end > first and not lines[end - 1].strip():
        end -= 1
    return lines[first:end]
