"""`policies lint`: what is printed, what makes it fail, and what it looks at."""

import json

import pytest

from consistency_check.misreading import ALL_RULES

DOUBTFUL = """\
topic: returns
questions: ["How do I send something back?"]
policies:
  window:
    statement: Items can be returned within {value} of delivery.
    type: duration
    value: 30 days
    phrasings: ["you have 2 weeks to send it back"]
    exceptions:
      - when: {tier: gold}
        value: 60 days
      - when: {region: north}
        value: 90 days
"""
SOUND = DOUBTFUL.replace("2 weeks", "{value}").split("    exceptions")[0]


@pytest.fixture
def write(project):
    """Write the knowledge base."""

    def write_policies(text):
        (project / "policies" / "returns.yaml").write_text(text, encoding="utf-8")

    return write_policies


def test_each_line_has_its_place_its_reason_and_its_remedy(run, write):
    write(DOUBTFUL)
    result = run("policies", "lint", "policies")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "policies/returns.yaml:4:3: note: returns.window has no example; add `examples:` with a sentence "
        "that agrees and one that conflicts [missing-examples]",
        "policies/returns.yaml:8:18: error: returns.window is worded with 2 weeks in “you have 2 weeks to "
        "send it back”, but its value is 30 days, 60 days, 90 days; write `{value}` "
        "in its place [stated-value]",
        "policies/returns.yaml:12:9: warning: returns.window has two answers where both `tier: gold` (line "
        "10) and `region: north` hold, and gives the first; write an exception for both together "
        "[overlapping-exceptions]",
        "1 policy: 1 error, 1 warning, 1 note.",
    ]


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ([], 1),
        (["--fail-on", "error"], 1),
        (["--fail-on", "never"], 0),
        (["--skip-rule", "stated-value", "--fail-on", "error"], 0),
        (["--skip-rule", "stated-value"], 1),
        (["--skip-rule", "stated-value", "--skip-rule", "overlapping-exceptions"], 0),
        (["--rule", "missing-examples"], 0),
        (["--rule", "missing-examples", "--fail-on", "note"], 1),
        (["--rule", "missing-owner", "--fail-on", "note"], 1),
    ],
)
def test_what_makes_it_fail(run, write, arguments, status):
    write(DOUBTFUL)
    assert run("policies", "lint", "policies", *arguments).exit_code == status


def test_nothing_doubtful(run, write):
    write(SOUND)
    result = run("policies", "lint", "policies", "--skip-rule", "missing-examples")
    assert (result.exit_code, result.stdout) == (0, "1 policy: nothing doubtful.\n")


def test_a_rule_that_must_be_asked_for_is_silent_until_then(run, write):
    write(SOUND)
    assert "missing-source" not in run("policies", "lint", "policies").stdout
    assert "[missing-source]" in run("policies", "lint", "policies", "--rule", "missing-source").stdout


def test_a_policy_grows_stale(run, write):
    write(SOUND.replace("value: 30 days", "value: {2025-01-01: 30 days}"))
    assert "stale" not in run("policies", "lint", "policies", "--day", "2026-01-01").stdout
    for days, stale in (("365", False), ("364", True)):
        shown = run("policies", "lint", "policies", "--day", "2026-01-01", "--stale-after", days).stdout
        assert ("[stale-policy]" in shown) is stale


def test_the_json_document(run, write):
    write(DOUBTFUL)
    document = json.loads(run("policies", "lint", "policies", "--format", "json").stdout)
    assert document["summary"] == {"policies": 1, "by_level": {"note": 1, "warning": 1, "error": 1}}
    assert [(one["rule"], one["line"], one["column"]) for one in document["advice"]] == [
        ("missing-examples", 4, 3),
        ("stated-value", 8, 18),
        ("overlapping-exceptions", 12, 9),
    ]


def test_a_misspelt_rule_and_a_broken_knowledge_base(run, write):
    result = run("policies", "lint", "policies", "--rule", "stated-values")
    assert result.exit_code == 2
    assert "did you mean stated-value?" in " ".join(result.stderr.split())
    write(SOUND.replace("duration", "durations"))
    assert run("policies", "lint", "policies").exit_code == 2


@pytest.mark.parametrize("name", ALL_RULES)
def test_every_rule_is_explained(run, name):
    result = run("explain", name)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{name} (")


def test_formats_for_code_hold_every_piece_of_advice(run, write):
    write(DOUBTFUL)

    def lint(name):
        result = run("policies", "lint", "--format", name)
        assert result.exit_code == 1
        return result.stdout

    rules = sorted(each["rule"] for each in json.loads(lint("json"))["advice"])
    (sarif,) = json.loads(lint("sarif"))["runs"]
    assert sorted(result["ruleId"] for result in sarif["results"]) == rules
    explained = {rule["id"]: rule["help"]["text"] for rule in sarif["tool"]["driver"]["rules"]}
    assert all(ALL_RULES[name].why in text for name, text in explained.items())
    assert sarif["results"][0]["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "policies/returns.yaml"},
        "region": {"startLine": 8, "startColumn": 18},
    }
    assert sorted(issue["check_name"] for issue in json.loads(lint("gitlab"))) == rules
    assert lint("junit").count("<failure ") == len(rules) - 1, "notes do not fail"
    assert lint("junit").count("<skipped ") == 1
    assert [line.split(" ")[0] for line in lint("github").splitlines()] == [
        "::error",
        "::warning",
        "::notice",
        "::notice",
    ]
