"""The report of a morning, made up: two weeks of nights, any number of findings of every status."""

from dataclasses import replace
from datetime import date, timedelta

from consistency_check.model import (
    Finding,
    FindingAnswer,
    Headline,
    Night,
    Problem,
    Rate,
    Report,
    Severity,
    Source,
    Status,
    Summary,
    Verdict,
)

FIRST_DAY = date(2026, 3, 9)
CHANNELS = ("chat", "email", "letter", "phone", "social")
TEAMS = {
    "chat": "Digital",
    "email": "Back office",
    "letter": "Back office",
    "phone": "Front line",
    "social": "Digital",
}
AGENTS = {
    "chat": "Mia Okafor",
    "email": "Kirsten Bauer",
    "letter": "Jonas Lind",
    "phone": "Omar Haddad",
    "social": "Ana",
}
# Policy, severity, the right value, a wrong one, words that say a value, and why the policy's holds.
POLICIES = (
    (
        *("returns.window", Severity.HIGH, "30 days", "14 days", "you have {} to send it back"),
        "Items can be returned within 30 days of delivery (in force since 2026-03-15).",
    ),
    (
        *("shipping.express_fee", Severity.MEDIUM, "$17.95", "$12.50", "express delivery is {}"),
        "Express delivery costs $17.95 (the general value; $12.50 was right until 2026-01-31).",
    ),
    (
        *("warranty.length", Severity.CRITICAL, "24 months", "12 months", "the guarantee runs for {}"),
        "The guarantee runs for 24 months (required by law; no exception applies).",
    ),
    (
        *("billing.late_fee", Severity.LOW, "$5", "$15", "a late payment adds {}"),
        "A late payment adds $5 (the general value).",
    ),
)
STATUSES = (Status.NEW, Status.REOPENED, Status.KNOWN, Status.ACCEPTED, Status.FALSE)
REASONS = {
    Status.REOPENED: "it was fixed on 2026-03-18 and is found again",
    Status.KNOWN: "an earlier run found it",
    Status.ACCEPTED: "goodwill in the spring (Kim Lee, until 2026-12-31)",
    Status.FALSE: "the customer asked about another order (Kim Lee)",
}
CHECKS = ("channel-conflict", "policy-conflict", "outdated-answer", "repeat-contact", "better-deal")
VERDICTS = {"outdated-answer": Verdict.OUTDATED, "better-deal": Verdict.WRONG_CASE}


def say(number, channel, value, verdict, phrase, minute):
    quote = phrase.format(value)
    before = f"Thanks for getting in touch about order {7000 + number}. For what you bought from us, "
    context = f"{before}{quote}; please keep the receipt until everything is settled."
    return FindingAnswer(
        reply_id=f"{channel.upper()}-{number}",
        channel=channel,
        agent=AGENTS[channel],
        team=TEAMS[channel],
        sent_at=f"2026-03-{10 + number % 12:02}T{9 + minute % 8:02}:05:00+00:00",
        value=value,
        verdict=verdict,
        quote=quote,
        start=200 + len(before),
        end=200 + len(before) + len(quote),
        confidence=0.97,
        source=f"exports/{channel}.jsonl:{number + 1}",
        context=context,
        context_start=200,
        question="How long do I have, and what does it cost me?" if minute == 0 else "",
    )


def build_found(number, status):
    """One of as many findings as wanted, different from its neighbours in all that can be filtered."""
    policy, severity, right, wrong, phrase, reason = POLICIES[number % len(POLICIES)]
    check = CHECKS[number % len(CHECKS)]
    one, other = CHANNELS[number % 5], CHANNELS[(number + 1 + number // 5 % 3) % 5]
    answers = (
        say(number, one, wrong, VERDICTS.get(check, Verdict.CONFLICTS), phrase, 0),
        say(number, other, right, Verdict.AGREES, phrase, 3),
    )
    if check in ("policy-conflict", "outdated-answer"):
        answers = answers[:1]
    said = ", ".join(f"{answer.channel} said {answer.value}" for answer in answers)
    return Finding(
        id=f"{number:016x}",
        check=check,
        severity=severity,
        customer=f"C-{1000 + number // 2}",
        topic=policy.partition(".")[0],
        policy=policy,
        expected=right,
        message=f"{said[0].upper()}{said[1:]}; the policy says {right}.",
        answers=answers,
        reason=reason,
        linked_by=("customer id", "email") if number % 3 else ("name", "phone"),
        customer_name=("Dana Whitcomb", "Samir Abara", "", "Lucía Fernández")[number % 4],
        certainty=1.0 if number % 3 else 0.94,
        policy_source=f"policies/{policy.partition('.')[0]}.yaml:{8 + number % 4}:3",
        status=status,
        status_reason=REASONS.get(status, ""),
        first_seen=(FIRST_DAY + timedelta(13 if status is Status.NEW else number % 13)).isoformat(),
        last_seen=(FIRST_DAY + timedelta(13)).isoformat(),
    )


ASKED = FindingAnswer(
    *("EM-77", "email", "", "", "2026-03-20T08:00:00+00:00", "", Verdict.UNJUDGED, "", 0, 0, 1.0),
    "exports/email.jsonl:77",
    question="Do you take my old sofa away when you bring the new one?",
)
DRIFT = Finding(
    id="d00000000000000d",
    check="channel-drift",
    severity=Severity.HIGH,
    customer="",
    topic="returns",
    policy="returns.window",
    expected="30 days",
    message="Social answers wrongly 14 times of 40, the other channels 9 of 310 (p < 0.001).",
    answers=(say(91, "social", "14 days", Verdict.CONFLICTS, "you get {} to return it", 1),),
    reason="Items can be returned within 30 days of delivery (in force since 2026-03-15).",
    policy_source="https://intranet.example/returns#window",
    first_seen="2026-03-22",
)
UNCOVERED = Finding(
    id="e00000000000000e",
    check="uncovered-question",
    severity=Severity.LOW,
    customer="",
    topic="",
    policy="",
    expected="",
    message="9 customers asked what no policy answers: old, sofa, away.",
    answers=(ASKED,),
    first_seen="2026-03-20",
    status=Status.KNOWN,
    status_reason="an earlier run found it",
)
UNANSWERED = replace(
    UNCOVERED,
    id="f00000000000000f",
    check="no-answer",
    severity=Severity.MEDIUM,
    customer="C-2044",
    message="The customer asked by email on 2026-03-20 and was never answered.",
    status=Status.NEW,
    status_reason="",
    first_seen="2026-03-22",
)


def build_headline(night):
    """Figures that drift from night to night: social gets worse, the phone better."""
    wave = (3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7)[night % 14]
    return Headline(
        asked_twice=220 + 3 * night,
        recognised=70 + 2 * night + wave,
        told_different=40 - night + wave,
        by_channel_pair={
            ("chat", "email"): Rate(wave, 61),
            ("chat", "phone"): Rate(4, 118),
            ("chat", "social"): Rate(0, 22),
            ("email", "letter"): Rate(1, 30),
            ("email", "phone"): Rate(11 + wave, 142),
            ("email", "social"): Rate(9, 38),
            ("letter", "phone"): Rate(0, 9),
            ("phone", "social"): Rate(3 + night, 33),
        },
        by_policy={
            "returns.window": Rate(31 + wave, 402),
            "shipping.express_fee": Rate(12 + night, 310),
            "warranty.length": Rate(9, 120 + night),
            "billing.late_fee": Rate(2, 88),
            "returns.opened_items": Rate(0, 41),
        },
        by_channel={
            "chat": Rate(9 + wave, 280),
            "email": Rate(22 + wave, 340),
            "letter": Rate(1, 45),
            "phone": Rate(24 - night, 300),
            "social": Rate(4 + night, 60),
        },
        by_team={
            "Back office": Rate(23 + wave, 385),
            "Digital": Rate(13 + wave + night, 340),
            "Front line": Rate(24 - night, 300),
        },
        hours_to_correct=None if night == 3 else 30.0 + 2 * wave,
        better_deals={"returns.window": 9, "shipping.express_fee": 4, "billing.late_fee": 4},
        costs={"returns.window": {"day": 16.0}, "shipping.express_fee": {"USD": 21.8}},
    )


def build_night(night):
    return Night(
        run=night + 1,
        day=(FIRST_DAY + timedelta(night)).isoformat(),
        replies=1100 + 37 * night % 400,
        findings=90 + 7 * night % 23,
        new=(9, 7, 12, 4, 6, 8, 3, 5, 2, 6, 4, 7, 5, 11)[night % 14],
        fixed=(0, 2, 1, 5, 3, 4, 6, 2, 8, 1, 2, 5, 3, 6)[night % 14],
        headline=build_headline(night),
    )


def build_morning(count=24, nights=14):
    """The report of the last of so many nights, with `count` findings and a few of every other kind."""
    statuses = (STATUSES[0 if number % 4 == 0 else number % 5] for number in range(count))
    findings = (DRIFT, UNCOVERED, UNANSWERED, *map(build_found, range(count), statuses))
    fixed = tuple(build_found(count + number, Status.KNOWN) for number in range(4))

    def tally(read):
        names = sorted({read(finding) for finding in findings})
        return {name: sum(read(finding) == name for finding in findings) for name in names}

    summary = Summary(
        replies=1204,
        customers=310,
        claims=1088,
        judged=1025,
        findings=len(findings),
        by_check=tally(lambda finding: finding.check) | {"late-answer": 0},
        by_severity=tally(lambda finding: finding.severity.value),
        by_channel={"chat": 280, "email": 420, "letter": 45, "phone": 399, "social": 60},
        left_out={"internal notes": 92, "unusable": 2},
        several_channels=230,
        conflicting=34,
        by_status=tally(lambda finding: finding.status.value) | {"fixed": len(fixed)},
    )
    return Report(
        summary,
        findings,
        problems=(
            Problem(Source("exports/email.jsonl", 9), "the record has no text; write what the agent said"),
            Problem(
                Source("exports/phone.csv", 3, 14), "'yesterday' is not a time; write 2026-03-01T09:30:00Z"
            ),
        ),
        reminders=("3 accepted findings expire within a week; look at them with `review`",),
        fixed=fixed,
        headline=build_headline(nights - 1),
        nights=tuple(map(build_night, range(nights))),
    )


MORNING = build_morning()
