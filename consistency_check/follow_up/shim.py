"""Until reading keeps what a change of answers is settled with."""

from __future__ import annotations

from collections.abc import Sequence

from consistency_check.ledger.packing import hash_text
from consistency_check.model import KnowledgeBase, Policy, Reading, Reply
from consistency_check.policies.difference import describe_answers
from consistency_check.read import Reader


def fingerprint_wording(knowledge: KnowledgeBase) -> str:
    """A hash of all that reading compares with words."""
    from consistency_check.read.versions import describe_wording

    words = sorted((name, sorted(said.items())) for name, said in knowledge.attributes.items())
    return hash_text(repr((describe_wording(knowledge), words)))


def fingerprint_answers(policy: Policy) -> str:
    """A hash of a policy's answers."""
    return hash_text(repr(describe_answers(policy)))


class KeptReader:
    """A reader that tells whose answers had a part."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    def read_kept(self, replies: Sequence[Reply]) -> list[tuple[Reading, bytes, tuple[str, ...]]]:
        """Readings, and the policies met."""
        from consistency_check.read.passages import forget_words
        from consistency_check.read.scene import lay_out

        met: list[set[int]] = [set() for _ in replies]
        forget_words()
        readings = self.reader.read_scenes(replies, tuple(lay_out(r) for r in replies), met)
        policies = self.reader.policies
        return [
            (reading, b"", tuple(sorted(policies[n].id for n in numbers)))
            for reading, numbers in zip(readings, met, strict=True)
        ]
