"""A text as sentences of words with character offsets, its cues marked and its quoted parts found.

spaCy's blank English tokeniser makes the words (it keeps "a.m.", "e.g." and addresses whole), so a full
stop that stands alone ends a sentence, and so does a line break: agents seldom punctuate a chat. spaCy reads
what stands between two spaces by itself, so here it reads each such chunk once and a text is put together
from its chunks, which gives the same words far sooner. All cues are found in one pass over the words.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate, chain, compress, count
from sys import intern
from typing import Any, NamedTuple

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token

from consistency_check.read.cues import CUES

LONGEST_TEXT = 20_000
# So many marks in a row say nothing, and spaCy takes the square of their number to part them.
MARKS = re.compile(r"[^\w\s]{200,}")
LONGEST_CHUNK = 400
LONGEST_KEPT = 40
MOST_WORDS = 100_000
BREAK = "\n"
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
APOSTROPHES = "'‘’"
# Flat, for speed: a word in lower case ("" for a blank, BREAK for one with a line break), how far from its
# start the next one starts, the `Step` that it leads to or None, the next word, and so on.
Tokens = tuple[Any, ...]
UNSETTLED: Tokens = (None, 0, None)
# A named tuple's own constructor takes twice as long.
NEW = tuple.__new__


class Met(NamedTuple):
    """Cue number `cue` of CUES, met in `text[start:end]`."""

    cue: int
    start: int
    end: int


class Sentence(NamedTuple):
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


class Step(NamedTuple):
    """A place in the phrases of the cues: the cues that are met here, and where the next words lead.

    `parts` if the word that leads here ends a sentence.
    """

    cues: list[int]
    further: dict[str, Step]
    parts: bool = False


class Chunks(dict[str, Tokens]):
    """The tokens of each chunk of text, read when it is first asked for.

    Having split all chunks, spaCy joins marks into faces, the longest first and across spaces too: "):" in
    "(so):" is one word, but two before " -)". A chunk where that may happen is `UNSETTLED`, and its text is
    read as a whole.
    """

    def __init__(self, pipeline: Language, steps: dict[str, Step]) -> None:
        self.pipeline = pipeline
        self.steps = steps
        tokenizer: Any = pipeline.tokenizer
        self.faces = {
            text
            for text in tokenizer.rules
            if len(text) > 1 and (text[0] in APOSTROPHES or sum(map(str.isalpha, text)) < 2)
        }
        self[BREAK] = (BREAK, 0, steps[BREAK])

    def __missing__(self, chunk: str) -> Tokens:
        if len(chunk) > LONGEST_CHUNK:
            # It may take seconds, by the square of its length, and this spares doing it twice.
            return UNSETTLED
        doc = self.pipeline.make_doc(chunk + " ")
        tokens = UNSETTLED if self._may_change(doc) else self.list_tokens(doc)
        if len(chunk) <= LONGEST_KEPT:
            self[chunk] = tokens
        return tokens

    def list_tokens(self, doc: Doc) -> Tokens:
        """What spaCy has read, flat."""
        words = [(lower_word(token), len(token.text_with_ws)) for token in doc]
        return tuple([part for word, width in words for part in (word, width, self.steps.get(word))])

    def _may_change(self, doc: Doc) -> bool:
        """Whether there is a face among other words; one like "'s" only matters where it comes first."""
        return len(doc) > 1 and any(
            token.text in self.faces and (token.i == 0 or token.text[0] not in APOSTROPHES) for token in doc
        )


class Tokeniser:
    """spaCy's blank English pipeline, nothing trained, and the chunks that it has read.

    `steps` has the words that begin a phrase of a cue and the marks that end a sentence.
    """

    def __init__(self) -> None:
        self.pipeline = spacy.blank("en")
        self.steps = {mark: Step([], {}, parts=True) for mark in (BREAK, *ENDS)}
        for number, cue in enumerate(CUES):
            for phrase in cue.list_phrases():
                self._add_phrase(phrase, number)
        self.chunks = Chunks(self.pipeline, self.steps)

    def read(self, text: str) -> tuple[tuple[str, ...], tuple[int, ...], tuple[Any, ...]]:
        """The words of a text, where each starts, and its `Step` or None; a break is a word, and the last."""
        chunks = (text.replace("\n", " \n ") + " \n").split(" ")
        tokens = tuple(chain.from_iterable(map(self.chunks.__getitem__, chunks)))
        words = tokens[::3]
        if all(words):
            return words, tuple(accumulate(tokens[1::3], initial=0)), tokens[2::3]
        if None in words:
            tokens = self.chunks.list_tokens(self.pipeline.make_doc(text + BREAK))
            words = tokens[::3]
        starts, steps = accumulate(tokens[1::3], initial=0), tokens[2::3]
        return tuple(compress(words, words)), tuple(compress(starts, words)), tuple(compress(steps, words))

    def _add_phrase(self, phrase: str, number: int) -> None:
        step = Step([], self.steps)
        for token in self.pipeline.make_doc(phrase):
            step = step.further.setdefault(lower_word(token), Step([], {}))
        if number not in step.cues:
            step.cues.append(number)


def lower_word(token: Token) -> str:
    """A token as `Tokens` has it; many chunks share a word, so it is kept once."""
    if token.is_space:
        return BREAK if BREAK in token.text else ""
    return intern(token.lower_)


@cache
def load_tokeniser() -> Tokeniser:
    """The tokeniser of this process."""
    return Tokeniser()


def forget_words() -> None:
    """Starts anew when the tokeniser keeps over `MOST_WORDS` chunks, or its vocabulary words: some 80 MB."""
    tokeniser = load_tokeniser()
    if max(len(tokeniser.chunks), len(tokeniser.pipeline.vocab)) > MOST_WORDS:
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
    own = MARKS.sub(lambda run: " " * len(run[0]), text[:LONGEST_TEXT])
    words, starts, steps = load_tokeniser().read(own)
    sentences: list[Sentence] = []
    cues: list[Met] = []
    first = 0
    for place in compress(count(), steps):
        numbers, further, parts = steps[place]
        for cue in numbers:
            start = starts[place]
            cues.append(NEW(Met, (cue, start, start + len(words[place]))))
        if not parts:
            if words[place + 1] in further:
                cues += follow_phrases(further, own, words, starts, place)
            continue
        if place > first:
            stop, end = place + 1, starts[place] + len(words[place])
            if words[place] == BREAK:
                # By the text, as "İ" is longer in lower case; the words of cues and the marks are not.
                stop, last = place, starts[place - 1]
                end = last + len(own[last : starts[place]].rstrip())
            sentences.append(make_sentence(text, words[first:stop], starts[first:stop], end, cues))
        first, cues = place + 1, []
    return sentences


def follow_phrases(
    further: dict[str, Step], text: str, words: tuple[str, ...], starts: tuple[int, ...], place: int
) -> list[Met]:
    """The cues of several words that begin with the one at `place`, shortest first."""
    met: list[Met] = []
    start = starts[place]
    end = start + len(words[place])
    for later in count(place + 1):
        word, after = words[later], starts[later]
        if word not in further or (after > end and text[end:after] != " "):
            break
        numbers, further, _ = further[word]
        end = after + len(word)
        for cue in numbers:
            met.append(NEW(Met, (cue, start, end)))
    return met


def make_sentence(
    text: str, words: tuple[str, ...], starts: tuple[int, ...], end: int, cues: list[Met]
) -> Sentence:
    """Freezes the words read so far; one that ends in a question mark asks."""
    return Sentence(
        starts[0],
        end,
        words,
        starts,
        tuple(cues),
        "?" in words[-1],
        len(words) <= LONGEST_GREETING and GREETING.match(text, starts[0]) is not None,
    )
