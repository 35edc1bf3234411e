"""One reply explained and a few examples tested, written by hand: they show every part of both pages."""

from datetime import UTC, date, datetime

from consistency_check.model import (
    Answer,
    Claim,
    Considered,
    Customer,
    DatedValue,
    ExampleReport,
    ExampleResult,
    Expectation,
    ExplainedReply,
    Explanation,
    JudgedClaim,
    Judgement,
    Mention,
    MetCue,
    Policy,
    Reply,
    Source,
    Value,
    Verdict,
)

LITTLE = "too little says that it is about this policy"


def days(count, unit="day"):
    return Value("duration", count, count, unit)


def build_policy(key, type_, value, line):
    source = Source("policies/returns.yaml", line, 3)
    return Policy(f"returns.{key}", "returns", "{value}", type_, (DatedValue(None, value),), source=source)


WINDOW = build_policy("window", "duration", days(30), 8)
OPENED = build_policy("opened_items", "yes_no", Value("yes_no", word="no"), 21)
SCOPE = build_policy("scope", "text", Value("text", word="clothes " * 12), 30)


def mention(text, quote, value):
    return Mention(text.index(quote), text.index(quote) + len(quote), value)


def cue(text, name, quote, reason=""):
    return MetCue(name, quote, text.index(quote), text.index(quote) + len(quote), reason)


def consider(text, policy, value, quote, wording, confidence, reason=LITTLE):
    start = text.index(quote)
    return Considered(policy, value, quote, start, start + len(quote), wording, confidence, reason)


def judge(text, policy, value, quote, verdict, reason, confidence=0.97, **rest):
    start = text.index(quote)
    claim = Claim("EM-1", policy.id, value, quote, start, start + len(quote), confidence, **rest)
    judgement = Judgement(verdict, Answer(policy.values[0].value), reason)
    return JudgedClaim(claim, Reply("EM-1", "email", ""), Customer("C-1042", ()), policy, judgement)


TEXT = """Dear Dana,

You have [two weeks]\x1b[31m to send the tent back, that's 14 days from delivery.



Gold members have 60 days. I'll ring you in 5 minutes.
"""
TWO_WEEKS, GOLD, SOON = days(2, "week"), days(60), days(5, "minute")
EXPLAINED = ExplainedReply(
    Reply(
        id="EM-1",
        channel="email",
        text=TEXT,
        question="How long do I have?\x07",
        sent_at=datetime(2026, 3, 20, 10, 22, tzinfo=UTC),
        agent="M\u202eallory",
        attributes={"tier": "basic", "region": ""},
        source=Source("exports/email.jsonl", 12),
        asked_before="Hello\nIs anybody there?",
    ),
    Customer("C-1042", ("EM-1",), ("customer id", "email"), "Dana", {"category": "tents"}),
    Explanation(
        mentions=(
            (mention(TEXT, "two weeks", TWO_WEEKS), ""),
            (mention(TEXT, "14 days", days(14)), ""),
            (mention(TEXT, "60 days", GOLD), ""),
            (mention(TEXT, "5 minutes", SOON), "how long the agent will take"),
        ),
        cues=(
            cue(TEXT, "offer", "You have"),
            cue(TEXT, "rule", "members"),
            cue(TEXT, "waiting", "ring you", "how long the agent will take"),
            cue(TEXT, "negated", "Dear", "negated"),
        ),
        considered=(
            consider(TEXT, "returns.window", TWO_WEEKS, "two weeks", 0.9, 0.971, ""),
            *(
                consider(TEXT, f"shipping.time_{n}", TWO_WEEKS, "two weeks", n / 100, n / 1000)
                for n in range(12)
            ),
            consider(
                TEXT,
                "returns.window",
                days(14),
                "14 days",
                0.8,
                0.8,
                "other words claim it more surely",
            ),
            consider(TEXT, "returns.window", GOLD, "60 days", 0.8, 0.86, ""),
        ),
        claims=(),
    ),
    (
        judge(
            TEXT, WINDOW, TWO_WEEKS, "two weeks]\x1b[31m to", Verdict.CONFLICTS, "in force since 2026-03-15"
        ),
        judge(
            TEXT, WINDOW, GOLD, "60 days", Verdict.AGREES, "exception for tier gold", case=(("tier", "gold"),)
        ),
    ),
    0.5,
)
SILENT = ExplainedReply(Reply("X", "", "Hm"), Customer("X", ("X",)), Explanation((), (), (), ()), (), 0.5)


def build_result(policy, kind, passed, text, explanation=None, *judged):
    reply = Reply(f"{policy.id}, {kind} 1", "", text, source=policy.source)
    empty = Explanation((), (), (), ())
    explained = ExplainedReply(reply, Customer("", ()), explanation or empty, judged, 0.5)
    return ExampleResult(policy, Expectation(kind), passed, explained)


MONTH, SHORT, OPEN = (
    "You've got 30 days.",
    "You have 14 days to send it back.",
    "You may open [it]\u202e, no problem",
)
RESULTS = (
    build_result(OPENED, "agrees", False, "Hello", None),
    build_result(
        OPENED,
        "conflicts",
        False,
        OPEN,
        Explanation(
            (),
            (cue(OPEN, "can", "may"), cue(OPEN, "no", "no"), cue(OPEN, "negated", "no", "negated")),
            (consider(OPEN, "returns.opened_items", Value("yes_no", word="yes"), OPEN, 0.41, 0.378),),
            (),
        ),
        judge(
            OPEN, SCOPE, Value("text", word="open [it] " * 9), OPEN, Verdict.UNJUDGED, "no fixed value", 0.61
        ),
    ),
    build_result(
        WINDOW,
        "agrees",
        False,
        SHORT,
        None,
        judge(SHORT, WINDOW, days(14), "14 days", Verdict.WRONG_CASE, "the general value", 0.95),
    ),
    build_result(
        WINDOW,
        "agrees",
        True,
        MONTH,
        None,
        judge(MONTH, WINDOW, days(30), "30 days", Verdict.AGREES, "the general value", 0.95),
    ),
)
EXAMPLES = ExampleReport(date(2026, 4, 1), 0.5, 3, RESULTS, ("returns.scope",))
PASSED = ExampleReport(date(2026, 4, 1), 0.5, 1, RESULTS[-1:], ())
