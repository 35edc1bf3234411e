"""What an audit found, and what it counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from consistency_check.model.claims import JudgedClaim, Verdict
from consistency_check.model.passages import Passage, find_place, split_context
from consistency_check.model.places import Problem
from consistency_check.model.policies import Severity
from consistency_check.model.replies import Customer, Reply

ChannelPair = tuple[str, str]
"""Two channels, in the order of the alphabet."""
_FIRST_MOMENT = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class History:
    """One customer over all channels: the replies as they were sent, each with its judged claims."""

    customer: Customer
    contacts: tuple[tuple[Reply, tuple[JudgedClaim, ...]], ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class FindingAnswer:
    """One answer in a finding, with the exact words and where they stand.

    `start` and `end` count characters of the reply as it was sent, also where people were taken out of the
    words. `quote` always stands in `context` from `start - context_start` on; so, with people taken out,
    `context_start` is no place in the reply, and may be below 0.
    """

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

    @property
    def quote_at(self) -> int:
        """Where the quote stands in its context; -1 where that does not hold it there."""
        return find_place(self.context, self.quote, self.start - self.context_start)

    @property
    def passage(self) -> Passage:
        """The quote between what stands around it."""
        return split_context(self.context, self.quote, self.quote_at)

    @property
    def rank(self) -> tuple[str, ...]:
        """Its place among all answers: as they were heard, in whatever offset; undated ones last."""
        heard = "undated"
        if self.sent_at:
            since = datetime.fromisoformat(self.sent_at) - _FIRST_MOMENT
            heard = f"{since // timedelta(microseconds=1):020}"
        return (heard, self.reply_id, self.channel, f"{self.start:09}", self.question)


class Status(StrEnum):
    """Whether a finding is for somebody to act on."""

    NEW = "new"
    REOPENED = "reopened"
    """It was gone, or called fixed, and is found again."""
    KNOWN = "known"
    """It stands in the baseline, or an earlier run found it."""
    ACCEPTED = "accepted"
    """Somebody has answered for it, with a reason and until a day."""
    FALSE = "false"
    """Somebody has looked at it: the alarm is false."""
    FIXED = "fixed"
    """An earlier run found it, and this one no longer does."""

    @property
    def is_open(self) -> bool:
        """True for what somebody has to look at: new, or there again."""
        return self in (Status.NEW, Status.REOPENED)


@dataclass(frozen=True, slots=True)
class Finding:
    """One inconsistency: `id` is a fingerprint of what was said to whom, the same in every run.

    `certainty` is the probability (0 to 1) of the weakest link on which it hangs: between the answers, and to
    the CRM's record where that decides what was expected. `policy_source` is where the policy stands,
    `status_reason` why the finding is not new, in words. `first_seen` and `last_seen` are the days (ISO 8601)
    of the runs of a ledger that found it first and last, empty without one.
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
    first_seen: str = ""
    last_seen: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """A count of what one customer, or all of them, gave: counts of one `group` of a check are added up.

    `samples` are the first few answers behind it, as the customers heard them.
    """

    check: str
    group: tuple[str, ...]
    count: int = 1
    samples: tuple[FindingAnswer, ...] = ()


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of `total` that went wrong."""

    wrong: int = 0
    total: int = 0

    @property
    def share(self) -> float:
        """0 to 1; 0 where there is nothing to count."""
        return self.wrong / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class Headline:
    """What a run says of the company, to be held against other runs.

    `asked_twice` are customers who asked the same in two channels; of them `recognised` were met by somebody
    who knew of the earlier contact, and `told_different` heard answers that cannot both hold.
    `by_channel_pair` has those who asked in both channels and whom they told different things, `by_policy`,
    `by_channel` and `by_team` the judged answers and the wrong ones. `hours_to_correct` is the median time
    from a wrong answer to the right one, None where none was corrected; `better_deals` are counted by policy.
    `costs` adds up by policy and unit what they gave beyond both the policy and the first answer.
    """

    asked_twice: int = 0
    recognised: int = 0
    told_different: int = 0
    by_channel_pair: Mapping[ChannelPair, Rate] = field(default_factory=dict)
    by_policy: Mapping[str, Rate] = field(default_factory=dict)
    by_channel: Mapping[str, Rate] = field(default_factory=dict)
    by_team: Mapping[str, Rate] = field(default_factory=dict)
    hours_to_correct: float | None = None
    better_deals: Mapping[str, int] = field(default_factory=dict)
    costs: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Night:
    """One run of the ledger: its number from 1 on, its day (ISO 8601), and its figures."""

    run: int
    day: str
    replies: int
    findings: int
    new: int
    fixed: int
    headline: Headline


@dataclass(frozen=True, slots=True)
class Summary:
    """The footer of a report: what was loaded, left out, linked, read, judged and found.

    `questions` are those that nobody answered: they are no `replies`.
    """

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
    questions: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """The result of one audit: what every output format writes.

    `notes` say what did not run, `reminders` what of the known and accepted findings wants looking after.
    `fixed` are the findings of earlier runs that are gone since the last one; `nights` are the runs of the
    ledger, the oldest first and this one last, empty without a ledger. `findings` may be made anew each time
    that they are walked through: of a large audit they do not all fit into memory at once.
    """

    summary: Summary
    findings: Sequence[Finding]
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    reminders: tuple[str, ...] = ()
    fixed: tuple[Finding, ...] = ()
    headline: Headline = Headline()
    nights: tuple[Night, ...] = ()
