"""A file as it stands in a git revision, so that a change cannot accept what it brings about itself."""

from __future__ import annotations

from pathlib import Path

from consistency_check.gate.problems import refuse
from consistency_check.policies.git import GitError, find_repository, resolve_revision, run_git


def read_revision(path: Path, revision: str, largest: int) -> bytes | None:
    """The bytes of `path` in `revision`; None where it is not in it.

    Raises GateError where there is no git or no such revision, or where it is larger than `largest` bytes.
    """
    try:
        found = find_repository(path)
        commit = resolve_revision(found[0], revision) if found else None
        if found is None or commit is None:
            advice = "name a branch, a tag or a commit that is fetched (in CI: fetch-depth: 0)"
            raise refuse(str(path), f"git knows no revision {revision!r} here; {advice}")
        top, inside = found
        blob = f"{commit}:{inside}"
        size = run_git(top, ["cat-file", "-s", blob])
        if size is not None and int(size) > largest:
            raise refuse(f"{revision}:{path}", f"is larger than {largest:,} bytes; make it smaller")
        return None if size is None else run_git(top, ["cat-file", "blob", blob])
    except GitError as error:
        raise refuse("git", f"{error}, or leave --accept-from out") from None


def is_tracked(path: Path) -> bool:
    """Whether git has the file in its index: whether a change could have brought it. Raises GateError."""
    try:
        found = find_repository(path)
        return (
            found is not None
            and run_git(found[0], ["ls-files", "--error-unmatch", "--", str(found[1])]) is not None
        )
    except GitError as error:
        raise refuse("git", f"{error}, or leave --accept-from out") from None
