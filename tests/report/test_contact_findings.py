"""Findings of contacts quote nothing, and those of the whole company have no customer: every format copes."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest

from consistency_check.model import (
    Finding,
    FindingAnswer,
    Headline,
    Reply,
    Report,
    Severity,
    Status,
    Summary,
    Verdict,
)
from consistency_check.report import OUTPUTS, ReportOptions, write_report
from consistency_check.report.contacts import write_contacts
from consistency_check.report.headline import say_cost, say_figures, say_question

QUESTION = "How much is the label?"
CONTACT = FindingAnswer(
    *("R1", "email", "", "", "2026-03-02T10:00:00+00:00", "", Verdict.UNJUDGED, "", 0, 0, 0.0),
    source="exports/email.jsonl:7",
    question=QUESTION,
)
NO_ANSWER = Finding(
    *("0123456789abcdef", "no-answer", Severity.MEDIUM, "C-1", "", "", ""),
    message="Email has not answered; the response time is 1 business day.",
    answers=(CONTACT,),
)
UNCOVERED = Finding(
    *("fedcba9876543210", "uncovered-question", Severity.LOW, "", "", "", ""),
    message="3 customers asked what no policy answers: gift, wrap.",
    answers=(replace(CONTACT, question="Do you wrap gifts?"),),
)
HEADLINE = Headline(
    asked_twice=34,
    recognised=12,
    told_different=9,
    hours_to_correct=61.0,
    better_deals={"returns.fee": 3, "returns.window": 1},
    costs={"returns.fee": {"GBP": 21.0}, "returns.window": {"day": 16.0}},
)
CHECKS = {"channel-conflict": 0, "no-answer": 1, "uncovered-question": 1}
REPORT = Report(
    Summary(replies=3, customers=3, claims=1, judged=1, findings=2, by_check=CHECKS, questions=1),
    (NO_ANSWER, UNCOVERED),
    headline=HEADLINE,
)


def write(name, report=REPORT, **options):
    stream = io.StringIO()
    write_report(name, report, stream, ReportOptions(**options))
    return stream.getvalue()


@pytest.mark.parametrize("name", OUTPUTS)
def test_every_format_tells_of_them(name):
    shown = write(name)
    assert NO_ANSWER.message in " ".join(shown.split())
    assert "«»" not in shown
    assert ", customer ," not in shown
    if name not in ("concise", "digest-json", "digest-markdown", "gitlab", "sarif"):
        assert QUESTION in shown


@pytest.mark.parametrize("group_by", ["customer", "policy", "channel", "check"])
def test_groups_have_a_heading_without_a_customer_or_a_policy(group_by):
    shown = write("full", group_by=group_by)
    assert {"customer": "all customers", "policy": "no policy", "channel": "email", "check": "no-answer"}[
        group_by
    ] in shown
    assert "asked: “How much is the label?”" in shown
    assert "Unanswered" in shown


def test_a_line_has_a_place_for_what_is_not_there():
    assert "exports/email.jsonl:7: low uncovered-question - -: 3 customers" in write("concise")


@pytest.mark.parametrize("name", ["full", "concise", "markdown"])
def test_the_headline_figures_are_told_in_three_lines(name):
    shown = " ".join(write(name, width=500).replace("\\", "").split())
    for words in (
        "34 customers asked the same in two channels: 12 (35%) met somebody who knew of it, 9 (26%) were",
        "followed by the right one, it took 2.5 days (median).",
        "4 better deals for asking again, beyond the policy: returns.fee £21; returns.window 16 days.",
    ):
        assert words in shown


def test_scripts_have_the_headline_figures():
    assert json.loads(write("json"))["headline"]["costs"] == {
        "returns.fee": {"GBP": 21.0},
        "returns.window": {"day": 16.0},
    }


def test_nothing_is_said_of_what_there_is_none_of():
    assert say_figures(Report(Summary(), ())) == []
    only = Report(Summary(by_check={"no-answer": 0}), (), headline=Headline(asked_twice=2))
    assert say_figures(only) == [
        "2 customers asked the same in two channels: none met somebody who knew of it, "
        "none were told different things."
    ]


def test_sums_are_said_in_their_units():
    assert say_cost({"$": 4.5, "day": 1.0}) == "$4.50 and 1 day"
    assert say_cost({"%": 50.0}) == "50%"
    assert say_cost({"kg": 15.0}) == "15 kg"
    assert say_cost({"$ a night": 25.0}) == "$25 per night"


def test_a_long_question_is_cut_at_a_word():
    assert say_question(replace(CONTACT, question="word " * 100)).endswith("word …”")
    assert say_question(replace(CONTACT, question="")) == "nothing asked"


@pytest.mark.parametrize(
    ("finding", "title"), [(NO_ANSWER, "C-1: 2 replies"), (UNCOVERED, "several customers: 2 replies")]
)
def test_what_they_are_about_is_opened_under_the_name_of_whoever_it_is(finding, title):
    replies = [Reply("R1", "email", "", QUESTION), Reply("R2", "chat", "It is free.", QUESTION)]
    stream = io.StringIO()
    write_contacts(finding, replies, stream, ReportOptions())
    assert stream.getvalue().splitlines()[1:3] == [title, finding.message]


def test_what_is_accepted_of_them_is_told(tmp_path):
    known = replace(REPORT, findings=tuple(replace(f, status=Status.KNOWN) for f in REPORT.findings))
    assert "`no policy`, `all customers`" in write("markdown", known)
