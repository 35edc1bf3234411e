"""Does a sentence affirm or deny the proposition of a `yes_no` policy: the columns that decide it."""

from __future__ import annotations

import re

import numpy as np

from consistency_check.model import Policy
from consistency_check.read.cues import CUES, STANCE, YES_NO
from consistency_check.read.features import end_of_first_words
from consistency_check.read.passages import Met, Sentence, split_sentences
from consistency_check.read.scene import Scene
from consistency_check.read.stance import list_within
from consistency_check.read.vectors import Floats

NAMES = tuple(cue.name for cue in YES_NO)
PRESSED = ("must", "needn't", "cannot", "can")
POLARITY = (
    *(f"{name}, sentence" for name in NAMES),
    *(f"{name}, first words" for name in NAMES),
    *(f"{name}, nearest clause" for name in NAMES),
    *("negations", "odd negations", "odd negations in the nearest clause"),
    *("polar question", "question negative", "starts with yes", "starts with no"),
    *(f"demand: {name}" for name in PRESSED),
    *("demand: odd negations", "demand"),
    *("coverage of yes over no", "likeness of yes over no"),
)
CLAUSE = re.compile(r"[,;:()\n–—]| - |(?<!\w)(?:but|so|while|although|though|because|otherwise)(?!\w)")
YES, NO = len(STANCE) + NAMES.index("yes"), len(STANCE) + NAMES.index("no")
DOUBLE, NEGATION = len(STANCE) + NAMES.index("double negative"), len(CUES) - 1
MUST = len(STANCE) + NAMES.index("must")


def list_negations(cues: tuple[Met, ...]) -> list[Met]:
    """The words that turn a sentence round; those within "no problem" and its like do not."""
    taken = [met for met in cues if met.cue == DOUBLE]
    found = [met for met in cues if met.cue == NEGATION]
    return [met for met in found if not any(t.start <= met.start and met.end <= t.end for t in taken)]


def is_odd(sentence: Sentence, start: int, end: int) -> bool:
    """Whether an odd number of negations lies in a span: it says the opposite of its words."""
    inside = [met for met in list_negations(sentence.cues) if start <= met.start and met.end <= end]
    return len(inside) % 2 == 1


def read_statement(policy: Policy) -> tuple[bool, bool]:
    """Is a policy's statement negative; does it speak of what must be done."""
    sentences = split_sentences(policy.statement)
    negative = any(is_odd(sentence, sentence.start, sentence.end) for sentence in sentences)
    demand = any(met.cue == MUST for sentence in sentences for met in sentence.cues)
    return negative, demand


def list_polar_grams(sentence: Sentence, statement: tuple[bool, bool]) -> list[str]:
    """The grams of a sentence, and again for a statement that is negative, or speaks of what must be done."""
    grams = list_within(sentence.words)
    marks = [mark for mark, is_so in zip(("not", "must"), statement, strict=True) if is_so]
    return [*grams, *(f"{mark}: {gram}" for mark in marks or ["may"] for gram in grams)]


def describe_polarity(
    scene: Scene, place: int, words: frozenset[str], statement: tuple[bool, bool], options: list[float]
) -> Floats:
    """The columns of POLARITY for one sentence.

    `words` are the policy's own, by which the nearest clause is found; `statement` is of
    `read_statement`; `options` are coverage and likeness of its yes over its no wordings.
    """
    sentence = scene.sentences[place]
    left, right = find_nearest_clause(scene.low, sentence, words)
    whole = sentence.cues_between(sentence.start, sentence.end)
    first = sentence.cues_between(sentence.start, end_of_first_words(sentence))
    near = sentence.cues_between(left, right)
    numbers = range(len(STANCE), len(STANCE) + len(YES_NO))
    row = [float(number in cues) for cues in (whole, first, near) for number in numbers]
    odd, odd_near = is_odd(sentence, sentence.start, sentence.end), is_odd(sentence, left, right)
    row += [min(len(list_negations(sentence.cues)), 3) / 3, float(odd), float(odd_near)]
    opening = {met.cue for met in sentence.cues if met.start == sentence.start}
    row += [
        float(scene.asked.polar),
        float(scene.asked.negative),
        float(YES in opening),
        float(NO in opening),
    ]
    negative, demand = statement
    row += [float(demand and len(STANCE) + NAMES.index(name) in whole) for name in PRESSED]
    row += [float(demand and odd), float(demand), *options]
    return np.array(row, np.float32) * np.float32(-1.0 if negative else 1.0)


def find_nearest_clause(low: str, sentence: Sentence, words: frozenset[str]) -> tuple[int, int]:
    """The clause of a sentence that says most of these words; the first of equals."""
    ends = [mark.start() for mark in CLAUSE.finditer(low, sentence.start, sentence.end)]
    spans = list(zip([sentence.start, *ends], [*ends, sentence.end], strict=True))
    if len(spans) == 1:
        return spans[0]
    counts = dict.fromkeys(spans, 0)
    for word, start in zip(sentence.words, sentence.starts, strict=True):
        if word in words:
            counts[next(span for span in spans if start < span[1])] += 1
    return max(spans, key=lambda span: counts[span])
