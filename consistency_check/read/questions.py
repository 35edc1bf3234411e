"""What a customer asks for: which policies, or something that none of them answers; and who knew of it.

A question is compared with every policy's wording sentence by sentence and as a whole; a logistic regression
(`questions.json`, made by `training/questions.py`) says how surely it is about each. Most questions of a
company are asked again and again, so what was read of one is kept.
"""

from __future__ import annotations

import json
import re
from collections import OrderedDict
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from consistency_check.model import Asking, KnowledgeBase, Reply
from consistency_check.read.asking import POLAR_QUESTION, asks_for
from consistency_check.read.passages import Sentence, split_sentences
from consistency_check.read.recognition import recognises_contact
from consistency_check.read.scene import LONGEST_QUESTION, straighten
from consistency_check.read.sight import normalise
from consistency_check.read.vectors import Floats
from consistency_check.read.weights import Linear, show_log_odds
from consistency_check.read.wording import STOPPED, Wording

FILE = Path(__file__).with_name("questions.json")
MEASURES = (
    *("statement", "question", "topic", "statement likeness", "question likeness", "shared", "asks"),
    *("covered lead", "likeness lead", "shared lead", "likeness and asks"),
)
"""The columns of a question and a policy: shares of wordings, likeness of meaning, type, lead over rivals."""
ASKED = 0.8
"""From here on a question is about a policy: of the policies that reach it on corpora left out
(`training/questions.py`), 93 in 100 are what the answer claimed something of."""
UNCOVERED = 0.3
"""Below it for every policy a question may be one that none answers. Of the questions that a claim answers 12
in 100 lie there: whoever heeds it looks at more than one question."""
MOST_SHARED = 3.0
MOST_SENTENCES = 12
KEPT = 20_000
MOST_WORDS = 12
LEAST_WORDS = 2
_OPENS = re.compile(
    r"(?:and |so |but |also |ok |hi |hello |please |then )*"
    r"(?:what|how|when|where|which|who|whose|why|whats|hows)\b"
)
# What customers say whatever they ask about: two such words in common make no subject.
GENERAL = """
    hi hello hey dear please thanks thank cheers sorry ask asked asking question questions wonder
    wondering know tell told say said says want wanted like help need needs get got getting go going
    come came let make look looking try tried trying think thought sure right just really still again
    today tomorrow yesterday morning afternoon evening day days week weeks month months year years time
    times thing things way good bad ok okay yes yeah yep nope possible people person team service
    customer company email mail phone call called chat message letter text wrote write written rang ring
    contact reply answer answered one two three first last next new old long soon bit lot much many use
    using work works happen happens mean means check find found anyone someone something anything
    nothing everything great fine able
"""
_GENERAL = frozenset(GENERAL.split())


def measure_question(wording: Wording, sentences: Sequence[Sentence], low: str) -> Floats:
    """The columns of MEASURES for one question, a row a policy of the wording."""
    return measure_questions(wording, [(sentences, low)])[0]


def measure_questions(wording: Wording, asked: Sequence[tuple[Sequence[Sentence], str]]) -> list[Floats]:
    """The same for some questions at once: each its sentences, and its text in lower case."""
    passages: list[tuple[str, ...]] = []
    ends: list[int] = []
    for sentences, _ in asked:
        passages += [sentence.words for sentence in sentences[-MOST_SENTENCES:]]
        passages.append(tuple(word for sentence in sentences for word in sentence.words))
        ends.append(len(passages))
    met = wording.meet(passages)
    profiles = wording.profile(normalise(met.near, met.meaning))
    parts = np.concatenate((profiles.covered, profiles.likeness, profiles.shared[None]))
    return [
        _lay_columns(parts[:, :, start:end].max(axis=2), _find_kinds(wording, low))
        for start, end, (_, low) in zip([0, *ends[:-1]], ends, asked, strict=True)
    ]


def _find_kinds(wording: Wording, low: str) -> Floats:
    """Which policies are of a type that the question asks for, as 0 or 1."""
    asked = {kind: asks_for(kind, low) for kind in {policy.type for policy in wording.policies}}
    return np.array([asked[policy.type] for policy in wording.policies], np.float32)


def _lay_columns(parts: Floats, asks: Floats) -> Floats:
    covered = np.maximum(parts[0], parts[1])
    likeness = np.maximum(parts[3], parts[4])
    shared = np.minimum(parts[5], np.float32(MOST_SHARED))
    columns = (
        *(*parts[:5], shared, asks),
        *(_find_lead(covered), _find_lead(likeness), _find_lead(parts[5]), likeness * asks),
    )
    return np.stack(columns, axis=1).astype(np.float32)


def _find_lead(scores: Floats) -> Floats:
    """How far each is ahead of the best other one, below zero where it is behind."""
    if len(scores) < 2:
        return scores
    second, first = np.partition(scores, -2)[-2:]
    lead: Floats = np.where(scores >= first, scores - second, scores - first)
    return lead


class QuestionReader:
    """Reads what replies were asked for, against one knowledge base; the same reply always reads the same."""

    def __init__(self, knowledge: KnowledgeBase, model: Linear | None = None) -> None:
        self._wording = Wording(knowledge)
        self._model = model or load_question_model()
        self._kept: OrderedDict[str, Asking] = OrderedDict()

    def read(self, reply: Reply) -> Asking:
        """What one reply was asked for."""
        return self.read_batch([reply])[0]

    def read_batch(self, replies: Sequence[Reply]) -> list[Asking]:
        """The same for some replies at once, which is faster; each is read as if alone."""
        questions = [straighten(reply.question)[-LONGEST_QUESTION:].strip() for reply in replies]
        found = self._read_questions(dict.fromkeys(question for question in questions if question))
        return [
            _add_recognition(found.get(question, NOTHING), reply)
            for reply, question in zip(replies, questions, strict=True)
        ]

    def _read_questions(self, questions: dict[str, None]) -> dict[str, Asking]:
        found = {question: self._kept[question] for question in questions if question in self._kept}
        new = [question for question in questions if question not in found]
        split = [(split_sentences(question), question.lower()) for question in new]
        rows = measure_questions(self._wording, split) if new and self._wording.policies else []
        for at, (question, (sentences, _)) in enumerate(zip(new, split, strict=True)):
            scores = self._model.score(rows[at]) if rows else np.zeros(0, np.float32)
            found[question] = self._kept[question] = self._make_asking(scores, sentences)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return found

    def _make_asking(self, scores: Floats, sentences: Sequence[Sentence]) -> Asking:
        if not any(map(is_question, sentences)):
            return NOTHING
        asked = np.flatnonzero(scores >= show_log_odds(ASKED))
        policies = tuple(sorted(self._wording.policies[number].id for number in asked))
        words = list_telling(sentences)
        if len(words) < LEAST_WORDS or (len(scores) and scores.max() >= show_log_odds(UNCOVERED)):
            return Asking(policies)
        return Asking(policies, is_uncovered=True, words=words)


NOTHING = Asking()


def list_telling(sentences: Sequence[Sentence]) -> tuple[str, ...]:
    """The telling words of the sentences that ask, folded, sorted; none where nothing is asked."""
    found = {
        folded
        for sentence in sentences
        if is_question(sentence)
        for word in sentence.words
        if word.isalpha() and len(word) > 2 and word not in STOPPED and word not in _GENERAL
        if (folded := fold_word(word)) not in _GENERAL
    }
    return tuple(sorted(found)) if len(found) <= MOST_WORDS else ()


def is_question(sentence: Sentence) -> bool:
    """Whether a sentence asks: by its mark, or as chats do without, by how it begins."""
    said = " ".join(sentence.words)
    return sentence.asks or _OPENS.match(said) is not None or POLAR_QUESTION.match(said) is not None


def fold_word(word: str) -> str:
    """A word without the ending of a plural: "boxes" and "box" are one."""
    for ending, rest in (("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word.removesuffix(ending) + rest
    is_plural = word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3
    return word[:-1] if is_plural else word


def _add_recognition(asking: Asking, reply: Reply) -> Asking:
    if not recognises_contact(reply.text):
        return asking
    return Asking(asking.policies, asking.is_uncovered, recognises=True, words=asking.words)


@cache
def load_question_model(file: Path = FILE) -> Linear:
    """The model of a file, read once a process; ValueError where it was made for other columns."""
    entry = json.loads(file.read_text("utf-8"))
    if tuple(entry["measures"]) != MEASURES:
        raise ValueError(f"{file.name} was made for other columns; run its command again")
    return Linear(np.array(entry["weights"], np.float32), float(entry["bias"]))


def build_question_reader(knowledge: KnowledgeBase) -> QuestionReader:
    """A reader of questions for one knowledge base."""
    return QuestionReader(knowledge)
