"""What a check is: a name for ever, an explanation for people, and a function that finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from consistency_check.model import Customer, Finding, JudgedClaim

Find = Callable[[Customer, Sequence[JudgedClaim]], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Check:
    """One check of one customer's judged claims; a file of this room offers it as `CHECK`.

    `summary` is one line, `explanation` what `explain` prints: what it finds, why it matters, an
    example, how to fix or accept it, and how severe its findings are.
    """

    name: str
    summary: str
    explanation: str
    find: Find
