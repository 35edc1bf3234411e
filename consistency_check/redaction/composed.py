"""A text as it is searched: letters in one piece, whatever writes their accents apart or hides in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from consistency_check.redaction.edits import Edit

# Soft hyphens, joiners, marks of direction and variants of a sign: nobody sees them.
_HIDDEN = frozenset(
    "\u00ad\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff"
)
_SIMPLE = re.compile(r"[\x00-\xac\xae-\u02ff\u2010-\u2029\u202f-\u205f\u20a0-\u20cf\u2100-\u2c5f]*")
"""Western letters, marks of punctuation and signs: none of them belongs to the one before it."""
_MEDIAL = range(0x1160, 0x1200)
"""Vowels and last consonants of Hangul written apart, of which a syllable is made."""


@dataclass(frozen=True, slots=True)
class Composed:
    """`text` without what is hidden, in the form NFC; `starts` and `ends` tell where its signs were.

    Both are empty where nothing had to be done.
    """

    text: str
    starts: Sequence[int] = ()
    ends: Sequence[int] = ()

    def place(self, edits: Iterable[Edit]) -> list[Edit]:
        """Edits of the composed text, as they are in the one it was made of."""
        if not self.ends:
            return list(edits)
        return [edit._replace(start=self.starts[edit.start], end=self.ends[edit.end - 1]) for edit in edits]


def compose(text: str) -> Composed:
    """The text to search, without marks that make no letter with the one before them, as Arabic vowels."""
    if text.isascii() or _SIMPLE.fullmatch(text):
        return Composed(text)
    signs: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _list_letters(text):
        written = "".join(sign for sign in text[start:end] if sign not in _HIDDEN)
        for sign in unicodedata.normalize("NFC", written):
            if not unicodedata.combining(sign):
                signs.append(sign)
                starts.append(start)
                ends.append(end)
    composed = "".join(signs)
    return Composed(text) if composed == text else Composed(composed, starts, ends)


def _list_letters(text: str) -> Iterable[tuple[int, int]]:
    """Where each letter begins and ends, with all that belongs to it."""
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not _belongs(text[at]):
            yield start, at
            start = at


def _belongs(sign: str) -> bool:
    return sign in _HIDDEN or unicodedata.combining(sign) > 0 or ord(sign) in _MEDIAL
