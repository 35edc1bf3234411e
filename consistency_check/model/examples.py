"""The tests of a knowledge base, their results, and what none of them touches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from consistency_check.model.claims import ExplainedReply, JudgedClaim, Verdict
from consistency_check.model.places import NOWHERE, Source
from consistency_check.model.policies import Policy
from consistency_check.model.replies import Reply
from consistency_check.model.values import Value


class Expectation(StrEnum):
    """What an example of a policy must be read as; the names are those of a policy file."""

    AGREES = "agrees"
    CONFLICTS = "conflicts"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """One example of a policy, read as a reply: `passed` where the reading is what its kind expects."""

    policy: Policy
    kind: Expectation
    passed: bool
    explained: ExplainedReply


@dataclass(frozen=True, slots=True)
class ExpectedClaim:
    """A claim that a test expects; `value` and `verdict` are None where any will do."""

    policy: str
    value: Value | None
    verdict: Verdict | None
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True)
class ReplyTest:
    """One test of a `*.test.yaml`: a reply, and all the claims that must be read from it.

    `day` is the day it was sent, None for the day that all tests are judged on.
    """

    name: str
    reply: Reply
    day: date | None
    expected: tuple[ExpectedClaim, ...]
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True)
class ReplyTestResult:
    """What was read instead: what was `missing` of the claims expected, and what was not expected."""

    test: ReplyTest
    missing: tuple[ExpectedClaim, ...]
    unexpected: tuple[JudgedClaim, ...]
    explained: ExplainedReply

    @property
    def passed(self) -> bool:
        """True where exactly what was expected was read."""
        return not self.missing and not self.unexpected


@dataclass(frozen=True, slots=True, order=True)
class PolicyPart:
    """A policy (`part` empty), or one of its dated values or exceptions, and where it is written."""

    policy: str
    part: str
    source: Source


@dataclass(frozen=True, slots=True)
class Coverage:
    """The parts of the policies whose answer some test was judged by, and those that no test touches.

    `parts` and `touched` are counts; of a policy that no test touches at all only the policy is listed.
    """

    parts: int
    touched: int
    untouched: tuple[PolicyPart, ...]


@dataclass(frozen=True, slots=True)
class ExampleReport:
    """The examples of a knowledge base, each read and judged by what is in force on `day`.

    `least` is the confidence (0 to 1) from which a claim counted; `results` are in the order of the policies'
    ids, `tests` in that of their files; `policies` counts those asked for, and `untested` names those of them
    that have no example.
    """

    day: date
    least: float
    policies: int
    results: tuple[ExampleResult, ...]
    untested: tuple[str, ...]
    tests: tuple[ReplyTestResult, ...] = ()
    coverage: Coverage = Coverage(0, 0, ())

    @property
    def failed(self) -> tuple[ExampleResult, ...]:
        """The examples that were not read as expected."""
        return tuple(one for one in self.results if not one.passed)

    @property
    def failed_tests(self) -> tuple[ReplyTestResult, ...]:
        """The tests in which something else was read than was expected."""
        return tuple(one for one in self.tests if not one.passed)
