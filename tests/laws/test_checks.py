"""What holds for the judge and the checks whatever was said: neither order nor what is unrelated matters."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from consistency_check.checks import CHECKS, run_checks
from consistency_check.judge import judge_claim
from consistency_check.model import (
    Claim,
    Customer,
    DatedValue,
    JudgedClaim,
    Policy,
    PolicyException,
    Reply,
    Severity,
    Value,
    Verdict,
)

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
CUSTOMER = Customer("C", (), attributes={"tier": "gold"})


def days(number):
    return Value("duration", number, number, "day")


POLICIES = (
    Policy(
        "returns.window",
        "returns",
        "Return within {value}.",
        "duration",
        (DatedValue(None, days(1)), DatedValue((START + timedelta(days=3)).date(), days(2))),
        exceptions=(PolicyException((("category", ("sofa",)),), (DatedValue(None, days(3)),)),),
        severity=Severity.HIGH,
    ),
    Policy("returns.pickup", "returns", "Collected in {value}.", "duration", (DatedValue(None, None),)),
)


def build_claim(number, drawn):
    channel, offset, value, policy, category, case = drawn
    sent_at = None if offset is None else START + timedelta(days=offset)
    reply = Reply(
        f"R{number}", channel, "", sent_at=sent_at, attributes={"category": category} if category else {}
    )
    named = (("tier", "silver"),) if case else ()
    claim = Claim(reply.id, policy.id, days(value), f"{value} days", 0, 6, 1.0, named)
    judgement = judge_claim(claim, policy, reply.day, {**CUSTOMER.attributes, **reply.attributes})
    return JudgedClaim(claim, reply, CUSTOMER, policy, judgement)


drawn_claim = st.tuples(
    st.sampled_from(["email", "phone", "chat"]),
    st.none() | st.integers(0, 6),
    st.integers(1, 4),
    st.sampled_from(POLICIES),
    st.sampled_from(["", "sofa", "lamp"]),
    st.booleans(),
)
claim_lists = st.lists(drawn_claim, max_size=8).map(
    lambda all_: [build_claim(n, d) for n, d in enumerate(all_)]
)


def check(claims, customer=CUSTOMER):
    return run_checks([(customer, tuple(claims))], CHECKS)


@settings(max_examples=150, deadline=None)
@given(claim_lists, st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(claims, random):
    shuffled = list(claims)
    random.shuffle(shuffled)
    assert check(claims) == check(shuffled)


@settings(max_examples=150, deadline=None)
@given(claim_lists)
def test_every_flagged_answer_is_in_exactly_one_finding_of_its_check(claims):
    findings = check(claims)
    for name, verdict in (
        ("policy-conflict", Verdict.CONFLICTS),
        ("outdated-answer", Verdict.OUTDATED),
        ("wrong-case", Verdict.WRONG_CASE),
    ):
        found = sorted(a.reply_id for f in findings if f.check == name for a in f.answers)
        assert found == sorted(c.reply.id for c in claims if c.judgement.verdict is verdict)


@settings(max_examples=150, deadline=None)
@given(claim_lists)
def test_a_channel_conflict_needs_two_channels_two_values_and_an_answer_that_is_not_right(claims):
    for finding in check(claims):
        if finding.check == "channel-conflict":
            assert len({a.channel for a in finding.answers}) > 1
        if finding.check == "repeat-conflict":
            assert len({a.channel for a in finding.answers}) == 1
            assert len({a.reply_id for a in finding.answers}) > 1
        if finding.check in ("channel-conflict", "repeat-conflict"):
            assert len({a.value for a in finding.answers}) > 1
            assert {a.verdict for a in finding.answers} != {Verdict.AGREES}


@settings(max_examples=150, deadline=None)
@given(claim_lists, drawn_claim)
def test_fingerprints_are_unique_and_unmoved_by_other_policies(claims, other):
    only = [c for c in claims if c.policy is POLICIES[0]]
    ids = [f.id for f in check(only)]
    assert len(ids) == len(set(ids))
    unrelated = build_claim(99, (*other[:3], POLICIES[1], *other[4:]))
    assert set(ids) <= {f.id for f in check([*only, unrelated])}


@settings(max_examples=100, deadline=None)
@given(claim_lists)
def test_claims_about_another_case_take_no_part_in_conflicts_of_answers(claims):
    named = {c.reply.id for c in claims if c.claim.case}
    for finding in check(claims):
        if finding.check in ("channel-conflict", "repeat-conflict"):
            assert not named & {a.reply_id for a in finding.answers}


@settings(max_examples=100, deadline=None)
@given(claim_lists)
def test_customers_do_not_mix(claims):
    other = Customer("D", ())
    findings = run_checks([(CUSTOMER, tuple(claims)), (other, ())], CHECKS)
    assert findings == check(claims)
