"""What people decided that a corpus says: `gold.json`, its values read as the policies' types."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from consistency_check.load import load_replies
from consistency_check.model import KnowledgeBase, Policy, Reply, Value, Verdict
from consistency_check.values import (
    ValueReadError,
    agrees,
    find_mentions,
    parse_value,
    settle_value,
)

Key = tuple[str, str]
"""A reply's id and a policy's."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim, labelled or read: the characters `start` to `end` of a reply say `value`."""

    reply_id: str
    policy: str
    value: Value
    verdict: Verdict
    start: int = 0
    end: int = 0
    confidence: float = 1.0

    @property
    def key(self) -> Key:
        """Where labels of the same thing are looked for."""
        return self.reply_id, self.policy

    def says_same(self, other: Statement) -> bool:
        """Equal values, words of a bound aside; prose is not compared."""
        return self.value.type == "text" or agrees(self.value, other.value, "equal") is True

    def count_shared(self, other: Statement) -> int:
        """Characters that both quotes hold."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))


@dataclass(frozen=True, slots=True)
class Conflict:
    """One customer's replies on one policy that cannot all hold."""

    policy: str
    replies: frozenset[str]


@dataclass(frozen=True, slots=True)
class Gold:
    """A corpus's labels.

    `required` must be read; `open_` may be, and counts neither way; on a key of `hushed` a flag is a false
    alarm, anything else is left open. Only `replies` are labelled at all.
    """

    replies: frozenset[str]
    required: Mapping[Key, tuple[Statement, ...]]
    open_: Mapping[Key, tuple[Statement, ...]]
    hushed: frozenset[Key]
    customers: tuple[tuple[str, ...], ...]
    conflicts: tuple[Conflict, ...]


def read_gold(folder: Path, knowledge: KnowledgeBase) -> Gold:
    """The labels of a corpus; raises ValueError with the reply's id where one cannot be understood."""
    document = json.loads((folder / "gold.json").read_text("utf-8"))
    loaded = load_replies([str(folder / "exports")])
    replies = {reply.id: reply for reply in loaded if isinstance(reply, Reply)}
    labelled = {id_: entry for id_, entry in document["replies"].items() if not entry.get("unlabelled")}
    required: dict[Key, list[Statement]] = {}
    open_: dict[Key, list[Statement]] = {}
    for id_, entry in labelled.items():
        for claim in entry["claims"]:
            statement = read_statement(replies[id_], knowledge.policies[claim["policy"]], claim)
            is_open = bool(claim.get("optional")) or claim.get("for") is not None
            (open_ if is_open else required).setdefault(statement.key, []).append(statement)
    customers = tuple(tuple(ids) for ids in document.get("customers", ()))
    return Gold(
        replies=frozenset(labelled),
        required={key: tuple(drop_repeated(said)) for key, said in required.items()},
        open_={key: tuple(said) for key, said in open_.items()},
        hushed=frozenset(
            (id_, each["policy"])
            for id_, entry in labelled.items()
            for each in entry.get("must_not_flag", ())
        ),
        customers=customers,
        conflicts=tuple(join_conflicts(document.get("channel_conflicts", ()), customers)),
    )


def read_statement(reply: Reply, policy: Policy, claim: Mapping[str, Any]) -> Statement:
    """One labelled claim."""
    quote = claim.get("quote") or ""
    start = claim["start"] if "start" in claim else max(0, reply.text.find(quote))
    try:
        value = read_label(str(claim["value"]), policy, reply)
    except ValueReadError as error:
        raise ValueError(f"the label of {policy.id} in {reply.id}: {error}") from error
    return Statement(reply.id, policy.id, value, Verdict(claim["verdict"]), start, start + len(quote))


def read_label(text: str, policy: Policy, reply: Reply) -> Value:
    """A label's value: as the knowledge base would write it, else as the agent said it."""
    try:
        return parse_value(policy.type, text)
    except ValueReadError:
        said = [mention.value for mention in find_mentions(text, reply.day)]
        known = [value for dated in policy.values if (value := dated.value)]
        settled = [settle_value(value, one) for value in said for one in known] or said
        for value in settled:
            if value and value.type == policy.type:
                return value
        raise


def drop_repeated(said: Sequence[Statement]) -> Iterator[Statement]:
    """Each statement once: the same value with the same verdict twice in a reply is one."""
    kept: list[Statement] = []
    for one in said:
        twice = any(one.says_same(other) and one.verdict is other.verdict for other in kept)
        if one.value.type == "text" or not twice:
            kept.append(one)
            yield one


def join_conflicts(
    entries: Iterable[Mapping[str, Any]], customers: Sequence[Sequence[str]]
) -> Iterator[Conflict]:
    """One conflict for each customer and policy, however many entries it was written as."""
    customer_of = {reply: number for number, replies in enumerate(customers) for reply in replies}
    joined: dict[tuple[int, str], set[str]] = {}
    for entry in entries:
        key = customer_of[entry["replies"][0]], entry["policy"]
        joined.setdefault(key, set()).update(entry["replies"])
    for (_, policy), replies in joined.items():
        yield Conflict(policy, frozenset(replies))
