"""What a change does to answers is what two full audits say, whatever changed; no more is read for it."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from consistency_check import intake
from consistency_check.audit import merge_attributes, run_claims
from consistency_check.impact import compare_versions, measure_impact
from consistency_check.intake import AuditSettings
from consistency_check.judge import judge_claim
from consistency_check.model import Effect, JudgedClaim, Policy
from consistency_check.read import Reader, VersionsReader
from tests.impact.changes import (
    ANSWERS,
    ANYTHING,
    EXPORTS,
    OLD,
    REPLIES,
    SAMPLE,
    Change,
    build_change,
    change_values,
    word_otherwise,
)

SETTINGS = AuditSettings((EXPORTS,), customers=SAMPLE / "customers.csv", region="GB")


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


@pytest.mark.parametrize(("change", "looks"), [(change_values, 1), (word_otherwise, 2)])
def test_a_change_of_answers_reads_no_reply_twice(
    change: Change, looks: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    fee = OLD.policies["installation.fee"]
    policies = {**OLD.policies, fee.id: change(fee, Random(0))}
    reader = VersionsReader(OLD, replace(OLD, policies=policies), 0.5)
    looked: list[int] = []
    look = Reader.look
    monkeypatch.setattr(Reader, "look", lambda self, scenes: looked.append(len(scenes)) or look(self, scenes))
    reader.read_batch(REPLIES[:20])
    assert looked == [20] * looks


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
    assert found.replies == sum(bool(reply.text) for reply in REPLIES)


def key_claim(judged: JudgedClaim) -> tuple[object, ...]:
    claim = judged.claim
    return claim.reply_id, claim.policy, claim.start, claim.end, claim.value


def judge_by(judged: JudgedClaim, policy: Policy | None) -> bool:
    """Whether a version flags a claim."""
    if policy is None:
        return False
    attributes = merge_attributes(judged.customer, judged.reply)
    return judge_claim(judged.claim, policy, judged.reply.day, attributes).verdict.is_flagged
