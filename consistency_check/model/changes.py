"""What a change of the knowledge base means, whom it reaches, and what holds for a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from consistency_check.model.claims import Claim, JudgedClaim, Judgement
from consistency_check.model.places import Problem, Source
from consistency_check.model.policies import Policy, Severity
from consistency_check.model.replies import Reply
from consistency_check.model.values import Value


class ChangeKind(StrEnum):
    """What a change of a knowledge base is about, in the order in which changes are told."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    TYPE = "type"
    VALUE = "value"
    DATE = "date"
    EXCEPTION = "exception"
    COMPARE = "compare"
    TOLERANCE = "tolerance"
    FAVOURS = "favours"
    SEVERITY = "severity"
    WORDING = "wording"
    ATTRIBUTE = "attribute"

    @property
    def rank(self) -> int:
        """Its place among the others, from 0."""
        return list(ChangeKind).index(self)


@dataclass(frozen=True, slots=True)
class PolicyChange:
    """One change in what a knowledge base means, from an old version to a new one.

    `about` is the id of a policy (the new one where there is one), a topic's name or `attributes.NAME`;
    `part` says which part of it (an exception's case, `from 2026-03-01`, `phrasings`). `before` and `after`
    are what it said, each entry of a list by itself; `sureness` (0 to 1) is below 1 only for a rename.
    """

    about: str
    kind: ChangeKind
    part: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    source: Source
    sureness: float = 1.0


class Effect(StrEnum):
    """What a change of the knowledge base does to an answer that was given."""

    WRONG = "becomes wrong"
    """It was not flagged, and is now."""
    RIGHT = "becomes right"
    """It was flagged, and agrees now."""
    OPEN = "no longer answered"
    """It was judged, and no policy answers it now, or none with a fixed value."""
    FOUND = "newly found"
    """It was wrong all along, and is read by the new wording only."""
    LOST = "no longer found"
    """It is wrong all along, and was read by the old wording only."""


@dataclass(frozen=True, slots=True)
class Shift:
    """One answer that a change of the knowledge base reaches: what became of it before and after.

    `policy` is the new id where there is one; `before` and `after` are None where that version has no such
    policy.
    """

    effect: Effect
    policy: str
    severity: Severity
    customer: str
    reply: Reply
    claim: Claim
    before: Judgement | None
    after: Judgement | None


@dataclass(frozen=True, slots=True)
class HeardBoth:
    """A customer who was told, about one policy, an answer that becomes wrong and one that is right then."""

    customer: str
    policy: str
    wrong: tuple[JudgedClaim, ...]
    right: tuple[JudgedClaim, ...]


@dataclass(frozen=True, slots=True)
class Impact:
    """What a change of the knowledge base does to the answers that were given.

    `day` is the day by which all are judged, None for each answer's own. `replies` were read (0 where their
    claims were read before), `answers` are the claims held against both versions, `told` the customers who
    were told what becomes wrong. `was_compared` is False where there was no reply or claim to compare.
    """

    changes: tuple[PolicyChange, ...]
    day: date | None
    replies: int
    answers: int
    shifts: tuple[Shift, ...]
    heard_both: tuple[HeardBoth, ...]
    told: int = 0
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    was_compared: bool = True


@dataclass(frozen=True, slots=True)
class CaseAnswer:
    """A value for a case in words ("tier gold", empty for everybody), from `since` on; None: no fixed one."""

    case: str
    value: Value | None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Holding:
    """What a policy answers on one day for one case, and why.

    `holds` is None where no value is in force yet. `reason` says which exception and since when; `doubtful`
    are the exceptions that may apply instead while attributes are not known, `coming` what will hold, by day.
    """

    policy: Policy
    holds: CaseAnswer | None
    reason: str
    doubtful: tuple[CaseAnswer, ...]
    coming: tuple[CaseAnswer, ...]
