"""`claims`, `customers`, `policies check`, `explain`, `demo`, `--version`."""

import json

import pytest

from consistency_check import __version__
from consistency_check.checks import CHECKS
from consistency_check.misreading import ALL_RULES

FIELDS = (
    *("reply_id", "channel", "customer", "topic", "policy", "value"),
    *("verdict", "quote", "start", "end", "confidence"),
)


def test_claims_are_json_lines_in_the_order_of_the_input(project, run):
    result = run("claims", "exports")
    assert result.exit_code == 0
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    said = [(line["reply_id"], line["policy"], line["value"][-7:].strip(), line["verdict"]) for line in lines]
    assert said == [
        ("R0", "returns.window", "14 days", "conflicts"),
        ("R1", "returns.window", "30 days", "agrees"),
        ("R2", "returns.label_fee", "$7", "agrees"),
    ]
    assert set(FIELDS) <= set(lines[0])
    assert len({line["customer"] for line in lines}) == 1


def test_claims_of_one_topic_and_channel(project, run):
    lines = run("claims", "exports", "--topic", "returns", "--channel", "chat").stdout.splitlines()
    assert [json.loads(line)["reply_id"] for line in lines] == ["R2"]


def test_near_misses_are_what_was_considered_and_not_counted(project, run):
    record = {"id": "N1", "text": "It isn't 14 days.\n\n> You told me 60 days", "sent_at": "2026-04-01"}
    (project / "exports" / "letter.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    lines = [
        json.loads(line)
        for line in run("claims", "exports/letter.jsonl", "--near-misses").stdout.splitlines()
    ]
    assert [(line["reply_id"], line["quote"], line["reason"]) for line in lines] == [
        ("N1", "14 days", "negated"),
        ("N1", "60 days", "quoted from an earlier message"),
    ]
    assert record["text"][lines[0]["start"] : lines[0]["end"]] == "14 days"


def test_customers_as_json_lines(project, run):
    result = run("customers", "exports", "--format", "json")
    assert [json.loads(line) for line in result.stdout.splitlines()] == [
        {
            "customer": json.loads(result.stdout)["customer"],
            "reply_ids": ["R0", "R1", "R2"],
            "linked_by": ["email"],
            "certainty": 1.0,
            "aliases": [],
        }
    ]


def test_customers_as_a_table(project, run):
    head, row = run("customers", "exports").stdout.splitlines()
    assert head.split() == ["customer", "replies", "weakest", "link", "linked", "by"]
    assert row.split()[-3:] == ["3", "certain", "email"]


def test_policies_check(project, run):
    result = run("policies", "check")
    assert result.exit_code == 0
    assert result.stdout == "policies: 1 topic, 2 policies, 0 exceptions; no problem found.\n"


def test_policies_check_names_problems(project, run):
    (project / "policies" / "x.yaml").write_text(
        "topic: x\npolicies: {a: {statement: s, tpye: money, value: $3}}\n"
    )
    result = run("policies", "check", "policies")
    assert result.exit_code == 2
    assert "x.yaml:2:" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("name", sorted(CHECKS))
def test_explain(run, name):
    result = run("explain", name)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{name}: ")
    shown = " ".join(result.stdout.split())
    for word in ("Finds ", "Why it matters", "Example", "How to fix it", "Severity"):
        assert word in shown
    assert max(map(len, result.stdout.splitlines())) <= 88


def test_explain_lists_checks_and_rules_and_knows_misspellings(run):
    assert [line.split()[0] for line in run("explain").stdout.splitlines()] == [
        *sorted(CHECKS),
        *sorted(ALL_RULES),
    ]
    result = run("explain", "channel-conflicts")
    assert result.exit_code == 2
    assert "did you mean channel-conflict?" in " ".join(result.stderr.split())


def test_version_is_unmistakable(run):
    result = run("--version")
    assert result.exit_code == 0
    assert result.stdout == f"consistency-check {__version__} (finds contradictory answers to customers)\n"


def test_demo_is_an_audit_and_exits_0(run):
    result = run("demo")
    assert result.exit_code == 0
    assert result.stdout.startswith("What you are looking at")
    assert "What next:" in result.stdout
    for name in CHECKS:
        assert name in result.stdout


def test_demo_for_scripts(run):
    document = json.loads(run("demo", "--format", "json").stdout)
    assert document["summary"]["replies"] >= 60
    counts = document["summary"]["by_check"]
    assert [name for name in counts if not counts[name]] == ["channel-drift"]
    assert document["headline"]["better_deals"]
    assert document["headline"]["asked_twice"] >= document["headline"]["told_different"] > 0


def test_demo_prints_what_audit_prints(run):
    """Nothing is canned: the same through `audit`."""
    from pathlib import Path

    import consistency_check

    package = Path(consistency_check.__file__).parent
    sample = package / "sample"
    policies = sample / "policies" if (sample / "policies").is_dir() else package.parent / "policies"
    arguments = [
        sample / "exports",
        "--policies",
        policies,
        "--customers",
        sample / "customers.csv",
        "-f",
        "json",
    ]
    assert run("demo", "-f", "json").stdout == run("audit", *arguments).stdout


def test_without_a_command_there_is_help(run):
    result = run()
    assert "Usage: consistency-check" in result.stdout + result.stderr


def test_a_shell_is_offered_every_name():
    from consistency_check.cli.completion import (
        complete,
        list_checks,
        list_explained,
        list_formats,
        list_statuses,
    )

    assert complete(list_checks)("outdated") == ["outdated-answer"]
    assert complete(list_formats)("digest-m") == ["digest-markdown"]
    assert complete(list_explained)("misread") == ["misread-phrasing"], "a rule that must be asked for"
    assert complete(list_statuses)("re") == ["reopened"]
