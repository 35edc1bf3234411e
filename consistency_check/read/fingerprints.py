"""What a reading depends on: fingerprints of a knowledge base's wording, and of what its policies answer.

What was kept of a reading stays right as long as the wording's fingerprint does; where only answers change,
it is settled anew (see `settling.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import blake2b

from consistency_check import __version__
from consistency_check.model import KnowledgeBase, Policy
from consistency_check.policies.difference import describe_answers
from consistency_check.read.questions import FILE as QUESTIONS
from consistency_check.read.scoring import MIN_CONFIDENCE, find_kept_least
from consistency_check.read.vectors import SENSES, WORDS
from consistency_check.read.weights import FILE as WEIGHTS

READING = 3
"""Raised whenever the same reply and wording are kept otherwise than before."""
BYTES = 8
LEARNED = (WEIGHTS, WORDS, SENSES, QUESTIONS)


def fingerprint_wording(knowledge: KnowledgeBase, min_confidence: float = MIN_CONFIDENCE) -> str:
    """16 hexadecimal digits of all that is kept of a reading depends on: other digits, read again.

    The same for every `min_confidence` that keeps the same candidates: from .15 on.
    """
    parts = (READING, __version__, fingerprint_learned(), round(find_kept_least(min_confidence), 6))
    return _digest((*parts, describe_wording(knowledge), describe_attributes(knowledge)))


def fingerprint_answers(policy: Policy) -> str:
    """16 hexadecimal digits of what a policy answers: its values, exceptions, days and how they compare."""
    return _digest(describe_answers(policy))


def describe_wording(knowledge: KnowledgeBase) -> object:
    """All of a knowledge base that reading compares with a reply's words; equal for equal wording."""
    topics = {
        name: (topic.title, topic.questions, topic.keywords) for name, topic in knowledge.topics.items()
    }
    policies = sorted(knowledge.policies.values(), key=lambda policy: policy.id)
    return [(_describe_policy(policy), topics[policy.topic]) for policy in policies]


def describe_attributes(knowledge: KnowledgeBase) -> object:
    """The words of all cases, in an order that does not matter."""
    attributes: Mapping[str, Mapping[str, Sequence[str]]] = knowledge.attributes
    return [(name, list(values.items())) for name, values in sorted(attributes.items())]


@cache
def fingerprint_learned() -> str:
    """Of all learned numbers that this process reads with: 12 MB, in a hundredth of a second."""
    digest = blake2b(digest_size=BYTES)
    for file in LEARNED:
        digest.update(blake2b(file.read_bytes()).digest())
    return digest.hexdigest()


def _describe_policy(policy: Policy) -> tuple[object, ...]:
    """The words of a text policy's value are its wording; a policy without a fixed value is read as such."""
    prose = tuple(dated.value for dated in policy.values) if policy.type == "text" else ()
    said = (policy.phrasings, policy.yes_phrasings, policy.no_phrasings, policy.questions, policy.options)
    return (policy.id, policy.type, policy.statement, *said, policy.is_open, prose)


def _digest(described: object) -> str:
    """Of a structure of words and numbers, whose `repr` tells all of it."""
    return blake2b(repr(described).encode("utf-8", "surrogatepass"), digest_size=BYTES).hexdigest()
