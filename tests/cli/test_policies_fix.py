"""`policies lint --fix`: files are tidied, then looked at as ever."""

import sys

from tests.policies.test_tidy import TIDY, UNTIDY


def test_files_are_tidied_and_told(run, project):
    file = project / "policies" / "returns.yaml"
    file.write_text(UNTIDY, "utf-8")
    result = run("policies", "lint", "policies", "--fix", "--fail-on", "never")
    assert (result.exit_code, result.stderr) == (0, "policies/returns.yaml: tidied\n")
    assert "2 policies: " in result.stdout
    assert file.read_text("utf-8") == TIDY
    assert run("policies", "lint", "policies", "--fix", "--fail-on", "never").stderr == ""


def test_without_ruamel_it_says_what_to_install(run, project, monkeypatch):
    monkeypatch.setitem(sys.modules, "consistency_check.policies.tidy.layout", None)
    before = (project / "policies" / "returns.yaml").read_text("utf-8")
    result = run("policies", "lint", "policies", "--fix")
    assert result.exit_code == 2
    assert "pip install 'consistency-check[fix]'" in " ".join(result.stderr.split())
    assert (project / "policies" / "returns.yaml").read_text("utf-8") == before
