"""Names in a text: of the customer it went to, of agents, and of anybody else whom the run knows."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import takewhile
from typing import NamedTuple

from consistency_check.redaction.cues import find_named
from consistency_check.redaction.edits import Edit
from consistency_check.redaction.people import Called, People
from consistency_check.redaction.pseudonyms import Pseudonyms
from consistency_check.redaction.words import WORD, is_word_here, read_name_words, read_plain_words

_CAPITAL = re.compile(r"(?<![^\W\d_])[^\W\d_a-z][^\W\d_]*")
"""Words that do not begin with one of a to z: among them are all those that may be a stranger's name."""
_JOINT = re.compile(r"[ \u00a0.'’-]{0,3}")
_NEXT = re.compile(r"[ \u00a0](?P<word>[^\W\d_a-zß-öø-ÿ][^\W\d_]+)")
_SURNAME = re.compile(r"[ \u00a0](?P<word>[^\W\d_a-zß-öø-ÿ](?:['’-]?[^\W\d_]){1,24})")
"""What may follow a known given name on its line: records often hold no more than that."""
_INITIAL_BEFORE = re.compile(r"(?<![\w.])[^\W\d_](?:\.[ ]?|[ ])\Z")
_SHORTEST = 3
"""Letters of a stranger's name: shorter ones are more often initials and words of other languages."""


_LONG_WORD = 6
"""Letters from which on a word with one slip in it is hardly another word."""


Row = tuple[int, int]
"""Start and end of neighbouring words."""


class _Part(NamedTuple):
    """A word that may be part of a name; `owner` is what it is made a pseudonym of, "" for several."""

    start: int
    end: int
    kind: str
    owner: str
    is_sure: bool


class NameFinder:
    """Finds the names of the people whom a run knows."""

    def __init__(self, people: People, pseudonyms: Pseudonyms) -> None:
        self._people = people
        self._make = pseudonyms.make
        self._agents: dict[str, frozenset[str]] = {}

    def find(
        self, text: str, customer: str, own: Called, agent: str, cued: Sequence[Row] = ()
    ) -> Iterator[Edit]:
        """Every name; `own` is what the customer is called, `agent` who wrote to them, `cued` as below."""
        parts = list(self._list_parts(text, customer, own.words, agent, cued))
        at = 0
        while at < len(parts):
            end = at + 1
            while end < len(parts) and _are_one(text, parts[end - 1], parts[end]):
                end += 1
            row = parts[at:end]
            if any(part.is_sure for part in row) or _name_one(row):
                yield self._replace(text, row, cued)
            at = end

    def list_cued(self, text: str) -> list[Row]:
        """Where a cue shows that a name stands, whoever's: all words before the first that is none."""
        rows: list[Row] = []
        for start, words in find_named(text):
            row = list(takewhile(partial(self._may_be_name, text, start), WORD.finditer(words)))
            if row:
                rows.append((start, start + row[-1].end()))
        return _merge_rows(rows)

    def is_plain(self, written: str) -> bool:
        """Whether a word says something else than a name too."""
        word = self._people.fold(written)
        return word in read_plain_words() or word in read_name_words() or word in self._people.public

    def _may_be_name(self, text: str, start: int, found: re.Match[str]) -> bool:
        """Whether a word, found from `start` on behind a cue, is a name as far as its neighbours tell."""
        word, public, end = self._people.fold(found[0]), self._people.public, start + found.end()
        if word not in read_name_words():
            return word not in read_plain_words() and word not in public
        if word in public and (after := _NEXT.match(text, end)):
            follows = self._people.fold(after["word"])
            if follows in public and follows not in read_plain_words():
                return False
        return not is_word_here(word, text, end)

    def name_agent(self, agent: str) -> str:
        """The pseudonym of who answered; "" for nobody."""
        return self._make("agent", self._people.fold(agent)) if agent else ""

    def _list_parts(
        self, text: str, customer: str, own: frozenset[str], agent: str, cued: Sequence[Row]
    ) -> Iterator[_Part]:
        people, fold = self._people, self._people.fold
        mine = self._list_words(agent)
        agents, bearers = people.agents, people.bearers
        folded = fold(text)
        pattern = WORD if any(word in folded for word in own) else _CAPITAL
        for found in pattern.finditer(text):
            written, (start, end) = found[0], found.span()
            if written.islower() and written.isascii() and written not in own:
                continue
            word, is_capital = fold(written), not written[0].islower()
            is_plain = self.is_plain(written)
            if word in own:
                is_sure = len(word) > 1 and (is_capital or not is_plain)
                if is_capital or is_sure:
                    yield _Part(start, end, "person", customer, is_sure)
            elif not is_capital:
                continue
            elif not is_plain and is_misspelt(word, own):
                yield _Part(start, end, "person", customer, is_sure=True)
            elif word in mine:
                yield _Part(start, end, "agent", fold(agent), len(word) > 1)
            elif len(word) >= _SHORTEST and (word in agents or word in bearers):
                is_sure = not is_plain or _find_row(cued, start, end) is not None
                kind, owner = ("agent", agents[word]) if word in agents else ("person", bearers[word])
                yield _Part(start, end, kind, owner, is_sure)

    def _list_words(self, agent: str) -> frozenset[str]:
        if agent not in self._agents:
            folded = self._people.fold(agent)
            self._agents[agent] = frozenset(WORD.findall(folded)) - read_plain_words() - read_name_words()
        return self._agents[agent]

    def _replace(self, text: str, row: list[_Part], cued: Sequence[Row]) -> Edit:
        """One pseudonym for all of it, with an initial before it, and what a cue shows to belong to it."""
        start, end = row[0].start, row[-1].end
        if initial := _INITIAL_BEFORE.search(text, max(start - 4, 0), start):
            start = initial.start() if text[initial.start()].isupper() and "." in initial[0] else start
        if end - row[-1].start == 1 and text[end : end + 1] == ".":
            end += 1
        elif (after := _SURNAME.match(text, end)) and not self.is_plain(after["word"]):
            end = after.end()
        if shown := _find_row(cued, start, end):
            start, end = min(start, shown[0]), max(end, shown[1])
        owner = next((part.owner for part in row if part.owner), "")
        said = owner or self._people.fold(text[start:end])
        return Edit(start, end, self._make(row[0].kind, said), is_known=True)


def _merge_rows(rows: list[Row]) -> list[Row]:
    """Rows from left to right; those that overlap, as several cues show one name, are one."""
    merged: list[Row] = []
    for start, end in sorted(rows):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _find_row(rows: Sequence[Row], start: int, end: int) -> Row | None:
    """The first row that a place overlaps."""
    at = bisect(rows, start, key=lambda row: row[1])
    return rows[at] if at < len(rows) and rows[at][0] < end else None


def is_misspelt(word: str, own: Iterable[str]) -> bool:
    """Whether a word is one slip of the keyboard from a word of the customer's name: people spell it out."""
    if len(word) < _LONG_WORD:
        return False
    from rapidfuzz.distance import OSA

    long = (each for each in own if len(each) >= _LONG_WORD)
    return any(OSA.distance(word, each, score_cutoff=1) <= 1 for each in long)


def _are_one(text: str, a: _Part, b: _Part) -> bool:
    """Whether two neighbouring words are parts of one name."""
    same = a.kind == b.kind and (a.owner == b.owner or not a.owner or not b.owner)
    return same and bool(_JOINT.fullmatch(text, a.end, b.start))


def _name_one(row: list[_Part]) -> bool:
    """Two words that say something else each are a name where they are one person's."""
    return len(row) > 1 and bool(row[0].owner) and all(part.owner == row[0].owner for part in row)
