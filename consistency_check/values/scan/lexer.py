"""From a text to lower-case tokens with character offsets that hold in the original text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import accumulate
from operator import add

MASK = "\ue000"
"""Stands for every character of a passage that was read already or can hold no value (private use area)."""

_SAME = str.maketrans(
    dict.fromkeys("‐‑‒–—―−﹣－", "-")
    | dict.fromkeys("\xa0\u2007\u2009\u202f\u200a\u2002\u2003", " ")
    | dict.fromkeys("‘’ʼ′`´", "'")
    | dict.fromkeys("“”″", '"')
    | {MASK: " ", "∼": "~", "～": "~"}
)

_NUMBERS = r"""
      \d{4}[-/]\d{1,2}[-/]\d{1,2}(?![\d/])
    | \d{1,2}-\d{1,2}-(?:\d{4}|\d{2})(?!\d)
    | \d{1,2}/\d{1,2}/(?:\d{4}|\d{2})(?!\d)
    | \d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})(?!\d)
    | \d{1,2}:\d{2}(?::\d{2})?(?!\d)
    | \d{1,9}/\d{1,9}(?![\d/])
    | \d{1,3}(?:,\d{3}){1,6}(?:\.\d{1,20})?(?!\d)
    | \d{1,3}(?:\.\d{3}){1,6},\d{1,2}(?!\d)
    | \d{1,20}(?:[.,]\d{1,20})?
    | (?<![\d.])\.\d{1,20}
    | \ue000+
    | \S
"""
_WORD = r"(?<!\d)[^\W\d_]+(?:[-_]?\d[\w-]*)?|[^\W\d_]+"
_SPLIT = (
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|usd|eur|gbp|cad|aud|nzd|chf|cny"
    r"|(?<=\d)h(?:r|rs)?)(?=[-/]?\d)"
)
# Figures are of bounded length: a longer run of them is cut, and what is cut is no number to the grammar.
# Every token takes the spaces after it along: together they are the text, so lengths give the offsets.
_TOKEN = re.compile(rf"(?:{_WORD}|{_NUMBERS})\s*", re.X)
_TOKEN_SPLIT = re.compile(rf"(?:{_SPLIT}|{_WORD}|{_NUMBERS})\s*", re.X)
_MIXED = re.compile(r"\d(?<=[a-z][-/\d]\d)|\d(?<=[a-z]\d)")
"""A digit after a letter: a code ('AB12'), or a token to be split ('Jul24', 'USD3', '2h30m')."""


@dataclass(slots=True)
class Tokens:
    """The tokens of one text: `words[i]` is `low[starts[i]:ends[i]]`.

    `text` is the original, of the same length as `low`. `whole` marks a text that is one value and
    nothing else (from a knowledge base), where no context is needed to take a number for a value.
    """

    text: str
    low: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    whole: bool = False
    month_first: bool = False
    size: int = field(init=False)

    def __post_init__(self) -> None:
        """Close the list with empty words, so that looking a few tokens ahead needs no test."""
        self.size = len(self.words)
        self.words += [""] * 6

    def glued(self, i: int) -> bool:
        """True where token `i` follows the one before it without a space."""
        return 0 < i < self.size and self.starts[i] == self.ends[i - 1]

    def word(self, i: int) -> str:
        """The word at `i`, empty before the first and after the last."""
        return self.words[i] if 0 <= i < self.size else ""

    def phrase(self, i: int, j: int) -> str:
        """The words from `i` to before `j`, with one space between."""
        return " ".join(self.words[max(i, 0) : j])


def normalise(text: str) -> str:
    """Lower case, plain dashes, spaces and quotes; each character stays at its offset."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(lower if len(lower := char.lower()) == 1 else char for char in text)
    return low if low.isascii() else low.translate(_SAME)


def split_tokens(text: str, low: str, *, whole: bool = False, month_first: bool = False) -> Tokens:
    """Split normalised text; `text` is the original it was made from."""
    pattern = _TOKEN_SPLIT if _MIXED.search(low) else _TOKEN
    first = len(low) - len(low.lstrip())
    spaced = pattern.findall(low, first)
    words = list(map(str.rstrip, spaced))
    starts = list(accumulate(map(len, spaced), initial=first))
    ends = list(map(add, starts, map(len, words)))
    return Tokens(text, low, words, starts, ends, whole, month_first)
