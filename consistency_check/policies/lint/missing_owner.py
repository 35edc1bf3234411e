"""`missing-owner`."""

from __future__ import annotations

from collections.abc import Iterator

from consistency_check.model import KnowledgeBase, Level, Source
from consistency_check.policies.lint.rule import LintSettings, Rule


def find(knowledge: KnowledgeBase, _settings: LintSettings) -> Iterator[tuple[Source, str]]:
    """Each topic that nobody owns."""
    for topic in knowledge.topics.values():
        if not topic.owner:
            yield topic.source, f"nobody owns the topic {topic.name}; add `owner:` with the team that answers"


RULE = Rule(
    "missing-owner",
    Level.NOTE,
    "A topic has no owner.",
    "Who finds that it is wrong does not know whom to ask.",
    find,
    always=False,
)
