"""Which case a claim is about: the customer's own, or one that the words name ("gold members get 60")."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from consistency_check.model import Case, Claim, DatedValue, KnowledgeBase, Policy, value_on
from consistency_check.values import agrees

# "as you're a gold member", "your gold card": the words speak of this very customer.
ADDRESSED = re.compile(
    r"(?<!\w)(?:you(?:'re| are| being|'ve got| have| hold)|since you|being|your|you (?:as|being)|as an?"
    r"|with you)\s+(?:\w+\s+){0,3}$"
)
EXCLUDED = re.compile(
    r"(?<!\w)(?:unlike|except(?: for)?|not for|apart from|other than|but not|isn't|aren't|not|non|unless"
    r"|were you|if you were)[ -](?:\w+ ){0,3}$"
)


@dataclass(frozen=True, slots=True)
class Named:
    """An attribute's value that the words name at `start`; `own` when they say the customer has it."""

    attribute: str
    value: str
    start: int
    end: int
    own: bool


class CaseWords:
    """The words of attributes.yaml as one pattern for each attribute."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self._patterns: dict[str, tuple[re.Pattern[str], dict[str, str]]] = {}
        for attribute, values in knowledge.attributes.items():
            words = {word.casefold(): value for value, said in values.items() for word in (value, *said)}
            if words:
                longest = sorted(words, key=lambda word: (-len(word), word))
                pattern = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest))})(?:s|es|'s)?(?!\w)", re.I)
                self._patterns[attribute] = (pattern, words)

    def find(self, text: str, start: int, end: int, policy: Policy) -> list[Named]:
        """Attribute values named in `text[start:end]` on which one of the policy's exceptions depends."""
        wanted = sorted({name for exception in policy.exceptions for name, _ in exception.when})
        found = []
        for attribute in wanted:
            if attribute not in self._patterns:
                continue
            pattern, words = self._patterns[attribute]
            for match in pattern.finditer(text, start, end):
                lead = text[max(start, match.start() - 40) : match.start()].lower()
                if EXCLUDED.search(lead):
                    continue
                own = ADDRESSED.search(lead) is not None
                found.append(Named(attribute, words[match[1].casefold()], match.start(), match.end(), own))
        return found


def belongs_to(named: Named, value: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    """Whether no other value of the sentence stands nearer to the word; the first of equals has it."""

    def distance(span: tuple[int, int]) -> tuple[int, int]:
        return max(0, span[0] - named.end, named.start - span[1]), span[0]

    return all(distance(value) <= distance(other) for other in others)


def split_case(named: list[Named], centre: int) -> tuple[Case, Case]:
    """The other case that is named, and what is said of the customer; the nearest word wins for each."""
    nearest: dict[str, Named] = {}
    for one in sorted(named, key=lambda one: (abs(one.start - centre), one.start)):
        nearest.setdefault(one.attribute, one)
    chosen = sorted(nearest.values(), key=lambda one: one.attribute)
    other = tuple((one.attribute, one.value) for one in chosen if not one.own)
    own = tuple((one.attribute, one.value) for one in chosen if one.own)
    return other, own


def part_cases(claims: Sequence[Claim], policies: Mapping[str, Policy], day: date | None) -> list[Claim]:
    """Of several values that a reply states for one policy, each is said of the case that it is right for.

    "$40 for the small ones, $55 for medium, $70 for anything heavier": nobody names every case by the words
    of attributes.yaml. A value that is right for no case, or whose case the words name, stays as it is.
    """
    stated = Counter(policy for policy, _ in {(claim.policy, claim.value) for claim in claims})
    return [
        replace(claim, case=find_case(claim, policies[claim.policy], day))
        if stated[claim.policy] > 1 and not claim.case and not claim.own_case
        else claim
        for claim in claims
    ]


def find_case(claim: Claim, policy: Policy, day: date | None) -> Case:
    """The case of the first exception that a value is right for; none where it is the general one."""

    def fits(values: tuple[DatedValue, ...]) -> bool:
        dated = value_on(values, day)
        right = dated.value if dated else None
        return right is not None and agrees(claim.value, right, policy.compare, policy.tolerance) is True

    if fits(policy.values):
        return ()
    return next((tuple((n, w[0]) for n, w in e.when) for e in policy.exceptions if fits(e.values)), ())
