"""`policies test` with `*.test.yaml`: exactly what is expected must be read; JUnit and coverage."""

import json

import pytest
import yaml

TEST = {
    "name": "by e-mail",
    "reply": "You have 14 days to send it back.",
    "question": "How long do I have to return an item?",
    "claims": [{"policy": "returns.window", "value": "2 weeks", "verdict": "conflicts"}],
}


@pytest.fixture
def write(project):
    def write_tests(*tests):
        text = yaml.safe_dump({"tests": [TEST | test for test in tests]}, sort_keys=False)
        (project / "policies" / "returns.test.yaml").write_text(text, "utf-8")
        return project

    return write_tests


def test_what_is_expected_is_read(write, run):
    write({})
    result = run("policies", "test", "--day", "2026-04-01")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("0 examples, 0 failed; 1 test, 0 failed.\n")


def change_value(project):
    file = project / "policies" / "returns.yaml"
    dated = "value: {2025-01-01: 14 days, 2026-03-01: 30 days}\n"
    dated += "    exceptions: [{when: {tier: gold}, value: 60 days}]"
    file.write_text(file.read_text("utf-8").replace("value: 30 days", dated), "utf-8")


@pytest.mark.parametrize(
    ("test", "words"),
    [
        ({"claims": []}, ["Expected no claim", "Read returns.window: 14 days, conflicts"]),
        (
            {"claims": [{"policy": "returns.window", "value": "30 days"}]},
            ["Expected returns.window: 30 days", "Not read returns.window: 30 days"],
        ),
        (
            {"claims": [{"policy": "returns.window", "verdict": "agrees"}]},
            ["Not read returns.window, agrees", "the policy says 30 days"],
        ),
        (
            {"claims": [*TEST["claims"], *TEST["claims"]]},
            ["Not read returns.window: 2 weeks, conflicts"],
        ),
        ({"reply": "Hello there."}, ["Read no claim", "Cues met none"]),
    ],
)
def test_one_that_fails_says_what_was_read(write, run, test, words):
    write(test)
    result = run("policies", "test", "--day", "2026-04-01")
    assert result.exit_code == 1
    shown = " ".join(result.stdout.split())
    for word in ("by e-mail ──", "policies/returns.test.yaml:2:3", "1 test, 1 failed", *words):
        assert word in shown


def test_attributes_and_the_day_are_the_tests_own(write, run, project):
    change_value(project)
    claim = {"policy": "returns.window", "value": "14 days"}
    write(
        {"name": "before", "day": "2026-02-01", "claims": [claim | {"verdict": "agrees"}]},
        {"name": "after", "day": "2026-04-01", "claims": [claim | {"verdict": "outdated"}]},
        {
            "name": "gold",
            "reply": "You have 60 days to send it back.",
            "attributes": {"tier": "gold"},
            "claims": [{"policy": "returns.window", "verdict": "agrees"}],
        },
    )
    result = run("policies", "test", "--day", "2026-04-01", "--coverage")
    assert result.exit_code == 0, result.stdout
    assert result.stdout.splitlines()[:3] == [
        "Not touched by any test that passed",
        "  policies/returns.yaml:13:3: returns.label_fee, all of it",
        "Touched: 3 of 4 values and exceptions (75%).",
    ]


def test_coverage_names_what_no_test_was_judged_by(write, run, project):
    change_value(project)
    write({"day": "2026-02-01", "claims": [{"policy": "returns.window", "verdict": "agrees"}]})
    document = json.loads(run("policies", "test", "--format", "json").stdout)
    assert [(one["policy"], one["part"]) for one in document["untouched"]] == [
        ("returns.label_fee", ""),
        ("returns.window", "the exception for tier gold"),
        ("returns.window", "the value from 2026-03-01"),
    ]
    assert (document["summary"]["parts"], document["summary"]["parts_touched"]) == (4, 1)
    assert [one["passed"] for one in document["tests"]] == [True]


def test_what_failed_touches_nothing(write, run):
    write({"claims": []})
    document = json.loads(run("policies", "test", "--format", "json").stdout)
    assert document["summary"]["parts_touched"] == 0
    assert [one["policy"] for one in document["tests"][0]["unexpected"]] == ["returns.window"]


def test_of_a_topic_only_its_tests_run(write, run, project):
    write({}, {"name": "greeting", "reply": "Hello.", "claims": []})
    (project / "policies" / "other.yaml").write_text(
        "topic: other\npolicies:\n  fee:\n    statement: It costs {value}.\n    type: money\n    value: $1\n",
        "utf-8",
    )
    assert "1 test, 0 failed" in run("policies", "test", "--topic", "returns").stdout
    assert run("policies", "test", "--topic", "other").exit_code == 2


def test_junit(write, run, project):
    from xml.etree import ElementTree

    write({}, {"name": 'a "<b>" \u202e', "claims": []})
    result = run("policies", "test", "--format", "junit", "--output-file", "junit.xml")
    assert (result.exit_code, result.stdout) == (1, "")
    root = ElementTree.parse(project / "junit.xml").getroot()
    assert root.attrib == {"name": "policies", "tests": "2", "failures": "1"}
    [suite] = root
    assert suite.attrib == {"name": "tests", "tests": "2", "failures": "1"}
    good, bad = suite
    assert (good.get("name"), good.get("file"), good.get("line")) == (
        "by e-mail",
        "policies/returns.test.yaml",
        "2",
    )
    assert len(good) == 0
    assert bad.get("name").startswith('a "<b>" ')
    assert "Expected:\nno claim\nRead:\nreturns.window: 14 days, conflicts" in bad[0].text


def test_a_broken_test_file_is_exit_status_2(project, run):
    (project / "policies" / "returns.test.yaml").write_text("tests: [{reply: Hi}]\n", "utf-8")
    result = run("policies", "test")
    assert result.exit_code == 2
    assert "policies/returns.test.yaml:1:9: this test has no `claims`" in result.stderr
