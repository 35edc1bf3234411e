"""The knowledge base: policies, their answers on a day and for a case, and advice about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from consistency_check.model.places import NOWHERE, Source
from consistency_check.model.replies import Attributes
from consistency_check.model.values import Value


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


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value in force from `since` (None: always) until the next one's day; `value` None means `any`."""

    since: date | None
    value: Value | None
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True)
class PolicyException:
    """Values that replace the policy's where every attribute of `when` has one of its listed words."""

    when: tuple[tuple[str, tuple[str, ...]], ...]
    values: tuple[DatedValue, ...]
    source: Source = NOWHERE

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
    """One entry of the knowledge base; `id` is topic.key. See the README, Your own replies."""

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
    source: Source = NOWHERE

    @property
    def timelines(self) -> tuple[tuple[DatedValue, ...], ...]:
        """Its own values, then those of each exception."""
        return (self.values, *(exception.values for exception in self.exceptions))

    @property
    def dated_values(self) -> tuple[DatedValue, ...]:
        """Those of all timelines."""
        return tuple(dated for values in self.timelines for dated in values)

    @property
    def fixed_values(self) -> tuple[Value, ...]:
        """Every fixed value, of whatever day and case."""
        return tuple(dated.value for dated in self.dated_values if dated.value)

    @property
    def is_open(self) -> bool:
        """True for `value: any` without exceptions: answers are only compared with each other."""
        return not self.fixed_values

    def rank_exceptions(self) -> list[PolicyException]:
        """The exceptions in the order in which one that holds wins over the later ones."""
        return sorted(self.exceptions, key=lambda e: -len(e.when))

    def answer_on(self, day: date | None, attributes: Attributes) -> Answer:
        """The value in force on `day` (None: the latest) for a case with these attributes.

        Of several exceptions that hold the one with most attributes wins, then the first; one whose first
        value is not yet in force replaces nothing. An exception on an attribute that is not known does
        not apply, but is listed in `possible` unless the one that applies would win over it.
        """
        inforce = [
            (e, held)
            for e in self.rank_exceptions()
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
    source: Source = NOWHERE


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
