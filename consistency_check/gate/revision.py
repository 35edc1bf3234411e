"""A file as it stands in a git revision, so that a change cannot accept what it brings about itself."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from consistency_check.gate.problems import refuse

SECONDS = 60


def read_revision(path: Path, revision: str, largest: int) -> bytes | None:
    """The bytes of `path` in `revision`; None where it is not in it.

    Raises GateError where there is no git or no such revision, or where it is larger than `largest` bytes.
    """
    folder, name = path.parent, f"./{path.name}"
    commit = _run_git(
        folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
    )
    if commit.returncode:
        advice = "name a branch, a tag or a commit that is fetched (in CI: fetch-depth: 0)"
        raise refuse(str(path), f"git knows no revision {revision!r} here; {advice}")
    blob = f"{commit.stdout.decode('ascii').strip()}:{name}"
    size = _run_git(folder, "cat-file", "-s", blob)
    if size.returncode:
        return None
    if int(size.stdout) > largest:
        raise refuse(f"{revision}:{path}", f"is larger than {largest:,} bytes; make it smaller")
    return _run_git(folder, "cat-file", "blob", blob).stdout


def is_tracked(path: Path) -> bool:
    """Whether git has the file in its index: whether a change could have brought it."""
    return _run_git(path.parent, "ls-files", "--error-unmatch", "--", path.name).returncode == 0


def _run_git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    git = shutil.which("git")
    if git is None:
        raise refuse(str(folder), "there is no git on this machine; install it, or leave --accept-from out")
    try:
        return subprocess.run(  # noqa: S603
            [git, "-C", str(folder), *arguments], capture_output=True, timeout=SECONDS, check=False
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise refuse(str(folder), f"git cannot be asked ({error}); try again") from None
