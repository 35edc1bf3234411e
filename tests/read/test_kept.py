"""What is kept of a reading settles, by whatever answers, to the claims that reading anew would find."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency_check.model import DatedValue, KnowledgeBase, Policy, PolicyException, Reading, Reply, Value
from consistency_check.read import (
    Reader,
    Settler,
    fingerprint_answers,
    fingerprint_wording,
    settle_kept,
)
from consistency_check.read.bits import Bits
from consistency_check.read.kept import read_value, write_value
from consistency_check.values import parse_value
from tests.impact.changes import ANSWERS, OLD, REPLIES, build_change
from tests.read.knowledge import load_base, make_reply

TEXTS = (
    "Toys can be borrowed for 3 weeks. Gold members get 60 days. A late toy costs $3 a day.",
    "As a gold member you can borrow toys for 60 days, and loans are renewed at the counter.",
    "No, puzzles stay in the building. A deposit must be left, of €20 for silver members.",
    "Missing pieces are not replaced. Toys can be borrowed for two weeks “as a rule”, or 14 days.",
    "It's fourteen, and loans are renewed online.",
    "Thank you for your letter.",
    "",
)
SMALL = [
    make_reply(text, "How long can gold members keep a toy?", name=f"R{n}") for n, text in enumerate(TEXTS)
]


@cache
def keep_sample() -> list[tuple[Reply, Reading, bytes]]:
    """The sample's replies, read once, with what is kept of each."""
    reader = Reader(OLD, near_misses=False)
    return [(reply, *kept) for reply, kept in zip(REPLIES, reader.read_kept(REPLIES), strict=True)]


@cache
def keep_small() -> list[tuple[Reply, bytes]]:
    kept = Reader(load_base(), near_misses=False).read_kept(SMALL)
    return [(reply, blob) for reply, (_, blob) in zip(SMALL, kept, strict=True)]


def settle_sample(knowledge: KnowledgeBase) -> list[Reading | None]:
    return settle_kept(knowledge, [(reply, blob) for reply, _, blob in keep_sample()])


def test_a_reading_is_the_same_whether_it_is_kept_or_not() -> None:
    read = Reader(OLD, near_misses=False).read_batch(REPLIES)
    assert [reading for _, reading, _ in keep_sample()] == read
    assert settle_sample(OLD) == read
    assert sum(len(reading.claims) for reading in read) > len(REPLIES) / 4


@pytest.mark.parametrize("seed", range(10))
def test_what_is_kept_settles_by_new_answers_to_what_reading_anew_finds(seed: int) -> None:
    new = build_change(seed, ANSWERS)
    assert fingerprint_wording(new) == fingerprint_wording(OLD)
    assert settle_sample(new) == Reader(new, near_misses=False).read_batch(REPLIES)


def test_changes_of_answers_change_what_is_claimed() -> None:
    changed = [build_change(seed, ANSWERS) for seed in range(4)]
    assert any(settle_sample(new) != settle_sample(OLD) for new in changed)


VALUES = {
    "duration": ("14 days", "3 weeks", "60 days", "2 months"),
    "money": ("$3", "$2", "€20", "£5"),
    "yes_no": ("yes", "no"),
    "choice": ("online", "at the counter"),
}
CASES = ((), (("tier", ("gold",)),), (("tier", ("silver", "gold")),), (("age", ("child",)),))


@st.composite
def draw_answers(draw: st.DrawFn, policy: Policy) -> Policy:
    """A policy with other answers, and no other words."""
    if policy.type not in VALUES:
        return policy
    values = st.sampled_from([parse_value(policy.type, text) for text in VALUES[policy.type]])
    days = st.none() | st.dates(date(2026, 1, 1), date(2026, 6, 1))
    dated = st.lists(st.builds(DatedValue, days, values), min_size=1, max_size=3).map(tuple)
    exceptions = st.builds(PolicyException, st.sampled_from(CASES[1:]), dated)
    return replace(
        policy,
        values=draw(dated),
        exceptions=tuple(draw(st.lists(exceptions, max_size=2))),
        compare=draw(st.sampled_from(["", "equal", "at_least", "at_most", "within"])),
    )


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_any_answers_settle_to_what_reading_anew_finds(data: st.DataObject) -> None:
    base = load_base()
    changed = {name: data.draw(draw_answers(policy)) for name, policy in base.policies.items()}
    new = replace(base, policies=changed)
    assert fingerprint_wording(new) == fingerprint_wording(base)
    anew = Reader(new, near_misses=False).read_batch(SMALL)
    assert settle_kept(new, keep_small()) == anew
    assert any(reading.claims for reading in anew)


@pytest.mark.parametrize("least", [0.05, 0.2, 0.5, 0.9])
def test_what_is_kept_serves_any_least_confidence_of_its_fingerprint(least: float) -> None:
    reader = Reader(load_base(), near_misses=False, min_confidence=least)
    kept = [(reply, blob) for reply, (_, blob) in zip(SMALL, reader.read_kept(SMALL), strict=True)]
    assert settle_kept(load_base(), kept, least) == reader.read_batch(SMALL)
    is_same = fingerprint_wording(load_base(), least) == fingerprint_wording(load_base())
    assert is_same is (least > 0.15)
    if is_same:
        assert settle_kept(load_base(), keep_small(), least) == reader.read_batch(SMALL)


def test_the_same_settles_in_whatever_company_a_reply_was_read() -> None:
    reader = Reader(load_base(), near_misses=False)
    alone = [(reply, reader.read_kept([reply])[0][1]) for reply in SMALL]
    together = settle_kept(load_base(), keep_small())
    assert alone == keep_small()
    assert settle_kept(load_base(), alone[::-1]) == together[::-1]
    assert [settle_kept(load_base(), [one])[0] for one in keep_small()] == together
    assert reader.read_kept(SMALL) == reader.read_kept(SMALL)
    assert reader.read_kept([]) == []
    assert Settler(load_base()).settle([]) == []


def test_nothing_is_kept_where_nothing_can_be_claimed() -> None:
    assert [not blob for _, blob in keep_small()][-2:] == [True, True]
    assert settle_kept(load_base(), [(SMALL[-1], b"")]) == [Reading()]
    nothing = KnowledgeBase({}, {})
    assert Reader(nothing, near_misses=False).read_kept(SMALL) == [(Reading(), b"")] * len(SMALL)
    assert settle_kept(nothing, [(reply, b"") for reply in SMALL]) == [Reading()] * len(SMALL)


@settings(deadline=None)
@given(st.integers(0, 4), st.data())
def test_a_damaged_blob_is_read_again_and_its_neighbours_are_not(number: int, data: st.DataObject) -> None:
    kept = list(keep_small())
    whole = settle_kept(load_base(), kept)
    reply, blob = kept[number]
    broken = bytearray(blob)
    broken[data.draw(st.integers(0, len(blob) - 1))] ^= data.draw(st.integers(1, 255))
    kept[number] = (reply, bytes(broken)[: data.draw(st.integers(1, len(blob)))])
    assert settle_kept(load_base(), kept) == [*whole[:number], None, *whole[number + 1 :]]
    assert Settler(load_base()).list_met([blob for _, blob in kept])[number] is None


WORDED: tuple[Callable[[Policy], Policy], ...] = (
    lambda policy: replace(policy, statement=policy.statement + " Yes."),
    lambda policy: replace(policy, questions=()),
    lambda policy: replace(policy, values=(DatedValue(None, None),), exceptions=()),
)


@pytest.mark.parametrize("change", WORDED)
def test_another_wording_is_told_by_its_fingerprint(change: Callable[[Policy], Policy]) -> None:
    base = load_base()
    policies = {**base.policies, "loans.period": change(base.policies["loans.period"])}
    new = replace(base, policies=policies)
    assert fingerprint_wording(new) != fingerprint_wording(base)
    assert settle_kept(new, keep_small())[0] is None


def test_words_of_cases_and_the_set_of_policies_are_wording() -> None:
    base = load_base()
    fewer = replace(base, policies={name: p for name, p in base.policies.items() if name != "loans.puzzles"})
    prints = {fingerprint_wording(one) for one in (base, replace(base, attributes={}), fewer)}
    assert len(prints) == 3


def test_the_order_of_the_files_is_no_wording() -> None:
    base = load_base()
    turned = replace(base, policies=dict(reversed(base.policies.items())))
    assert fingerprint_wording(turned) == fingerprint_wording(base)


def test_a_policy_has_another_fingerprint_where_its_answers_are_not_the_same() -> None:
    base = load_base()
    fee = base.policies["loans.late_fee"]
    moved = replace(fee, severity="critical", source=base.policies["loans.period"].source)
    other = replace(fee, values=(DatedValue(None, Value("money", 9, 9, "USD")),))
    assert fingerprint_answers(moved) == fingerprint_answers(fee)
    assert fingerprint_answers(other) != fingerprint_answers(fee)


def test_a_reply_that_did_not_meet_a_policy_reads_the_same_whatever_that_answers() -> None:
    random = Random(1)
    readings = [reading for _, reading, _ in keep_sample()]
    met = Settler(OLD).list_met([blob for _, _, blob in keep_sample()])
    assert any(met)
    for name in random.sample(sorted(OLD.policies), 12):
        policies = {**OLD.policies, name: random.choice(ANSWERS)(OLD.policies[name], random)}
        settled = settle_sample(replace(OLD, policies=policies))
        for before, after, ids in zip(readings, settled, met, strict=True):
            assert before == after or (ids and name in ids)


@given(
    st.lists(st.integers(1, 8), min_size=1, max_size=6).flatmap(
        lambda widths: st.tuples(
            st.just(widths),
            st.lists(st.tuples(*(st.integers(0, 2**width - 1) for width in widths)), max_size=5),
        )
    )
)
def test_numbers_come_back_from_their_bits(drawn: tuple[list[int], list[tuple[int, ...]]]) -> None:
    widths, rows = drawn
    numbers = np.array(rows, np.uint8).reshape(len(rows), len(widths)).T
    packed = Bits(widths).pack(numbers)
    assert packed.shape == (len(rows), -(-sum(widths) // 8))
    assert Bits(widths).unpack(packed).tolist() == numbers.tolist()


ENDS = st.none() | st.floats(allow_nan=False, allow_infinity=False)


@given(st.builds(Value, st.sampled_from(["money", "contact"]), ENDS, ENDS, st.text(), st.text(), st.text()))
def test_a_value_comes_back_as_it_was_said(value: Value) -> None:
    assert read_value(json.dumps(write_value(value)).encode()) == value


def test_many_policies_beside_many_sentences_are_counted() -> None:
    fine = load_base().policies["loans.puzzles"]
    policies = {f"loans.puzzles_{n}": replace(fine, id=f"loans.puzzles_{n}") for n in range(300)}
    topic = replace(load_base().topics["loans"], policies=tuple(policies))
    knowledge = KnowledgeBase({"loans": topic}, policies)
    reply = make_reply("Yes, puzzles can be borrowed. " * 250)
    reader = Reader(knowledge, near_misses=False, min_confidence=0.01)
    ((reading, blob),) = reader.read_kept([reply])
    assert settle_kept(knowledge, [(reply, blob)], 0.01) == [reading]
