"""`policies new` and `policies schema`."""

import json
from importlib.resources import files

import pytest

from consistency_check.policies.lint import RULES


@pytest.mark.parametrize("topic", ["late_fees", "Rückgabe", "2fa", "x"])
def test_a_new_topic_loads_passes_lint_and_its_tests(run, project, topic):
    result = run("policies", "new", topic, "--policies", "kb/deep")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"kb/deep/{topic}.yaml: written; ")
    assert run("policies", "check", "kb/deep").exit_code == 0
    rules = [part for name in RULES for part in ("--rule", name)]
    lint = run("policies", "lint", "kb/deep", *rules, "--fail-on", "note")
    assert (lint.exit_code, lint.stdout) == (0, "1 policy: nothing doubtful.\n")
    tested = run("policies", "test", "kb/deep")
    assert tested.stdout.startswith("3 examples, 0 failed.")


def test_the_folder_may_be_configured(run, project):
    (project / ".consistency-check.yaml").write_text("policies: kb\n")
    said = run("policies", "new", "late_fees").stdout
    assert said.startswith("kb/late_fees.yaml: written; ")
    assert said.endswith("then run `consistency-check policies check kb`.\n")
    assert run("policies", "show", "late_fees").exit_code == 0


def test_two_new_topics_are_not_the_same(run, project):
    for topic in ("late_fees", "deposits"):
        run("policies", "new", topic)
    shown = run("policies", "lint", "policies", "--fail-on", "warning")
    assert shown.exit_code == 0, shown.stdout


def test_nothing_is_overwritten(run, project):
    file = project / "policies" / "late.yaml"
    file.write_text("topic: other\n", "utf-8")
    result = run("policies", "new", "late")
    assert result.exit_code == 2
    assert "is there already; choose another name" in " ".join(result.stderr.split())
    assert file.read_text("utf-8") == "topic: other\n"


@pytest.mark.parametrize(
    ("topic", "said"),
    [
        ("returns", "the topic is already at policies/returns.yaml"),
        ("../up", "is part of an id; write it with letters"),
        ("late fees", "is part of an id"),
        ("-x", ""),
    ],
)
def test_a_topic_that_cannot_be_made(run, project, topic, said):
    before = sorted(project.rglob("*"))
    if topic == "returns":
        (project / "policies" / "returns.yaml").rename(project / "policies" / "back.yaml")
        said, before = "the topic is already at policies/back.yaml", sorted(project.rglob("*"))
    result = run("policies", "new", topic)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())
    assert sorted(project.rglob("*")) == before


def test_the_schema_is_the_file_that_is_shipped(run):
    printed = run("policies", "schema").stdout
    assert printed == files("consistency_check.policies").joinpath("schema.json").read_text("utf-8")
    assert json.loads(printed)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
