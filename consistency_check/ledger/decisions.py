"""What people decided about findings: accepted until a day, a false alarm, or put right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from consistency_check.ledger.packing import dump, hash_text
from consistency_check.ledger.store import Ledger
from consistency_check.model import Decision, DecisionKind, Finding, Precision

_COLUMNS = ("kind", "target", "finding", "name", "policy", "reason", "author", "day", "expires")


def sign_words(finding: Finding) -> str:
    """What a finding says, whoever heard it: check, policy, what was expected, and the words."""
    said = sorted([each.value, each.context or each.quote or each.question] for each in finding.answers)
    return hash_text(dump([finding.check, finding.policy, finding.expected, said]))


def decide(
    kind: DecisionKind, finding: Finding, reason: str, author: str, day: date, expires: date | None = None
) -> Decision:
    """The decision on one finding."""
    target = sign_words(finding) if kind is DecisionKind.FALSE else finding.id
    return Decision(kind, target, finding.id, finding.check, finding.policy, reason, author, day, expires)


def write_decision(ledger: Ledger, decision: Decision, replaced: Decision | None = None) -> list[Decision]:
    """Remember a decision, in the place of earlier ones on the same, which are returned.

    A false alarm stays one for all others who heard the words, whatever is decided on one finding of them:
    unless it is the one `replaced`, of which somebody thinks better.
    """
    targets = [decision.finding, decision.target]
    before = _take_back(ledger, [*targets, replaced.target] if replaced else targets)
    _insert(ledger, [decision])
    return before


def forget_decision(ledger: Ledger, finding: Finding) -> list[Decision]:
    """Take back what was decided on a finding, or on its words as a false alarm; what that was."""
    return _take_back(ledger, [finding.id, sign_words(finding)])


def restore_decisions(ledger: Ledger, decision: Decision, before: Sequence[Decision]) -> None:
    """Take back one decision, and put those again in its place that it replaced."""
    _take_back(ledger, [decision.target])
    _insert(ledger, before)


def _take_back(ledger: Ledger, targets: Sequence[str]) -> list[Decision]:
    which = "list_contains(?, target)"
    found = _fetch(ledger, f"WHERE {which}", [targets])
    if found:
        ledger.run(f"DELETE FROM decisions WHERE {which}", [targets])
    return found


def _insert(ledger: Ledger, decisions: Sequence[Decision]) -> None:
    rows = [
        (
            *(each.kind.value, each.target, each.finding, each.check, each.policy, each.reason, each.author),
            each.day.isoformat(),
            each.expires.isoformat() if each.expires else None,
        )
        for each in decisions
    ]
    if rows:
        ledger.insert("decisions", dict(zip(_COLUMNS, map(list, zip(*rows, strict=True)), strict=True)))


def load_decisions(ledger: Ledger) -> dict[str, Decision]:
    """Every decision by what it covers."""
    return {decision.target: decision for decision in _fetch(ledger)}


def list_decisions(ledger: Ledger) -> list[Decision]:
    """Every decision, in an order of its own."""
    return _fetch(ledger)


def _fetch(ledger: Ledger, which: str = "", parameters: Sequence[object] = ()) -> list[Decision]:
    rows = ledger.fetch(f"SELECT {', '.join(_COLUMNS)} FROM decisions {which} ORDER BY ALL", parameters)
    return [_make_decision(*row) for row in rows]


def _make_decision(
    kind: str,
    target: str,
    finding: str,
    check: str,
    policy: str,
    reason: str,
    author: str,
    day: str,
    expires: str | None,
) -> Decision:
    until = date.fromisoformat(expires) if expires else None
    made = date.fromisoformat(day)
    return Decision(DecisionKind(kind), target, finding, check, policy, reason, author, made, until)


def measure_precision(decisions: Iterable[Decision]) -> list[Precision]:
    """Of each check and policy that somebody has decided on: how many alarms were right; the worst first."""
    counts: dict[tuple[str, str], list[int]] = {}
    for each in decisions:
        counts.setdefault((each.check, each.policy), [0, 0])[each.kind is DecisionKind.FALSE] += 1
    found = [Precision(*key, right, false) for key, (right, false) in counts.items()]
    return sorted(found, key=lambda each: (each.share, -each.false, each.check, each.policy))
