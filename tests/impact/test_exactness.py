"""What a change does to answers is what two full audits say, whatever changed; no more is read for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest

import consistency_check
from consistency_check import intake
from consistency_check.audit import merge_attributes, run_claims
from consistency_check.impact import compare_versions, measure_impact
from consistency_check.intake import AuditSettings
from consistency_check.judge import judge_claim
from consistency_check.load import load_replies
from consistency_check.model import DatedValue, Effect, JudgedClaim, KnowledgeBase, Policy, Reply, Value
from consistency_check.policies import load_policies
from consistency_check.read import Reader, VersionsReader

ROOT = Path(__file__).parents[2]
SAMPLE = Path(consistency_check.__file__).parent / "sample"
OLD = load_policies(ROOT / "policies")
SETTINGS = AuditSettings((str(SAMPLE / "exports"),), customers=SAMPLE / "customers.csv", region="GB")
REPLIES = [reply for reply in load_replies(SETTINGS.sources) if isinstance(reply, Reply)]
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


def build_cases() -> list[tuple[int, tuple[Change, ...]]]:
    return [
        *((seed, ANSWERS) for seed in range(6)),
        *((seed, ANYTHING) for seed in range(100, 104)),
    ]


@pytest.mark.parametrize(("seed", "changes"), build_cases())
def test_each_version_reads_what_it_reads_alone(seed: int, changes: tuple[Change, ...]) -> None:
    new = build_change(seed, changes)
    both = VersionsReader(OLD, new, 0.5).read_batch(REPLIES)
    assert [old for old, _ in both] == Reader(OLD, near_misses=False).read_batch(REPLIES)
    assert [after for _, after in both] == Reader(new, near_misses=False).read_batch(REPLIES)


def test_only_what_a_change_of_answers_touches_is_read_again() -> None:
    fee = OLD.policies["installation.fee"]
    policies = {**OLD.policies, fee.id: change_values(fee, Random(0))}
    reader = VersionsReader(OLD, replace(OLD, policies=policies), 0.5)
    reader.read_batch(REPLIES)
    assert reader.same_wording
    assert 0 < reader.read_twice < len(REPLIES) / 2


@pytest.mark.parametrize(("seed", "changes"), [(2, ANSWERS), (4, ANSWERS), (105, ANYTHING), (111, ANYTHING)])
def test_the_shifts_are_those_of_two_full_audits(
    seed: int, changes: tuple[Change, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    new = build_change(seed, changes)
    versions = compare_versions(OLD, new)
    found = measure_impact(versions, SETTINGS, None)
    keyed = []
    for knowledge in (OLD, new):
        monkeypatch.setattr(intake, "load_policies", lambda _path, loaded=knowledge: loaded)
        keyed.append({key_claim(judged): judged for judged in run_claims(SETTINGS)})
    was, will = keyed
    was = {
        (reply, versions.renamed.get(policy, policy), *rest): c for (reply, policy, *rest), c in was.items()
    }
    wrong = set()
    for key in {*was, *will}:
        judged = was.get(key) or will[key]
        before = judge_by(judged, OLD.policies.get(versions.origins.get(str(key[1]), str(key[1]))))
        after = judge_by(will.get(key) or judged, new.policies.get(str(key[1])))
        if after and not before:
            wrong.add(key)
    assert wrong
    assert {
        (s.reply.id, s.policy, s.claim.start, s.claim.end, s.claim.value)
        for s in found.shifts
        if s.effect is Effect.WRONG
    } == wrong
    assert found.replies == len(REPLIES)


def key_claim(judged: JudgedClaim) -> tuple[object, ...]:
    claim = judged.claim
    return claim.reply_id, claim.policy, claim.start, claim.end, claim.value


def judge_by(judged: JudgedClaim, policy: Policy | None) -> bool:
    """Whether a version flags a claim."""
    if policy is None:
        return False
    attributes = merge_attributes(judged.customer, judged.reply)
    return judge_claim(judged.claim, policy, judged.reply.day, attributes).verdict.is_flagged
