"""The fingerprints of a knowledge base and of settings, as a ledger remembers them."""

from __future__ import annotations

from consistency_check import __version__
from consistency_check.explanation import find_least
from consistency_check.intake import AuditSettings
from consistency_check.ledger.facts import Fingerprints
from consistency_check.ledger.packing import dump, hash_text
from consistency_check.model import KnowledgeBase


def take_fingerprints(knowledge: KnowledgeBase, settings: AuditSettings) -> Fingerprints:
    """Those of a run; of another version of this package, all is made anew."""
    from consistency_check.read import fingerprint_answers, fingerprint_wording

    least = find_least(settings.min_confidence)
    return Fingerprints(
        reading=hash_text(dump([__version__, fingerprint_wording(knowledge, least), least])),
        judging=hash_text(dump([__version__, sorted(map(repr, settings.response_times.items()))])),
        answers={name: fingerprint_answers(policy) for name, policy in knowledge.policies.items()},
        policies={name: hash_text(repr(policy)) for name, policy in knowledge.policies.items()},
    )
