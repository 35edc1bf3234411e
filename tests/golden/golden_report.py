"""A report written by hand that shows every part of every output format."""

from consistency_check.model import (
    Finding,
    FindingAnswer,
    Headline,
    Problem,
    Report,
    Severity,
    Source,
    Status,
    Summary,
    Verdict,
)


def answer(
    reply_id: str, channel: str, value: str, verdict: Verdict, quote: str, **rest: str
) -> FindingAnswer:
    context = rest.get("context", quote)
    offset = context.find(quote)
    return FindingAnswer(
        reply_id=reply_id,
        channel=channel,
        agent=rest.get("agent", ""),
        team="",
        sent_at=rest.get("sent_at", ""),
        value=value,
        verdict=verdict,
        quote=quote,
        start=40 + offset,
        end=40 + offset + len(quote),
        confidence=0.97,
        source=rest.get("source", f"exports/{channel}.jsonl:1"),
        context=context,
        context_start=40,
    )


EMAIL = answer(
    "EM-1",
    "email",
    "14 days",
    Verdict.CONFLICTS,
    "you have two weeks to send it back",
    agent="Kirsten Bauer",
    sent_at="2026-03-20T10:22:00-08:00",
    context="Thanks for writing, Dana. Once the tent has reached you, you have two weeks to send it back, "
    "unworn and with its tags on. A prepaid label is in the parcel; keep the receipt until you are paid.",
    source="exports/email.jsonl:12",
)
PHONE = answer(
    "PH-1",
    "phone",
    "30 days",
    Verdict.AGREES,
    "thirty days from delivery",
    agent="Omar Haddad",
    sent_at="2026-03-22T16:05:00-08:00",
    context="So that's thirty days from delivery, OK?",
    source="exports/phone.csv:7",
)
HOSTILE = answer(
    "CH-9",
    "chat",
    "50 dollars",
    Verdict.WRONG_CASE,
    "[red]50\x1b[31m dollars[/red]",
    agent="M\u202eallory",
    context="It is [red]50\x1b[31m dollars[/red]\x07 \x9b2J for gold\u200b members",
)
TEXT = answer(
    "LT-1",
    "letter",
    "wear and tear is covered by the guarantee as well",
    Verdict.CONFLICTS,
    "wear and tear is covered by the guarantee as well",
    sent_at="2026-03-01",
    context="We are glad to tell you that wear and tear is covered by the guarantee as well.",
)

FINDINGS = (
    Finding(
        id="0123456789abcdef",
        check="channel-conflict",
        severity=Severity.HIGH,
        customer="C-1042",
        topic="returns",
        policy="returns.window",
        expected="30 days",
        message="Email said 14 days, phone said 30 days; the policy says 30 days.",
        answers=(EMAIL, PHONE),
        reason="Items can be returned within 30 days of delivery (in force since 2026-03-15).",
        linked_by=("customer id", "email"),
        customer_name="Dana Whitcomb",
        policy_source="policies/returns.yaml:8:3",
    ),
    Finding(
        id="123456789abcdef0",
        check="policy-conflict",
        severity=Severity.HIGH,
        customer="C-1042",
        topic="returns",
        policy="returns.window",
        expected="30 days",
        message="Email said 14 days; the policy says 30 days.",
        answers=(EMAIL,),
        reason="Items can be returned within 30 days of delivery (in force since 2026-03-15).",
        linked_by=("customer id", "email"),
        customer_name="Dana Whitcomb",
        policy_source="policies/returns.yaml:8:3",
        status=Status.KNOWN,
        status_reason="it stands in the baseline",
    ),
    Finding(
        id="23456789abcdef01",
        check="wrong-case",
        severity=Severity.MEDIUM,
        customer="+1 503 555 0110",
        topic="shipping",
        policy="shipping.express_fee",
        expected="$17.95",
        message="Chat said $50; the policy says $17.95 ($50 is right for tier gold only).",
        answers=(HOSTILE,),
        reason="Express delivery costs $17.95 (the general value; $50 is right for tier gold only).",
        linked_by=("phone",),
        policy_source="policies/shipping.yaml:20:3",
    ),
    Finding(
        id="3456789abcdef012",
        check="policy-conflict",
        severity=Severity.LOW,
        customer="C-1042",
        topic="warranty",
        policy="warranty.scope",
        expected="defects in materials and workmanship",
        message="Letter said “wear and tear is covered by the guarantee as well”; "
        "the policy says “defects in materials and workmanship”.",
        answers=(TEXT,),
        reason="The guarantee covers defects in materials and workmanship (the general value).",
        linked_by=("customer id", "email"),
        customer_name="Dana Whitcomb",
        policy_source="policies/warranty.yaml:5:3",
        status=Status.ACCEPTED,
        status_reason="goodwill in the spring | [campaign](x) (Kim Lee, until 2026-12-31)",
    ),
)

REPORT = Report(
    summary=Summary(
        replies=1204,
        customers=310,
        claims=88,
        judged=80,
        findings=4,
        by_check={
            "channel-conflict": 1,
            "outdated-answer": 0,
            "policy-conflict": 2,
            "repeat-conflict": 0,
            "wrong-case": 1,
        },
        by_severity={"critical": 0, "high": 2, "medium": 1, "low": 1},
        by_verdict={"agrees": 70, "outdated": 0, "wrong_case": 4, "conflicts": 6, "unjudged": 8},
        by_channel={"chat": 400, "email": 500, "phone": 304},
        by_channel_pair={"email / phone": 1},
        left_out={"before 2026-01-01": 12, "unusable": 2},
        several_channels=120,
        conflicting=1,
        by_status={"new": 2, "known": 1, "accepted": 1},
    ),
    findings=FINDINGS,
    problems=(
        Problem(Source("exports/email.jsonl", 9), "the record has no text; write what the agent said"),
        Problem(
            Source("exports/phone.csv", 3, 14), "'yesterday\x1b[0m' is not a time; write 2026-03-01T09:30:00Z"
        ),
    ),
    reminders=(".consistency-check-accept.yaml:9:5: nothing is accepted by this entry any more; delete it",),
    headline=Headline(told_different=0),
)

EMPTY = Report(
    summary=Summary(by_check={"channel-conflict": 0}, by_severity={"high": 0}),
    findings=(),
    notes=("Nothing was compared: no reply was loaded from exports.",),
    headline=Headline(told_different=0),
)
