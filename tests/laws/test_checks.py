"""What holds for the judge and the checks whatever was said: neither order nor what is unrelated matters."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from consistency_check.checks import (
    CHECKS,
    DEFAULT_TIMES,
    Terms,
    check_case,
    conclude_tallies,
    merge_tallies,
    run_checks,
    tally_case,
)
from consistency_check.figures import build_headline, tally_all
from consistency_check.judge import judge_claim
from consistency_check.model import (
    NOWHERE,
    Asking,
    Claim,
    Contact,
    Customer,
    CustomerCase,
    DatedValue,
    JudgedClaim,
    Policy,
    PolicyException,
    Reply,
    Severity,
    Source,
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
        favours="higher",
    ),
    Policy("returns.pickup", "returns", "Collected in {value}.", "duration", (DatedValue(None, None),)),
)
TERMS = Terms({policy.id: policy for policy in POLICIES}, DEFAULT_TIMES, START + timedelta(days=9))


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
    return run_checks([CustomerCase(customer, tuple(claims))], CHECKS, TERMS)


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
    findings = run_checks([CustomerCase(CUSTOMER, tuple(claims)), CustomerCase(other, ())], CHECKS, TERMS)
    assert findings == check(claims)


drawn_contact = st.tuples(
    st.sampled_from(["email", "phone", "chat"]),
    st.none() | st.integers(0, 6),
    st.none() | st.integers(0, 6),
    st.sampled_from([(), ("returns.window",), ("returns.pickup", "returns.window")]),
    st.sampled_from([(), ("box", "pizza"), ("bin", "box", "pizza")]),
    st.booleans(),
    st.sampled_from(["", "T1", "T2"]),
    st.none() | st.integers(1, 9),
)


def build_contact(name, drawn):
    channel, asked, sent, policies, words, recognises, thread, line = drawn
    moments = [None if offset is None else START + timedelta(days=offset) for offset in (asked, sent)]
    place = Source(f"{name}.jsonl", line) if line else NOWHERE
    made = {"source": place, "asked_at": moments[0]}
    reply = Reply(str(place) if line else name, channel, "", "how long?", moments[1], thread, **made)
    return Contact(reply, Asking(policies, bool(words), recognises, words), sent is not None)


def build_case(key, claims, contacts):
    drawn = [build_claim(f"{key}{n}", one) for n, one in enumerate(claims)]
    heads = [build_contact(f"R{key}{n}", one) for n, one in enumerate(contacts)]
    return CustomerCase(Customer(key, ()), tuple(drawn), tuple(heads))


case_lists = st.lists(
    st.tuples(st.lists(drawn_claim, max_size=4), st.lists(drawn_contact, max_size=4)), max_size=6
).map(lambda drawn: [build_case(f"C{n}", *one) for n, one in enumerate(drawn)])


@settings(max_examples=100, deadline=None)
@given(case_lists, st.randoms(use_true_random=False))
def test_the_order_of_customers_and_contacts_does_not_matter(cases, random):
    shuffled = [
        CustomerCase(
            case.customer,
            tuple(random.sample(case.claims, len(case.claims))),
            tuple(random.sample(case.contacts, len(case.contacts))),
        )
        for case in random.sample(cases, len(cases))
    ]
    assert run_checks(cases, CHECKS, TERMS) == run_checks(shuffled, CHECKS, TERMS)


def count(cases):
    return merge_tallies(tally for case in cases for tally in tally_case(case, CHECKS))


@settings(max_examples=100, deadline=None)
@given(case_lists, st.integers(0, 6))
def test_tallies_may_be_kept_and_added_up_in_parts(cases, cut):
    parts = [
        merge_tallies(t for case in part for t in tally_case(case, CHECKS))
        for part in (cases[:cut], cases[cut:])
    ]
    kept = conclude_tallies([*parts[1], *parts[0]], CHECKS, TERMS)
    found = [finding for case in cases for finding in check_case(case, CHECKS, TERMS)]
    assert {f.id for f in (*found, *kept)} == {f.id for f in run_checks(cases, CHECKS, TERMS)}
    assert merge_tallies([*parts[0], *parts[1]]) == merge_tallies(
        t for c in cases for t in tally_case(c, CHECKS)
    )


@settings(max_examples=100, deadline=None)
@given(case_lists)
def test_ids_are_unique_and_findings_of_the_company_name_nobody(cases):
    findings = run_checks(cases, CHECKS, TERMS)
    assert len({f.id for f in findings}) == len(findings)
    for finding in findings:
        assert bool(finding.customer) != (finding.check in ("channel-drift", "uncovered-question"))
        assert finding.answers


@settings(max_examples=100, deadline=None)
@given(case_lists, st.randoms(use_true_random=False))
def test_headline_figures_hold_together_in_any_order(cases, random):
    findings = run_checks(cases, CHECKS, TERMS)
    headline = build_headline(tally_all(cases))
    shuffled = random.sample(cases, len(cases))
    assert build_headline(tally_all(shuffled)) == headline
    assert max(headline.recognised, headline.told_different) <= headline.asked_twice <= len(cases)
    judged = sum(c.judgement.verdict is not Verdict.UNJUDGED for case in cases for c in case.claims)
    assert sum(rate.total for rate in headline.by_policy.values()) == judged
    assert sum(headline.better_deals.values()) == sum(f.check == "better-deal" for f in findings)
