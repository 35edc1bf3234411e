"""Which policies of two versions are the same ones, also where a policy has another id now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from consistency_check.model import KnowledgeBase, Policy
from consistency_check.policies.difference.exceptions import compare_exceptions
from consistency_check.policies.difference.timeline import is_same_timeline

SURE_ENOUGH = 0.75
"""The likeness from which a policy that went and one that came are one policy: a judgement. Two policies that
share their answers but no wording come to .5, and the same wording with another answer to .75."""
MOST_COMPARED = 250_000
"""Pairs of a removed and an added policy that are compared; in a larger change only equal ones are found."""


class Pair(NamedTuple):
    """One policy in both versions; `sureness` (0 to 1) is 1 where the id or all content is the same."""

    old: Policy
    new: Policy
    sureness: float


def pair_policies(old: KnowledgeBase, new: KnowledgeBase) -> tuple[Pair, ...]:
    """The policies that are in both versions, by their new ids: those of one id, then the most alike ones."""
    same = [
        Pair(old.policies[name], new.policies[name], 1.0) for name in old.policies if name in new.policies
    ]
    gone = [policy for name, policy in old.policies.items() if name not in new.policies]
    come = [policy for name, policy in new.policies.items() if name not in old.policies]
    taken: set[str] = set()
    for pair in sorted(_list_alike(gone, come), key=lambda pair: (-pair.sureness, pair.old.id, pair.new.id)):
        if taken.isdisjoint({f"- {pair.old.id}", f"+ {pair.new.id}"}):
            taken |= {f"- {pair.old.id}", f"+ {pair.new.id}"}
            same.append(pair)
    return tuple(sorted(same, key=lambda pair: pair.new.id))


def _list_alike(gone: Sequence[Policy], come: Sequence[Policy]) -> Iterator[Pair]:
    if len(gone) * len(come) > MOST_COMPARED:
        by_wording: dict[object, list[Policy]] = {}
        for policy in come:
            by_wording.setdefault((policy.type, list_texts(policy)), []).append(policy)
        candidates = ((a, b) for a in gone for b in by_wording.get((a.type, list_texts(a)), []))
    else:
        candidates = ((a, b) for a in gone for b in come if a.type == b.type)
    for one, other in candidates:
        likeness = measure_likeness(one, other)
        if likeness >= SURE_ENOUGH:
            yield Pair(one, other, round(likeness, 2))


def measure_likeness(one: Policy, other: Policy) -> float:
    """0 to 1: a quarter each for the words of the statement, all wording, the value, the exceptions."""
    statement = share_texts(one.statement.casefold().split(), other.statement.casefold().split())
    wording = share_texts(list_texts(one), list_texts(other))
    if (statement + wording) / 4 < SURE_ENOUGH - 0.5:
        return 0.0
    value = is_same_timeline(one.values, other.values)
    exceptions = not any(compare_exceptions(one, other))
    return (statement + wording + value + exceptions) / 4


def list_texts(policy: Policy) -> frozenset[str]:
    """Everything that a policy is worded by."""
    said = (policy.phrasings, policy.yes_phrasings, policy.no_phrasings, policy.questions)
    options = (word for name, words in policy.options for word in (name, *words))
    return frozenset((policy.statement, *(text for texts in said for text in texts), *options))


def share_texts(one: Iterable[str], other: Iterable[str]) -> float:
    """What the two have in common of all that either has, 0 to 1; 1 where neither has anything."""
    first, second = set(one), set(other)
    return len(first & second) / len(first | second) if first or second else 1.0
