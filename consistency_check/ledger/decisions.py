"""What people decided about findings: accepted until a day, a false alarm, or put right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import sqrt

from consistency_check.ledger.packing import dump, hash_text
from consistency_check.ledger.store import Ledger
from consistency_check.model import Finding

_SURE = 1.96
"""Standard deviations of a two-sided confidence of 95 %."""


class Kind(StrEnum):
    """What was decided."""

    ACCEPTED = "accepted"
    FALSE = "false"
    FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision on a finding: `expires` is the last day of an accepted one, None for ever.

    `target` is what it covers: a finding's id, or of a false alarm its words, whoever heard them.
    """

    kind: Kind
    target: str
    finding: str
    check: str
    policy: str
    reason: str
    author: str
    day: date
    expires: date | None = None

    def __str__(self) -> str:
        until = f", until {self.expires}" if self.expires else ""
        said = f"{self.reason} " if self.reason else ""
        return f"{said}({self.author}, {self.day}{until})"


@dataclass(frozen=True, slots=True)
class Precision:
    """Of the decided findings of a check on a policy, how many were `right` (accepted or put right)."""

    check: str
    policy: str
    right: int
    false: int

    @property
    def share(self) -> float:
        """The share of right ones, 0 to 1."""
        return self.right / (self.right + self.false)

    @property
    def least(self) -> float:
        """The lower end of the share's 95 % interval (Wilson 1927): few decisions say little."""
        count, share = self.right + self.false, self.share
        middle = share + _SURE**2 / (2 * count)
        width = _SURE * sqrt(share * (1 - share) / count + _SURE**2 / (4 * count**2))
        return max(0.0, (middle - width) / (1 + _SURE**2 / count))


def sign_words(finding: Finding) -> str:
    """What a finding says, whoever heard it: check, policy, what was expected, and the words."""
    said = sorted([each.value, each.context or each.quote or each.question] for each in finding.answers)
    return hash_text(dump([finding.check, finding.policy, finding.expected, said]))


def decide(
    kind: Kind, finding: Finding, reason: str, author: str, day: date, expires: date | None
) -> Decision:
    """The decision on one finding."""
    target = sign_words(finding) if kind is Kind.FALSE else finding.id
    return Decision(kind, target, finding.id, finding.check, finding.policy, reason, author, day, expires)


def write_decision(ledger: Ledger, decision: Decision) -> None:
    """Remember a decision, in the place of an earlier one on the same finding."""
    ledger.run("DELETE FROM decisions WHERE finding = ? OR target = ?", [decision.finding, decision.target])
    ledger.insert(
        "decisions",
        {
            "kind": [decision.kind.value],
            "target": [decision.target],
            "finding": [decision.finding],
            "name": [decision.check],
            "policy": [decision.policy],
            "reason": [decision.reason],
            "author": [decision.author],
            "day": [decision.day.isoformat()],
            "expires": [decision.expires.isoformat() if decision.expires else None],
        },
    )


def forget_decision(ledger: Ledger, finding: Finding) -> bool:
    """Take back what was decided on a finding; False where there was nothing."""
    targets = [finding.id, sign_words(finding)]
    before = ledger.fetch_one("SELECT count(*) FROM decisions")
    ledger.run("DELETE FROM decisions WHERE finding = ? OR list_contains(?, target)", [finding.id, targets])
    return bool(ledger.fetch_one("SELECT count(*) FROM decisions") != before)


def load_decisions(ledger: Ledger) -> dict[str, Decision]:
    """Every decision by what it covers."""
    rows = ledger.fetch(
        "SELECT kind, target, finding, name, policy, reason, author, day, expires FROM decisions ORDER BY ALL"
    )
    return {
        target: Decision(
            Kind(kind),
            target,
            finding,
            check,
            policy,
            reason,
            author,
            date.fromisoformat(day),
            date.fromisoformat(expires) if expires else None,
        )
        for kind, target, finding, check, policy, reason, author, day, expires in rows
    }


def measure_precision(decisions: Iterable[Decision]) -> list[Precision]:
    """Of each check and policy that somebody has decided on: how many alarms were right; the worst first."""
    counts: dict[tuple[str, str], list[int]] = {}
    for each in decisions:
        counts.setdefault((each.check, each.policy), [0, 0])[each.kind is Kind.FALSE] += 1
    found = [Precision(*key, right, false) for key, (right, false) in counts.items()]
    return sorted(found, key=lambda each: (each.share, -each.false, each.check, each.policy))
