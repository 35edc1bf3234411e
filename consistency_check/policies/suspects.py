"""The slips that show in one line on which the parser gave up: each rule gives a column and a remedy."""

from __future__ import annotations

import re
from collections.abc import Callable

from consistency_check.policies.problems import quote_text
from consistency_check.policies.slips import (
    CLOSING_QUOTES,
    KEYS,
    OPENING_QUOTES,
    TIGHT_KEY_LINE,
    explain_tight_key,
    explain_typographic,
)

LINE = re.compile(r"(?P<lead>\s*(?:- +)*(?:(?P<key>[^\s:#\"'\[{][^:#\"]*):\s+)?)")
BRACKET_FIRST = re.compile(r"(?:\[[^\[\]\"']*\]|\{[^{}\"']*\})\s*[^\s,#:\]}].*")
PLACEHOLDER_IN_LIST = re.compile(r"[\[,]\s*(\{ *\w* *\}\s*[^\s,\]}][^,\]]*)")
BLOCK_SIGN = re.compile(r"[|>](?!\s*$|[-+0-9]+\s*$|[-+0-9]*\s+#)")
KEY_WITHOUT_COLON = re.compile(rf"\s*(?:- +)?({'|'.join(sorted(KEYS))})(?=\s+\S|\s*$)(?!\s*:)")
# Characters with which a plain text cannot begin, and what YAML takes them for.
SIGNS = {
    "@": "is reserved in YAML",
    "`": "is reserved in YAML",
    "%": "begins a directive in YAML",
    "*": "repeats an `&` entry in YAML",
    "&": "names an entry in YAML",
    "!": "begins a tag in YAML",
    "?": "begins a key in YAML",
    "]": "closes a list in YAML",
    "}": "closes a mapping in YAML",
    ",": "separates the entries of a list in YAML",
}


def split_line(line: str) -> tuple[str, int, str]:
    """The key of a line (or ""), the column of its text and the text."""
    match = LINE.match(line)
    if match is None:
        return "", 0, line
    return match["key"] or "", match.end("lead"), line[match.end("lead") :].rstrip()


def _suspect_bracket(line: str) -> tuple[int, str] | None:
    _, column, text = split_line(line)
    if BRACKET_FIRST.fullmatch(text):
        return column, f"a text that begins with `{text[0]}` needs double quotes; write {quote_text(text)}"
    if text.startswith("[") and (inside := PLACEHOLDER_IN_LIST.search(text)):
        whole = quote_text(inside[1].strip())
        return column + inside.start(1), f"a text that begins with `{{` needs double quotes; write {whole}"
    return None


def _suspect_sign(line: str) -> tuple[int, str] | None:
    _, column, text = split_line(line)
    sign, quoted = text[:1], quote_text(text)
    if text and sign in SIGNS:
        shown = "a backquote" if sign == "`" else f"`{sign}`"
        return column, f"{shown} {SIGNS[sign]}; to begin a text with it, write {quoted}"
    if BLOCK_SIGN.match(text):
        said = f"`{sign}` announces a text on the lines below"
        return column, f"{said}; to begin a text with it, write {quoted}"
    if text.startswith("- "):
        return column, f"a list begins on a line of its own; leave the `-` out, or write {quoted}"
    return None


def _suspect_typographic(line: str) -> tuple[int, str] | None:
    _, column, text = split_line(line)
    if text[:1] and text[0] in OPENING_QUOTES and text[-1] in CLOSING_QUOTES:
        return column, explain_typographic(text[0] + text[-1], text[1:-1])
    return None


def _suspect_closing(line: str) -> tuple[int, str] | None:
    _, column, text = split_line(line)
    if text[:1] not in ("'", '"') or (end := find_closing(text)) is None:
        return None
    rest = text[end + 1 :]
    if not rest.strip() or rest.lstrip().startswith(("#", ":")):
        return None
    inner = text[1:-1] if len(text) > 2 and text[-1] == text[0] else text[1:end] + rest
    where = column + end
    if text[0] == "'":
        message = "this `'` closes the quote that opened before it; write the text in double quotes"
    else:
        message = "this quote closes before the text ends; put the quotes around the whole text"
    return where, f"{message}: {quote_text(inner)}"


def find_closing(text: str) -> int | None:
    """Where the quote that a text begins with is closed."""
    quote, at = text[0], 1
    while at < len(text):
        if text[at] == "\\" and quote == '"':
            at += 1
        elif text[at] == quote:
            if quote == '"' or text[at + 1 : at + 2] != quote:
                return at
            at += 1
        at += 1
    return None


def _suspect_tight_key(line: str) -> tuple[int, str] | None:
    tight = TIGHT_KEY_LINE.match(line)
    return (tight.end(1), explain_tight_key(tight[1])) if tight else None


def _suspect_colon(line: str) -> tuple[int, str] | None:
    key, column, text = split_line(line)
    if not key or text[:1] in ("'", '"', "[", "{"):
        return None
    colon = re.search(r":(?=\s|$)", text)
    if colon is None:
        return None
    message = "the colon in this text makes a key of the words before it; put the text in quotes"
    return column + colon.start(), f"{message}: {quote_text(text)}"


def _suspect_missing_colon(line: str) -> tuple[int, str] | None:
    bare = KEY_WITHOUT_COLON.match(line)
    if bare is None or re.search(r":(\s|$)", line):
        return None
    return bare.end(1), f"there is no colon after `{bare[1]}`; write `{bare[1]}: ` and then the text"


Suspect = Callable[[str], tuple[int, str] | None]
SUSPECTS: tuple[Suspect, ...] = (
    _suspect_bracket,
    _suspect_sign,
    _suspect_typographic,
    _suspect_closing,
    _suspect_tight_key,
    _suspect_colon,
    _suspect_missing_colon,
)
