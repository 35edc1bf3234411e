"""From a text to lower-case tokens with character offsets that hold in the original text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate

MASK = "\ue000"
"""Stands for every character of a passage that was read already or can hold no value (private use area)."""

_SAME = (
    dict.fromkeys("‐‑‒–—―−﹣－", "-")
    | dict.fromkeys("\xa0\u2007\u2009\u202f\u200a\u2002\u2003", " ")
    | dict.fromkeys("‘’ʼ′`´", "'")
    | dict.fromkeys("“”″", '"')
    | {MASK: " ", "∼": "~", "～": "~"}
)
_VARIANT = re.compile(f"[{''.join(_SAME)}]")

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
# Most tokens are plain words and signs: these two come first, and take only what the others would take too.
_PLAIN = r"[a-z]++(?![^\W_]|[-_/]\d)|[^\w\s.\ue000]|\.(?!\d)"
# Figures are of bounded length: a longer run of them is cut, and what is cut is no number to the grammar.
# Every token takes the spaces after it along: together they are the text, so lengths give the offsets.
_TOKEN = re.compile(rf"(?:{_PLAIN}|{_SPLIT}|{_WORD}|{_NUMBERS})\s*+", re.X)


@dataclass(slots=True)
class Tokens:
    """The tokens of one text: `words[i]` begins at `low[starts[i]]`.

    After the last of the `size` tokens come six empty words that stand nowhere: looking a few tokens
    ahead needs no test, nor does looking back from the first one, because -1 is the last empty word.
    `text` is the original, of the same length as `low`. `whole` marks a text that is one value and
    nothing else (from a knowledge base), where no context is needed to take a number for a value.
    """

    text: str
    low: str
    words: list[str]
    starts: list[int]
    size: int
    whole: bool = False
    month_first: bool = False

    def glued(self, i: int) -> bool:
        """True where token `i` follows the one before it without a space."""
        return self.starts[i] == self.starts[i - 1] + len(self.words[i - 1])

    def end(self, i: int) -> int:
        """Where token `i` ends in the text."""
        return self.starts[i] + len(self.words[i])

    def phrase(self, i: int, j: int) -> str:
        """The words from `i` to before `j`, with one space between."""
        return " ".join(self.words[max(i, 0) : j])


def normalise(text: str) -> str:
    """Lower case, plain dashes, spaces and quotes; each character stays at its offset."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(lower if len(lower := char.lower()) == 1 else char for char in text)
    return low if low.isascii() else _VARIANT.sub(lambda found: _SAME[found[0]], low)


def split_tokens(text: str, low: str, *, whole: bool = False, month_first: bool = False) -> Tokens:
    """Split normalised text; `text` is the original it was made from."""
    first = len(low) - len(low.lstrip())
    spaced = _TOKEN.findall(low, first)
    words = list(map(str.rstrip, spaced))
    starts = list(accumulate(map(len, spaced), initial=first))
    size = len(words)
    words += [""] * 6
    starts[size:] = range(-6, 0)
    return Tokens(text, low, words, starts, size, whole, month_first)
