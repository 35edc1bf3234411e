"""`policies impact`: which answers a change makes wrong, for whom, and when that fails a build."""

import json
import shutil

import pytest


@pytest.fixture
def changed(project):
    """A new version in which items can be returned within 14 days: so the e-mail said, not the phone."""
    shutil.copytree("policies", "new")
    file = project / "new" / "returns.yaml"
    file.write_text(file.read_text("utf-8").replace("30 days", "14 days"), "utf-8")
    return project


@pytest.mark.usefixtures("changed")
def test_for_people(run):
    result = run("policies", "impact", "policies", "new", "--against", "exports", "--as-sent")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "  ── returns.window ────────────────────────────────────── new/returns.yaml:8:12",
        "  value               - 30 days",
        "                      + 14 days",
        "",
        "1 policy or topic changed: 1 value.",
        "",
        "━" * 80,
        "Becomes wrong",
        "",
        "  ── returns.window ─────────────────────────────────────────────────────── HIGH",
        "  phone               30 days: agrees (30 days) → conflicts (14 days)",
        "  2026-04-02          “You have 30 days to send it back.”",
        "  Kim",
        "",
        "━" * 80,
        "Becomes right",
        "",
        "  ── returns.window ─────────────────────────────────────────────────────── HIGH",
        "  email               up to 14 days: conflicts (30 days) → agrees (14 days)",
        "  2026-04-01          “Items can be returned within 14 days of delivery.”",
        "  Kim",
        "",
        "━" * 80,
        "Customers who will have heard both",
        "  dana@mail.example   phone, 2026-04-02: “You have 30 days to send it back.”",
        "  returns.window      and email, 2026-04-01: “Items can be returned within 14",
        "                      days of delivery.”",
        "",
        "━" * 80,
        "2 answers within reach of the change in 3 replies; becomes wrong 1, becomes",
        "right 1. 1 customer told what becomes wrong, 1 of them also what is right then.",
        "By policy: returns.window 1.",
        "By channel: phone 1.",
        "By agent: Kim 1.",
        "Answers were judged by what was in force when they were sent.",
    ]


@pytest.mark.usefixtures("changed")
def test_claims_that_were_read_before_say_the_same(run):
    run("claims", "exports", "--output-file", "claims.jsonl")
    fresh = json.loads(
        run("policies", "impact", "policies", "new", "--against", "exports", "-f", "json").stdout
    )
    stored = json.loads(
        run("policies", "impact", "policies", "new", "--claims", "claims.jsonl", "-f", "json").stdout
    )
    assert stored["summary"] == fresh["summary"] | {"replies": 0}
    assert stored["heard_both"] == fresh["heard_both"]
    for one in (*stored["answers"], *fresh["answers"]):
        one.pop("source")
    assert stored["answers"] == fresh["answers"]
    assert fresh["summary"]["wrong_by_channel"] == {"phone": 1}


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ([], 1),
        (["--max-new", "1"], 0),
        (["--fail-on", "high"], 1),
        (["--fail-on", "critical"], 0),
        (["--fail-on", "never"], 0),
        (["--channel", "email"], 0),
        (["--channel", "fax"], 2),
        (["--topic", "returns"], 1),
        (["--topic", "nix"], 2),
        (["--as-sent", "--day", "2026-01-01"], 2),
        (["--claims", "claims.jsonl"], 2),
    ],
)
@pytest.mark.usefixtures("changed")
def test_what_makes_it_fail(run, arguments, status):
    result = run("policies", "impact", "policies", "new", "--against", "exports", *arguments)
    assert result.exit_code == status


@pytest.mark.parametrize("given", [["--against", "exports"], ["--claims", "claims.jsonl"]])
def test_a_topic_may_be_named_as_either_version_names_it(run, changed, given):
    run("claims", "exports", "--output-file", "claims.jsonl")
    file = changed / "new" / "returns.yaml"
    file.write_text(file.read_text("utf-8").replace("topic: returns", "topic: sendbacks"), "utf-8")
    file.rename(changed / "new" / "sendbacks.yaml")
    other = "topic: parking\npolicies:\n  fee:\n    statement: Parking costs {value}.\n"
    for folder in ("policies", "new"):
        (changed / folder / "parking.yaml").write_text(f"{other}    type: money\n    value: $3\n", "utf-8")
    command = ("policies", "impact", "policies", "new", *given, "--format", "json")
    found = {}
    for topic in ("returns", "sendbacks", "parking"):
        effects = json.loads(run(*command, "--topic", topic).stdout)["answers"]
        found[topic] = [one["policy"] for one in effects if one["effect"] == "becomes wrong"]
    assert found == {"returns": ["sendbacks.window"], "sendbacks": ["sendbacks.window"], "parking": []}
    assert run(*command, "--topic", "nix").exit_code == 2


@pytest.mark.usefixtures("changed")
def test_a_question_that_nobody_answered_is_no_reply(run, project):
    with (project / "exports" / "email.jsonl").open("a", encoding="utf-8") as stream:
        stream.write('{"id": "Q", "question": "How much is the label?", "email": "dana@mail.example"}\n')
    result = run("policies", "impact", "policies", "new", "--against", "exports", "--format", "json")
    assert json.loads(result.stdout)["summary"]["replies"] == 3


@pytest.mark.usefixtures("changed")
def test_one_of_exports_and_claims_is_needed(run):
    assert run("policies", "impact", "policies", "new").exit_code == 2


def test_a_value_from_a_later_day_is_judged_as_of_that_day(run, project):
    shutil.copytree("policies", "new")
    file = project / "new" / "returns.yaml"
    dated = "value: {2020-01-01: 30 days, 2099-06-01: 14 days}"
    file.write_text(file.read_text("utf-8").replace("value: 30 days", dated), "utf-8")
    command = ("policies", "impact", "policies", "new", "--against", "exports", "--format", "json")
    document = json.loads(run(*command).stdout)
    assert document["day"] == "2099-06-01"
    [wrong] = [one for one in document["answers"] if one["effect"] == "becomes wrong"]
    assert (wrong["channel"], wrong["after"]["verdict"]) == ("phone", "outdated")
    assert json.loads(run(*command, "--as-sent").stdout)["answers"] == []


def test_a_change_that_changes_nothing(run, project):
    result = run("policies", "impact", "policies", "policies", "--against", "exports")
    assert result.exit_code == 0
    assert "0 answers within reach of the change in 3 replies; none of them changes." in result.stdout


@pytest.mark.usefixtures("changed")
def test_for_a_pull_request(run):
    text = run("policies", "impact", "policies", "new", "--against", "exports", "-f", "markdown").stdout
    assert (
        "| returns.window | phone | Kim, 2026-04-02 | You have 30 days to send it back. "
        "| agrees (30 days) | conflicts (14 days) |"
    ) in text.splitlines()


@pytest.mark.usefixtures("changed")
def test_claims_of_another_version_are_named_not_dropped(run, project):
    run("claims", "exports", "--output-file", "claims.jsonl")
    file = project / "claims.jsonl"
    file.write_text(file.read_text("utf-8").replace("returns.window", "returns.gone", 1), "utf-8")
    document = json.loads(
        run("policies", "impact", "policies", "new", "--claims", "claims.jsonl", "-f", "json").stdout
    )
    assert document["problems"] == [
        "claims.jsonl:1: there is no policy `returns.gone` in the old version; "
        "print the claims again with that version"
    ]


def test_a_new_wording_needs_the_exports(run, project):
    run("claims", "exports", "--output-file", "claims.jsonl")
    shutil.copytree("policies", "new")
    file = project / "new" / "returns.yaml"
    file.write_text(file.read_text("utf-8").replace("label costs", "label is"), "utf-8")
    assert "name the exports with --against" in " ".join(
        run("policies", "impact", "policies", "new", "--claims", "claims.jsonl").stdout.split()
    )


@pytest.mark.usefixtures("changed")
def test_configured_customers_are_left_aside_where_claims_name_theirs(project, run):
    (project / "crm.csv").write_text("customer_id,email\n1,dana@mail.example\n")
    (project / ".consistency-check.yaml").write_text("customers: crm.csv\n")
    run("claims", "exports", "-o", "claims.jsonl")
    result = run("policies", "impact", "policies", "new", "--claims", "claims.jsonl", "--as-sent")
    assert (result.exit_code, "Becomes wrong" in result.stdout) == (1, True)
    refused = run(
        "policies", "impact", "policies", "new", "--claims", "claims.jsonl", "--customers", "crm.csv"
    )
    assert (refused.exit_code, "leave it out" in refused.stderr) == (2, True)
