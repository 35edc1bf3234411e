"""`policies test`: which examples pass, and what it says of one that was not read as it must be."""

import json
from pathlib import Path

import pytest

from consistency_check.cli.options import DEFAULT_CONFIDENCE
from consistency_check.read import MIN_CONFIDENCE

POLICY = """\
topic: returns
title: Returns and refunds
keywords: [return, send back, refund]
policies:
  window:
    statement: Items can be returned within {value} of delivery.
    type: duration
    value: VALUE
    questions: ["How long do I have to return an item?"]
    phrasings: ["you have {value} to send it back"]
    examples:
      agrees: [AGREES]
      conflicts: [CONFLICTS]
      silent: [SILENT]
  label_fee:
    statement: A return label costs {value}.
    type: money
    value: $7
"""
DATED = "\n      2025-01-01: 30 days\n      2026-03-01: 45 days"
GOLD = "30 days\n    exceptions: [{when: {tier: gold}, value: 60 days}]"
FIELDS = ("policy", "topic", "source", "text", "kind", "passed", "read", "values", "cues", "considered")


@pytest.fixture
def write(project):
    """Write the knowledge base with these examples of returns.window."""

    def write_policies(agrees="", conflicts="", silent="", value="30 days"):
        text = POLICY.replace("VALUE", value)
        examples = {"AGREES": agrees, "CONFLICTS": conflicts, "SILENT": silent}
        for name, example in examples.items():
            text = text.replace(name, json.dumps(example) if example else "")
        (project / "policies" / "returns.yaml").write_text(text, encoding="utf-8")
        return project

    return write_policies


def fold(text):
    return " ".join(text.split())


def test_what_is_read_as_it_must_be_is_exit_status_0(write, run):
    write("You have 30 days to send it back.", "You have 14 days to send it back.", "Thanks for writing.")
    result = run("policies", "test", "--day", "2026-04-01")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "3 examples, 0 failed.\n"
        "Judged by what is in force on 2026-04-01. Without examples: 1 of 2 policies.\n"
    )


def test_verbose_shows_what_passed_and_names_what_is_untested(write, run):
    write("You have 30 days to send it back.", "You have 14 days to send it back.", "Thanks for writing.")
    shown = fold(run("policies", "test", "-v").stdout)
    assert shown.count("passed ") == 3
    assert "returns.window: 30 days, agrees, confidence 0." in shown
    assert "returns.window: 14 days, conflicts, confidence 0." in shown
    assert "Without examples: 1 of 2 policies: returns.label_fee." in shown


@pytest.mark.parametrize(
    ("examples", "words"),
    [
        (
            {"agrees": "You have 14 days to send it back."},
            [
                "policies/returns.yaml:5:3",
                "“You have 14 days to send it back.”",
                "Expected agrees",
                "returns.window: 14 days, conflicts, confidence 0.",
                "the policy says 30 days (the general value)",
            ],
        ),
        (
            {"conflicts": "You have 30 days to send it back."},
            ["Expected conflicts", "returns.window: 30 days, agrees"],
        ),
        (
            {"silent": "You have 30 days to send it back."},
            ["Expected silent", "returns.window: 30 days, agrees"],
        ),
        (
            {"agrees": "Hello there."},
            ["Read no claim about this policy", "Values found none", "no words come near this policy"],
        ),
        (
            {"agrees": "I was on hold for 45 seconds."},
            ["Read no claim about this policy", "“45 seconds”: 45 seconds (duration)", "Cues met"],
        ),
        (
            {"agrees": "You have 30 days to send it back.", "value": "any"},
            ["returns.window: 30 days, not judged", "the policy has no fixed value"],
        ),
    ],
)
def test_a_failure_says_what_was_read_and_why(write, run, examples, words):
    write(**examples)
    result = run("policies", "test")
    assert result.exit_code == 1
    shown = fold(result.stdout)
    assert "1 example, 1 failed." in shown
    for word in words:
        assert word in shown


def test_a_miss_shows_what_the_words_were_considered_for(write, run):
    write("You have 30 days to send it back.")
    result = run("policies", "test", "--min-confidence", "1")
    assert result.exit_code == 1
    shown = fold(result.stdout)
    assert "confidence wording policy, value" in shown
    assert "returns.window, 30 days: too little says that it is about this policy" in shown


def test_a_claim_about_another_policy_is_named(write, run):
    write("A return label costs $9.")
    shown = fold(run("policies", "test").stdout)
    assert "Read no claim about this policy Also read returns.label_fee: $9, conflicts" in shown


@pytest.mark.parametrize(("day", "code"), [("2026-02-28", 1), ("2026-03-01", 0)])
def test_it_is_judged_by_what_is_in_force_on_the_day(write, run, day, code):
    write("You have 45 days to send it back.", "You have 30 days to send it back.", value=DATED)
    result = run("policies", "test", "--day", day)
    assert result.exit_code == code
    assert f"in force on {day}" in fold(result.stdout)


def test_an_outdated_example_is_one_that_conflicts_and_is_called_outdated(write, run):
    write(conflicts="You have 30 days to send it back.", value=DATED)
    result = run("policies", "test", "--day", "2026-03-01", "-v")
    assert result.exit_code == 0
    shown = fold(result.stdout)
    assert "30 days, outdated" in shown
    assert "30 days was right until 2026-02-28" in shown


def test_an_example_for_another_case_is_one_that_conflicts_and_is_called_so(write, run):
    write(conflicts="You have 60 days to send it back.", value=GOLD)
    result = run("policies", "test", "-v")
    assert result.exit_code == 0
    assert "60 days, wrong case" in fold(result.stdout)


def test_nothing_tested_is_not_all_clear(project, run):
    result = run("policies", "test")
    assert result.exit_code == 2
    assert "Nothing was tested" in result.stderr
    assert "examples:" in result.stderr
    assert "0 examples, 0 failed." in result.stdout
    document = json.loads(run("policies", "test", "--format", "json").stdout)
    assert document["summary"]["policies_without_examples"] == 2


def test_of_one_topic_nothing_may_be_left_to_test(write, run):
    folder = write("You have 30 days to send it back.")
    other = "topic: fees\npolicies: {late: {statement: 'Late is {value}.', type: money, value: $5}}\n"
    (folder / "policies" / "fees.yaml").write_text(other, encoding="utf-8")
    assert run("policies", "test", "--topic", "returns").exit_code == 0
    assert run("policies", "test", "--topic", "fees").exit_code == 2
    assert "of 3 policies" in run("policies", "test", "--topic", "fees", "--topic", "returns").stdout


def test_json_is_one_document_of_all_examples(write, run):
    write("You have 30 days to send it back.", "Thanks for writing.")
    result = run("policies", "test", "--day", "2026-04-01", "--format", "json")
    assert (result.exit_code, result.stderr) == (1, "")
    document = json.loads(result.stdout)
    assert {name: document[name] for name in ("schema_version", "day", "min_confidence", "summary")} == {
        "schema_version": 1,
        "day": "2026-04-01",
        "min_confidence": MIN_CONFIDENCE,
        "summary": {
            "examples": 2,
            "failed": 1,
            "policies": 2,
            "policies_without_examples": 1,
            "tests": 0,
            "failed_tests": 0,
            "parts": 2,
            "parts_touched": 1,
        },
    }
    assert document["policies_without_examples"] == ["returns.label_fee"]
    good, bad = document["examples"]
    assert tuple(good) == FIELDS
    assert (good["kind"], good["passed"], bad["kind"], bad["passed"]) == ("agrees", True, "conflicts", False)
    (claim,) = good["read"]
    assert (claim["policy"], claim["value"], claim["verdict"]) == ("returns.window", "30 days", "agrees")
    assert claim["expected"] == "30 days"
    assert good["text"][claim["start"] : claim["end"]] == claim["quote"]
    assert bad["read"] == []


def test_the_same_knowledge_base_gives_the_same_bytes(write, run):
    write("You have 30 days to send it back.", "Thanks for writing.")
    for name in ("full", "json"):
        first, second = (run("policies", "test", "-v", "--format", name).stdout for _ in range(2))
        assert first == second != ""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere"], ["nowhere"]),
        (["--topic", "retuns"], ["retuns", "did you mean returns?"]),
        (["--day", "tomorrow"], ["tomorrow", "2026-03-01"]),
        (["--format", "yaml"], ["yaml", "json"]),
    ],
)
def test_what_cannot_be_used_is_exit_status_2_and_a_message(write, run, arguments, words):
    write("You have 30 days to send it back.")
    result = run("policies", "test", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    for word in words:
        assert word in fold(result.stderr)


@pytest.mark.parametrize("text", ["[red]Hello[/red]", "abc\u202etxt.exe", "zero\u200bwidth", ":smile:"])
def test_an_example_cannot_steer_the_terminal(write, run, text):
    write(text)
    result = run("policies", "test")
    assert result.exit_code == 1
    assert not set(result.stdout) & set("\x1b\u202e\u200b")
    assert text in result.stdout or "‹U+" in result.stdout
    assert json.loads(run("policies", "test", "-f", "json").stdout)["examples"][0]["text"] == text


def test_an_example_with_a_control_character_is_refused_with_its_place(write, run):
    write("\x1b[31m30 days\x1b[0m")
    result = run("policies", "test")
    assert result.exit_code == 2
    assert "returns.yaml:12:" in result.stderr
    assert "\x1b" not in result.stderr + result.stdout


@pytest.mark.parametrize("text", ["2", "-0.1", "nan", "inf", "0,5", "60%", "high", ""])
@pytest.mark.parametrize("command", [("audit", "exports"), ("claims", "exports"), ("policies", "test")])
def test_a_confidence_that_is_none_is_refused(project, run, command, text):
    result = run(*command, "--min-confidence", text)
    assert (result.exit_code, result.stdout) == (2, "")
    shown = fold(result.stderr)
    assert "write a number from 0 to 1, as in 0.6" in shown.replace("│ ", "")
    assert "--min-confidence" in shown


@pytest.mark.parametrize("command", [("audit",), ("claims",), ("policies", "test")])
def test_the_help_states_the_default_confidence(run, command):
    assert DEFAULT_CONFIDENCE == MIN_CONFIDENCE
    assert f"It is {MIN_CONFIDENCE:g} where not given." in fold(run(*command, "--help").stdout)


@pytest.mark.parametrize(
    "command", [["check"], ["lint"], ["lint", "--rule", "misread-phrasing"], ["test", "--day", "2026-04-15"]]
)
def test_the_bundled_knowledge_base_is_an_example_to_copy_from(run, command):
    verb, *options = command
    assert run("policies", verb, Path(__file__).parents[2] / "policies", *options).exit_code == 0
