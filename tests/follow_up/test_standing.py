"""What a ledger remembers of findings: since when, whether they went and came back, and decisions."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from consistency_check.follow_up import FollowUp, run_follow_up
from consistency_check.intake import AuditSettings, SettingsError
from consistency_check.ledger import open_ledger
from consistency_check.ledger.decisions import decide, write_decision
from consistency_check.model import DecisionKind, Finding, Status

POLICIES = """\
topic: returns
title: Returns
policies:
  window:
    statement: Items can be returned within {value} of delivery.
    type: duration
    value: 30 days
    questions: [How long do I have to return an item?]
"""
FIRST = date(2026, 3, 1)


class Company:
    """One policy, and replies that are added to one export."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "policies").mkdir()
        self.say(POLICIES)
        self.lines: list[str] = []
        self.nights = 0

    def say(self, policies: str) -> None:
        (self.folder / "policies" / "returns.yaml").write_text(policies, encoding="utf-8")

    def answer(self, id_: str, customer: str, days: int, channel: str = "email") -> None:
        text = f"You can return the item within {days} days of delivery."
        record = {
            "id": id_,
            "customer_id": customer,
            "channel": channel,
            "text": text,
            "sent_at": "2026-02-03",
        }
        self.lines.append(json.dumps(record))

    @property
    def settings(self) -> AuditSettings:
        return AuditSettings((str(self.folder / "replies.jsonl"),), self.folder / "policies")

    def audit(self, day: date | None = None) -> FollowUp:
        (self.folder / "replies.jsonl").write_text("\n".join(self.lines), encoding="utf-8")
        today = day or FIRST + timedelta(self.nights)
        self.nights += 1
        with open_ledger(self.folder / "ledger.duckdb") as ledger:
            return run_follow_up(ledger, self.settings, today)

    def decide(self, kind: DecisionKind, finding: Finding, expires: date | None = None) -> None:
        with open_ledger(self.folder / "ledger.duckdb") as ledger:
            write_decision(ledger, decide(kind, finding, "looked at it", "kim", FIRST, expires))


@pytest.fixture
def company(tmp_path: Path) -> Company:
    company = Company(tmp_path)
    company.answer("r1", "ada", 14)
    company.answer("r2", "bo", 30)
    return company


def list_statuses(run: FollowUp) -> list[tuple[str, Status]]:
    return [(finding.customer, finding.status) for finding in run.report.findings]


def test_a_finding_is_new_for_a_day_then_known(company: Company) -> None:
    first = company.audit(FIRST)
    assert list_statuses(first) == [("ada", Status.NEW)]
    assert list_statuses(company.audit(FIRST)) == [("ada", Status.NEW)]
    later = company.audit(FIRST + timedelta(1))
    assert list_statuses(later) == [("ada", Status.KNOWN)]
    finding = later.report.findings[0]
    assert (finding.first_seen, finding.last_seen) == ("2026-03-01", "2026-03-02")
    assert "2026-03-01" in finding.status_reason
    assert later.report.summary.by_status["known"] == 1


def test_nothing_new_is_not_read_nor_judged_again(company: Company) -> None:
    first = company.audit()
    assert (first.arrivals.new, first.read, first.customers) == (2, 2, 2)
    again = company.audit()
    assert (again.arrivals.same, again.read, again.customers) == (2, 0, 0)
    company.answer("r3", "cy", 10)
    more = company.audit()
    assert (more.arrivals.new, more.arrivals.same, more.read, more.customers) == (1, 2, 1, 1)
    assert list_statuses(more) == [("ada", Status.KNOWN), ("cy", Status.NEW)]


def test_a_change_of_the_policy_fixes_a_finding_and_brings_it_back(company: Company) -> None:
    company.audit()
    company.say(POLICIES.replace("30 days", "14 days"))
    changed = company.audit()
    assert list_statuses(changed) == [("bo", Status.NEW)]
    assert [(each.customer, each.status) for each in changed.report.fixed] == [("ada", Status.FIXED)]
    assert changed.report.summary.by_status["fixed"] == 1
    company.say(POLICIES)
    back = company.audit()
    assert list_statuses(back) == [("ada", Status.REOPENED)]
    assert [each.customer for each in back.report.fixed] == ["bo"]
    assert list_statuses(company.audit()) == [("ada", Status.KNOWN)]


def test_one_more_answer_makes_a_finding_new_but_fixes_none(company: Company) -> None:
    company.answer("r3", "ada", 30, "phone")
    first = company.audit()
    assert {each.check for each in first.report.findings} >= {"channel-conflict", "policy-conflict"}
    company.answer("r4", "ada", 30, "chat")
    grown = company.audit()
    assert [each.status for each in grown.report.findings if each.check == "channel-conflict"] == [Status.NEW]
    assert grown.report.fixed == ()


def test_a_false_alarm_never_comes_back_whoever_heard_the_words(company: Company) -> None:
    company.decide(DecisionKind.FALSE, company.audit().report.findings[0])
    company.answer("r3", "cy", 14, "chat")
    company.answer("r4", "di", 13)
    statuses = dict(list_statuses(company.audit()))
    assert statuses == {"ada": Status.FALSE, "cy": Status.FALSE, "di": Status.NEW}


def test_an_accepted_finding_is_open_again_when_it_expires(company: Company) -> None:
    finding = company.audit(FIRST).report.findings[0]
    company.decide(DecisionKind.ACCEPTED, finding, FIRST + timedelta(2))
    kept = company.audit(FIRST + timedelta(2))
    assert list_statuses(kept) == [("ada", Status.ACCEPTED)]
    assert "looked at it (kim" in kept.report.findings[0].status_reason
    over = company.audit(FIRST + timedelta(3))
    assert list_statuses(over) == [("ada", Status.REOPENED)]
    assert "is over" in over.report.findings[0].status_reason


def test_what_was_put_right_and_goes_wrong_again_is_reopened(company: Company) -> None:
    finding = next(each for each in company.audit().report.findings if each.check == "policy-conflict")
    company.decide(DecisionKind.FIXED, finding)
    assert list_statuses(company.audit()) == [("ada", Status.FIXED)]
    company.answer("r3", "ada", 7)
    statuses = {
        each.answers[0].value: each.status
        for each in company.audit().report.findings
        if each.check == "policy-conflict"
    }
    assert statuses == {"up to 14 days": Status.FIXED, "up to 7 days": Status.REOPENED}


def test_each_night_has_its_figures(company: Company) -> None:
    company.audit(FIRST)
    company.answer("r3", "cy", 10)
    nights = company.audit(FIRST + timedelta(1)).report.nights
    assert [(each.day, each.replies, each.findings, each.new) for each in nights] == [
        ("2026-03-01", 2, 1, 1),
        ("2026-03-02", 3, 2, 1),
    ]


def test_a_part_of_the_replies_is_refused(company: Company) -> None:
    with (
        pytest.raises(SettingsError, match="--channel"),
        open_ledger(company.folder / "ledger.duckdb") as ledger,
    ):
        run_follow_up(ledger, replace(company.settings, channels=("email",)), FIRST)


def test_what_was_put_right_and_comes_back_is_open_again(company: Company) -> None:
    company.decide(DecisionKind.FIXED, company.audit(FIRST).report.findings[0])
    company.say(POLICIES.replace("30 days", "14 days"))
    assert list_statuses(company.audit(FIRST + timedelta(1))) == [("bo", Status.NEW)]
    company.say(POLICIES)
    back = company.audit(FIRST + timedelta(2))
    assert list_statuses(back) == [("ada", Status.REOPENED)]
    with open_ledger(company.folder / "ledger.duckdb") as ledger:
        decision = decide(DecisionKind.FIXED, back.report.findings[0], "", "kim", FIRST + timedelta(2))
        write_decision(ledger, decision)
    assert list_statuses(company.audit(FIRST + timedelta(3))) == [("ada", Status.FIXED)]


def test_a_finding_put_right_is_told_whatever_else_was_said(company: Company) -> None:
    company.audit()
    company.lines = []
    company.answer("r1", "ada", 30)
    company.answer("r3", "ada", 7)
    changed = company.audit()
    found = [each for each in changed.report.findings if each.check == "policy-conflict"]
    assert [each.answers[0].reply_id for each in found] == ["r3"]
    assert [each.answers[0].reply_id for each in changed.report.fixed] == ["r1"]


def test_another_key_of_the_customer_fixes_nothing(company: Company) -> None:
    company.lines = [json.dumps({**json.loads(company.lines[0]), "customer_id": "", "phone": "+12025550123"})]
    [before] = company.audit().report.findings
    joined = {**json.loads(company.lines[0]), "id": "r9", "customer_id": "C-1", "text": "Thank you."}
    company.lines.append(json.dumps(joined))
    run = company.audit()
    [after] = run.report.findings
    assert (before.customer, after.customer) == ("+12025550123", "C-1")
    assert run.report.fixed == ()


def test_a_day_that_goes_back_makes_nothing_new(company: Company) -> None:
    company.audit(FIRST)
    company.answer("r3", "cy", 10)
    company.audit(FIRST + timedelta(1))
    back = company.audit(FIRST)
    assert list_statuses(back) == [("ada", Status.KNOWN), ("cy", Status.KNOWN)]
    assert [(each.first_seen, each.last_seen) for each in back.report.findings] == [
        ("2026-03-01", "2026-03-01"),
        ("2026-03-02", "2026-03-02"),
    ]


def test_a_false_alarm_stays_one_for_others_when_one_finding_is_accepted(company: Company) -> None:
    company.answer("r3", "cy", 14, "chat")
    ada, cy = company.audit().report.findings
    company.decide(DecisionKind.FALSE, ada)
    company.decide(DecisionKind.ACCEPTED, ada)
    assert dict(list_statuses(company.audit())) == {"ada": Status.ACCEPTED, "cy": Status.FALSE}
    company.decide(DecisionKind.ACCEPTED, cy)
    company.decide(DecisionKind.FALSE, ada)
    assert dict(list_statuses(company.audit())) == {"ada": Status.FALSE, "cy": Status.ACCEPTED}


def test_only_what_is_read_makes_a_reply_read_again(company: Company) -> None:
    record = {**json.loads(company.lines[0]), "status": "open", "team": "one"}
    company.lines[0] = json.dumps(record)
    company.audit()
    company.lines[0] = json.dumps({**record, "status": "closed", "team": "two"})
    changed = company.audit()
    assert (changed.arrivals.changed, changed.read, changed.customers) == (1, 0, 1)
    assert changed.report.findings[0].answers[0].team == "two"
    for name, said in (("question", "Why?"), ("sent_at", "2026-02-04"), ("text", "Within 7 days.")):
        record[name] = said
        company.lines[0] = json.dumps(record)
        assert company.audit().read == 1, name
