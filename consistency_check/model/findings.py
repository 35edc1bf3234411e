"""What an audit found, and what it counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from consistency_check.model.claims import JudgedClaim, Verdict
from consistency_check.model.places import Problem
from consistency_check.model.policies import Severity
from consistency_check.model.replies import Customer, Reply


@dataclass(frozen=True, slots=True)
class History:
    """One customer over all channels: the replies as they were sent, each with its judged claims."""

    customer: Customer
    contacts: tuple[tuple[Reply, tuple[JudgedClaim, ...]], ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class FindingAnswer:
    """One answer in a finding, with the exact words and where they stand."""

    reply_id: str
    channel: str
    agent: str
    team: str
    sent_at: str
    value: str
    verdict: Verdict
    quote: str
    start: int
    end: int
    confidence: float
    source: str
    context: str = ""
    context_start: int = 0
    question: str = ""


class Status(StrEnum):
    """Whether a finding is for somebody to act on."""

    NEW = "new"
    KNOWN = "known"
    """It stands in the baseline."""
    ACCEPTED = "accepted"
    """Somebody has answered for it, with a reason and until a day."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One inconsistency: `id` is a fingerprint of what was said to whom, the same in every run.

    `certainty` is the probability (0 to 1) of the weakest link on which it hangs: between the answers, and to
    the CRM's record where that decides what was expected. `policy_source` is where the policy stands,
    `status_reason` why the finding is not new, in words.
    """

    id: str
    check: str
    severity: Severity
    customer: str
    topic: str
    policy: str
    expected: str
    message: str
    answers: tuple[FindingAnswer, ...]
    reason: str = ""
    linked_by: tuple[str, ...] = ()
    customer_name: str = ""
    certainty: float = 1.0
    policy_source: str = ""
    status: Status = Status.NEW
    status_reason: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """The footer of a report: what was loaded, left out, linked, read, judged and found."""

    replies: int = 0
    customers: int = 0
    claims: int = 0
    judged: int = 0
    findings: int = 0
    by_check: Mapping[str, int] = field(default_factory=dict)
    by_severity: Mapping[str, int] = field(default_factory=dict)
    by_verdict: Mapping[str, int] = field(default_factory=dict)
    by_channel: Mapping[str, int] = field(default_factory=dict)
    by_channel_pair: Mapping[str, int] = field(default_factory=dict)
    left_out: Mapping[str, int] = field(default_factory=dict)
    several_channels: int = 0
    conflicting: int = 0
    by_status: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """The result of one audit: what every output format writes.

    `notes` say what did not run, `reminders` what of the known and accepted findings wants looking after.
    """

    summary: Summary
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    reminders: tuple[str, ...] = ()
