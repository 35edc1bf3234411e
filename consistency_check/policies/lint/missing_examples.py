"""`missing-examples`."""

from __future__ import annotations

from collections.abc import Iterator

from consistency_check.model import KnowledgeBase, Level, Source
from consistency_check.policies.lint.rule import LintSettings, Rule


def find(knowledge: KnowledgeBase, _settings: LintSettings) -> Iterator[tuple[Source, str]]:
    """Each policy without any example."""
    for policy in knowledge.policies.values():
        if not (policy.agrees_examples or policy.conflicts_examples or policy.silent_examples):
            message = f"{policy.id} has no example"
            yield (
                policy.source,
                f"{message}; add `examples:` with a sentence that agrees and one that conflicts",
            )


RULE = Rule(
    "missing-examples",
    Level.NOTE,
    "A policy has no examples.",
    "Nothing shows that answers about it are understood.",
    find,
)
