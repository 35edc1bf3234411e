"""A knowledge base as of a revision of git; the folder on disk is neither read nor touched."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from consistency_check.policies import KnowledgeBaseError, load_versions
from consistency_check.policies.revisions import load_revision

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
POLICY = """\
topic: returns
policies:
  window:
    statement: Within {value}.
    type: duration
    value: %s
"""


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@mail.example", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two commits, of 14 and 30 days, and 60 days on disk."""
    git(tmp_path, "init", "-b", "main", ".")
    file = tmp_path / "kb" / "retürns.yaml"
    file.parent.mkdir()
    for number, value in enumerate(("14 days", "30 days")):
        file.write_text(POLICY % value, "utf-8")
        git(tmp_path, "add", ".")
        git(tmp_path, "commit", "-m", value)
        git(tmp_path, "tag", f"v{number}")
    file.write_text(POLICY % "60 days", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def list_days(old: str, new: str) -> list[float | None]:
    values = (knowledge.policies["returns.window"].values[0].value for knowledge in load_versions(old, new))
    return [value.high if value else None for value in values]


@pytest.mark.parametrize(
    ("old", "new", "days"),
    [
        ("v0..v1", "kb", [14, 30]),
        ("v0..", "kb", [14, 30]),
        ("HEAD~1..main", "kb", [14, 30]),
        ("v0:kb", "kb", [14, 60]),
        ("v0:kb/retürns.yaml", "v1:kb", [14, 30]),
        ("kb", "v1:.", [60, 30]),
    ],
)
@pytest.mark.usefixtures("repository")
def test_how_versions_are_named(old: str, new: str, days: list[float]) -> None:
    assert list_days(old, new) == days


def test_a_folder_that_is_gone_from_disk(repository: Path) -> None:
    shutil.rmtree(repository / "kb")
    assert list_days("v0..v1", "kb") == [14, 30]


def test_a_hook_of_git_does_not_mislead_it(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", str(repository / "nowhere"))
    assert list_days("v0..v1", "kb") == [14, 30]


@pytest.mark.usefixtures("repository")
def test_places_name_the_revision() -> None:
    policy = load_revision("v1", Path("kb")).policies["returns.window"]
    assert str(policy.source) == "v1:kb/retürns.yaml:3:3"
    assert str(policy.values[0].source) == "v1:kb/retürns.yaml:6:12"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("nix..main", "kb", "there is no revision `nix`; write a branch"),
        ("--output=x:kb", "kb", "there is no revision `--output=x`"),
        ("v0:nix", "kb", "holds no policy files in that revision"),
        ("v0...v1", "kb", "three dots"),
        ("nix", "kb", "nix: does not exist"),
    ],
)
@pytest.mark.usefixtures("repository")
def test_what_cannot_be_read_is_named(old: str, new: str, said: str) -> None:
    with pytest.raises(KnowledgeBaseError) as raised:
        load_versions(old, new)
    assert said in str(raised.value)


def test_a_broken_file_of_a_revision_has_its_place(repository: Path) -> None:
    (repository / "kb" / "retürns.yaml").write_text(POLICY % "soon", "utf-8")
    (repository / "kb" / "link.yaml").symlink_to("/etc/passwd")
    git(repository, "add", ".")
    git(repository, "commit", "-m", "broken")
    with pytest.raises(KnowledgeBaseError) as raised:
        load_versions("v1..main", "kb")
    assert [str(problem.source) for problem in raised.value.problems] == ["main:kb/retürns.yaml:6:12"]


def test_messages_name_the_revision_too(repository: Path) -> None:
    (repository / "kb" / "again.yaml").write_text(POLICY % "1 day", "utf-8")
    git(repository, "add", ".")
    git(repository, "commit", "-m", "twice")
    with pytest.raises(KnowledgeBaseError) as raised:
        load_versions("v1..main", "kb")
    said = str(raised.value)
    assert said.count("main:kb/") == 4
    assert tempfile.gettempdir() not in said.replace(str(repository), "")


def test_a_link_out_of_the_repository_holds_no_policies(
    repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "returns.yaml").write_text(POLICY % "1 day", "utf-8")
    (repository / "file.yaml").symlink_to(outside / "returns.yaml")
    (repository / "folder").symlink_to(outside)
    git(repository, "add", ".")
    git(repository, "commit", "-m", "links")
    for name in ("file.yaml", "folder"):
        with pytest.raises(KnowledgeBaseError, match="holds no policy files in that revision"):
            load_revision("main", Path(name))


def test_without_a_repository_or_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(KnowledgeBaseError, match="is in no git repository"):
        load_revision("main", tmp_path / "kb")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(KnowledgeBaseError, match="is not installed; install it"):
        load_revision("main", tmp_path / "kb")
