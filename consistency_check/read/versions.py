"""Reads replies for two versions of a knowledge base, twice only where their wording is not the same.

What a reply says of a policy's wording is looked at once for both, and then weighed by what each of them
answers. A changed wording weighs every policy's words anew (see `wording.py`), so then both read each reply;
laying it out is the same for every knowledge base.
"""

from __future__ import annotations

from collections.abc import Sequence

from consistency_check.model import KnowledgeBase, Reading, Reply
from consistency_check.read.fingerprints import describe_wording
from consistency_check.read.passages import forget_words
from consistency_check.read.reader import Reader
from consistency_check.read.scene import lay_out


class VersionsReader:
    """Two readers; the readings of each are those that it gives alone."""

    def __init__(self, old: KnowledgeBase, new: KnowledgeBase, min_confidence: float) -> None:
        self._old = Reader(old, min_confidence=min_confidence, near_misses=False)
        self._new = Reader(new, min_confidence=min_confidence, near_misses=False)
        self.same_wording = describe_wording(old) == describe_wording(new)

    def read_batch(self, replies: Sequence[Reply]) -> list[tuple[Reading, Reading]]:
        """What each reply says by the old and by the new version."""
        forget_words()
        scenes = tuple(lay_out(reply) for reply in replies)
        seen = self._old.look(scenes)
        after = self._new.weigh(replies, seen if self.same_wording else self._new.look(scenes))
        return list(zip(self._old.weigh(replies, seen), after, strict=True))
