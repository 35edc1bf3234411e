"""What the checker makes of a corpus, read with weights that were not learned from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from unittest.mock import patch

from consistency_check import read
from consistency_check.audit import run_audit, run_claims
from consistency_check.histories import list_customers
from consistency_check.intake import AuditSettings
from consistency_check.model import Finding, JudgedClaim, KnowledgeBase, Reading, Reply
from consistency_check.policies import load_policies
from consistency_check.read.weights import load_weights
from tests.accuracy.gold import Gold, Statement, read_gold
from tests.accuracy.scoring import Score, score_claims, score_conflicts, score_customers, score_flags

CORPORA = Path(__file__).parents[1] / "corpora"
WEIGHTS = Path(__file__).parent / "weights"
NAMES = tuple(sorted(path.parent.name for path in CORPORA.glob("*/gold.json")))


@dataclass(frozen=True, slots=True)
class Outcome:
    """The claims, findings and customers of one corpus."""

    stated: tuple[Statement, ...]
    findings: tuple[Finding, ...]
    clusters: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class RememberingReader:
    """Reads each reply once, although claims and findings are asked for one after the other."""

    reader: read.Reader
    readings: dict[str, Reading] = field(default_factory=dict)

    def read_batch(self, replies: Sequence[Reply]) -> list[Reading]:
        """The reader's own readings."""
        new = [reply for reply in replies if reply.id not in self.readings]
        read_now = self.reader.read_batch(new)
        self.readings.update((reply.id, reading) for reply, reading in zip(new, read_now, strict=True))
        return [self.readings[reply.id] for reply in replies]


def find_weights(name: str) -> Path:
    """The weights learned from every corpus but this one."""
    return WEIGHTS / f"without-{name}.json"


def read_labels(name: str) -> Gold:
    """What people decided that a corpus says."""
    return read_gold(CORPORA / name, load_policies(CORPORA / name / "policies"))


def audit_corpus(name: str) -> Outcome:
    """Does the work of `claims`, `audit` and `customers` on a corpus."""
    folder = CORPORA / name
    settings = AuditSettings(
        sources=(str(folder / "exports"),),
        policies=folder / "policies",
        customers=folder / "customers.csv",
    )
    with _read_with(find_weights(name)):
        stated = tuple(make_statement(judged) for judged in run_claims(settings))
        findings = run_audit(settings).findings
    clusters = tuple(customer.reply_ids for customer in list_customers(settings))
    return Outcome(stated, findings, clusters)


def score_outcome(gold: Gold, outcome: Outcome) -> Score:
    """Counts all that was made of a corpus against its labels."""
    return replace(
        score_claims(gold, outcome.stated),
        flags=score_flags(gold, outcome.stated),
        conflicts=score_conflicts(gold, outcome.findings),
        customers=score_customers(gold, outcome.clusters),
    )


def make_statement(judged: JudgedClaim) -> Statement:
    """A claim of the checker's as the scorer compares it."""
    claim = judged.claim
    return Statement(
        claim.reply_id,
        claim.policy,
        claim.value,
        judged.judgement.verdict,
        claim.start,
        claim.end,
        claim.confidence,
    )


@contextmanager
def _read_with(weights: Path) -> Iterator[None]:
    """Audits inside this read with these weights in place of the shipped ones."""
    build_shipped = read.build_reader
    built: list[RememberingReader] = []

    def build_reader(knowledge: KnowledgeBase, near_misses: bool = False) -> RememberingReader:
        if not built:
            reader = build_shipped(knowledge, load_weights(weights), near_misses=near_misses)
            built.append(RememberingReader(reader))
        return built[0]

    with patch.object(read, "build_reader", build_reader):
        yield
