"""A change cannot accept its own findings: lists are read as they stand in another git revision."""

import shutil
import subprocess
from datetime import date

import pytest

from consistency_check.gate import GateError, open_gate, show_baseline

TODAY = date(2026, 1, 1)
ENTRY = "accepted:\n  - check: c\n    reason: r\n    author: a\n    expires: 2027-01-01\n"
KNOWN = show_baseline(["0" * 16])
MORE = show_baseline(["0" * 16, "1" * 16])


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """An empty repository with one commit on the branch `base`, and a function that runs git in it."""
    monkeypatch.chdir(tmp_path)
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)

    def git(*arguments):
        identity = ("-c", "user.name=t", "-c", "user.email=t@t.example", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *identity, *arguments], check=True, capture_output=True)

    git("init", "-b", "base")
    (tmp_path / "readme").write_text("x")
    git("add", ".")
    git("commit", "-m", "first")
    return git


def open_at(revision, **rest):
    return open_gate(TODAY, ("c",), revision=revision, **rest)


def test_what_a_change_accepts_does_not_count(repository, tmp_path):
    (tmp_path / ".consistency-check-accept.yaml").write_text(ENTRY)
    assert len(open_gate(TODAY, ("c",)).accepted.entries) == 1
    gate = open_at("base")
    assert not gate.accepted.entries
    assert gate.reminders == (".consistency-check-accept.yaml does not stand in base: nothing is accepted.",)
    repository("add", ".")
    repository("commit", "-m", "second")
    (entry,) = open_at("base").accepted.entries
    assert str(entry.source) == "base:.consistency-check-accept.yaml:2:5"
    assert not open_at("HEAD~1").accepted.entries


def test_no_list_anywhere_is_nothing_to_tell(repository):
    assert open_at("base").reminders == ()


def test_a_list_in_a_folder_is_found(repository, tmp_path, monkeypatch):
    (tmp_path / "qa").mkdir()
    (tmp_path / "qa" / ".consistency-check-accept.yaml").write_text(ENTRY)
    repository("add", ".")
    repository("commit", "-m", "second")
    assert (
        len(open_at("base", accepted=tmp_path / "qa" / ".consistency-check-accept.yaml").accepted.entries)
        == 1
    )
    monkeypatch.chdir(tmp_path / "qa")
    assert len(open_at("base").accepted.entries) == 1


def test_a_change_cannot_make_its_findings_known(repository, tmp_path):
    baseline = tmp_path / "known"
    baseline.write_text(KNOWN)
    repository("add", ".")
    repository("commit", "-m", "second")
    baseline.write_text(MORE)
    assert len(open_gate(TODAY, (), baseline).known) == 2
    assert len(open_at("base", baseline=baseline).known) == 1
    gate = open_at("HEAD~1", baseline=baseline)
    assert (gate.known, len(gate.reminders)) == (frozenset(), 1)


def test_a_baseline_that_no_change_can_have_brought_is_read_as_it_is(repository, tmp_path):
    (tmp_path / "known").write_text(MORE)
    assert len(open_at("base", baseline=tmp_path / "known").known) == 2


@pytest.mark.parametrize("revision", ["nowhere", "--help", "-x", "base:readme", "", " "])
def test_a_revision_that_is_none_is_refused(repository, revision, tmp_path):
    if not revision:
        assert open_at(revision).accepted.entries == ()
        return
    with pytest.raises(GateError, match="knows no revision"):
        open_at(revision)


def test_what_is_no_repository_is_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(GateError, match="knows no revision"):
        open_at("main")


def test_a_machine_without_git_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GateError, match="git: is not installed"):
        open_at("main")


def test_a_hook_of_git_does_not_mislead_it(repository, tmp_path, monkeypatch):
    (tmp_path / ".consistency-check-accept.yaml").write_text(ENTRY)
    repository("add", ".")
    repository("commit", "-m", "second")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    assert len(open_at("base").accepted.entries) == 1


def test_a_list_whose_folder_is_gone_is_still_found(repository, tmp_path):
    path = tmp_path / "qa" / "accept.yaml"
    path.parent.mkdir()
    path.write_text(ENTRY)
    repository("add", ".")
    repository("commit", "-m", "second")
    shutil.rmtree(path.parent)
    assert len(open_at("base", accepted=path).accepted.entries) == 1


def test_a_link_is_not_followed(repository, tmp_path):
    (tmp_path / "old.yaml").write_text(ENTRY)
    repository("add", ".")
    repository("commit", "-m", "second")
    (tmp_path / ".consistency-check-accept.yaml").symlink_to("old.yaml")
    assert not open_at("base").accepted.entries


@pytest.mark.parametrize("text", [b"\xff\xfe", b"accepted:\n  - \xff\n"])
def test_a_list_that_is_no_text_accepts_nothing(tmp_path, text):
    (tmp_path / "list.yaml").write_bytes(text)
    gate = open_gate(TODAY, (), accepted=tmp_path / "list.yaml")
    assert not gate.accepted.entries
    assert "UTF-8" in gate.accepted.problems[0].message


def test_a_list_that_is_named_must_be_there(tmp_path):
    with pytest.raises(GateError, match="no such file"):
        open_gate(TODAY, (), accepted=tmp_path / "list.yaml")
