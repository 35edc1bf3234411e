"""Hooks, action and the README's pipelines: each of their commands is run, as their tool would run it."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
ACTION = ROOT / ".github" / "actions" / "consistency-check" / "action.yml"
PROGRAM = "consistency-check"
FILES = {
    "policies/returns.yaml": """\
topic: returns
questions: [How do I send something back?]
policies:
  window:
    statement: Items can be returned within {value} of delivery.
    type: duration
    value: 30 days
    questions: [How long do I have to return an item?]
    examples:
      agrees: [You can return it within 30 days of delivery.]
      conflicts: [You can return it within 14 days of delivery.]
""",
    "exports/all.jsonl": """\
{"id": "1", "channel": "email", "customer_id": "7", "text": "Items can be returned within 14 days."}
{"id": "2", "channel": "phone", "customer_id": "7", "text": "Items can be returned within 30 days."}
""",
    "customers.csv": "customer_id,name\n7,Dana\n",
}
BROKEN = "topic: broken\npolicies:\n  a:\n    statement: x {value}\n    type: duraton\n    value: 3\n"
pytestmark = pytest.mark.skipif(os.name != "posix", reason="these tools run a POSIX shell")


def read_yaml(path):
    return yaml.safe_load(path.read_text("utf-8"))


@pytest.fixture
def folder(tmp_path):
    """A repository's files, and the program on the path."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    programs = tmp_path / ".programs"
    programs.mkdir()
    (programs / PROGRAM).write_text(
        f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m consistency_check "$@"\n'
    )
    (programs / PROGRAM).chmod(0o755)
    return tmp_path


def run_script(script, folder, **environment):
    """As a runner does: each line until one fails."""
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=folder,
        env={
            "PATH": f"{folder / '.programs'}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)]),
            "HOME": str(folder),
            **environment,
        },
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        timeout=300,
    )


HOOKS = {hook["id"]: hook for hook in read_yaml(ROOT / ".pre-commit-hooks.yaml")}


@pytest.mark.parametrize("hook", HOOKS.values(), ids=list(HOOKS))
def test_a_hook_is_one_that_pre_commit_takes(hook):
    assert {"id", "name", "entry", "language"} <= set(hook)
    assert hook["language"] == "python"
    assert hook["pass_filenames"] is False
    assert re.search(hook["files"], "policies/returns.yaml")
    assert not re.search(hook["files"], "README.md")


@pytest.mark.parametrize("name", ["policies-check", "policies-lint", "policies-test"])
def test_a_hook_passes_and_fails_with_the_policies(folder, name):
    entry = HOOKS[name]["entry"]
    done = run_script(entry, folder)
    assert done.returncode == 0, done.stdout + done.stderr
    (folder / "policies" / "broken.yaml").write_text(BROKEN)
    done = run_script(entry, folder)
    assert done.returncode == 2
    assert "broken.yaml:5:" in done.stderr


def test_every_hook_is_run_here():
    assert set(HOOKS) == {"policies-check", "policies-lint", "policies-test"}


def run_action(folder, only="", **given):
    """The action's steps after the installation, or one of them: its exit status, and what was printed."""
    action = read_yaml(ACTION)
    inputs = {name: each["default"] for name, each in action["inputs"].items()}
    inputs |= {name.replace("_", "-"): value for name, value in given.items()}
    assert set(inputs) == set(action["inputs"])
    printed = ""
    for step in action["runs"]["steps"][1:]:
        if only not in step["name"]:
            continue
        assert step["shell"] == "bash"
        assert "${{" not in step["run"], "an input in a script could be run"
        if step.get("if", "true") != "true":
            assert step["if"] == "inputs.paths != ''"
            if not inputs["paths"]:
                continue
        environment = {
            name: inputs[re.fullmatch(r"\$\{\{ inputs\.([a-z-]+) \}\}", value)[1]]
            for name, value in step["env"].items()
        }
        done = run_script(step["run"], folder, **environment)
        printed += done.stdout + done.stderr
        if done.returncode:
            return done.returncode, printed
    return 0, printed


def test_the_action_installs_this_project():
    install = read_yaml(ACTION)["runs"]["steps"][0]["run"]
    place = re.search(r'"\$GITHUB_ACTION_PATH(/[^"]+)"', install)[1]
    assert Path(f"{ACTION.parent}{place}").resolve() == ROOT
    assert (ROOT / "pyproject.toml").is_file()


def test_the_action_looks_at_policies_alone(folder):
    status, printed = run_action(folder)
    assert status == 0, printed
    assert "no problem found" in printed
    assert "0 failed" in printed
    assert "findings in" not in printed


def test_the_action_shows_findings_as_annotations(folder):
    status, printed = run_action(folder, "Audit", paths="exports", customers="customers.csv")
    assert status == 1, printed
    assert "::warning title=channel-conflict" in printed


def test_the_action_writes_a_report(folder):
    status, _ = run_action(
        folder,
        "Audit",
        paths="exports",
        max_new="2",
        format="sarif",
        output_file="a report.sarif",
    )
    assert status == 0
    assert '"version": "2.1.0"' in (folder / "a report.sarif").read_text("utf-8")


@pytest.mark.parametrize("text", ["$(touch owned)`touch owned`", '"; touch owned; "'])
def test_no_input_of_the_action_is_run(folder, text):
    assert run_action(folder, "Audit", paths="exports", output_file=text, customers=text)[0] == 2
    assert run_action(folder, "Test", policies=text)[0] == 2
    assert run_action(folder, "Check", lint_fail_on=text)[0] == 2
    assert not (folder / "owned").exists()


README = (ROOT / "README.md").read_text("utf-8")
PIPELINES = {
    name: yaml.safe_load(body)
    for name, body in re.findall(r"^```yaml\n# (\.git\S+)\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
}


def test_the_readme_has_complete_pipelines():
    assert set(PIPELINES) == {".github/workflows/policies.yaml", ".gitlab-ci.yml"}


def test_the_workflow_of_the_readme_uses_the_action_as_it_is():
    workflow = PIPELINES[".github/workflows/policies.yaml"]
    (job,) = workflow["jobs"].values()
    (step,) = [step for step in job["steps"] if PROGRAM in step.get("uses", "")]
    path = step["uses"].partition("@")[0].split("/", 2)[2]
    assert ROOT / path == ACTION.parent
    assert set(step["with"]) <= set(read_yaml(ACTION)["inputs"])
    checkout = next(step for step in job["steps"] if step["uses"].startswith("actions/checkout"))
    assert checkout["with"]["fetch-depth"] == 0, "accept-from needs the other revision"


def test_the_pipeline_of_the_readme_runs(folder):
    (job,) = PIPELINES[".gitlab-ci.yml"].values()
    subprocess.run(
        "git init -q -b main && git add . && git -c user.name=t -c user.email=t@t.example commit -q -m first",
        shell=True,
        check=True,
        cwd=folder,
        capture_output=True,
    )
    script = [line for line in job["script"] if line.startswith(PROGRAM)]
    assert len(script) >= 3
    for line in script:
        done = run_script(line, folder, CI_MERGE_REQUEST_DIFF_BASE_SHA="main")
        assert done.returncode in (0, 1), f"{line}\n{done.stderr}"
    for name in job["artifacts"]["reports"].values():
        assert (folder / name).stat().st_size > 0


def test_a_shell_completes_commands_and_values(folder):
    """As a user's bash does: the script that the program shows is loaded, and asked."""
    script = f"""
    {PROGRAM} --show-completion > completion.sh; source completion.sh
    ask() {{ COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
        _consistency_check_completion {PROGRAM}; echo "${{COMPREPLY[*]}}"; }}
    ask {PROGRAM} au
    ask {PROGRAM} audit --max
    ask {PROGRAM} audit --fail-on cri
    ask {PROGRAM} audit --check chan
    ask {PROGRAM} audit --check late
    ask {PROGRAM} audit --format sa
    ask {PROGRAM} policies li
    ask {PROGRAM} explain out
    """
    done = run_script(script, folder)
    assert done.stdout.split("\n") == [
        "audit",
        "--max-new",
        "critical",
        "channel-conflict channel-drift",
        "late-answer",
        "sarif",
        "lint",
        "outdated-answer",
        "",
    ], done.stderr


def test_completion_is_installed_where_the_shell_looks(folder):
    # Which shell it is tells the parent: one with nothing left to do would be replaced by the command.
    done = run_script(f"{PROGRAM} --install-completion\ntrue", folder)
    assert done.returncode == 0, done.stderr
    assert (folder / ".bashrc").is_file()
