"""`missing-questions`."""

from __future__ import annotations

from collections.abc import Iterator

from consistency_check.model import KnowledgeBase, Level, Source
from consistency_check.policies.lint.rule import LintSettings, Rule


def find(knowledge: KnowledgeBase, _settings: LintSettings) -> Iterator[tuple[Source, str]]:
    """Each topic without a question of its own or of any of its policies."""
    for topic in knowledge.topics.values():
        if not topic.questions and not any(knowledge.policies[name].questions for name in topic.policies):
            message = f"nobody is known to ask about the topic {topic.name}"
            yield topic.source, f"{message}; add `questions:` with one or two in the customers' own words"


RULE = Rule(
    "missing-questions",
    Level.NOTE,
    "A topic has no questions.",
    "A short answer is understood by what was asked, which nothing here resembles.",
    find,
)
