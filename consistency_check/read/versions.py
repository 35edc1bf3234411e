"""Reads replies for two versions of a knowledge base, twice only where the versions can differ.

Laying a reply out is the same for every knowledge base, and so done once. Where no wording changed, a reply
reads differently only where the answers of a changed policy had a part in it; all others are read once. A
changed wording weighs every policy's words anew (see `wording.py`), so then each reply is read by both.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress

from consistency_check.model import KnowledgeBase, Policy, Reading, Reply
from consistency_check.policies.difference import describe_answers
from consistency_check.read.fingerprints import describe_wording
from consistency_check.read.passages import forget_words
from consistency_check.read.reader import Reader
from consistency_check.read.scene import lay_out


class VersionsReader:
    """Two readers; the readings of each are those that it gives alone."""

    def __init__(self, old: KnowledgeBase, new: KnowledgeBase, min_confidence: float) -> None:
        self._old = Reader(old, min_confidence=min_confidence, near_misses=False)
        self._new = Reader(new, min_confidence=min_confidence, near_misses=False)
        changed = {policy.id for policy in list_unlike(old, new)}
        self._changed = {number for number, policy in enumerate(self._old.policies) if policy.id in changed}
        self.same_wording = describe_wording(old) == describe_wording(new)
        self.read_twice = 0

    def read_batch(self, replies: Sequence[Reply]) -> list[tuple[Reading, Reading]]:
        """What each reply says by the old and by the new version; `read_twice` counts those read by both."""
        forget_words()
        scenes = tuple(lay_out(reply) for reply in replies)
        met: list[set[int]] = [set() for _ in replies]
        before = self._old.read_scenes(replies, scenes, met)
        again = [not self.same_wording or not self._changed.isdisjoint(each) for each in met]
        self.read_twice += sum(again)
        twice = list(compress(replies, again))
        anew = iter(self._new.read_scenes(twice, tuple(compress(scenes, again))) if twice else ())
        return [(old, next(anew) if redo else old) for old, redo in zip(before, again, strict=True)]


def list_unlike(old: KnowledgeBase, new: KnowledgeBase) -> list[Policy]:
    """The old policies whose answers, or the words for whose cases, are not the new version's."""
    return [
        policy
        for name, policy in old.policies.items()
        if name not in new.policies
        or describe_answers(policy) != describe_answers(new.policies[name])
        or any(
            old.attributes.get(attribute) != new.attributes.get(attribute)
            for exception in policy.exceptions
            for attribute, _ in exception.when
        )
    ]
