"""A knowledge base as it stood in a revision of git: the blobs are read, nothing is checked out."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import NamedTuple, NoReturn

from consistency_check.model import DatedValue, KnowledgeBase, Policy, Problem, Source
from consistency_check.policies.files import LARGEST_FILE, SUFFIXES
from consistency_check.policies.folder import load_policies
from consistency_check.policies.git import GitError, find_repository, resolve_revision, run_git
from consistency_check.policies.problems import KnowledgeBaseError

FILES = frozenset({"100644", "100755"})
"""The modes of plain files; links, which may point anywhere, are left out."""


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
    try:
        top, inside = _find_folder(path, revision)
        commit = _find_commit(top, revision, path)
        with _write_files(top, commit, inside, f"{revision}:{path}") as folder:
            return _load_folder(folder, inside, revision)
    except GitError as error:
        _refuse("git", f"{error}, or name two folders instead of revisions")


def _load_folder(folder: Path, inside: PurePosixPath, revision: str) -> KnowledgeBase:
    try:
        return _rename_sources(load_policies(folder / inside), folder, revision)
    except KnowledgeBaseError as error:
        # A message may name another place of the folder.
        named = [
            Problem(_rename(one.source, folder, revision), one.message.replace(_name(folder), f"{revision}:"))
            for one in error.problems
        ]
        raise KnowledgeBaseError(named) from None


def _find_folder(path: Path, revision: str) -> tuple[Path, PurePosixPath]:
    found = find_repository(path)
    if found is None:
        _refuse(
            f"{revision}:{path}", "is in no git repository; name two folders, or a folder of a repository"
        )
    return found


def _find_commit(top: Path, revision: str, path: Path) -> str:
    found = resolve_revision(top, revision)
    if found is None:
        advice = (
            "write a branch, a tag or a commit that `git log` knows (a shallow clone may lack it: fetch it)"
        )
        _refuse(f"{revision}:{path}", f"there is no revision `{revision}`; {advice}")
    return found


@contextmanager
def _write_files(top: Path, commit: str, inside: PurePosixPath, shown: str) -> Iterator[Path]:
    """The YAML files below a path in a temporary folder; the loader refuses one that is too large."""
    listed = run_git(top, ["ls-tree", "-r", "-z", "-l", commit, "--", str(inside)]) or b""
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
    printed, at = run_git(top, ["cat-file", "--batch"], asked) or b"", 0
    for one in entries:
        start = printed.index(b"\n", at) + 1
        at = start + one.size + 1
        yield printed[start : start + one.size]


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
    return replace(source, path=f"{revision}:{source.path.removeprefix(_name(folder))}")


def _name(folder: Path) -> str:
    """How the places in it begin."""
    return f"{folder}{os.sep}"
