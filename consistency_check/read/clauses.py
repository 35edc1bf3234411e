"""Values in their clauses: how far the words around a value belong to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from consistency_check.model import Mention
from consistency_check.read.passages import Sentence
from consistency_check.read.scene import Scene

# A sentence up to this many characters is quoted whole.
SHORTEST_QUOTED_CLAUSE = 90
CLAUSE_END = re.compile(
    r"[,;:()\n–—]| - |(?<!\w)(?:and|but|so|while|whereas|though|although|because|otherwise|then|or)(?!\w)"
)


class Clause(NamedTuple):
    """A value in its clause `text[left:right]`, in sentence number `place` of scene number `scene`."""

    scene: int
    place: int
    mention: Mention
    left: int
    right: int


def list_clauses(number: int, scene: Scene) -> Iterator[Clause]:
    """The values of a scene that stand in one of its sentences, each in its clause."""
    for mention in scene.mentions:
        place = scene.place_of(mention)
        if place is not None:
            yield Clause(number, place, mention, *find_clause(scene, place, mention.start, mention.end))


def find_clause(scene: Scene, place: int, start: int, end: int) -> tuple[int, int]:
    """The part of the sentence between the nearest clause marks around `text[start:end]`."""
    sentence = scene.sentences[place]
    left = sentence.start
    for before in CLAUSE_END.finditer(scene.low, sentence.start, start):
        left = before.end()
    after = CLAUSE_END.search(scene.low, end, sentence.end)
    return left, after.start() if after else max(sentence.end, end)


def list_between(sentence: Sentence, left: int, right: int) -> list[str]:
    """The words of a sentence that start in a span of the text."""
    return [
        word for word, start in zip(sentence.words, sentence.starts, strict=True) if left <= start < right
    ]


def find_span(scene: Scene, place: int, start: int, end: int, *, whole: bool) -> tuple[int, int]:
    """The words to quote for `text[start:end]`: its clause, or its sentence if that is short or `whole`."""
    sentence = scene.sentences[place]
    if whole or sentence.end - sentence.start <= SHORTEST_QUOTED_CLAUSE:
        return min(sentence.start, start), max(sentence.end, end)
    left, right = find_clause(scene, place, start, end)
    while left < start and scene.text[left].isspace():
        left += 1
    while right > end and scene.text[right - 1].isspace():
        right -= 1
    return left, right
