"""The nouns that travel between the rooms: all frozen, none of them reads a file or prints."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

CERTAIN_LINK = 0.99
"""Probability of a link between two identities of a customer, below which it is shown as uncertain."""
Attributes = Mapping[str, str]
Case = tuple[tuple[str, str], ...]


def name_field(name: str) -> str:
    """A field's or attribute's one name: "Customer ID" and " customer-id" are `customer_id`."""
    return re.sub(r"[\s-]+", "_", name.strip().casefold())


class Severity(StrEnum):
    """How much a finding matters, from least to most."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0 for low up to 3 for critical."""
        return list(Severity).index(self)


class Verdict(StrEnum):
    """What became of one claim when it was held against the policy in force."""

    AGREES = "agrees"
    OUTDATED = "outdated"
    WRONG_CASE = "wrong_case"
    CONFLICTS = "conflicts"
    UNJUDGED = "unjudged"

    @property
    def is_flagged(self) -> bool:
        """True for an answer that was not right for that customer on that day."""
        return self in (Verdict.CONFLICTS, Verdict.OUTDATED, Verdict.WRONG_CASE)


class Relation(StrEnum):
    """How two values of one type stand to each other."""

    EQUAL = "equal"
    COMPATIBLE = "compatible"
    INCOMPATIBLE = "incompatible"
    NOT_COMPARABLE = "not comparable"


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A place in an input: path (or `-`), 1-based line and column; 0 where it has none."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return self.path + (f":{self.line}" if self.line else "") + (f":{self.column}" if self.column else "")


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something in the input that could not be used: where, what is wrong and what to write instead."""

    source: Source
    message: str

    def __str__(self) -> str:
        return f"{self.source}: {self.message}"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many records of an export are rightly no answers (`reason`: "internal notes", "events")."""

    source: Source
    reason: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Value:
    """One typed value; `values/` parses, shows and relates it.

    `low` and `high` are inclusive ends in `unit`: equal for a single value, `low=None` for "at most
    high", `high=None` for "at least low". Types that hold a word (yes_no, choice, contact, text) put
    its canonical form in `word` and leave both ends None. `per` is what a quantity is counted by
    ("$10 a month": month). The units of each type are given in its file in `values/`.
    """

    type: str
    low: float | None = None
    high: float | None = None
    unit: str = ""
    word: str = ""
    per: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A value found in a text: `text[start:end]` says `value`; offsets count characters."""

    start: int
    end: int
    value: Value


@dataclass(frozen=True, slots=True)
class Reply:
    """What the company said to one customer at one time, in one channel (formats.md, section 2).

    `text` holds the agent's words only, `sent_at` is aware or None where the export has no time,
    `asked_before` the customer's turns before `question` in the same conversation, one a line, and
    `attributes` every other field of the record.
    """

    id: str
    channel: str
    text: str
    question: str = ""
    sent_at: datetime | None = None
    conversation_id: str = ""
    agent: str = ""
    team: str = ""
    customer_id: str = ""
    email: str = ""
    phone: str = ""
    name: str = ""
    handle: str = ""
    attributes: Attributes = field(default_factory=dict)
    source: Source = Source("")
    asked_before: str = ""

    @property
    def day(self) -> date | None:
        """The calendar day it was sent, in the offset it was sent with."""
        return self.sent_at.date() if self.sent_at else None


@dataclass(frozen=True, slots=True)
class CrmRecord:
    """One customer of the CRM's export; `emails`, `phones`, `names`, `handles` may hold several."""

    customer_id: str
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    attributes: Attributes = field(default_factory=dict)
    source: Source = Source("")


@dataclass(frozen=True, slots=True)
class Customer:
    """One person across channels: a stable key, the replies sent to them, and why they are one.

    `linked_by` names the kinds of evidence used ("customer id", "email", "phone", …), sorted; `certainty` is
    the probability (0 to 1) of the weakest link, `aliases` are keys that the customer had in earlier runs.
    """

    key: str
    reply_ids: tuple[str, ...]
    linked_by: tuple[str, ...] = ()
    name: str = ""
    attributes: Attributes = field(default_factory=dict)
    certainty: float = 1.0
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkStep:
    """One step of the evidence for or against a link: how two identities agree, and its weight in bits."""

    evidence: str
    level: str
    shown: str
    bits: float


@dataclass(frozen=True, slots=True)
class ExplainedLink:
    """Why two identities are taken for one person, or not: the bits, from `prior` on, and what they mean.

    `a` and `b` describe the two; `probability` is in 0..1.
    """

    a: str
    b: str
    prior: float
    steps: tuple[LinkStep, ...]
    bits: float
    probability: float


@dataclass(frozen=True, slots=True)
class LinkAnswer:
    """Why two replies or customers are one customer, or two.

    `links` lead from one to the other where they are one; where they are two it is one, with all the evidence
    between them. `reason` says in words what decided.
    """

    a: str
    b: str
    customers: tuple[str, str]
    links: tuple[ExplainedLink, ...]
    reason: str

    @property
    def are_one(self) -> bool:
        """True for one customer."""
        return self.customers[0] == self.customers[1]


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value in force from `since` (None: always) until the next one's day; `value` None means `any`."""

    since: date | None
    value: Value | None
    source: Source = Source("")


@dataclass(frozen=True, slots=True)
class PolicyException:
    """Values that replace the policy's where every attribute of `when` has one of its listed words."""

    when: tuple[tuple[str, tuple[str, ...]], ...]
    values: tuple[DatedValue, ...]
    source: Source = Source("")

    def holds(self, attributes: Attributes) -> bool | None:
        """True or False for a customer with these attributes; None where one of them is unknown."""
        known: bool | None = True
        for name, allowed in self.when:
            said = attributes.get(name, "").strip()
            if not said:
                known = None
            elif said.casefold() not in {word.casefold() for word in allowed}:
                return False
        return known


@dataclass(frozen=True, slots=True)
class Answer:
    """What a policy answers on one day for one case.

    `value` is None where the policy has no fixed value (`any`) or none is in force yet; `exception`
    is the one that applied. `possible` holds every (value, exception) that may apply while attributes
    are unknown, the answer itself first.
    """

    value: Value | None
    exception: PolicyException | None = None
    since: date | None = None
    possible: tuple[tuple[Value | None, PolicyException | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """One entry of the knowledge base; `id` is topic.key. See formats.md, section 1."""

    id: str
    topic: str
    statement: str
    type: str
    values: tuple[DatedValue, ...]
    questions: tuple[str, ...] = ()
    phrasings: tuple[str, ...] = ()
    yes_phrasings: tuple[str, ...] = ()
    no_phrasings: tuple[str, ...] = ()
    options: tuple[tuple[str, tuple[str, ...]], ...] = ()
    exceptions: tuple[PolicyException, ...] = ()
    severity: Severity = Severity.MEDIUM
    favours: str = ""
    compare: str = ""
    tolerance: Value | None = None
    owner: str = ""
    reference: str = ""
    agrees_examples: tuple[str, ...] = ()
    conflicts_examples: tuple[str, ...] = ()
    silent_examples: tuple[str, ...] = ()
    source: Source = Source("")

    @property
    def is_open(self) -> bool:
        """True for `value: any` without exceptions: answers are only compared with each other."""
        holders = (self.values, *(exception.values for exception in self.exceptions))
        return all(dated.value is None for values in holders for dated in values)

    def answer_on(self, day: date | None, attributes: Attributes) -> Answer:
        """The value in force on `day` (None: the latest) for a case with these attributes.

        Of several exceptions that hold the one with most attributes wins, then the first; one whose first
        value is not yet in force replaces nothing. An exception on an attribute that is not known does
        not apply, but is listed in `possible` unless the one that applies would win over it.
        """
        ranked = sorted(self.exceptions, key=lambda e: -len(e.when))
        inforce = [
            (e, held)
            for e in ranked
            if (held := e.holds(attributes)) is not False and value_on(e.values, day)
        ]
        certain = next((n for n, (_, held) in enumerate(inforce) if held), len(inforce))
        chosen = inforce[certain][0] if certain < len(inforce) else None
        dated = value_on(chosen.values if chosen else self.values, day)
        possible = [(dated.value if dated else None, chosen)]
        possible += [(at.value, e) for e, _ in inforce[:certain] if (at := value_on(e.values, day))]
        return Answer(dated.value if dated else None, chosen, dated.since if dated else None, tuple(possible))


def value_on(values: tuple[DatedValue, ...], day: date | None) -> DatedValue | None:
    """The entry in force on `day`, the latest one where the day is None; None before the first."""
    inforce = [v for v in values if day is None or v.since is None or v.since <= day]
    return max(inforce, key=lambda v: v.since or date.min, default=None)


@dataclass(frozen=True, slots=True)
class Topic:
    """One file of the knowledge base: how customers ask about a topic, and its policies' ids."""

    name: str
    title: str = ""
    owner: str = ""
    questions: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    source: Source = Source("")


@dataclass(frozen=True, slots=True)
class KnowledgeBase:
    """Topics and policies by name, and the words by which a reply names an attribute's value.

    `attributes` maps attribute -> value -> words.
    """

    topics: Mapping[str, Topic]
    policies: Mapping[str, Policy]
    attributes: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)


class Level(StrEnum):
    """How much a rule's advice matters, from least to most."""

    NOTE = "note"
    """Something that would make the knowledge base better."""
    WARNING = "warning"
    """Probably not what was meant."""
    ERROR = "error"
    """Two things stand here that cannot both hold."""

    @property
    def rank(self) -> int:
        """0 for a note up to 2 for an error."""
        return list(Level).index(self)


@dataclass(frozen=True, slots=True, order=True)
class Advice:
    """What a rule found at a place: what is doubtful; what to write instead."""

    source: Source
    rule: str
    level: Level
    message: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What a reply says about one policy: `quote` is `text[start:end]`, `confidence` in 0..1.

    `case` is the named other case that it is about ("gold members get 60": tier gold), empty for the
    customer's own. `own_case` is what the words say of this customer ("as a gold member you get 60"),
    `asked_case` what of `case` the customer's question names.
    `context` is the passage around the quote, from character `context_start`.
    """

    reply_id: str
    policy: str
    value: Value
    quote: str
    start: int
    end: int
    confidence: float
    case: Case = ()
    context: str = ""
    context_start: int = 0
    own_case: Case = ()
    asked_case: Case = ()


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A value that was considered and not counted as a claim, with the reason in words.

    `policy` is empty where the value was set aside before any policy was considered.
    """

    reply_id: str
    policy: str
    quote: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class MetCue:
    """Words that tell how what stands near them is meant: `reason` says it of a value set aside."""

    name: str
    quote: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Considered:
    """A policy that some words of a reply were weighed against.

    `wording` is the probability (0 to 1) that they are a claim about it as far as their own wording tells,
    `confidence` what is left of it, or added, by their rivals and the policy's answers. `reason` says why it
    is no claim, and is empty for one.
    """

    policy: str
    value: Value
    quote: str
    start: int
    end: int
    wording: float
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """How one reply was read: each value with why it was set aside at once, if it was; then all else."""

    mentions: tuple[tuple[Mention, str], ...]
    cues: tuple[MetCue, ...]
    considered: tuple[Considered, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from one reply, in the order of the text."""

    claims: tuple[Claim, ...] = ()
    near_misses: tuple[NearMiss, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """A claim's verdict, the answer that was expected, and why, in words."""

    verdict: Verdict
    expected: Answer
    reason: str = ""


@dataclass(frozen=True, slots=True)
class JudgedClaim:
    """A claim with all that the checks need: the reply's head (no text), customer, policy, judgement."""

    claim: Claim
    reply: Reply
    customer: Customer
    policy: Policy
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class ExplainedReply:
    """One reply with how it was read and what became of each of its claims, in the order of the text.

    `least` is the confidence (0 to 1) from which a claim counted.
    """

    reply: Reply
    customer: Customer
    explanation: Explanation
    judged: tuple[JudgedClaim, ...]
    least: float


@dataclass(frozen=True, slots=True)
class History:
    """One customer over all channels: the replies as they were sent, each with its judged claims."""

    customer: Customer
    contacts: tuple[tuple[Reply, tuple[JudgedClaim, ...]], ...]
    findings: tuple[Finding, ...]


class Expectation(StrEnum):
    """What an example of a policy must be read as; the names are those of formats.md."""

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
    source: Source = Source("")


@dataclass(frozen=True, slots=True)
class ReplyTest:
    """One test of a `*.test.yaml`: a reply, and all the claims that must be read from it.

    `day` is the day it was sent, None for the day that all tests are judged on.
    """

    name: str
    reply: Reply
    day: date | None
    expected: tuple[ExpectedClaim, ...]
    source: Source = Source("")


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
