"""What the findings can be filtered by: every word has a number, which each of its findings carries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from consistency_check.model import ChannelPair, Finding, Severity, Status
from consistency_check.report.headline import say_pair

Token = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """One word to filter by, the findings that have it, and the numbers that each of them carries."""

    name: str
    count: int
    numbers: str


@dataclass(frozen=True, slots=True)
class Facet:
    """One kind of word: its name in the address, its label, its words, and pairs of words."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    pairs: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Facets:
    """Every kind of word that a report's findings have."""

    all: tuple[Facet, ...]
    numbers: Mapping[Token, int]

    def number(self, finding: Finding) -> str:
        """The numbers of a finding's words: `0 7 12`."""
        return " ".join(str(number) for number in sorted(self.numbers[t] for t in _list_tokens(finding)))

    def offers(self, facet: str, word: str) -> bool:
        """Whether some finding has this word."""
        return (facet, word) in self.numbers


def build_facets(findings: Sequence[Finding], pairs: Iterable[ChannelPair] = ()) -> Facets:
    """The words of these findings with their counts, and of `pairs` of channels those that have findings."""
    counts = Counter(token for finding in findings for token in _list_tokens(finding))
    numbers = {token: number for number, token in enumerate(sorted(counts, key=_rank_token))}
    facets = []
    for name, (label, _) in _KINDS.items():
        own = [token for token in numbers if token[0] == name]
        choices = tuple(Choice(token[1], counts[token], str(numbers[token])) for token in own)
        both = tuple(_list_pairs(findings, pairs, numbers)) if name == "channel" else ()
        facets.append(Facet(name, label, choices, both))
    return Facets(tuple(facets), numbers)


def count_pair(findings: Iterable[Finding], pair: ChannelPair) -> int:
    """The findings whose answers came from both channels of a pair."""
    return sum({*pair} <= {answer.channel for answer in finding.answers} for finding in findings)


def _list_pairs(
    findings: Sequence[Finding], pairs: Iterable[ChannelPair], numbers: Mapping[Token, int]
) -> Iterable[Choice]:
    for pair in sorted(pairs):
        if count := count_pair(findings, pair):
            both = " ".join(str(numbers["channel", channel]) for channel in pair)
            yield Choice(say_pair(pair), count, both)


def _list_tokens(finding: Finding) -> set[Token]:
    return {(name, word) for name, (_, read) in _KINDS.items() for word in read(finding) if word}


def _rank_token(token: Token) -> tuple[int, int, str]:
    """Statuses and severities as they matter, all else by the alphabet."""
    name, word = token
    return (_KIND_ORDER[name], _WORD_ORDER.get(token, 0), word)


def _read_answers(field: str, finding: Finding) -> Iterable[str]:
    return {getattr(answer, field) for answer in finding.answers}


_KINDS: dict[str, tuple[str, Callable[[Finding], Iterable[str]]]] = {
    "status": ("Status", lambda finding: [finding.status.value]),
    "severity": ("Severity", lambda finding: [finding.severity.value]),
    "check": ("Check", lambda finding: [finding.check]),
    "channel": ("Channel", partial(_read_answers, "channel")),
    "policy": ("Policy", lambda finding: [finding.policy]),
    "team": ("Team", partial(_read_answers, "team")),
}
_KIND_ORDER = {name: place for place, name in enumerate(_KINDS)}
_WORD_ORDER: dict[Token, int] = {
    **{("status", status.value): place for place, status in enumerate(Status)},
    **{("severity", severity.value): -severity.rank for severity in Severity},
}
