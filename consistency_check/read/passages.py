"""A text as sentences of words with character offsets, its cues marked and its quoted parts found.

spaCy's blank English tokeniser makes the words (it keeps "a.m.", "e.g." and addresses whole), so a full
stop that stands alone ends a sentence, and so does a line break: agents seldom punctuate a chat. Its
phrase matcher finds all cues in one pass.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import spacy
from spacy.attrs import IDX, LENGTH, LOWER
from spacy.matcher import PhraseMatcher

from consistency_check.read.cues import CUES

LONGEST_TEXT = 20_000
MOST_WORDS = 100_000
ENDS = frozenset({".", "!", "?", "…", "..", "..."})
QUOTED_LINE = re.compile(r"^[ \t]*[>|].*$", re.M)
QUOTED_REST = re.compile(
    r"^[ \t]*(?:-{2,} ?(?:original|forwarded) message ?-{2,}|_{10,}"
    r"|(?:on|am|le) [^\n]{6,120}(?:wrote|écrit|schrieb) ?:"
    r"|from: [^\n]+\n[ \t]*(?:sent|date|to): [^\n]+)",
    re.I | re.M,
)
GREETING = re.compile(
    r"(?:dear|hi|hello|hey|hiya|good (?:morning|afternoon|evening|day)|thanks|thank you|many thanks|cheers"
    r"|(?:kind |best |warm )?regards|best wishes|yours|sincerely|all the best|bye|goodbye|have a)\b",
    re.I,
)
LONGEST_GREETING = 8


class Met(NamedTuple):
    """Cue number `cue` of CUES, met in `text[start:end]`."""

    cue: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text[start:end]`: its words in lower case, where each starts, and the cues met in it, in order."""

    start: int
    end: int
    words: tuple[str, ...]
    starts: tuple[int, ...]
    cues: tuple[Met, ...]
    asks: bool
    greets: bool

    def cues_between(self, start: int, end: int) -> set[int]:
        """The numbers of the cues that lie within a span of the text."""
        return {met.cue for met in self.cues if start <= met.start and met.end <= end}


class Tokeniser:
    """spaCy's blank English pipeline, nothing trained, and a matcher of every cue.

    `words` has, by spaCy's number, a word's lower-case text, whether it ends a sentence and if it is blank;
    `cue_of` the cue that a key of the matcher stands for.
    """

    def __init__(self) -> None:
        self.pipeline = spacy.blank("en")
        self.matcher = PhraseMatcher(self.pipeline.vocab, attr="LOWER")
        for number, cue in enumerate(CUES):
            self.matcher.add(str(number), [self.pipeline.make_doc(phrase) for phrase in cue.list_phrases()])
        self.cue_of = {self.pipeline.vocab.strings[str(number)]: number for number in range(len(CUES))}
        self.words: dict[int, tuple[str, bool, bool]] = {}


@cache
def load_tokeniser() -> Tokeniser:
    """The tokeniser of this process."""
    return Tokeniser()


def forget_words() -> None:
    """Starts anew when the tokeniser has met `MOST_WORDS` words: spaCy's vocabulary keeps each for ever.

    Its memory zones would do the same, but look every rare word up anew, which takes several times as long.
    """
    if len(load_tokeniser().pipeline.vocab) > MOST_WORDS:
        load_tokeniser.cache_clear()


def find_quoted(text: str) -> list[tuple[int, int]]:
    """Spans of the text that repeat an earlier message: quoted lines, and all below a reply header."""
    spans = [match.span() for match in QUOTED_LINE.finditer(text)] if ">" in text or "|" in text else []
    header = QUOTED_REST.search(text)
    if header:
        lines_follow = any(start >= header.end() for start, _ in spans)
        spans.append(header.span() if lines_follow else (header.start(), len(text)))
    return sorted(spans)


def split_sentences(text: str) -> list[Sentence]:
    """The sentences of a text in order, up to `LONGEST_TEXT` characters; line breaks always part them."""
    tokeniser = load_tokeniser()
    doc = tokeniser.pipeline.make_doc(text[:LONGEST_TEXT])
    table = doc.to_array([LOWER, IDX, LENGTH]).tolist()
    met = sorted(
        (table[first][1], table[last - 1][1] + table[last - 1][2], tokeniser.cue_of[key])
        for key, first, last in tokeniser.matcher(doc)
    )
    sentences: list[Sentence] = []
    words: list[str] = []
    starts: list[int] = []
    last = at = 0
    known = tokeniser.words
    for lower, start, length in [*table, (0, len(text), 0)]:
        found = known.get(lower)
        if found is None:
            word = doc.vocab.strings[lower] if lower else "\n"
            found = known[lower] = (word, word in ENDS or (word.isspace() and "\n" in word), word.isspace())
        word, ends, blank = found
        if not blank:
            words.append(word)
            starts.append(start)
            last = start + length
        if ends and words:
            cues: list[Met] = []
            while at < len(met) and met[at][0] < last:
                cues.append(Met(met[at][2], met[at][0], met[at][1]))
                at += 1
            if words[0] not in ENDS:
                sentences.append(make_sentence(text, words, starts, last, cues))
            words, starts = [], []
    return sentences


def make_sentence(text: str, words: list[str], starts: list[int], end: int, cues: list[Met]) -> Sentence:
    """Freezes the words read so far; one that ends in a question mark asks."""
    return Sentence(
        starts[0],
        end,
        tuple(words),
        tuple(starts),
        tuple(cues),
        asks="?" in words[-1],
        greets=len(words) <= LONGEST_GREETING and GREETING.match(text, starts[0]) is not None,
    )
