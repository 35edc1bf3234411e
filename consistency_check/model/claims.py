"""What replies claim, how that was read, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from consistency_check.model.passages import find_place
from consistency_check.model.policies import Answer, Policy
from consistency_check.model.replies import Customer, Reply
from consistency_check.model.values import Mention, Value

Case = tuple[tuple[str, str], ...]


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

    @property
    def quote_at(self) -> int:
        """Where the quote stands in its context; -1 where that does not hold it there."""
        return find_place(self.context, self.quote, self.start - self.context_start)


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
class Asking:
    """What was read of a contact beside claims.

    `policies` are the ids of those that the customer's question is about, sorted; `is_uncovered` where it
    asks for something that none of them answers; `words` are then its telling words, sorted. `recognises`
    where the answer shows that whoever wrote it knew of an earlier contact of the customer.
    """

    policies: tuple[str, ...] = ()
    is_uncovered: bool = False
    recognises: bool = False
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """One question, one answer, or both: the reply's head (no text, but its question), and what was asked."""

    reply: Reply
    asking: Asking
    is_answered: bool = True


@dataclass(frozen=True, slots=True)
class CustomerCase:
    """All that the checks see of one customer: contacts and judged claims, each in the order of the input."""

    customer: Customer
    claims: tuple[JudgedClaim, ...]
    contacts: tuple[Contact, ...] = ()


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
