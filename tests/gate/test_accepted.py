"""Accepted findings: what an entry covers and until when, and what is wrong with one that covers nothing."""

from dataclasses import replace
from datetime import date

import pytest

from consistency_check.gate import Gate, settle_report
from consistency_check.gate.accepted import AcceptedList, read_accepted
from consistency_check.model import Finding, FindingAnswer, Report, Severity, Status, Summary, Verdict

CHECKS = ("channel-conflict", "policy-conflict")
DAY = date(2026, 6, 30)
ID = "0123456789abcdef"
REST = "    reason: agreed by phone\n    author: Kim Lee\n    expires: 2026-06-30\n"


def answer(channel, verdict):
    return FindingAnswer("R1", channel, "", "", "", "14 days", verdict, "x", 0, 1, 0.9, "a.jsonl:1")


FINDING = Finding(
    id=ID,
    check="channel-conflict",
    severity=Severity.HIGH,
    customer="C-1",
    topic="returns",
    policy="returns.window",
    expected="30 days",
    message="m",
    answers=(answer("email", Verdict.CONFLICTS), answer("phone", Verdict.AGREES)),
)


def read(text):
    return read_accepted(text, "accept.yaml", CHECKS)


def settle(accepted, *findings, today=DAY, known=frozenset()):
    report = Report(Summary(findings=len(findings)), findings)
    return settle_report(report, Gate(today, frozenset(known), "base", accepted))


def accept(selectors):
    lines = "".join(f"    {name}: {words}\n" for name, words in selectors.items())
    return read("accepted:\n  -\n" + lines + REST)


@pytest.mark.parametrize(
    ("selectors", "covers"),
    [
        ({"finding": ID}, True),
        ({"finding": "f" * 16}, False),
        ({"finding": f"[{'f' * 16}, {ID}]"}, True),
        ({"check": "channel-conflict"}, True),
        ({"check": "policy-conflict"}, False),
        ({"policy": "returns.window"}, True),
        ({"policy": "returns.label"}, False),
        ({"customer": "C-1"}, True),
        ({"customer": "C-2"}, False),
        ({"channel": "Email"}, True),
        ({"channel": "phone"}, False),
        ({"channel": "[email, phone]"}, True),
        ({"check": "channel-conflict", "customer": "C-2"}, False),
        ({"check": "channel-conflict", "policy": "returns.window", "channel": "email"}, True),
    ],
)
def test_an_entry_covers_what_fits_all_that_it_names(selectors, covers):
    accepted = accept(selectors)
    assert not accepted.problems
    (finding,) = settle(accepted, FINDING).findings
    assert (finding.status is Status.ACCEPTED) is covers
    assert finding.status_reason == ("agreed by phone (Kim Lee, until 2026-06-30)" if covers else "")


def test_a_channel_covers_no_conflict_in_which_another_is_wrong_too():
    both = replace(FINDING, answers=(answer("email", Verdict.CONFLICTS), answer("chat", Verdict.OUTDATED)))
    assert settle(accept({"channel": "email"}), both).findings[0].status is Status.NEW
    right = replace(FINDING, answers=(answer("email", Verdict.AGREES), answer("chat", Verdict.AGREES)))
    assert settle(accept({"channel": "email"}), right).findings[0].status is Status.NEW


def test_an_entry_expires_at_the_end_of_its_day():
    accepted = accept({"finding": ID})
    assert settle(accepted, FINDING).reminders == ()
    late = settle(accepted, FINDING, today=date(2026, 7, 1))
    assert late.findings[0].status is Status.NEW
    (reminder,) = late.reminders
    assert reminder.startswith("accept.yaml:3:5: expired on 2026-06-30, it would cover 1 of these findings")
    assert "Kim Lee" in reminder


def test_an_entry_that_covers_nothing_is_told_of():
    (reminder,) = settle(accept({"customer": "C-2"}), FINDING).reminders
    assert reminder.startswith("accept.yaml:3:5: accepts nothing that was found")


def test_an_expired_entry_gives_way_to_one_that_holds():
    old = accept({"finding": ID}).entries[0]
    new = replace(old, expires=date(2027, 1, 1), author="Max")
    report = settle(AcceptedList((old, new)), FINDING, today=date(2026, 7, 1))
    assert report.findings[0].status_reason.endswith("(Max, until 2027-01-01)")


def test_accepted_goes_before_known_and_all_are_counted():
    other = replace(FINDING, id="1" * 16, customer="C-2")
    third = replace(FINDING, id="2" * 16, customer="C-3")
    report = settle(accept({"finding": ID}), FINDING, other, third, known={ID, "1" * 16, "9" * 16})
    assert [finding.status for finding in report.findings] == [Status.ACCEPTED, Status.KNOWN, Status.NEW]
    assert {s: n for s, n in report.summary.by_status.items() if n} == {"new": 1, "known": 1, "accepted": 1}
    assert report.summary.findings == 3
    assert report.reminders == (
        "base: 1 of 3 known findings were not found this time; "
        "`consistency-check baseline prune` takes them out.",
    )


def entry(text):
    return f"accepted:\n  - {text}\n" + REST


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("- finding: x\n", ["accept.yaml:1:1", "needs keys"]),
        ("accept: []\n", ["accept.yaml:1:1", "did you mean `accepted`?"]),
        ("accepted: yes\n", ["accept.yaml:1:11", "is a list"]),
        ("accepted:\n  - yes\n", ["accept.yaml:2:5", "needs keys"]),
        ("accepted: [\n", ["accept.yaml:", "no YAML"]),
        ("accepted:\n\t- x\n", ["accept.yaml:2:1", "no YAML"]),
        (entry("finding: C-1042"), ["accept.yaml:2:14", "16 digits"]),
        (entry("check: chanel-conflict"), ["accept.yaml:2:12", "did you mean `channel-conflict`?"]),
        (entry("polcy: returns.window"), ["accept.yaml:2:5", "did you mean `policy`?"]),
        (entry("customer: []"), ["accept.yaml:2:15", "empty list"]),
        (entry("customer:"), ["accept.yaml:2:14", "empty"]),
        (entry("customer: {a: b}"), ["accept.yaml:2:15", "one text"]),
        (entry("customer: C-1\n    customer: C-2"), ["accept.yaml:3:5", "written twice"]),
        ("accepted:\n  -\n" + REST, ["accept.yaml:3:5", "accept every finding", "`customer`"]),
        (entry("customer: C-1").replace("2026-06-30", "soon"), ["accept.yaml:5:14", "2026-12-31"]),
        (entry("customer: C-1").replace("2026-06-30", "30.06.2026"), ["accept.yaml:5:14", "no day"]),
        (entry("customer: C-1").replace("2026-06-30", "20260630"), ["accept.yaml:5:14", "no day"]),
        (entry("customer: C-1").replace("2026-06-30", "2026-W26-2"), ["accept.yaml:5:14", "no day"]),
        (entry("customer: C-1").replace("2026-06-30", "2026-06-31"), ["accept.yaml:5:14", "no day 2026"]),
        ("accepted:\n  - customer: C-1\n", ["has no `reason`", "has no `author`", "has no `expires`"]),
        (entry("customer: [a]\n    policy: !x returns.window"), ["accept.yaml:3:13", "refused"]),
        (entry("customer: [C-1, !x C-2]"), ["accept.yaml:2:21", "refused"]),
        (entry("customer: Dana #2"), ["accept.yaml:2:20", "#2"]),
        (entry("customer: !!python/object:os.system x"), ["accept.yaml:2:15", "refused"]),
    ],
)
def test_an_entry_with_a_problem_accepts_nothing(text, words):
    accepted = read(text)
    assert not accepted.entries
    shown = "\n".join(map(str, accepted.problems))
    for word in words:
        assert word in shown
    report = settle(accepted, FINDING)
    assert report.findings[0].status is Status.NEW
    assert len(report.reminders) == len(accepted.problems) > 0
    assert report.reminders[0].startswith("Not accepted: accept.yaml")


def test_a_broken_entry_leaves_the_others_alone():
    accepted = read("accepted:\n  - check: policy-conflict\n" + f"  - finding: {ID}\n{REST}")
    assert len(accepted.entries) == 1
    assert len(accepted.problems) == 3
    assert settle(accepted, FINDING).findings[0].status is Status.ACCEPTED


@pytest.mark.parametrize("text", ["", "accepted:\n", "accepted: []\n", "# nothing yet\n"])
def test_an_empty_list_accepts_nothing(text):
    assert read(text) == AcceptedList()
