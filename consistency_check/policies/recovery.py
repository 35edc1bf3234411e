"""A file's tree even where parts of it are no YAML: what cannot be read is blanked and complained about.

The parser stops at the first slip. To bring out the others in the same run, the entry with the slip
(one policy, or one key at the top) is emptied and the file is read again.
"""

from __future__ import annotations

from dataclasses import dataclass

from consistency_check.model import Problem, Source
from consistency_check.policies.files import LINE_BREAK
from consistency_check.policies.node import Node
from consistency_check.policies.shape import Problems
from consistency_check.policies.slips import FALLEN_KEY, TOP_KEY
from consistency_check.policies.syntax import explain_error, is_content, measure_depth
from consistency_check.policies.tree import SyntaxSlipError, TooLargeError, build_tree

# Each attempt reads the file again; a person mends this many and runs the check once more.
MOST_ATTEMPTS = 20


@dataclass(frozen=True, slots=True)
class Parsed:
    """The tree of a file, and the top-level keys in which something was left out."""

    root: Node | None
    gaps: frozenset[str] = frozenset()


def parse_text(text: str, path: str, problems: Problems) -> Parsed:
    """The tree of one file's text; every slip in it is complained about."""
    lines = LINE_BREAK.split(text)
    gaps: set[str] = set()
    for _ in range(MOST_ATTEMPTS):
        try:
            root, found = build_tree(lines, path)
        except TooLargeError as error:
            problems.append(error.problem)
            return Parsed(None, frozenset({*gaps, "*"}))
        except SyntaxSlipError as slip:
            line, column, message = explain_error(slip.error, lines)
            problems.append(Problem(Source(path, line, column), message))
            gap = _blank_entry(lines, line - 1)
            if gap is None:
                problems.extend(slip.found)
                return Parsed(None, frozenset({*gaps, "*"}))
            gaps.add(gap)
            continue
        problems.extend(found)
        return Parsed(root, frozenset(gaps))
    message = f"holds more than these {MOST_ATTEMPTS} entries that are no YAML; mend them and check again"
    problems.append(Problem(Source(path), message))
    return Parsed(None, frozenset({*gaps, "*"}))


def _blank_entry(lines: list[str], at: int) -> str | None:
    """Empty the entry that holds a line, and name its top-level key; None where nothing is left to empty."""
    top = _find_back(lines, at, 0)
    if top is None:
        return None
    key = TOP_KEY.match(lines[top])
    start, depth = top, 0
    if key and key[1] == "policies" and top < at:
        depth = next((measure_depth(line) for line in lines[top + 1 :] if is_content(line)), 0)
        start = _find_back(lines, at, depth) or top
    end = next((n for n in range(start + 1, len(lines)) if _begins(lines[n], depth)), len(lines))
    lines[start:end] = [""] * (end - start)
    return key[1] if key else ""


def _find_back(lines: list[str], at: int, depth: int) -> int | None:
    """The nearest line at or above `at` that begins an entry `depth` spaces in, or a top-level key."""
    return next((n for n in range(min(at, len(lines) - 1), -1, -1) if _begins(lines[n], depth)), None)


def _begins(line: str, depth: int) -> bool:
    if TOP_KEY.match(line):
        return True
    if depth == 0 or not is_content(line):
        return False
    # A list may stand as far left as its key, so a dash does not begin the next entry.
    is_entry = measure_depth(line) == depth and not line.lstrip().startswith(("-", "]", "}"))
    return is_entry or FALLEN_KEY.match(line) is not None
