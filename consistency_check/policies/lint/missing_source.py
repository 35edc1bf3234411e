"""`missing-source`."""

from __future__ import annotations

from collections.abc import Iterator

from consistency_check.model import KnowledgeBase, Level, Source
from consistency_check.policies.lint.rule import LintSettings, Rule


def find(knowledge: KnowledgeBase, _settings: LintSettings) -> Iterator[tuple[Source, str]]:
    """Each policy that says nothing of where it comes from."""
    for policy in knowledge.policies.values():
        if not policy.reference:
            message = f"{policy.id} does not say where it is laid down"
            yield policy.source, f"{message}; add `source:` with the page or document"


RULE = Rule(
    "missing-source",
    Level.NOTE,
    "A policy has no source.",
    "Nobody can look up whether it is still right.",
    find,
    always=False,
)
