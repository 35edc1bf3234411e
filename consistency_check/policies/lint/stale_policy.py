"""`stale-policy`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from consistency_check.model import KnowledgeBase, Level, Source
from consistency_check.policies.lint.rule import LintSettings, Rule


def find(knowledge: KnowledgeBase, settings: LintSettings) -> Iterator[tuple[Source, str]]:
    """Each policy whose last dated change is longer ago than the settings allow."""
    if not settings.stale_after:
        return
    oldest = settings.today - timedelta(days=settings.stale_after)
    for policy in knowledge.policies.values():
        last = max((dated.since for dated in policy.dated_values if dated.since), default=None)
        if last is not None and last < oldest:
            message = f"{policy.id} was last changed on {last}, over {settings.stale_after} days ago"
            yield policy.source, f"{message}; ask its owner whether it still holds"


RULE = Rule(
    "stale-policy",
    Level.NOTE,
    "A policy's last change is longer ago than `--stale-after` allows.",
    "What nobody has looked at for long is often no longer what is done.",
    find,
)
