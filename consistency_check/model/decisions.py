"""What people decide about findings, and what that says of the checks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import sqrt

_SURE = 1.96
"""Standard deviations of a two-sided confidence of 95 %."""


class DecisionKind(StrEnum):
    """What was decided."""

    ACCEPTED = "accepted"
    FALSE = "false"
    FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision on a finding: `expires` is the last day of an accepted one, None for ever.

    `target` is what it covers: a finding's id, or of a false alarm its words, whoever heard them.
    """

    kind: DecisionKind
    target: str
    finding: str
    check: str
    policy: str
    reason: str
    author: str
    day: date
    expires: date | None = None

    def holds(self, day: date) -> bool:
        """Whether it has not expired on `day`."""
        return self.expires is None or day <= self.expires

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
        """The share of right ones, 0 to 1; 0 where nobody has decided anything."""
        return self.right / (self.right + self.false) if self.right + self.false else 0.0

    @property
    def least(self) -> float:
        """The lower end of the share's 95 % interval (Wilson 1927): few decisions say little."""
        count, share = self.right + self.false, self.share
        if not count:
            return 0.0
        middle = share + _SURE**2 / (2 * count)
        width = _SURE * sqrt(share * (1 - share) / count + _SURE**2 / (4 * count**2))
        return max(0.0, (middle - width) / (1 + _SURE**2 / count))
