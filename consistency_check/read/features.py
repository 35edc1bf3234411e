"""What can be told of a value or a sentence, and of its nearness to a policy, as numbers.

`FEATURES[family]` names the columns of that family's matrix. Only a policy's wording is used here; its
answers come in at `answers.py`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping

from consistency_check.model import Mention, Relation, Value
from consistency_check.read.asking import ASKS
from consistency_check.read.cues import AFTER, BEFORE, STANCE, YES_NO
from consistency_check.read.options import OPTION
from consistency_check.read.passages import Sentence
from consistency_check.read.scene import Scene
from consistency_check.read.wording import COMPARED, KINDS
from consistency_check.values import relate

SHORT = 6
FIRST_WORDS = 4
BEFORE_AT = {word: place for place, word in enumerate(BEFORE)}
AFTER_AT = {word: place for place, word in enumerate(AFTER)}
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
FEATURES = {
    "typed": (*PAIR, *MENTION, *(f"policy of {kind}" for kind in TYPES), "unit borrowed"),
    "yes_no": (*PAIR, *SENTENCE),
    "choice": (*PAIR, *SENTENCE, *OPTION),
    "text": (*PAIR, *SENTENCE),
}


def describe_mention(scene: Scene, mention: Mention, place: int, left: int, right: int) -> list[float]:
    """The columns of MENTION for a value in the clause `text[left:right]` of sentence number `place`."""
    sentence, value = scene.sentences[place], mention.value
    row = find_places(sentence, mention, left, right)
    words = len(sentence.words)
    first = bisect_left(sentence.starts, mention.start)
    last = bisect_left(sentence.starts, mention.end)
    row += mark_word(BEFORE_AT, sentence.words[first - 1] if first else "")
    row += mark_word(AFTER_AT, sentence.words[last] if last < words else "")
    row += [float(value.type == kind) for kind in TYPES]
    row += describe_shape(value)
    row += describe_asking(scene, value)
    others = sum(other.value.type == value.type for other in scene.mentions) - 1
    row += [float(sentence.asks), float(sentence.greets), float(words <= SHORT), min(words, 40) / 40]
    row.append((mention.end - mention.start) / (sentence.end - sentence.start))
    row += [scene.comes_first(place), place / len(scene.sentences), min(others, 5) / 5]
    row += [min(len(scene.mentions) - 1, 8) / 8, float(place == len(scene.sentences) - 1)]
    row += [float(first == 0), float(last >= words - 1), float(len(scene.mentions) == 1)]
    return row


def mark_word(places: Mapping[str, int], word: str) -> list[float]:
    """1.0 in the place of this word, 0.0 in all others."""
    row = [0.0] * len(places)
    place = places.get(word)
    if place is not None:
        row[place] = 1.0
    return row


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
        float(ASKS[value.type].search(asked.low) is not None),
        float(bool(asked.low)),
        float(bool(same_kind)),
        float(any(relate(m.value, value) is Relation.EQUAL for m in same_kind)),
        float(asked.polar),
    ]


def find_places(sentence: Sentence, mention: Mention, left: int, right: int) -> list[float]:
    """For each stance cue: is it in the clause before the value, after it, or elsewhere in the sentence."""
    row = [0.0] * (len(STANCE) * len(PLACES))
    for met in sentence.cues:
        if met.cue < len(STANCE):
            before = left <= met.start and met.end <= mention.start
            after = mention.end <= met.start and met.end <= right
            row[met.cue * len(PLACES) + (0 if before else 1 if after else 2)] = 1.0
    return row


def describe_sentence(scene: Scene, place: int) -> list[float]:
    """The columns of SENTENCE but the last, which depends on the family."""
    sentence, asked = scene.sentences[place], scene.asked
    count = len(STANCE) + len(YES_NO)
    row = [0.0] * (count + len(YES_NO))
    opening = end_of_first_words(sentence)
    for met in sentence.cues:
        if met.cue < count:
            row[met.cue] = 1.0
            if met.cue >= len(STANCE) and met.end <= opening:
                row[len(YES_NO) + met.cue] = 1.0
    words = len(sentence.words)
    row += [float(asked.polar), float(bool(asked.low))]
    row += [float(sentence.asks), float(sentence.greets), float(words <= SHORT), min(words, 40) / 40]
    row += [scene.comes_first(place), place / len(scene.sentences), min(len(scene.sentences), 8) / 8]
    row.append(float(any(sentence.start <= m.start < sentence.end for m in scene.mentions)))
    return row


def end_of_first_words(sentence: Sentence) -> int:
    """Where the sentence's `FIRST_WORDS` opening words end."""
    return sentence.starts[FIRST_WORDS] if len(sentence.starts) > FIRST_WORDS else sentence.end
