"""`idle-date`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from consistency_check.model import KnowledgeBase, Level, Source
from consistency_check.policies.lint.rule import LintSettings, Rule


def find(knowledge: KnowledgeBase, _settings: LintSettings) -> Iterator[tuple[Source, str]]:
    """Each day from which a value holds that held already."""
    for policy in knowledge.policies.values():
        for values in policy.timelines:
            for before, after in pairwise(values):
                if before.value == after.value:
                    message = f"{policy.id} changes nothing on {after.since}: the value is that of before"
                    yield after.source, f"{message}; leave the day out, or write the new value"


RULE = Rule(
    "idle-date",
    Level.WARNING,
    "A value comes into force that was in force already.",
    "Either the change or its day was left out by mistake.",
    find,
)
