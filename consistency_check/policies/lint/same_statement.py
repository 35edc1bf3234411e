"""`same-statement`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, groupby

from consistency_check.model import KnowledgeBase, Level, Policy, Source
from consistency_check.policies.lint.rule import LintSettings, Rule
from consistency_check.policies.lint.wordings import plain
from consistency_check.policies.problems import shorten_text

# Words that carry no more than grammar: two statements that differ only in these, or in the endings of the
# others, say one thing. Those that tell a direction are not among them.
GRAMMAR = frozenset(
    (
        "a", "an", "and", "any", "are", "as", "at", "be", "been", "by", "can", "for",
        "have", "has", "in", "is", "it", "its", "may", "must", "of", "on", "or", "our", "shall",
        "that", "the", "their", "there", "they", "this", "we", "will", "with", "within",
        "you", "your", "{value}",
    )
)  # fmt: skip
ENDING = re.compile(r"(?<=\w{4})(?:e|es|ed|ing)$|(?<=\w{2}[^\Ws])s$")
"""What is left of an ending must be a word: *care* is no *car*."""


def find(knowledge: KnowledgeBase, _settings: LintSettings) -> Iterator[tuple[Source, str]]:
    """Each policy whose statement says in other words what an earlier one of its type says."""
    by_gist = sorted(knowledge.policies.values(), key=lambda policy: (find_gist(policy), policy.source))
    for (_, words), group in groupby(by_gist, key=find_gist):
        if not words:
            continue
        for first, second in combinations(group, 2):
            answers = "the same answer" if first.values == second.values else "different answers"
            message = f"{second.id} states what {first.id} states (“{shorten_text(first.statement)}”)"
            yield second.source, f"{message}, with {answers}; keep one, or say in which case each holds"


def find_gist(policy: Policy) -> tuple[str, tuple[str, ...]]:
    """A policy's type and what its statement is about: its telling words without endings, in their order."""
    words = (word for word in plain(policy.statement).split() if word not in GRAMMAR)
    return policy.type, tuple(ENDING.sub("", word) for word in words)


RULE = Rule(
    "same-statement",
    Level.WARNING,
    "Two policies of one type state the same thing.",
    "Whichever an agent finds first is what the customer is told.",
    find,
)
