"""The hall behind the commands: what it keeps of the replies, leaves out, and says of itself."""

import json
from dataclasses import replace
from datetime import date

import pytest

from consistency_check.audit import run_audit, run_claims, was_compared
from consistency_check.intake import AuditSettings, SettingsError

SETTINGS = AuditSettings(("exports",))


def write_replies(project, *records):
    lines = [json.dumps({"id": f"N{n}", "channel": "email", **record}) for n, record in enumerate(records)]
    (project / "new.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return replace(SETTINGS, sources=("new.jsonl",))


def test_of_a_reply_only_its_head_is_kept(project):
    claims = list(run_claims(SETTINGS))
    assert [claim.reply.text for claim in claims] == ["", "", ""]
    assert claims[0].reply.question == "How long do I have to return an item?"
    assert claims[0].claim.quote


def test_the_order_of_the_sources_does_not_matter(project):
    lines = (project / "exports" / "all.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    for number, line in enumerate(lines):
        (project / f"{number}.jsonl").write_text(line, encoding="utf-8")
    there, back = (
        run_audit(replace(SETTINGS, sources=tuple(f"{n}.jsonl" for n in numbers)))
        for numbers in ((0, 1, 2), (2, 1, 0))
    )
    assert there.findings == back.findings
    assert there.summary == back.summary


def test_the_days_of_a_filter_are_inclusive_and_what_it_leaves_out_is_counted(project):
    day = date(2026, 4, 2)
    report = run_audit(replace(SETTINGS, since=day, until=day))
    assert report.summary.replies == 1
    assert report.summary.left_out == {"after 2026-04-02": 1, "before 2026-04-02": 1}


def test_a_reply_without_a_date_is_no_part_of_a_period(project):
    settings = write_replies(project, {"text": "You have 30 days to send it back.", "email": "a@b.example"})
    assert run_audit(settings).summary.replies == 1
    report = run_audit(replace(settings, since=date(2026, 1, 1)))
    assert report.summary.left_out == {"without a date": 1}
    assert not was_compared(report)


def test_the_replys_own_attributes_go_before_the_customers(project):
    (project / "customers.csv").write_text("customer_id,email,tier\n7,a@b.example,gold\n", encoding="utf-8")
    policies = (project / "policies" / "returns.yaml").read_text(encoding="utf-8")
    policies = policies.replace(
        "    severity: high\n", "    exceptions:\n      - when: {tier: gold}\n        value: 60 days\n"
    )
    (project / "policies" / "returns.yaml").write_text(policies, encoding="utf-8")
    attributes = "attributes:\n  tier:\n    gold: [gold member]\n    basic: [basic member]\n"
    (project / "policies" / "attributes.yaml").write_text(attributes, encoding="utf-8")
    reply = {"text": "Items can be returned within 60 days of delivery.", "email": "a@b.example"}
    settings = write_replies(project, reply, {**reply, "tier": "basic"}, {**reply, "tier": ""})
    claims = run_claims(replace(settings, customers=project / "customers.csv"))
    assert [claim.judgement.verdict.value for claim in claims] == ["agrees", "wrong_case", "agrees"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"topics": ("retuns",)}, "no topic 'retuns'; write one of returns"),
        ({"checks": ("x",)}, "no check 'x'"),
    ],
)
def test_unknown_names_are_refused_before_anything_is_read(project, change, words):
    with pytest.raises(SettingsError, match=words):
        run_audit(replace(SETTINGS, sources=("nowhere",), **change))


def test_what_did_not_run_is_said(project):
    silent = run_audit(write_replies(project, {"text": "Good morning!"}))
    none = "of the replies read (1), none says anything that a policy answers."
    assert silent.notes == (f"Nothing was compared: {none}",)
    empty = run_audit(write_replies(project, {"text": ""}))
    assert empty.notes == ("Nothing was compared: no reply was loaded from new.jsonl (1 left out).",)
    skipped = run_audit(replace(SETTINGS, checks=("policy-conflict",)))
    assert skipped.notes == ("Channels were not compared: the check channel-conflict did not run.",)
    one_channel = run_audit(replace(SETTINGS, channels=("email",)))
    assert one_channel.notes == ("Channels were not compared: no customer asked in more than one.",)


def test_progress_is_told_of_every_byte(project):
    told = []
    run_audit(SETTINGS, told.append)
    assert sum(told) == (project / "exports" / "all.jsonl").stat().st_size


def test_a_finding_keeps_its_fingerprint_when_its_replies_move(project):
    """Neither line numbers nor the order or the name of the export count, even where replies have no id."""
    lines = [
        json.dumps({"channel": channel, "sent_at": f"2026-04-0{day}", "text": text, **who})
        for day, (channel, who, text) in enumerate(
            [
                (
                    "email",
                    {"email": "dana@mail.example"},
                    "Items can be returned within 14 days of delivery.",
                ),
                ("phone", {"email": "dana@mail.example"}, "You have 30 days to send it back."),
                ("chat", {}, "Items can be returned within 12 days of delivery."),
            ],
            1,
        )
    ]

    def audit(name, text):
        path = project / name
        path.write_text(text, encoding="utf-8")
        findings = run_audit(AuditSettings((str(path),))).findings
        return {finding.id for finding in findings}

    first = audit("a.jsonl", "\n".join(lines))
    moved = audit("b.jsonl", "\n\n\n" + "\n".join(reversed(lines)))
    assert first == moved
    assert len(first) == 3
    other = audit("c.jsonl", "\n".join(lines).replace("12 days", "11 days"))
    assert len(first & other) == 2
