"""Whole names in ids, paths and channels, where none has a capital: `beth-long` for the agent Beth Long."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from consistency_check.redaction.people import People
from consistency_check.redaction.words import WORD, read_name_words, read_plain_words

_JOINT = re.compile(r"[\s._,+-]{1,3}")


class WholeName(NamedTuple):
    """`text[start:end]` is the name of the agent or the person that `owner` stands for."""

    start: int
    end: int
    kind: str
    owner: str


class WholeNames:
    """Finds agents by their whole names, perhaps the last word first, and customers by two of their words."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._agents: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name in sorted(people.agent_names, key=lambda name: (-len(name), name)):
            words = tuple(WORD.findall(name))
            for written in dict.fromkeys((words, (*words[-1:], *words[:-1]))):
                if not all(map(self._says_more, written)):
                    self._agents.setdefault(written[0], []).append((written, name))

    def find(self, text: str) -> Iterator[WholeName]:
        """From left to right, none over another."""
        for row in _list_rows(text):
            words = [self._people.fold(found[0]) for found in row]
            at = 0
            while at < len(words):
                length, kind, owner = (
                    self._find_agent(words, at) or self._find_person(words, at) or (0, "", "")
                )
                if length:
                    yield WholeName(row[at].start(), row[at + length - 1].end(), kind, owner)
                at += length or 1

    def _find_agent(self, words: Sequence[str], at: int) -> tuple[int, str, str] | None:
        for name, owner in self._agents.get(words[at], ()):
            if tuple(words[at : at + len(name)]) == name:
                return len(name), "agent", owner
        return None

    def _find_person(self, words: Sequence[str], at: int) -> tuple[int, str, str] | None:
        """Two words and more that one customer alone is called by."""
        owners: set[str] = set()
        end = at
        while end < len(words) and (owner := self._people.bearers.get(words[end])) is not None:
            if owner and owners - {owner}:
                break
            owners |= {owner} - {""}
            end += 1
        said = set(words[at:end])
        if len(said) < 2 or not owners or all(map(self._says_more, said)):
            return None
        return end - at, "person", owners.pop()

    def _says_more(self, word: str) -> bool:
        """Whether a word is hardly a part of a name."""
        return word in read_plain_words() or (word in self._people.public and word not in read_name_words())


def _list_rows(text: str) -> Iterator[list[re.Match[str]]]:
    """Words that nothing but blanks, dots and dashes part."""
    row: list[re.Match[str]] = []
    for found in WORD.finditer(text):
        if row and not _JOINT.fullmatch(text, row[-1].end(), found.start()):
            yield row
            row = []
        row.append(found)
    if row:
        yield row
