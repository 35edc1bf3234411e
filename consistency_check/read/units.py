"""The wordings of policies as units of words: statement, phrasings, questions, options, and the topic's own.

Nothing here knows a policy's value, but that of a `text` policy, whose value is its wording.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from consistency_check.model import KnowledgeBase, Policy

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+")
KINDS = ("statement", "question", "topic")
COMPARED = KINDS[:2]
Words = tuple[str, ...]
Unit = tuple[int, str, Words]


@dataclass(frozen=True, slots=True)
class Group:
    """Where the units of a kind lie, and in that slice the first of each group of them.

    `owners` are the policies that have any, `owned` the number of each one's group.
    """

    rows: slice
    firsts: list[int]
    owners: list[int]
    owned: list[int]


def list_words(text: str) -> list[str]:
    """Lower-case words of a wording, `{value}` left out."""
    return [word.lower() for word in WORD.findall(text.replace("{value}", " "))]


def order_policies(knowledge: KnowledgeBase) -> tuple[Policy, ...]:
    """The policies by their numbers in reading: those of one type stand together."""
    return tuple(sorted(knowledge.policies.values(), key=lambda policy: (policy.type, policy.id)))


def list_units(knowledge: KnowledgeBase, policy: Policy) -> list[tuple[str, Words]]:
    """The policy's wordings by kind; its id counts as a wording, and so do its options' names."""
    topic = knowledge.topics[policy.topic]
    name = policy.id.replace(".", " ").replace("_", " ")
    said = [policy.statement, name, *policy.phrasings, *policy.yes_phrasings, *policy.no_phrasings]
    if policy.type == "text":
        said += [dated.value.word for dated in policy.values if dated.value]
    said += [f"{policy.statement} {word}" for option, others in policy.options for word in (option, *others)]
    texts = [("statement", text) for text in said]
    texts += [("question", text) for text in policy.questions]
    texts += [("topic", text) for text in (*topic.questions, topic.title, " ".join(topic.keywords))]
    return [(kind, words) for kind, text in texts if (words := tuple(list_words(text)))]


def group_units(units: Sequence[Unit], order: Sequence[int]) -> tuple[list[Group], list[tuple[str, Words]]]:
    """The groups of each kind, and the kind and words of each row; policies of the same words share a group.

    `order` is the one in which policies stand among the rows.
    """
    groups: list[Group] = []
    laid: list[tuple[str, Words]] = []
    for kind in KINDS:
        own: dict[int, list[Words]] = {}
        for number, its, words in units:
            if its == kind:
                own.setdefault(number, []).append(words)
        owners = [number for number in order if number in own]
        said = dict.fromkeys(tuple(own[number]) for number in owners)
        places = {wordings: place for place, wordings in enumerate(said)}
        firsts = [0, *accumulate(map(len, said))][: len(said)]
        rows = [(kind, words) for wordings in said for words in wordings]
        owned = [places[tuple(own[number])] for number in owners]
        groups.append(Group(slice(len(laid), len(laid) + len(rows)), firsts, owners, owned))
        laid += rows
    return groups, laid
