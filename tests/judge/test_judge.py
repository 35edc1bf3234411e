"""The judge: every verdict, in the order agrees, outdated, wrong_case, conflicts."""

from datetime import date

import pytest

from consistency_check.judge import judge_claim
from consistency_check.model import Claim, DatedValue, Policy, PolicyException, Severity, Value, Verdict

CHANGE = date(2026, 3, 15)
BEFORE, AFTER = date(2026, 3, 14), date(2026, 3, 15)


def days(number):
    return Value("duration", number, number, "day")


def exception(value, **when):
    dated = value if isinstance(value, tuple) else (DatedValue(None, value),)
    return PolicyException(tuple((name, (word,)) for name, word in when.items()), dated)


def build_policy(*values, exceptions=(), **rest):
    dated = tuple(v if isinstance(v, DatedValue) else DatedValue(None, v) for v in values)
    return Policy(
        "returns.window", "returns", "… {value} …", "duration", dated, exceptions=exceptions, **rest
    )


WINDOW = build_policy(
    DatedValue(date(2025, 1, 1), days(30)),
    DatedValue(CHANGE, days(60)),
    exceptions=(
        exception(days(90), tier="gold"),
        exception((DatedValue(None, days(100)), DatedValue(CHANGE, days(120))), category="sofa"),
    ),
)


def judge(policy, number, day, attributes=None, case=()):
    claim = Claim("R", policy.id, days(number), "quote", 0, 5, 1.0, case)
    return judge_claim(claim, policy, day, attributes or {})


@pytest.mark.parametrize(
    ("number", "day", "attributes", "verdict", "reason"),
    [
        (30, BEFORE, {}, Verdict.AGREES, "in force since 2025-01-01"),
        (60, AFTER, {}, Verdict.AGREES, "in force since 2026-03-15"),
        (60, BEFORE, {}, Verdict.OUTDATED, "60 days is right only from 2026-03-15 on"),
        (30, AFTER, {}, Verdict.OUTDATED, "30 days was right until 2026-03-14"),
        (45, AFTER, {}, Verdict.CONFLICTS, "in force since 2026-03-15"),
        (90, AFTER, {"tier": "gold"}, Verdict.AGREES, "exception for tier gold"),
        (90, AFTER, {"tier": "silver"}, Verdict.WRONG_CASE, "90 days is right for tier gold only"),
        (90, AFTER, {}, Verdict.WRONG_CASE, "this customer's tier is not known"),
        (60, AFTER, {"tier": "gold"}, Verdict.WRONG_CASE, "60 days is the general value"),
        (100, AFTER, {"category": "sofa"}, Verdict.OUTDATED, "100 days was right until 2026-03-14"),
        (120, BEFORE, {"category": "sofa"}, Verdict.OUTDATED, "right only from 2026-03-15 on"),
        (
            120,
            AFTER,
            {"category": "sofa"},
            Verdict.AGREES,
            "exception for category sofa, in force since 2026-03-15",
        ),
        (1, AFTER, {"tier": "gold"}, Verdict.CONFLICTS, "exception for tier gold"),
    ],
)
def test_verdicts(number, day, attributes, verdict, reason):
    judgement = judge(WINDOW, number, day, attributes)
    assert judgement.verdict is verdict
    assert reason in judgement.reason


def test_the_case_that_a_claim_names_goes_before_the_customer():
    assert judge(WINDOW, 90, AFTER, {"tier": "silver"}, (("tier", "gold"),)).verdict is Verdict.AGREES
    assert judge(WINDOW, 60, AFTER, {"tier": "silver"}, (("tier", "gold"),)).verdict is Verdict.WRONG_CASE


def test_what_the_words_say_of_the_customer_goes_after_what_is_known():
    claim = Claim("R", WINDOW.id, days(90), "quote", 0, 5, 1.0, own_case=(("tier", "gold"),))
    assert judge_claim(claim, WINDOW, AFTER, {}).verdict is Verdict.AGREES
    assert judge_claim(claim, WINDOW, AFTER, {"tier": " "}).verdict is Verdict.AGREES
    assert judge_claim(claim, WINDOW, AFTER, {"tier": "silver"}).verdict is Verdict.WRONG_CASE


def test_without_a_day_any_version_agrees_and_none_is_outdated():
    assert judge(WINDOW, 30, None).verdict is Verdict.AGREES
    assert judge(WINDOW, 60, None).verdict is Verdict.AGREES
    assert judge(WINDOW, 45, None).verdict is Verdict.CONFLICTS
    assert judge(WINDOW, 90, None).verdict is Verdict.WRONG_CASE
    assert "no date" in judge(WINDOW, 30, None).reason


def test_the_expected_answer_is_that_of_the_day_whatever_was_said():
    for number in (30, 45, 60, 90):
        assert judge(WINDOW, number, AFTER).expected.value == days(60)


def test_an_open_policy_judges_nothing():
    policy = build_policy(DatedValue(None, None))
    assert judge(policy, 30, AFTER).verdict is Verdict.UNJUDGED
    assert judge(policy, 30, None).verdict is Verdict.UNJUDGED


def test_before_the_first_version_only_the_next_one_can_be_judged():
    policy = build_policy(DatedValue(CHANGE, days(60)))
    assert judge(policy, 60, BEFORE).verdict is Verdict.OUTDATED
    assert judge(policy, 30, BEFORE).verdict is Verdict.UNJUDGED


def test_a_policy_that_was_left_open_and_then_fixed():
    policy = build_policy(DatedValue(None, None), DatedValue(CHANGE, days(60)))
    assert judge(policy, 60, BEFORE).verdict is Verdict.OUTDATED
    assert judge(policy, 30, BEFORE).verdict is Verdict.UNJUDGED
    assert judge(policy, 30, AFTER).verdict is Verdict.CONFLICTS


def test_what_an_open_policy_said_before_is_not_outdated_but_what_it_will_say_is():
    policy = build_policy(
        DatedValue(None, days(30)),
        DatedValue(CHANGE, None),
        DatedValue(date(2026, 9, 1), days(30)),
    )
    assert judge(policy, 30, BEFORE).verdict is Verdict.AGREES
    opened = build_policy(DatedValue(None, days(30)), DatedValue(CHANGE, None))
    assert judge(opened, 30, AFTER).verdict is Verdict.UNJUDGED
    coming = judge(policy, 30, AFTER)
    assert coming.verdict is Verdict.OUTDATED
    assert "30 days is right only from 2026-09-01 on" in coming.reason


def test_outdated_goes_before_wrong_case():
    policy = build_policy(
        DatedValue(None, days(30)),
        DatedValue(CHANGE, days(60)),
        exceptions=(exception(days(30), tier="gold"),),
    )
    assert judge(policy, 30, AFTER, {"tier": "silver"}).verdict is Verdict.OUTDATED


def test_the_end_of_a_version_is_the_day_before_the_next():
    policy = build_policy(
        DatedValue(None, days(10)),
        DatedValue(date(2024, 2, 1), days(20)),
        DatedValue(date(2025, 6, 1), days(10)),
        DatedValue(date(2026, 1, 1), days(30)),
    )
    assert "was right until 2025-12-31" in judge(policy, 10, AFTER).reason
    assert "was right until 2025-05-31" in judge(policy, 20, AFTER).reason


def test_a_version_that_other_lines_cut_ends_where_it_ends():
    policy = build_policy(
        DatedValue(None, days(30)),
        DatedValue(CHANGE, days(60)),
        exceptions=(exception((DatedValue(date(2025, 7, 1), days(90)),), tier="gold"),),
    )
    assert "30 days was right until 2026-03-14" in judge(policy, 30, AFTER).reason


def test_compare_and_tolerance_are_the_policys():
    at_most = build_policy(days(30), compare="at_most", severity=Severity.HIGH)
    assert judge(at_most, 20, AFTER).verdict is Verdict.AGREES
    assert judge(at_most, 31, AFTER).verdict is Verdict.CONFLICTS
    tolerant = build_policy(days(30), tolerance=days(1))
    assert judge(tolerant, 31, AFTER).verdict is Verdict.AGREES
    assert judge(tolerant, 32, AFTER).verdict is Verdict.CONFLICTS


def test_several_attributes_of_an_exception_in_words():
    policy = build_policy(days(30), exceptions=(exception(days(90), tier="gold", region="EU"),))
    reason = judge(policy, 90, AFTER, {"tier": "gold"}).reason
    assert "right for tier gold and region EU only, and this customer's region is not known" in reason
