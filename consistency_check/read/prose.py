"""Whether a sentence means the same as the prose of a `text` policy, or plainly denies it."""

from __future__ import annotations

from functools import lru_cache

from consistency_check.model import Policy, Value
from consistency_check.read.passages import split_sentences
from consistency_check.read.polarity import is_odd
from consistency_check.read.scene import Scene

# Prose is compared by few signs, so a claim about it is never more certain than this.
MOST_CERTAIN = 0.7


def read_prose(scene: Scene, place: int, policy: Policy) -> Value:
    """The policy's own text where a sentence agrees with it, else the sentence's words.

    The two disagree where one of them is negated and the other is not.
    """
    sentence = scene.sentences[place]
    said = scene.text[sentence.start : sentence.end]
    return name_prose(said, policy, denies=denies_prose(scene, place, policy))


def name_prose(said: str, policy: Policy, *, denies: bool) -> Value:
    """The prose that a sentence stands for: the policy's, or what is said where it denies that."""
    values = [dated.value for dated in policy.values if dated.value]
    return Value("text", word=said if denies or not values else values[-1].word)


def denies_prose(scene: Scene, place: int, policy: Policy) -> bool:
    """Whether a sentence is negated and the policy's text is not, or the other way round."""
    sentence = scene.sentences[place]
    values = [dated.value for dated in policy.values if dated.value]
    if not values:
        return False
    turned = is_turned(policy.statement.replace("{value}", values[-1].word))
    return is_odd(sentence, sentence.start, sentence.end) is not turned


@lru_cache(maxsize=1024)
def is_turned(wording: str) -> bool:
    """Whether a policy's own words hold an odd number of negations."""
    return sum(is_odd(one, one.start, one.end) for one in split_sentences(wording)) % 2 == 1
