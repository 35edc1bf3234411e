"""How answers are counted: by hand-made labels, one rule a test."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency_check.model import Finding, FindingAnswer, Severity, Verdict
from consistency_check.values import parse_value
from tests.accuracy import floors
from tests.accuracy.gold import Conflict, Gold, Statement
from tests.accuracy.scoring import (
    Score,
    Tally,
    pool_scores,
    score_claims,
    score_conflicts,
    score_customers,
    score_flags,
)
from tests.accuracy.table import bin_sureness, draw_tables, measure_miscalibration

AGREES, CONFLICTS = Verdict.AGREES, Verdict.CONFLICTS
EMPTY = Gold(frozenset({"R1"}), {}, {}, frozenset(), (), ())


def state(
    value: str = "30 days",
    verdict: Verdict = AGREES,
    *,
    type_name: str = "duration",
    policy: str = "returns.window",
    reply: str = "R1",
    span: tuple[int, int] = (0, 10),
    confidence: float = 0.9,
) -> Statement:
    return Statement(reply, policy, parse_value(type_name, value), verdict, *span, confidence)


def label(*required: Statement, optional: tuple[Statement, ...] = (), hushed: bool = False) -> Gold:
    """The labels of one reply on one policy."""
    key = ("R1", "returns.window")
    return replace(
        EMPTY,
        required={key: required} if required else {},
        open_={key: optional} if optional else {},
        hushed=frozenset({key} if hushed else ()),
    )


def count(gold: Gold, *stated: Statement) -> tuple[float, float, float]:
    """Right, wrong and missed claims."""
    tally = score_claims(gold, stated).claims
    return tally.right, tally.given - tally.right, tally.wanted - tally.found


@pytest.mark.parametrize(
    ("value", "counted"),
    [("30 days", (1, 0, 0)), ("720 hours", (1, 0, 0)), ("up to 30 days", (1, 0, 0)), ("14 days", (0, 1, 1))],
)
def test_a_claim_is_right_where_its_value_is_the_label_s(value: str, counted: tuple[int, int, int]) -> None:
    assert count(label(state()), state(value)) == counted


def test_a_claim_on_another_policy_is_wrong_and_the_label_missed() -> None:
    assert count(label(state()), state(policy="returns.label")) == (0, 1, 1)


def test_a_repeated_claim_counts_neither_way() -> None:
    assert count(label(state()), state(), state(span=(50, 60))) == (1, 0, 0)


def test_replies_that_nobody_labelled_count_neither_way() -> None:
    assert count(label(state()), state(), state(reply="R9")) == (1, 0, 0)


def test_prose_is_right_whatever_its_words() -> None:
    gold = label(state("stored in a dry place", type_name="text"))
    assert count(gold, state("kept dry", type_name="text")) == (1, 0, 0)


def test_an_optional_label_is_neither_required_nor_wrong() -> None:
    gold = label(optional=(state(),))
    assert count(gold) == (0, 0, 0)
    assert count(gold, state()) == (0, 0, 0)
    assert count(gold, state("14 days")) == (0, 0, 0), "its words are those of the optional one"
    assert count(gold, state("14 days", span=(50, 60))) == (0, 1, 0)


def test_a_hushed_policy_may_be_read_but_not_flagged() -> None:
    gold = label(hushed=True)
    assert count(gold, state()) == (0, 0, 0)
    assert count(gold, state(verdict=CONFLICTS)) == (0, 1, 0)
    assert score_flags(gold, [state(verdict=CONFLICTS)]).precision == 0


def test_verdicts_are_counted_on_matched_claims() -> None:
    verdicts = score_claims(label(state()), [state(verdict=CONFLICTS), state("14 days")]).verdicts
    assert (verdicts.right, verdicts.given) == (0, 1)


def test_a_flag_is_right_where_the_label_is_flagged_whatever_the_value_read() -> None:
    gold = label(state("14 days", CONFLICTS))
    assert score_flags(gold, [state("21 days", CONFLICTS)]) == Tally(1, 1, 1, 1)
    assert score_flags(gold, [state("14 days", AGREES)]) == Tally(0, 0, 0, 1)
    assert score_flags(label(state()), [state("30 days", CONFLICTS)]) == Tally(0, 1, 0, 0)


def test_of_two_labels_a_flag_is_about_the_one_whose_words_it_shares() -> None:
    gold = label(state("30 days", span=(0, 10)), state("14 days", CONFLICTS, span=(20, 30)))
    assert score_flags(gold, [state("21 days", CONFLICTS, span=(22, 30))]).right == 1
    assert score_flags(gold, [state("21 days", CONFLICTS, span=(2, 9))]).right == 0
    assert score_flags(gold, [state("21 days", CONFLICTS, span=(50, 60))]).right == 0


def find_conflict(*replies: str, policy: str = "returns.window") -> Finding:
    answers = tuple(
        FindingAnswer(reply, "email", "", "", "", "30 days", AGREES, "", 0, 0, 1.0, "") for reply in replies
    )
    return Finding("id", "channel-conflict", Severity.HIGH, "c", "returns", policy, "", "", answers)


def test_a_channel_conflict_is_right_where_it_holds_two_labelled_replies() -> None:
    gold = replace(EMPTY, conflicts=(Conflict("returns.window", frozenset({"R1", "R2", "R3"})),))
    assert score_conflicts(gold, [find_conflict("R1", "R3")]) == Tally(1, 1, 1, 1)
    assert score_conflicts(gold, [find_conflict("R1", "R9")]) == Tally(0, 1, 0, 1)
    assert score_conflicts(gold, [find_conflict("R1", "R2", policy="returns.fee")]) == Tally(0, 1, 0, 1)


def test_b_cubed_of_two_customers_taken_for_one() -> None:
    gold = replace(EMPTY, customers=(("R1", "R2"), ("R3", "R4")))
    together = score_customers(gold, [("R1", "R2", "R3", "R4")])
    apart = score_customers(gold, [("R1",), ("R2",), ("R3",)])
    assert (together.precision, together.recall) == (0.5, 1)
    assert (apart.precision, apart.recall) == (1, 0.5)


VALUES = st.sampled_from(["30 days", "14 days", "1 month"])
STATEMENTS = st.lists(
    st.builds(state, VALUES, st.sampled_from(Verdict), policy=st.sampled_from(["a.b", "c.d"])), max_size=6
)


@given(STATEMENTS)
def test_labels_read_word_for_word_are_all_right(said: list[Statement]) -> None:
    grouped: dict[tuple[str, str], list[Statement]] = {}
    for one in said:
        grouped.setdefault(one.key, []).append(one)
    gold = replace(EMPTY, required={key: tuple(each) for key, each in grouped.items()})
    score = score_claims(gold, said)
    assert score.claims == Tally(len(said), len(said), len(said), len(said))


@given(STATEMENTS, STATEMENTS)
def test_shares_stay_shares(labels: list[Statement], said: list[Statement]) -> None:
    gold = replace(EMPTY, required={one.key: (one,) for one in labels})
    score = replace(score_claims(gold, said), flags=score_flags(gold, said))
    for tally in (score.claims, score.flags, score.verdicts):
        assert 0 <= tally.right <= tally.given
        assert 0 <= tally.found <= tally.wanted
        assert 0 <= tally.f1 <= 1


def test_pooling_adds_answers_and_labels() -> None:
    score = score_claims(label(state()), [state()])
    assert pool_scores([score, score]).claims == Tally(2, 2, 2, 2)


def test_calibration_compares_stated_confidence_with_the_share_right() -> None:
    score = Score(sureness=((0.92, True), (0.94, False)))
    [(low, stated, right, claims)] = bin_sureness(score)
    assert (low, right, claims) == (0.9, 0.5, 2)
    assert stated == pytest.approx(0.93)
    assert measure_miscalibration(score) == pytest.approx(0.43)


def test_the_tables_can_be_drawn_of_nothing() -> None:
    assert "claims" in "\n".join(draw_tables({"none": Score()}))


def test_floors_rise_and_never_fall() -> None:
    held = {"shop": {"claims: F1": 0.8, "flags: F1": 0.7}}
    raised = floors.raise_floors(
        held, {"shop": {"claims: F1": 0.7999, "flags: F1": 0.7519}, "bank": {"x": 0.5}}
    )
    assert raised == {"bank": {"x": 0.5}, "shop": {"claims: F1": 0.8, "flags: F1": 0.751}}


def test_a_fall_is_named_and_a_rounding_difference_forgiven() -> None:
    assert floors.list_falls({"F1": 0.8}, {"F1": 0.796}) == []
    assert floors.list_falls({"F1": 0.8}, {"F1": 0.794}) == ["F1 is 0.794, below its floor 0.800"]
    assert floors.list_falls({"F1": 0.8}, {}) == ["F1 is 0.000, below its floor 0.800"]
    assert floors.list_rises({"F1": 0.8}, {"F1": 0.85}) == ["F1"]
