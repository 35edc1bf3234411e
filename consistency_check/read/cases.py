"""Which case a claim is about: the customer's own, or one that the words name ("gold members get 60")."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

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
WORD = re.compile(r"\w+")
# Of plurals, beside the possessive, which is a word of its own.
ENDINGS = ("", "s", "es")


class Named(NamedTuple):
    """An attribute's value that the words name at `start`; `own` when they say the customer has it."""

    attribute: str
    value: str
    start: int
    end: int
    own: bool


class AttributeWords(NamedTuple):
    """The words for an attribute's values, as a pattern and with the value that each stands for.

    `parts` are in every match, in lower case: one of them, where the text is plain.
    """

    attribute: str
    pattern: re.Pattern[str]
    words: dict[str, str]
    parts: tuple[str, ...]


class CaseWords:
    """The words of attributes.yaml as one pattern for each attribute."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self._attributes: list[AttributeWords] = []
        for attribute, values in sorted(knowledge.attributes.items()):
            words = {word.casefold(): value for value, said in values.items() for word in (value, *said)}
            if words:
                longest = sorted(words, key=lambda word: (-len(word), word))
                pattern = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest))})(?:s|es|'s)?(?!\w)", re.I)
                # A pattern may take another letter for one that is not plain, such as "ſ" for "s".
                parts = tuple(word if word.isascii() else "" for word in longest)
                self._attributes.append(AttributeWords(attribute, pattern, words, parts))
        self._starters = find_starters(self._attributes)
        self._find_places = lru_cache(1024)(self._find_parts)

    def find(self, text: str, start: int, end: int) -> list[Named]:
        """Attribute values named in `text[start:end]`, attribute by attribute."""
        found = []
        for (attribute, pattern, words, _), places in self._find_places(text):
            for match in find_matches(pattern, text, start, end, places):
                lead = text[max(start, match.start() - 40) : match.start()].lower()
                if EXCLUDED.search(lead):
                    continue
                own = ADDRESSED.search(lead) is not None
                found.append(Named(attribute, words[match[1].casefold()], match.start(), match.end(), own))
        return found

    def _find_parts(self, text: str) -> list[tuple[AttributeWords, list[int]]]:
        """The attributes whose words may be met, and where; no place where that may be anywhere.

        Looking for a word as it is takes a tenth of the time of its pattern.
        """
        if not text.isascii():
            return [(one, []) for one in self._attributes]
        low = text.lower()
        met: dict[int, list[str]] = {}
        for word in ("", *dict.fromkeys(WORD.findall(low))):
            for at, part in self._starters.get(word, ()):
                if part in low:
                    met.setdefault(at, []).append(part)
        return [
            (self._attributes[at], find_all(parts, low) if all(parts) else [])
            for at, parts in sorted(met.items())
        ]


def find_starters(attributes: Sequence[AttributeWords]) -> dict[str, list[tuple[int, str]]]:
    """The parts of attributes, by number, under each word that a text may begin them with.

    Those that begin with no word stand under "".
    """
    starters: dict[str, list[tuple[int, str]]] = {}
    for at, one in enumerate(attributes):
        for part in one.parts:
            first = WORD.match(part)
            word = first[0] if first else ""
            # Only a part that is one word may have an ending without an apostrophe.
            for ending in ENDINGS if word == part and word else ("",):
                starters.setdefault(word + ending, []).append((at, part))
    return starters


def find_all(parts: Sequence[str], text: str) -> list[int]:
    """Where each of some words begins in a text, each time it is there, in order."""
    places = set()
    for part in parts:
        place = text.find(part)
        while place >= 0:
            places.add(place)
            place = text.find(part, place + 1)
    return sorted(places)


def find_matches(
    pattern: re.Pattern[str], text: str, start: int, end: int, places: Sequence[int]
) -> Iterator[re.Match[str]]:
    """What `finditer` finds in `text[start:end]`; where there are places it can only be at one of them."""
    if not places:
        yield from pattern.finditer(text, start, end)
        return
    for place in places:
        if start <= place < end and (match := pattern.match(text, place, end)):
            yield match
            start = match.end()


def list_wanted(named: Sequence[Named], policy: Policy) -> list[Named]:
    """Those on whose attribute one of the policy's exceptions depends."""
    wanted = {name for exception in policy.exceptions for name, _ in exception.when}
    return [one for one in named if one.attribute in wanted]


def belongs_to(named: Named, value: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    """Whether no other value of the sentence stands nearer to the word; the first of equals has it."""

    def distance(span: tuple[int, int]) -> tuple[int, int]:
        return max(0, span[0] - named.end, named.start - span[1]), span[0]

    return all(distance(value) <= distance(other) for other in others)


def split_case(named: Sequence[Named], centre: int) -> tuple[Case, Case]:
    """The other case that is named, and what is said of the customer; the nearest word wins for each."""
    nearest: dict[str, Named] = {}
    for one in sorted(named, key=lambda one: (abs(one.start - centre), one.start)):
        nearest.setdefault(one.attribute, one)
    chosen = sorted(nearest.values(), key=lambda one: one.attribute)
    other = tuple((one.attribute, one.value) for one in chosen if not one.own)
    own = tuple((one.attribute, one.value) for one in chosen if one.own)
    return other, own


def part_cases(
    claims: Sequence[Claim], policies: Mapping[str, Policy], day: date | None
) -> tuple[Claim, ...]:
    """Claims in the order of the text; of several values for one policy each with the case it is right for.

    "$40 for the small ones, $55 for medium, $70 for anything heavier": nobody names every case by the words
    of attributes.yaml. A value that is right for no case, or whose case the words name, stays as it is.
    """
    stated = Counter(policy for policy, _ in {(claim.policy, claim.value) for claim in claims})
    parted = (
        replace(claim, case=find_case(claim, policies[claim.policy], day))
        if stated[claim.policy] > 1 and not claim.case and not claim.own_case
        else claim
        for claim in claims
    )
    return tuple(sorted(parted, key=lambda claim: (claim.start, claim.end, claim.policy)))


def find_case(claim: Claim, policy: Policy, day: date | None) -> Case:
    """The case of the first exception that a value is right for; none where it is the general one."""

    def fits(values: tuple[DatedValue, ...]) -> bool:
        dated = value_on(values, day)
        right = dated.value if dated else None
        return right is not None and agrees(claim.value, right, policy.compare, policy.tolerance) is True

    if fits(policy.values):
        return ()
    return next((tuple((n, w[0]) for n, w in e.when) for e in policy.exceptions if fits(e.values)), ())
