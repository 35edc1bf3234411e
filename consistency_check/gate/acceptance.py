"""One accepted finding, or a kind of them: who answers for it, why, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from consistency_check.model import Finding, Source, Verdict


@dataclass(frozen=True, slots=True)
class Acceptance:
    """An entry of the list of accepted findings.

    A finding must fit each selector that is given: have one of its fingerprints, checks, policies or
    customers, and none but its channels where its answers are not right. `expires` is the last day on which
    it holds.
    """

    source: Source
    reason: str
    author: str
    expires: date
    findings: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    customers: tuple[str, ...] = ()

    def covers(self, finding: Finding) -> bool:
        """Whether the finding fits, whatever day it is."""
        return (
            _fits(finding.id, self.findings)
            and _fits(finding.check, self.checks)
            and _fits(finding.policy, self.policies)
            and _fits(finding.customer, self.customers)
            and (not self.channels or _find_channels(finding) <= {name.casefold() for name in self.channels})
        )

    def holds(self, day: date) -> bool:
        """Whether it has not expired on `day`."""
        return day <= self.expires

    def __str__(self) -> str:
        return f"{self.reason} ({self.author}, until {self.expires})"


def _fits(word: str, allowed: tuple[str, ...]) -> bool:
    return not allowed or word in allowed


def _find_channels(finding: Finding) -> set[str]:
    """The channels whose answers do not agree with the policy; all of them where every answer does."""
    wrong = [a for a in finding.answers if a.verdict is not Verdict.AGREES]
    return {a.channel.casefold() for a in wrong or finding.answers}
