"""A labelled corpus as rows of features with labels: 1 a claim, 0 none, -1 left open by the labels.

A corpus is a folder with `policies/`, `exports/*.jsonl` and `gold.json` (tests/corpora/README.md).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from consistency_check.load import recall_questions
from consistency_check.model import KnowledgeBase, Policy, Relation, Reply, Value
from consistency_check.policies import load_policies
from consistency_check.read.answers import settle_stated
from consistency_check.read.batch import Batch, Candidate
from consistency_check.read.candidates import Finder
from consistency_check.read.scoring import FAMILIES
from consistency_check.values import ValueReadError, find_mentions, parse_value, relate

FIELDS = ("id", "channel", "text", "question")


@dataclass(frozen=True, slots=True)
class Gold:
    """One labelled claim: the words from `start` to `end` say `value`; `open` is neither right nor wrong."""

    policy: str
    value: Value | None
    word: str
    start: int
    end: int
    open: bool


@dataclass(frozen=True, slots=True)
class Corpus:
    """A company's labelled replies as one batch, with a label for each candidate of each family.

    `like` names corpora of the same trade: what is measured on those must not be learned from this one.
    """

    name: str
    like: tuple[str, ...]
    knowledge: KnowledgeBase
    finder: Finder
    replies: tuple[Reply, ...]
    gold: tuple[tuple[Gold, ...], ...]
    batch: Batch
    labels: Mapping[str, tuple[int, ...]]


def read_corpus(folder: Path) -> Corpus:
    """Reads, finds candidates and labels them; replies that are context only are left out.

    A third of the replies come a second time without the question: not every export has it.
    """
    knowledge = load_policies(folder / "policies")
    document = json.loads((folder / "gold.json").read_text("utf-8"))
    entries = document["replies"]
    lines = [
        line
        for file in sorted((folder / "exports").glob("*.jsonl"))
        for line in file.read_text("utf-8").splitlines()
    ]
    every = list(recall_questions(make_reply(json.loads(line)) for line in lines))
    asked = [r for r in every if r.id in entries and not entries[r.id].get("unlabelled")]
    replies = (*asked, *(replace(reply, question="") for reply in asked[::3] if reply.question))
    gold = tuple(tuple(list_gold(reply, knowledge, entries[reply.id])) for reply in replies)
    finder = Finder(knowledge)
    batch = finder.find(replies)
    labels = {
        family: label_candidates(replies, finder.policies, batch.list_candidates(family), gold)
        for family in FAMILIES
    }
    like = tuple(document.get("like", ()))
    return Corpus(folder.name, like, knowledge, finder, replies, gold, batch, labels)


def list_gold(reply: Reply, knowledge: KnowledgeBase, entry: Mapping[str, Any]) -> Iterator[Gold]:
    """A reply's labels: its claims, and the policies that the labels leave open."""
    for claim in entry["claims"]:
        yield read_gold(reply, knowledge, claim)
    for one in entry.get("must_not_flag", ()):
        yield open_gold(one["policy"])


def make_reply(record: Mapping[str, Any]) -> Reply:
    """The fields of an export's record that reading uses."""
    sent = record.get("sent_at")
    reply, channel, text, question = (str(record.get(field) or "") for field in FIELDS)
    return Reply(
        reply,
        channel,
        text,
        question,
        datetime.fromisoformat(sent) if sent else None,
        conversation_id=str(record.get("conversation_id") or ""),
    )


def open_gold(policy: str) -> Gold:
    """A label that leaves everything about a policy open."""
    return Gold(policy, None, "", 0, 0, True)


def read_gold(reply: Reply, knowledge: KnowledgeBase, claim: Mapping[str, Any]) -> Gold:
    """One label; its value is read by the policy's type, or as the value found in it."""
    policy = knowledge.policies[claim["policy"]]
    quote = claim.get("quote") or ""
    start = claim["start"] if "start" in claim else max(0, reply.text.find(quote))
    open_ = bool(claim.get("optional")) or claim.get("for") is not None
    word = str(claim["value"])
    return Gold(policy.id, read_value(policy.type, word, reply), word, start, start + len(quote), open_)


def read_value(kind: str, word: str, reply: Reply) -> Value | None:
    """A label's value, which keeps the agent's unit."""
    if kind in ("yes_no", "choice", "text"):
        return Value(kind, word=word.strip().casefold())
    try:
        return parse_value(kind, word)
    except ValueReadError:
        found = [m.value for m in find_mentions(word, reply.day) if m.value.type == kind]
        return found[0] if found else None


def label_candidates(
    replies: Sequence[Reply],
    policies: Sequence[Policy],
    found: Sequence[Candidate],
    gold: Sequence[Sequence[Gold]],
) -> tuple[int, ...]:
    """A label for each candidate of one family."""
    scenes: dict[int, list[Candidate]] = {}
    for candidate in found:
        scenes.setdefault(candidate.scene, []).append(candidate)
    labels = []
    for candidate in found:
        policy = policies[candidate.policy]
        about = [one for one in gold[candidate.scene] if one.policy == policy.id]
        required = [one for one in about if not one.open]
        over = [one for one in required if one.start < candidate.end and candidate.start < one.end]
        if candidate.family == "typed":
            reply, others = replies[candidate.scene], scenes[candidate.scene]
            labels.append(label_typed(reply, policy, candidate, others, required, len(about)))
        elif over and candidate.family == "choice":
            word = candidate.value.word.casefold()
            labels.append(int(any(one.value is not None and one.value.word == word for one in over)))
        else:
            labels.append(1 if over else -1 if about else 0)
    return tuple(labels)


def label_typed(
    reply: Reply,
    policy: Policy,
    candidate: Candidate,
    found: Sequence[Candidate],
    required: Sequence[Gold],
    about: int,
) -> int:
    """1 where the value is a label's and stands in its words, or nowhere else in the reply."""
    if settle_stated(candidate.value, policy, reply.day) is None:
        return -1
    equal = [one for one in required if says_the_same(candidate, policy, reply, one)]
    if not equal:
        return -1 if about > len(required) else 0
    inside = any(one.start < candidate.end and candidate.start < one.end for one in equal)
    if inside:
        return 1
    better = any(
        other.policy == candidate.policy
        and any(one.start < other.end and other.start < one.end for one in equal)
        and any(says_the_same(other, policy, reply, one) for one in equal)
        for other in found
    )
    return -1 if better else 1


def says_the_same(candidate: Candidate, policy: Policy, reply: Reply, gold: Gold) -> bool:
    """Whether a candidate's value is a label's, bounds aside."""
    if gold.value is None:
        return False
    stated = settle_stated(candidate.value, policy, reply.day)
    return stated is not None and relate(point(stated), point(gold.value)) is Relation.EQUAL


def point(value: Value) -> Value:
    """A bounded value as its bound: "within 30 days" and "30 days" are one label."""
    low = value.low if value.low is not None else value.high
    high = value.high if value.high is not None else value.low
    return Value(value.type, low, high, value.unit, value.word)
