"""Git is asked what stands in a revision; nothing is checked out, and no hook that runs misleads it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

PATIENCE = 60
"""Seconds that git is waited for; to read a few files takes it a fraction of one."""
REDIRECTING = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
"""What git sets for a hook that it runs, and what would make it look in another place than the folder's."""


class GitError(Exception):
    """Git cannot be asked; the message says what is wrong with it."""


def find_repository(path: Path) -> tuple[Path, PurePosixPath] | None:
    """The top of the repository that holds a path, which need not be there any more, and the path in it.

    A link is itself, whatever it leads to. None where no repository holds it. Raises GitError.
    """
    whole = path.absolute()
    folder = next(
        each for each in (whole, *whole.parents) if each.is_dir() and (each != whole or not each.is_symlink())
    )
    found = run_git(folder, ["rev-parse", "--show-toplevel"])
    if found is None:
        return None
    top = Path(found.decode("utf-8", "surrogateescape").rstrip("\n"))
    place = folder.resolve() / whole.relative_to(folder)
    return top, PurePosixPath(place.relative_to(top.resolve()).as_posix())


def resolve_revision(top: Path, revision: str) -> str | None:
    """The commit that a branch, a tag or a commit names; None where there is none. Raises GitError."""
    if not revision or revision.startswith("-"):
        return None
    found = run_git(top, ["rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}"])
    return None if found is None else found.decode("ascii").strip()


def run_git(folder: Path, arguments: Sequence[str], asked: bytes = b"") -> bytes | None:
    """What git prints; None where it fails. Raises GitError."""
    git = shutil.which("git")
    if git is None:
        raise GitError("is not installed; install it")
    environment = {name: value for name, value in os.environ.items() if name not in REDIRECTING}
    command = [git, "--literal-pathspecs", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(  # noqa: S603
            command, input=asked, env=environment, capture_output=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        raise GitError(f"did not answer within {PATIENCE} seconds; try again") from None
    except (OSError, ValueError) as error:
        raise GitError(f"cannot be asked ({error}); let it be run") from None
    return done.stdout if done.returncode == 0 else None
