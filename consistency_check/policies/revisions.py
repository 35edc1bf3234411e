"""A knowledge base as it stood in a revision of git: the blobs are read, nothing is checked out."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import NamedTuple, NoReturn

from consistency_check.model import DatedValue, KnowledgeBase, Policy, Problem, Source
from consistency_check.policies.files import LARGEST_FILE, SUFFIXES
from consistency_check.policies.folder import load_policies
from consistency_check.policies.problems import KnowledgeBaseError

PATIENCE = 60
"""Seconds that git is waited for; to read a few files takes it a fraction of one."""
FILES = frozenset({"100644", "100755"})
"""The modes of plain files; links, which may point anywhere, are left out."""
REDIRECTING = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
"""What git sets for a hook that it runs, and what would make it look in another place than the folder's."""


class _Entry(NamedTuple):
    """A file of a listed tree: `size` in bytes, `name` from the top of the repository."""

    mode: str
    blob: str
    size: int
    name: str


def load_revision(revision: str, path: Path) -> KnowledgeBase:
    """The knowledge base at `path` (a folder or a file) as of `revision`; places read `REVISION:path`.

    Raises KnowledgeBaseError, also where there is no git, repository, revision or such a path in it.
    """
    top, inside = _find_repository(path, revision)
    commit = _resolve_revision(top, revision, path)
    with _write_files(top, commit, inside, f"{revision}:{path}") as folder:
        root = folder / inside
        try:
            knowledge = load_policies(root)
        except KnowledgeBaseError as error:
            named = (replace(p, source=_rename(p.source, folder, revision)) for p in error.problems)
            raise KnowledgeBaseError(named) from None
        return _rename_sources(knowledge, folder, revision)


def _find_repository(path: Path, revision: str) -> tuple[Path, PurePosixPath]:
    """The top of the repository that holds a path, which need not be there any more, and the path in it."""
    whole = path.absolute()
    start = next(parent for parent in (whole, *whole.parents) if parent.is_dir())
    found = _run_git(start, ["rev-parse", "--show-toplevel"])
    if found is None:
        _refuse(
            f"{revision}:{path}", "is in no git repository; name two folders, or a folder of a repository"
        )
    top = Path(found.decode("utf-8", "surrogateescape").rstrip("\n"))
    return top, PurePosixPath(whole.resolve().relative_to(top.resolve()).as_posix())


def _resolve_revision(top: Path, revision: str, path: Path) -> str:
    found = None
    if revision and not revision.startswith("-"):
        found = _run_git(top, ["rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}"])
    if found is None:
        advice = (
            "write a branch, a tag or a commit that `git log` knows (a shallow clone may lack it: fetch it)"
        )
        _refuse(f"{revision}:{path}", f"there is no revision `{revision}`; {advice}")
    return found.decode("ascii").strip()


@contextmanager
def _write_files(top: Path, commit: str, inside: PurePosixPath, shown: str) -> Iterator[Path]:
    """The YAML files below a path in a temporary folder; the loader refuses one that is too large."""
    listed = _run_git(top, ["ls-tree", "-r", "-z", "-l", commit, "--", str(inside)]) or b""
    entries = [_read_entry(entry) for entry in listed.split(b"\0") if entry]
    files = [one for one in entries if one.mode in FILES and one.name.lower().endswith(SUFFIXES)]
    if not files or any(".." in PurePosixPath(one.name).parts for one in files):
        _refuse(shown, "holds no policy files in that revision; name the folder as it was called then")
    small = [one for one in files if one.size <= LARGEST_FILE]
    texts = dict(zip(small, _read_blobs(top, small), strict=True))
    with TemporaryDirectory(prefix="consistency-check-") as temporary:
        folder = Path(temporary)
        for one in files:
            place = folder / one.name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(texts.get(one, b" " * (LARGEST_FILE + 1)))
        yield folder


def _read_entry(entry: bytes) -> _Entry:
    """`mode type blob size<tab>name`; a submodule's size is `-`."""
    head, _, name = entry.decode("utf-8", "surrogateescape").partition("\t")
    mode, _, blob, size = head.split()
    return _Entry(mode, blob, int(size) if size.isdigit() else 0, name)


def _read_blobs(top: Path, entries: Sequence[_Entry]) -> Iterator[bytes]:
    """The content of each; before each stands a line of its id, kind and size, after it a line end."""
    asked = "".join(f"{one.blob}\n" for one in entries).encode("ascii")
    printed, at = _run_git(top, ["cat-file", "--batch"], asked) or b"", 0
    for one in entries:
        start = printed.index(b"\n", at) + 1
        at = start + one.size + 1
        yield printed[start : start + one.size]


def _run_git(folder: Path, arguments: Sequence[str], asked: bytes = b"") -> bytes | None:
    """What git prints; None where it fails. Raises KnowledgeBaseError where there is no git."""
    git = shutil.which("git")
    if git is None:
        _refuse("git", "is not installed; install it, or name two folders instead of revisions")
    environment = {name: value for name, value in os.environ.items() if name not in REDIRECTING}
    command = [git, "-C", str(folder), *arguments]
    try:
        done = subprocess.run(  # noqa: S603
            command, input=asked, env=environment, capture_output=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        _refuse("git", f"did not answer within {PATIENCE} seconds; name two folders instead of revisions")
    return done.stdout if done.returncode == 0 else None


def _refuse(where: str, message: str) -> NoReturn:
    raise KnowledgeBaseError([Problem(Source(where), message)])


def _rename_sources(knowledge: KnowledgeBase, folder: Path, revision: str) -> KnowledgeBase:
    def rename(source: Source) -> Source:
        return _rename(source, folder, revision)

    def rename_values(values: tuple[DatedValue, ...]) -> tuple[DatedValue, ...]:
        return tuple(replace(dated, source=rename(dated.source)) for dated in values)

    def rename_policy(policy: Policy) -> Policy:
        exceptions = tuple(
            replace(one, source=rename(one.source), values=rename_values(one.values))
            for one in policy.exceptions
        )
        values = rename_values(policy.values)
        return replace(policy, source=rename(policy.source), values=values, exceptions=exceptions)

    return KnowledgeBase(
        {name: replace(topic, source=rename(topic.source)) for name, topic in knowledge.topics.items()},
        {name: rename_policy(policy) for name, policy in knowledge.policies.items()},
        knowledge.attributes,
    )


def _rename(source: Source, folder: Path, revision: str) -> Source:
    inside = source.path.removeprefix(f"{folder}").lstrip("/\\")
    return replace(source, path=f"{revision}:{inside}")
