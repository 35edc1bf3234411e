"""Known findings do not make an audit fail, and are told of in every format."""

import json
import re

import pytest

from consistency_check.report import OUTPUTS

REPORTS = sorted(name for name in OUTPUTS if not name.startswith("digest-"))
BASELINE = ".consistency-check-baseline"


def read_findings(run, *options):
    result = run("audit", "exports", "--format", "json", *options)
    return result.exit_code, json.loads(result.stdout)


def add_reply(project, text="A return label costs $9."):
    record = {"id": "R9", "channel": "chat", "email": "max@mail.example", "text": text}
    with (project / "exports" / "all.jsonl").open("a") as stream:
        stream.write(json.dumps(record) + "\n")


def test_known_findings_do_not_fail(project, run):
    assert run("baseline", "create", "exports").exit_code == 0
    status, document = read_findings(run, "--baseline", BASELINE)
    assert status == 0
    assert {finding["status"] for finding in document["findings"]} == {"known"}
    assert document["summary"]["findings"] == document["summary"]["by_status"]["known"] == 2
    assert run("audit", "exports").exit_code == 1, "a baseline counts only where it is named"


def test_a_new_finding_fails_beside_known_ones(project, run):
    run("baseline", "create", "exports")
    add_reply(project)
    status, document = read_findings(run, "--baseline", BASELINE)
    assert status == 1
    counted = document["summary"]["by_status"]
    assert {status: count for status, count in counted.items() if count} == {"new": 1, "known": 2}
    assert run("audit", "exports", "--baseline", BASELINE, "--max-new", 1).exit_code == 0
    assert run("audit", "exports", "--baseline", BASELINE, "--fail-on", "high").exit_code == 0


@pytest.mark.parametrize(("most", "code"), [(0, 1), (1, 1), (2, 0)])
def test_max_new_counts_what_is_as_severe_as_fail_on(project, run, most, code):
    assert run("audit", "exports", "--max-new", most).exit_code == code
    assert run("audit", "exports", "--max-new", 0, "--fail-on", "critical").exit_code == 0


def test_a_baseline_holds_nobodys_words(project, run):
    run("baseline", "create", "exports")
    heading, about, *lines = (project / BASELINE).read_text().splitlines()
    assert heading.startswith("#")
    assert about.startswith("#")
    assert len(lines) == 2
    assert all(re.fullmatch("[0-9a-f]{16}", line) for line in lines)


def test_create_does_not_overwrite(project, run):
    (project / BASELINE).write_text("mine")
    result = run("baseline", "create", "exports")
    assert result.exit_code == 2
    assert "baseline update" in " ".join(result.stderr.split())
    assert (project / BASELINE).read_text() == "mine"


def test_update_takes_in_and_out_and_prune_only_out(project, run):
    run("baseline", "create", "exports")
    before = (project / BASELINE).read_text()
    add_reply(project)
    assert "2 known findings, 0 added, 0 taken out" in run("baseline", "prune", "exports").stdout
    assert (project / BASELINE).read_text() == before
    assert "3 known findings, 1 added, 0 taken out" in run("baseline", "update", "exports").stdout
    (project / "exports" / "all.jsonl").write_text(
        json.dumps({"id": "R9", "channel": "chat", "text": "A return label costs $7."}) + "\n"
    )
    assert "0 known findings, 0 added, 3 taken out" in run("baseline", "prune", "exports").stdout


def test_what_is_gone_is_told(project, run):
    run("baseline", "create", "exports")
    result = run("audit", "exports", "--baseline", BASELINE, "--check", "policy-conflict", "-f", "json")
    assert "1 of 2 known findings were not found this time" in result.stderr
    assert "1 of 2 known findings were not found this time" in json.loads(result.stdout)["notes"][-1]


@pytest.mark.parametrize("verb", ["create", "update", "prune"])
def test_an_audit_that_compared_nothing_changes_no_baseline(project, run, verb):
    if verb != "create":
        run("baseline", "create", "exports")
    before = (project / BASELINE).read_text() if verb != "create" else ""
    (project / "empty").mkdir()
    result = run("baseline", verb, "empty")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Nothing was compared" in result.stderr
    assert ((project / BASELINE).read_text() if verb != "create" else "") == before


@pytest.mark.parametrize("verb", ["update", "prune"])
def test_a_baseline_that_is_missing_is_refused(project, run, verb):
    result = run("baseline", verb, "exports")
    assert result.exit_code == 2
    assert "baseline create" in result.stderr
    assert run("audit", "exports", "--baseline", "nowhere").exit_code == 2


@pytest.mark.parametrize("name", REPORTS)
def test_every_format_tells_what_is_known(project, run, name):
    run("baseline", "create", "exports")
    result = run("audit", "exports", "--baseline", BASELINE, "--format", name)
    assert result.exit_code == 0
    words = "info" if name == "gitlab" else "known"
    assert result.stdout.count(words) >= 2


ACCEPTED = """\
accepted:
  - policy: returns.window
    check: [policy-conflict, channel-conflict]
    reason: "the letter went out twice | see [ticket](x)"
    author: Kim Lee
    expires: 2026-12-31
"""


def test_accepted_findings_do_not_fail_until_they_expire(project, run):
    (project / ".consistency-check-accept.yaml").write_text(ACCEPTED)
    status, document = read_findings(run, "--today", "2026-12-31")
    assert status == 0
    assert {finding["status"] for finding in document["findings"]} == {"accepted"}
    assert "Kim Lee, until 2026-12-31" in document["findings"][0]["status_reason"]
    status, document = read_findings(run, "--today", "2027-01-01")
    assert status == 1
    counted = document["summary"]["by_status"]
    assert {status: count for status, count in counted.items() if count} == {"new": 2}
    assert "expired on 2026-12-31, it would cover 2 of these findings" in document["notes"][0]


@pytest.mark.parametrize("name", REPORTS)
def test_every_format_tells_what_is_accepted(project, run, name):
    (project / ".consistency-check-accept.yaml").write_text(ACCEPTED)
    result = run("audit", "exports", "--today", "2026-05-01", "--format", name)
    assert result.exit_code == 0
    assert " ".join(result.stdout.split()).count("Kim Lee, until") >= 2


@pytest.mark.parametrize(("name", "words"), [("markdown", "2 known"), ("json", '"known": 2')])
def test_a_digest_counts_what_is_known(project, run, name, words):
    run("baseline", "create", "exports")
    result = run("audit", "exports", "--baseline", BASELINE, "--digest", name)
    assert (result.exit_code, result.stderr) == (0, "")
    assert words in result.stdout
    assert result.stdout == run("audit", "exports", "--baseline", BASELINE, "-f", f"digest-{name}").stdout


@pytest.mark.parametrize("name", ["full", "json", "concise", "markdown", "junit", "github", "sarif"])
def test_an_entry_that_cannot_be_read_is_announced(project, run, name):
    (project / ".consistency-check-accept.yaml").write_text("accepted:\n  - polcy: returns.window\n")
    result = run("audit", "exports", "--format", name)
    assert result.exit_code == 1
    said = " ".join((result.stdout + result.stderr).split())
    assert "Not accepted: .consistency-check-accept.yaml:2:5" in said
    assert "did you mean" in said


def test_what_is_accepted_is_not_made_known(project, run):
    (project / "accept.yaml").write_text(
        ACCEPTED.replace("[policy-conflict, channel-conflict]", "policy-conflict")
    )
    result = run("baseline", "create", "exports", "--accept", "accept.yaml")
    assert "1 known finding, 1 added" in result.stdout


def test_a_list_that_is_named_must_be_there(project, run):
    result = run("audit", "exports", "--accept", "nowhere.yaml")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "nowhere.yaml: there is no such file" in result.stderr


def test_a_revision_that_git_does_not_know_is_refused(project, run, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(project.parent))
    result = run("audit", "exports", "--accept-from", "main")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "git knows no revision 'main' here" in result.stderr


@pytest.mark.parametrize("verb", ["create", "update", "prune"])
def test_a_baseline_takes_the_options_of_an_audit(project, run, verb):
    (project / ".consistency-check-accept.yaml").write_text(ACCEPTED)
    late = run("baseline", "create", "exports", "--today", "2027-01-01")
    assert "2 known findings" in late.stdout, "what has expired is known like any other"
    if verb == "create":
        (project / BASELINE).unlink()
    result = run("baseline", verb, "exports", "--today", "2026-12-31")
    assert (result.exit_code, "0 known findings" in result.stdout) == (0, True)


def test_a_baseline_heeds_what_another_revision_accepts(project, run, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(project.parent))
    (project / ".consistency-check-accept.yaml").write_text(ACCEPTED)
    result = run("baseline", "create", "exports", "--accept-from", "main")
    assert "git knows no revision 'main' here" in result.stderr
