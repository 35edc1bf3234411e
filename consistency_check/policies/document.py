"""A YAML file that is no topic file (settings, accepted findings), read as strictly as one."""

from __future__ import annotations

from consistency_check.model import Problem, Source
from consistency_check.policies.files import LINE_BREAK
from consistency_check.policies.node import Node
from consistency_check.policies.shape import Problems
from consistency_check.policies.tree import SyntaxSlipError, TooLargeError, build_tree


def read_document(text: str, path: str, problems: Problems) -> Node | None:
    """The tree of one file's text; None where it is empty, or no YAML, which is complained about."""
    lines = LINE_BREAK.split(text)
    try:
        root, found = build_tree(lines, path)
    except TooLargeError as error:
        problems.append(error.problem)
        return None
    except SyntaxSlipError as slip:
        problems.extend([*slip.found, _explain_slip(slip, path, len(lines))])
        return None
    problems.extend(found)
    return root


def _explain_slip(slip: SyntaxSlipError, path: str, count: int) -> Problem:
    mark = getattr(slip.error, "problem_mark", None)
    words = " ".join(str(getattr(slip.error, "problem", None) or slip.error).split())
    place = Source(path, min(mark.line + 1, count), mark.column + 1) if mark else Source(path)
    advice = "indent with spaces, and put a text that holds `: ` or ` #` in double quotes"
    return Problem(place, f"this is no YAML ({words}); {advice}")
