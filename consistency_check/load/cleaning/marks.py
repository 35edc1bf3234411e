"""Where the copy of an earlier mail begins: "On 5 March … wrote:", copied headers, a help desk's line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from consistency_check.load.cleaning.phrases import (
    FORWARDED,
    LABELS,
    OPENERS,
    ORIGINAL,
    REPLY_ABOVE,
    WROTE,
    YOU_WROTE,
)

# Clients fold "On … wrote:" at about 76 characters; a longer line is prose.
_FOLDED = 4
_LONGEST = 400
_HEADER_LINES = 14


@dataclass(frozen=True, slots=True)
class Mark:
    """`lines` lines that a mail program wrote above a copied mail.

    `sure` where they can be nothing else; otherwise they count only above lines that begin with `>`.
    `whole` where all that follows is copied, however it looks.
    """

    lines: int
    sure: bool = True
    whole: bool = False


def join_words(words: Sequence[str]) -> str:
    """A pattern that matches any of the words, longer ones first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


_ADDRESS = re.compile(r"[<(\[]\s*(?:mailto:)?[^\s<>()@]{1,80}@[^\s<>()@]{1,120}\s*[>)\]]", re.IGNORECASE)
_BARE_ADDRESS = re.compile(r"[^\s<>()@,;:]{1,80}@[\w.-]{1,120}")
_CLOCK = re.compile(r"(?<!\d)\d{1,2}[:.hH٫]\d{2}(?!\d)")
_DIGIT = re.compile(r"\d")
_OPENER = re.compile(rf"\W{{0,4}}(?:(?:{join_words(OPENERS)})\b|\d|\w{{2,4}}[.,]{{0,2}}\s\d)", re.IGNORECASE)
_WROTE = re.compile(rf"(?<!\w)(?:{join_words(WROTE)})(?!\w)|写道|寫道|작성|書きました", re.IGNORECASE)
_YOU_WROTE = re.compile(rf"(?<!\w)(?:{join_words(YOU_WROTE)})(?!\w)", re.IGNORECASE)
_COLON = re.compile(r"[:：]\s*[*_]{0,2}$")
_TRIM = " \t\r\u200e\u200f\u202a-\u202e\xa0*_-"
_LABELLED = re.compile(
    r"[\s*_|\u200e\u200f\u202a-\u202e]{0,6}(?:"
    + "|".join(f"(?P<{kind}>{join_words(words)})" for kind, words in LABELS.items())
    + r")[*_ \t\xa0]{0,4}[:：](?P<rest>.*)",
    re.IGNORECASE,
)
_RULE = re.compile(r"\s*(?:[-_=*]\s?){5,}\s*$")
_DASHED = re.compile(r"\s*[-_=*]{2,}\s*[^-_=*\s][^-_=*]{0,60}[-_=*]{2,}\s*$")
_ORIGINAL = re.compile(
    rf"\s*[-_=*]{{2,}}\s*(?:{join_words(ORIGINAL)})(?:\W[^-]{{0,60}})?[-_=*]{{2,}}\s*$", re.IGNORECASE
)
_FORWARDED = re.compile(rf"\s*(?:{join_words(FORWARDED)})\s{{0,3}}[:：]?\s*$", re.IGNORECASE)
_REPLY_ABOVE = re.compile(
    rf"\W{{0,8}}.{{0,30}}(?:{join_words(REPLY_ABOVE)}).{{0,20}}$|\s*##- .{{10,120}} -##\s*$", re.IGNORECASE
)
# A full stop behind a whole word: prose, where a client's line has abbreviations at most.
_SENTENCE = re.compile(r"[^\W\d_]{4,}[.!?] [^\W\d_a-zà-ÿа-я]")
_DESK_TIME = re.compile(
    r"\s*(?:\w{3,9}\.? \d{1,2}|\d{1,2}\.? \w{3,9}\.?),? \d{4},? (?:at )?\d{1,2}:\d{2}(?:\s?[AP]M)?"
    r"(?: \(?[A-Z]{2,5}(?:[+-]\d{1,2}(?::?\d{2})?)?\)?)?\s*$"
)


def is_reply_line(line: str) -> bool:
    """True for a help desk's "Please type your reply above this line"."""
    return len(line) <= _LONGEST and bool(_REPLY_ABOVE.match(line))


def is_desk_heading(lines: Sequence[str], at: int) -> bool:
    """True where a name and, on the next line, nothing but a time head a comment in a help desk's mail."""
    if at + 1 >= len(lines) or not 0 < len(lines[at].strip()) <= 80 or len(lines[at + 1]) > 80:
        return False
    return bool(_DESK_TIME.match(lines[at + 1]))


def find_mark(lines: Sequence[str], at: int) -> Mark | None:
    """The mark that begins on line `at`, if one does."""
    line = lines[at]
    if len(line) > _LONGEST or not line.strip():
        return None
    if found := _find_header(lines, at):
        return found
    if _ORIGINAL.match(line) or _FORWARDED.match(line):
        return _find_below_rule(lines, at) or Mark(1)
    if _RULE.match(line) or _DASHED.match(line):
        return _find_below_rule(lines, at)
    return _find_attribution(lines, at)


def _find_below_rule(lines: Sequence[str], at: int) -> Mark | None:
    """A rule or a line of dashes together with the headers, or the "On … wrote:", right below it."""
    below = at + 1
    while below < min(len(lines), at + 3) and not lines[below].strip():
        below += 1
    if below >= len(lines):
        return None
    found = _find_header(lines, below, after_rule=True)
    if found is None:
        found = _find_attribution(lines, below)
        if found is None or not found.sure:
            return None
    return Mark(below - at + found.lines, whole=found.whole)


def _find_header(lines: Sequence[str], at: int, *, after_rule: bool = False) -> Mark | None:
    """From, Sent, To, Subject in any order: sender and subject and one more, or any two below a rule."""
    first = _match_label(lines[at])
    if first is None or first.lastgroup is None:
        return None
    kinds: set[str] = set()
    dated = end = 0
    for number in range(at, min(len(lines), at + _HEADER_LINES)):
        label = _match_label(lines[number])
        if label is None:
            if lines[number].strip() and not _continues(lines[number]):
                break
            if not lines[number].strip() and number > at and not lines[number - 1].strip():
                break
            continue
        kind = next(name for name in LABELS if label[name])
        if kind in kinds and kind != "copy":
            break
        kinds.add(kind)
        dated |= kind == "sent" and bool(_DIGIT.search(label["rest"]))
        dated |= kind == "from" and bool(_BARE_ADDRESS.search(label["rest"]))
        end = number + 1
    least = 2 if after_rule else 3
    if "from" in kinds and dated and len(kinds) >= least and (after_rule or "subject" in kinds):
        return Mark(end - at, whole=True)
    return None


def _match_label(line: str) -> re.Match[str] | None:
    return _LABELLED.match(line) if len(line) <= 10 * _LONGEST else None


def _continues(line: str) -> bool:
    """True for the folded rest of a list of addresses."""
    return "@" in line or line.rstrip().endswith(";") or line[:1] in " \t"


def _find_attribution(lines: Sequence[str], at: int) -> Mark | None:
    """ "On … wrote:" and its likes, on one line or folded over a few."""
    if not _may_open(lines[at]):
        return None
    joined = ""
    for count in range(1, _FOLDED + 1):
        if at + count > len(lines) or not (line := lines[at + count - 1].strip()):
            return None
        joined = f"{joined} {line}" if joined else line
        if len(joined) > _LONGEST or (count > 1 and _is_quoted(line)):
            return None
        if found := _judge_attribution(joined, count):
            later = (_find_attribution(lines[at + skip : at + count], 0) for skip in range(1, count))
            return None if any(mark and mark.sure for mark in later) else found
    return None


def _may_open(line: str) -> bool:
    stripped = line.strip()
    return bool(
        _OPENER.match(stripped)
        or "@" in stripped
        or (len(stripped) <= 100 and _COLON.search(stripped) and _WROTE.search(stripped))
        or (_DIGIT.search(stripped) and _WROTE.search(stripped))
    )


def _judge_attribution(joined: str, lines: int) -> Mark | None:
    """Sure: when, and by whom with the address; clients that write no address mark each line with `>`."""
    text = joined.strip(_TRIM)
    wrote = _WROTE.search(text)
    ends = _COLON.search(text) or (wrote and (joined.endswith("-") or text.endswith(wrote[0])))
    if not ends or _SENTENCE.search(text):
        return None
    address = _ADDRESS.search(text) or _BARE_ADDRESS.search(text)
    rest = _BARE_ADDRESS.sub(" ", text)
    clock = _CLOCK.search(rest)
    digits = _DIGIT.search(_CLOCK.sub(" ", rest, count=1))
    if _YOU_WROTE.search(text):
        return Mark(lines, sure=False) if lines == 1 else None
    if wrote and digits and (clock or address):
        return Mark(lines, sure=bool(address))
    if not wrote and clock and digits and re.search(r"[>)]\s*[:：]$", text) and _ADDRESS.search(text):
        return Mark(lines)
    return Mark(lines, sure=False) if wrote and lines == 1 and len(text) <= 120 else None


def _is_quoted(line: str) -> bool:
    return line.lstrip().startswith(">")
