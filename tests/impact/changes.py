"""The sample's knowledge base and replies, and random changes of what its policies answer or say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import consistency_check
from consistency_check.load import load_replies
from consistency_check.model import DatedValue, KnowledgeBase, Policy, Reply, Value
from consistency_check.policies import load_policies

ROOT = Path(__file__).parents[2]
SAMPLE = Path(consistency_check.__file__).parent / "sample"
OLD = load_policies(ROOT / "policies")
EXPORTS = str(SAMPLE / "exports")
REPLIES = [reply for reply in load_replies((EXPORTS,)) if isinstance(reply, Reply)]
Change = Callable[[Policy, Random], Policy]


def scale(value: Value | None, factor: int) -> Value | None:
    if value is None or value.high is None or value.low is None:
        return value
    return replace(value, low=value.low * factor, high=value.high * factor)


def change_values(policy: Policy, random: Random) -> Policy:
    factor = random.choice([2, 3])
    return replace(policy, values=tuple(replace(d, value=scale(d.value, factor)) for d in policy.values))


def add_value(policy: Policy, random: Random) -> Policy:
    since = date(2026, random.randint(1, 4), 1)
    last = policy.values[-1]
    if last.since and last.since >= since:
        return policy
    return replace(policy, values=(*policy.values, DatedValue(since, scale(last.value, 2))))


def drop_exceptions(policy: Policy, _random: Random) -> Policy:
    return replace(policy, exceptions=())


def open_value(policy: Policy, _random: Random) -> Policy:
    return replace(policy, values=(DatedValue(None, None),))


def compare_otherwise(policy: Policy, _random: Random) -> Policy:
    return policy if policy.values[0].value is None else replace(policy, compare="at_least")


def word_otherwise(policy: Policy, random: Random) -> Policy:
    words = policy.statement.split()
    random.shuffle(words)
    return replace(policy, statement=" ".join(words), phrasings=policy.phrasings[:-1])


ANSWERS = (change_values, add_value, drop_exceptions, compare_otherwise)
ANYTHING = (*ANSWERS, open_value, word_otherwise)


def build_change(seed: int, changes: tuple[Change, ...]) -> KnowledgeBase:
    """The sample with a few policies changed, one of them perhaps away or under another name."""
    random = Random(seed)
    policies = dict(OLD.policies)
    for name in random.sample(sorted(policies), random.randint(1, 3)):
        policies[name] = random.choice(changes)(policies[name], random)
    if changes is ANYTHING and random.random() < 0.5:
        gone = policies.pop(name := random.choice(sorted(policies)))
        if random.random() < 0.5:
            policies[f"{name}_2"] = replace(gone, id=f"{name}_2")
    return replace(OLD, policies=dict(sorted(policies.items())))
