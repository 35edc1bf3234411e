"""The baseline: the fingerprints of the findings that are known, a line each, and nothing else of them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from consistency_check.gate.problems import GateError, refuse
from consistency_check.model import Problem, Source

HEADING = "# consistency-check baseline, version 1"
ABOUT = "# Findings that are known: fingerprints only. `consistency-check baseline` writes this file."
LARGEST_FILE = 64 * 1024 * 1024
"""Bytes: some four million findings."""
MOST_PROBLEMS = 10
_FINGERPRINT = re.compile(r"[0-9a-f]{16}")


def read_baseline(data: bytes, path: str) -> frozenset[str]:
    """The fingerprints in a baseline's bytes. Raises GateError."""
    heading, *lines = data.decode("utf-8", "replace").removeprefix("\ufeff").splitlines() or [""]
    if heading.strip() != HEADING:
        raise refuse(path, f"is no baseline; its first line must be `{HEADING}`", 1, 1)
    found: set[str] = set()
    problems: list[Problem] = []
    for number, line in enumerate(lines, 2):
        word = line.strip()
        if _FINGERPRINT.fullmatch(word):
            found.add(word)
        elif word and not word.startswith("#"):
            problems.append(_explain_line(Source(path, number, line.index(word[0]) + 1), word))
            if len(problems) == MOST_PROBLEMS:
                break
    if problems:
        raise GateError(problems)
    return frozenset(found)


def show_baseline(fingerprints: Iterable[str]) -> str:
    """The text of a baseline, sorted: two of them merge line by line."""
    return "".join(f"{line}\n" for line in (HEADING, ABOUT, *sorted(set(fingerprints))))


def _explain_line(place: Source, word: str) -> Problem:
    if word.startswith(("<<<<<<<", "=======", ">>>>>>>")):
        return Problem(place, "two versions were merged here; delete this line, keep the fingerprints")
    message = f"{word[:40]!r} is no fingerprint; write the 16 digits of a finding's `id`, or delete it"
    return Problem(place, message)
