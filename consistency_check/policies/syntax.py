"""The parser's errors in the words of somebody who writes policies: the cause, and what to write.

The parser names the place where it gave up. The rules below look there, where the construct began,
and in the line before, for the slips that people make, and blame the first that they find.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

import yaml

from consistency_check.policies.problems import quote_text, shorten_text
from consistency_check.policies.slips import KEY_LINE, KEYS, MARGIN_KEY, TOP_KEY, explain_open_quote
from consistency_check.policies.suspects import SUSPECTS, find_closing, split_line

COMMENT_IN_LIST = re.compile(r"\s(#.*)$")


class Blame(NamedTuple):
    """Where the cause stands (0-based) and what to say of it."""

    line: int
    column: int
    message: str


class Slip(NamedTuple):
    """A parser's error: where it gave up, where the construct began, and its own words."""

    line: int
    column: int
    start: int
    start_column: int
    words: str


def explain_error(error: yaml.YAMLError, lines: Sequence[str]) -> tuple[int, int, str]:
    """Line and column (1-based) of the cause of an error, and what to write instead."""
    slip = _read_error(error, len(lines))
    blame = next((found for rule in RULES if (found := rule(slip, lines))), None) or _blame_place(slip, lines)
    return blame.line + 1, blame.column + 1, blame.message


def _read_error(error: yaml.YAMLError, count: int) -> Slip:
    mark, began = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    words = f"{getattr(error, 'context', None) or ''} {getattr(error, 'problem', None) or error}"
    last = max(count - 1, 0)
    line, column = (min(mark.line, last), mark.column) if mark else (0, 0)
    start, start_column = (min(began.line, last), began.column) if began else (line, column)
    if "could not find expected ':'" in words:
        # The parser goes on to the next line before it misses the colon of this one.
        line, column = start, start_column
    return Slip(line, column, start, start_column, words)


def _blame_tab(slip: Slip, lines: Sequence[str]) -> Blame | None:
    for number in (slip.line, slip.start):
        line = lines[number]
        indentation = line[: len(line) - len(line.lstrip())]
        if "\t" in indentation:
            message = "a tab indents this line; use spaces, two for each level"
            return Blame(number, indentation.index("\t"), message)
        if number == slip.line and line[slip.column : slip.column + 1] == "\t":
            return Blame(number, slip.column, "a tab stands here, where YAML needs spaces; write a space")
    return None


def _blame_open_quote(slip: Slip, lines: Sequence[str]) -> Blame | None:
    for number in range(min(slip.line, len(lines) - 2), -1, -1):
        column, text = split_line(lines[number])[1:]
        if (
            text[:1] in ("'", '"')
            and find_closing(text) is None
            and KEY_LINE.match(_next_content(lines, number))
        ):
            return Blame(number, column, explain_open_quote(text[0], number + 2))
    if "quoted scalar" in slip.words:
        quote = lines[slip.start][slip.start_column : slip.start_column + 1] or '"'
        message = f"the quote `{quote}` that opens here is never closed; close it at the end of the text"
        return Blame(slip.start, slip.start_column, message)
    return None


def _next_content(lines: Sequence[str], number: int) -> str:
    return next((line for line in lines[number + 1 :] if line.strip()), "")


def _blame_lines(slip: Slip, lines: Sequence[str]) -> Blame | None:
    before = next((n for n in range(slip.line - 1, -1, -1) if lines[n].strip()), slip.line)
    places = [slip.line, before] if "flow" not in slip.words else [slip.line, slip.start]
    for number in dict.fromkeys(places):
        for suspect in SUSPECTS:
            if found := suspect(lines[number]):
                return Blame(number, *found)
    return None


def _blame_flow(slip: Slip, lines: Sequence[str]) -> Blame | None:
    if "flow" not in slip.words:
        return None
    opening = lines[slip.start][slip.start_column : slip.start_column + 1]
    if opening not in ("[", "{"):
        return Blame(slip.line, slip.column, "there is nothing between two commas; leave one of them out")
    if lines[slip.line][slip.column :].startswith("{") and slip.line == slip.start:
        message = "in brackets, a text that holds `{` needs double quotes"
        return Blame(slip.line, slip.column, f'{message}; write it as in ["you have {{value}} left"]')
    if lines[slip.line][slip.column :].startswith("?"):
        # PyYAML's own parser and libyaml before 0.2.5 end a plain text in brackets here.
        message = "in brackets, a text with a question mark needs double quotes"
        return Blame(slip.line, slip.column, f'{message}; write it as in ["How long do I have?"]')
    close = "]" if opening == "[" else "}"
    comment = COMMENT_IN_LIST.search(lines[slip.start], slip.start_column)
    if comment and slip.line > slip.start:
        message = f"` #` begins a comment, so the `{opening}` before it is never closed"
        return Blame(slip.start, comment.start(1), f"{message}; put a text that holds `#` in double quotes")
    if slip.line > slip.start:
        return Blame(
            slip.start,
            slip.start_column,
            f"the `{opening}` that opens here is not closed; write `{close}` at its end",
        )
    message = f"a comma or `{close}` is missing before {quote_text(lines[slip.line][slip.column :])}"
    advice = "put texts that hold quotes, brackets, commas or colons in double quotes"
    return Blame(slip.line, slip.column, f"{message}; {advice}")


def _blame_lost_text(slip: Slip, lines: Sequence[str]) -> Blame | None:
    if "could not find expected ':'" not in slip.words:
        return None
    message = (
        f"{quote_text(lines[slip.line][slip.column :])} stands where a key is expected, but has no colon"
    )
    advice = "write `key: value`, or put `- ` before it if it belongs to a list"
    return Blame(slip.line, slip.column, f"{message}; {advice}")


def _blame_fallen_key(slip: Slip, lines: Sequence[str]) -> Blame | None:
    inside = next((n for n in range(slip.line, -1, -1) if TOP_KEY.match(lines[n])), slip.line)
    fallen = next((n for n in range(slip.line, inside, -1) if MARGIN_KEY.match(lines[n])), None)
    if fallen is None or not lines[inside].startswith("policies"):
        return None
    name = shorten_text(lines[fallen].split(":")[0])
    advice = "indent it by two spaces, below `policies:`"
    if name in KEYS:
        advice = "it is part of a policy: indent it as far as the other keys of the policy"
    return Blame(fallen, 0, f"`{name}` is no key of a topic file; {advice}")


def _blame_indentation(slip: Slip, lines: Sequence[str]) -> Blame | None:
    line = lines[slip.line]
    above = next((n for n in range(slip.line - 1, -1, -1) if is_content(lines[n])), None)
    if above is None or not line.strip():
        return None
    depth, depth_above = measure_depth(line), measure_depth(lines[above])
    if depth == depth_above:
        kind = "a list entry" if lines[above].lstrip().startswith("-") else "a key"
        said = f"this line does not go with line {above + 1} above it, which is {kind} at the same depth"
    else:
        said = f"this line is indented by {_count(depth)}, which fits no line above it"
        said += f" (line {above + 1} has {depth_above})"
    return Blame(slip.line, depth, f"{said}; begin it exactly below the first letter of its neighbours")


def is_content(line: str) -> bool:
    """True for a line that is neither blank nor a comment."""
    return bool(line.strip()) and not line.lstrip().startswith("#")


def measure_depth(line: str) -> int:
    """How many columns a line is indented; a tab goes on to the next eighth, as editors show it."""
    line = line.expandtabs()
    return len(line) - len(line.lstrip())


def _count(spaces: int) -> str:
    return "1 space" if spaces == 1 else f"{spaces} spaces"


def _blame_place(slip: Slip, lines: Sequence[str]) -> Blame:
    text = quote_text(lines[slip.line].strip())
    message = f"YAML cannot read on here, at {text} ({shorten_text(slip.words)})"
    advice = "check indentation and colons, and put texts with signs such as `:`, `#`, `[` in double quotes"
    return Blame(slip.line, slip.column, f"{message}; {advice}")


Rule = Callable[[Slip, Sequence[str]], Blame | None]
RULES: tuple[Rule, ...] = (
    _blame_tab,
    _blame_open_quote,
    _blame_lines,
    _blame_flow,
    _blame_lost_text,
    _blame_fallen_key,
    _blame_indentation,
)
