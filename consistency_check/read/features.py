"""What can be told of a value or a sentence, and of its nearness to a policy, as numbers.

`FEATURES[family]` names the columns of that family's matrix. Only a policy's wording is used here; its
answers come in at `answers.py`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np

from consistency_check.model import Mention, Relation, Value
from consistency_check.read.asking import asks_for
from consistency_check.read.cues import STANCE, YES_NO
from consistency_check.read.neighbours import AFTER, BEFORE
from consistency_check.read.options import OPTION
from consistency_check.read.passages import Sentence
from consistency_check.read.scene import Scene
from consistency_check.read.units import COMPARED, KINDS
from consistency_check.read.vectors import Floats
from consistency_check.values import relate

SHORT = 6
FIRST_WORDS = 4
VIEWS = ("clause", "sentence", "around", "question", "reply", "before", "together")
ALIKE = tuple(f"likeness {kind}" for kind in COMPARED)
SIMILAR = ("shared", *(f"covered {kind}" for kind in KINDS), *ALIKE)
RIVAL = ("shared", "covered", *ALIKE)
NEARNESS = (*SIMILAR, *(f"{name}: lead" for name in RIVAL), *(f"{name}: best" for name in RIVAL))
PLACES = ("before", "after", "elsewhere")
TYPES = ("duration", "money", "percent", "number", "date", "time", "contact")

PAIR = (
    *(f"{view}: {name}" for view in VIEWS for name in NEARNESS),
    *(f"short, question: {name}" for name in NEARNESS),
    "rivals",
    "covered, best of views",
    "likeness, best of views",
)
MENTION = (
    *(f"{cue.name}, {place}" for cue in STANCE for place in PLACES),
    *(f"word before: {word}" for word in BEFORE),
    *(f"word after: {word}" for word in AFTER),
    *(f"is {kind}" for kind in TYPES),
    *("at most", "at least", "range", "zero"),
    *(
        "asked for this kind",
        "question",
        "question has this kind",
        "question says the same",
        "polar question",
    ),
    *("sentence asks", "sentence greets", "short", "words", "share of the sentence"),
    *("first sentence", "place in the reply", "other values of the kind", "other values", "last sentence"),
    *("starts the sentence", "ends the sentence", "only value"),
)
SENTENCE = (
    *(f"{cue.name}, sentence" for cue in STANCE),
    *(f"{cue.name}, says" for cue in YES_NO),
    *(f"{cue.name}, first words" for cue in YES_NO),
    *("polar question", "question", "sentence asks", "sentence greets", "short", "words"),
    *("first sentence", "place in the reply", "sentences", "has a value", "asked for this kind"),
)
# Where the first columns of MENTION and SENTENCE lie.
BEFORE_AT = {word: (MENTION.index(f"word before: {word}"),) for word in BEFORE}
AFTER_AT = {word: (MENTION.index(f"word after: {word}"),) for word in AFTER}
TYPE_AT = {kind: MENTION.index(f"is {kind}") for kind in TYPES}
SAYING = len(STANCE) + len(YES_NO)
FEATURES = {
    "typed": (*PAIR, *MENTION, *(f"policy of {kind}" for kind in TYPES), "unit borrowed"),
    "yes_no": (*PAIR, *SENTENCE),
    "choice": (*PAIR, *SENTENCE, *OPTION),
    "text": (*PAIR, *SENTENCE),
}


def describe_mention(
    scene: Scene, mention: Mention, place: int, left: int, right: int
) -> tuple[list[int], list[float]]:
    """The columns of MENTION for a value in the clause `text[left:right]` of sentence number `place`.

    The first of them by the numbers of those that are 1.0, for nearly all are zero; the last as they are.
    """
    sentence, value = scene.sentences[place], mention.value
    words, sentences, mentions = len(sentence.words), len(scene.sentences), scene.mentions
    first = bisect_left(sentence.starts, mention.start)
    last = bisect_left(sentence.starts, mention.end)
    marks = [*find_places(sentence, mention, left, right), TYPE_AT[value.type]]
    marks += BEFORE_AT.get(sentence.words[first - 1] if first else "", ())
    marks += AFTER_AT.get(sentence.words[last] if last < words else "", ())
    others = scene.counts[value.type] - 1
    measured = [
        *describe_shape(value),
        *describe_asking(scene, value),
        *(float(sentence.asks), float(sentence.greets), float(words <= SHORT), min(words, 40) / 40),
        (mention.end - mention.start) / (sentence.end - sentence.start),
        *(scene.comes_first(place), place / sentences, min(others, 5) / 5),
        *(min(len(mentions) - 1, 8) / 8, float(place == sentences - 1)),
        *(float(first == 0), float(last >= words - 1), float(len(mentions) == 1)),
    ]
    return marks, measured


def lay_rows(described: Sequence[tuple[Sequence[int], Sequence[float]]], width: int) -> Floats:
    """Rows of `width` columns, of the numbers of those that are 1.0 and, at their end, what was measured."""
    rows = np.zeros((len(described), width), np.float32)
    for row, (marks, _) in zip(rows, described, strict=True):
        row[marks] = 1.0
    if described:
        measured = np.array([one for _, one in described], np.float32)
        rows[:, width - measured.shape[1] :] = measured
    return rows


def describe_shape(value: Value) -> list[float]:
    """Bounded, ranged or zero."""
    low, high = value.low, value.high
    ranged = low is not None and high is not None and low != high
    return [
        float(low is None and high is not None),
        float(high is None and low is not None),
        float(ranged),
        float(low == high == 0),
    ]


def describe_asking(scene: Scene, value: Value) -> list[float]:
    """How the customer's question fits a value."""
    asked = scene.asked
    same_kind = [m for m in asked.mentions if m.value.type == value.type]
    return [
        float(asks_for(value.type, asked.low)),
        float(bool(asked.low)),
        float(bool(same_kind)),
        float(any(relate(m.value, value) is Relation.EQUAL for m in same_kind)),
        float(asked.polar),
    ]


def find_places(sentence: Sentence, mention: Mention, left: int, right: int) -> list[int]:
    """For each stance cue: is it in the clause before the value, after it, or elsewhere in the sentence."""
    start, end = mention.start, mention.end
    return [
        cue * len(PLACES)
        + (0 if left <= first and last <= start else 1 if end <= first and last <= right else 2)
        for cue, first, last in sentence.cues
        if cue < len(STANCE)
    ]


def describe_sentence(scene: Scene, place: int) -> tuple[list[int], list[float]]:
    """The columns of SENTENCE but the last, which depends on the family; as `describe_mention` gives its."""
    sentence, asked = scene.sentences[place], scene.asked
    opening = end_of_first_words(sentence)
    marks = [cue for cue, _, _ in sentence.cues if cue < SAYING]
    marks += [
        len(YES_NO) + cue for cue, _, end in sentence.cues if len(STANCE) <= cue < SAYING and end <= opening
    ]
    words, sentences = len(sentence.words), len(scene.sentences)
    measured = [
        *(float(asked.polar), float(bool(asked.low))),
        *(float(sentence.asks), float(sentence.greets), float(words <= SHORT), min(words, 40) / 40),
        *(scene.comes_first(place), place / sentences, min(sentences, 8) / 8),
        float(any(sentence.start <= m.start < sentence.end for m in scene.mentions)),
    ]
    return marks, measured


def end_of_first_words(sentence: Sentence) -> int:
    """Where the sentence's `FIRST_WORDS` opening words end."""
    return sentence.starts[FIRST_WORDS] if len(sentence.starts) > FIRST_WORDS else sentence.end
