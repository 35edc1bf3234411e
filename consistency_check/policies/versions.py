"""Two versions of a knowledge base, as a command line names them."""

from __future__ import annotations

from pathlib import Path

from consistency_check.model import KnowledgeBase, Problem, Source
from consistency_check.policies.folder import load_policies
from consistency_check.policies.problems import KnowledgeBaseError
from consistency_check.policies.revisions import load_revision

RANGE = ".."


def load_versions(old: str, new: str) -> tuple[KnowledgeBase, KnowledgeBase]:
    """The knowledge bases that `OLD NEW` name: each a path or `REVISION:path`, or both `REV..REV path`.

    An end of a range that is left out is `HEAD`. Raises KnowledgeBaseError with the problems of both.
    """
    if RANGE in old and not Path(old).exists():
        first, _, second = old.partition(RANGE)
        if second.startswith("."):
            message = (
                "three dots are not read here; write two, or the merge base that `git merge-base` prints"
            )
            raise KnowledgeBaseError([Problem(Source(old), message)])
        old, new = f"{first or 'HEAD'}:{new}", f"{second or 'HEAD'}:{new}"
    problems: list[Problem] = []
    loaded: list[KnowledgeBase] = []
    for named in (old, new):
        try:
            loaded.append(load_version(named))
        except KnowledgeBaseError as error:
            problems.extend(error.problems)
    if problems:
        raise KnowledgeBaseError(problems)
    return loaded[0], loaded[1]


def load_version(named: str) -> KnowledgeBase:
    """The knowledge base at a path, or at `REVISION:path` where there is no such path."""
    revision, colon, path = named.partition(":")
    if colon and len(revision) > 1 and not Path(named).exists():
        return load_revision(revision, Path(path or "."))
    return load_policies(Path(named))
