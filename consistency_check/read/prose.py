"""Which of the texts of a `text` policy a sentence means, or whether it plainly denies it."""

from __future__ import annotations

from functools import lru_cache

from consistency_check.model import Policy, Value
from consistency_check.read.passages import split_sentences
from consistency_check.read.polarity import is_odd
from consistency_check.read.scene import Scene
from consistency_check.read.units import list_words

# Prose is compared by few signs, so a claim about it is never more certain than this.
MOST_CERTAIN = 0.7
OWN_WORDS = 0
"""What `choose_prose` gives for a sentence that stands for nothing but itself."""


def read_prose(scene: Scene, place: int, policy: Policy) -> Value:
    """The policy's text that a sentence agrees with, else the sentence's words."""
    sentence = scene.sentences[place]
    said = scene.text[sentence.start : sentence.end]
    return name_prose(said, policy, choose_prose(scene, place, policy))


def name_prose(said: str, policy: Policy, chosen: int) -> Value:
    """The prose that `choose_prose` chose for what is said."""
    value = policy.values[chosen - 1].value if chosen != OWN_WORDS else None
    return value or Value("text", word=said)


def choose_prose(scene: Scene, place: int, policy: Policy) -> int:
    """The number, from 1 on, of the policy's value that a sentence shares most words with.

    Of equals it is the latest. `OWN_WORDS` where the policy has none, or where the two disagree: one
    of them is negated, and the other is not.
    """
    sentence = scene.sentences[place]
    said = gather_words(scene.text[sentence.start : sentence.end])
    texts = {at: dated.value.word for at, dated in enumerate(policy.values, 1) if dated.value}
    if not texts:
        return OWN_WORDS
    nearest = max(texts, key=lambda at: (_measure_overlap(said, gather_words(texts[at])), at))
    turned = is_turned(policy.statement.replace("{value}", texts[nearest]))
    return nearest if is_odd(sentence, sentence.start, sentence.end) is turned else OWN_WORDS


@lru_cache(maxsize=1024)
def gather_words(text: str) -> frozenset[str]:
    """The different words of a text, in lower case."""
    return frozenset(list_words(text))


def _measure_overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """The coefficient of Dice (1945), so that of two texts the longer is no nearer for its length; 0 to 1."""
    return 2 * len(a & b) / (len(a) + len(b) or 1)


@lru_cache(maxsize=1024)
def is_turned(wording: str) -> bool:
    """Whether a policy's own words hold an odd number of negations."""
    return sum(is_odd(one, one.start, one.end) for one in split_sentences(wording)) % 2 == 1
