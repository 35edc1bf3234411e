"""Other ways to read the same replies, each with what it is known for: what reading is measured against.

Every maker sets up, and gives the work itself for a list of texts. The parser of spaCy is not trained, which
spares a download and does the same arithmetic.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence

import spacy
from rapidfuzz import fuzz, process
from spacy.training import Example

from tests.benchmarks.traffic import SENTENCE

Work = Callable[[], object]


def decode(texts: Sequence[str]) -> Work:
    """The least there is to do: a line of JSON into a record."""
    lines = [json.dumps({"id": str(number), "text": text}) for number, text in enumerate(texts)]
    return lambda: [json.loads(line) for line in lines]


def cut_words(texts: Sequence[str]) -> Work:
    """spaCy's blank English tokeniser."""
    cut = spacy.blank("en").make_doc
    return lambda: [cut(text) for text in texts]


def find_quantities(texts: Sequence[str]) -> Work:
    """quantulum3, which finds values and says nothing of policies; by rules alone, without its classifier."""
    from quantulum3 import classifier, parser

    classifier.USE_CLF = False
    return lambda: [parser.parse(text) for text in texts]


def parse_sentences(texts: Sequence[str]) -> Work:
    """spaCy's English pipeline with a tagger and a parser, as claims might be read by grammar."""
    pipeline = spacy.blank("en")
    pipeline.add_pipe("tagger")
    pipeline.add_pipe("parser")
    words = ["You", "have", "thirty", "days"]
    marks = {"words": words, "heads": [1, 1, 3, 1], "deps": ["nsubj", "ROOT", "nummod", "dobj"]}
    example = Example.from_dict(pipeline.make_doc(" ".join(words)), {**marks, "tags": ["P", "V", "C", "N"]})
    pipeline.initialize(lambda: [example])
    return lambda: list(pipeline.pipe(texts))


def compare_all(texts: Sequence[str]) -> Work:
    """rapidfuzz on every pair of sentences: what finds contradictions without knowing any policy."""
    sentences = [part for text in texts for part in SENTENCE.split(text) if part]
    return lambda: process.cdist(sentences, sentences, scorer=fuzz.token_set_ratio, workers=1)


REFERENCES: Mapping[str, Callable[[Sequence[str]], Work]] = {
    "decoding JSON": decode,
    "spaCy, blank tokeniser": cut_words,
    "quantulum3": find_quantities,
    "spaCy with parser": parse_sentences,
    "rapidfuzz, all pairs of sentences": compare_all,
}
