"""`policies diff`: what is printed in each format, and the exit status."""

import json
import shutil

import pytest


@pytest.fixture
def changed(project):
    """A copy of the knowledge base with another value and a phrasing that is not kind to Markdown."""
    shutil.copytree("policies", "new")
    file = project / "new" / "returns.yaml"
    text = file.read_text("utf-8").replace("30 days", "45 days")
    text = text.replace('["you have', "['<b>|@all](http://x.example) {value}', \"you have")
    file.write_text(text, "utf-8")
    return project


@pytest.mark.usefixtures("changed")
def test_for_people(run):
    result = run("policies", "diff", "policies", "new")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "  ── returns.window ────────────────────────────────────── new/returns.yaml:8:12",
        "  value               - 30 days",
        "                      + 45 days",
        "  wording             + <b>|@all](http://x.example) {value}",
        "  phrasings",
        "",
        "1 policy or topic changed: 1 value, 1 wording.",
    ]


@pytest.mark.usefixtures("changed")
def test_for_a_pull_request_nothing_in_a_policy_is_markup(run):
    row = run("policies", "diff", "policies", "new", "--format", "markdown").stdout.splitlines()[5]
    assert row == (
        r"| **returns.window** | wording, phrasings | – | `<b>\|@all](http://x.example) {value}` |"
    )


@pytest.mark.usefixtures("changed")
def test_for_scripts(run):
    document = json.loads(run("policies", "diff", "policies", "new", "--format", "json").stdout)
    assert document["summary"]["changes"] == 2
    assert document["changes"][0] == {
        "about": "returns.window",
        "kind": "value",
        "part": "",
        "before": ["30 days"],
        "after": ["45 days"],
        "sureness": 1.0,
        "path": "new/returns.yaml",
        "line": 8,
        "column": 12,
    }


@pytest.mark.usefixtures("changed")
def test_the_exit_status(run):
    assert run("policies", "diff", "policies", "new", "--exit-code").exit_code == 1
    assert run("policies", "diff", "new", "new", "--exit-code").exit_code == 0
    assert "Nothing changed in meaning." in run("policies", "diff", "new", "new", "-f", "markdown").stdout
    assert run("policies", "diff", "new", "gone").exit_code == 2
